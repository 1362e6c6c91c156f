// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_sign_in.h"
#include "tests/channels/bluesky_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::bluesky;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

const QString kResolve = u"com.atproto.identity.resolveHandle"_s;
const QString kCreate = u"com.atproto.server.createSession"_s;

QJsonObject created(const QString &scope = u"com.atproto.appPassPrivileged"_s)
{
    return {{u"did"_s, kShop},
            {u"handle"_s, u"shop.example"_s},
            {u"accessJwt"_s, token(u"first"_s, scope)},
            {u"refreshJwt"_s, u"refresh-1"_s}};
}

/// A server that knows the shop.
void welcome(BlueskyBench &bench, const QJsonObject &session = created())
{
    bench.on(kResolve, Answer::json(QJsonObject{{u"did"_s, kShop}}));
    bench.on(kCreate, Answer::json(session), "POST");
    bench.on(u"app.bsky.actor.getProfile"_s,
             Answer::json(QJsonObject{{u"did"_s, kShop}, {u"displayName"_s, u"Corner Bakery"_s}}));
}

Result<Identity> signIn(BlueskyBench &bench, const QString &handle = u"shop.example"_s,
                        const QByteArray &secret = "abcd-efgh-ijkl-mnop")
{
    SignIn credentials{handle, bench.server.url(), secret};
    return wait(bench.channel.signIn(credentials));
}

} // namespace

TEST_CASE("handle and app password become a stored session")
{
    BlueskyBench bench(false);
    welcome(bench);
    const Result<Identity> identity = signIn(bench, u" @Shop.Example "_s);
    REQUIRE(identity);
    CHECK(identity->remoteId == kShop);
    CHECK(identity->handle == "shop.example"_L1);
    CHECK(identity->name == "Corner Bakery"_L1);
    CHECK(identity->server == bench.server.url());
    CHECK(identity->limited.isEmpty());
    CHECK(bench.calls(kResolve).at(0).queryValue(u"handle"_s) == "shop.example"_L1);
    CHECK(bench.calls(kResolve).at(0).header("authorization").isEmpty());
    CHECK(bench.calls(kCreate).at(0).json() ==
          QJsonObject{{u"identifier"_s, kShop}, {u"password"_s, u"abcd-efgh-ijkl-mnop"_s}});
    CHECK(bench.calls(kCreate).size() == 1);
    CHECK(bench.stored().refreshToken == "refresh-1"_L1);
    CHECK(bench.stored().name == "Corner Bakery"_L1);
    for (const QByteArray &value : std::as_const(bench.secrets.values))
        CHECK_FALSE(value.contains("abcd-efgh"));
    CHECK(bench.channel.capabilities().privateReply);
}

TEST_CASE("the session goes on after a new start without signing in")
{
    BlueskyBench bench;
    bench.quiet();
    CHECK(bench.fetchAll().empty());
    CHECK(bench.calls(kCreate).empty());
}

TEST_CASE("an app password without messages signs in and says what is left out")
{
    BlueskyBench bench(false);
    welcome(bench, created(u"com.atproto.appPass"_s));
    const Result<Identity> identity = signIn(bench);
    REQUIRE(identity);
    CHECK(identity->limited == messagesNotAllowed());
    CHECK_FALSE(bench.channel.capabilities().privateReply);
    CHECK(bench.channel.capabilities().publicReply);
}

TEST_CASE("an account that is not active says so")
{
    BlueskyBench bench(false);
    QJsonObject session = created();
    session.insert(u"active"_s, false);
    session.insert(u"status"_s, u"deactivated"_s);
    welcome(bench, session);
    CHECK(signIn(bench)->limited.contains("deactivated"_L1));
}

TEST_CASE("a network without profiles does not stop signing in")
{
    BlueskyBench bench(false);
    welcome(bench);
    bench.on(u"app.bsky.actor.getProfile"_s, Answer::empty(502));
    const Result<Identity> identity = signIn(bench);
    REQUIRE(identity);
    CHECK(identity->name.isEmpty());
}

TEST_CASE("an unknown handle is named and no password is sent")
{
    BlueskyBench bench(false);
    bench.on(kResolve, refusal(400, u"InvalidRequest"_s, u"Unable to resolve handle"_s));
    const Result<Identity> identity = signIn(bench, u"nobody.example"_s);
    REQUIRE_FALSE(identity);
    CHECK(identity.error().kind == ErrorKind::NotFound);
    CHECK(identity.error().detail.contains("nobody.example"_L1));
    CHECK(bench.calls(kCreate).empty());
    CHECK(bench.secrets.values.isEmpty());
}

TEST_CASE("a wrong password is a clear refusal and stores nothing")
{
    BlueskyBench bench(false);
    welcome(bench);
    bench.on(kCreate, refusal(401, u"AuthenticationRequired"_s, u"Invalid identifier or password"_s), "POST");
    const Result<Identity> identity = signIn(bench);
    REQUIRE_FALSE(identity);
    CHECK(identity.error().kind == ErrorKind::Unauthorised);
    CHECK(identity.error().detail.contains("app password"_L1));
    CHECK(bench.secrets.values.isEmpty());
    CHECK(bench.calls(kCreate).size() == 1);
}

TEST_CASE("the main password that is guarded by e-mail is told from a wrong one")
{
    BlueskyBench bench(false);
    welcome(bench);
    bench.on(kCreate, refusal(401, u"AuthFactorTokenRequired"_s), "POST");
    CHECK(signIn(bench).error().detail.contains("main password"_L1));
}

TEST_CASE("a server that answers with a web page is no Bluesky server")
{
    BlueskyBench bench(false);
    bench.on(kResolve, Answer::html("<html>Welcome</html>"));
    const Result<Identity> identity = signIn(bench);
    REQUIRE_FALSE(identity);
    CHECK(identity.error().kind == ErrorKind::InvalidReply);
    CHECK(identity.error().detail.contains("web page"_L1));
    bench.on(kResolve, Answer::html("<html>not here</html>", 404));
    CHECK(signIn(bench).error().kind == ErrorKind::InvalidReply);
    bench.on(kResolve, Answer::json(QJsonObject{{u"did"_s, kShop}}));
    bench.on(kCreate, Answer::html("<html>Welcome</html>"), "POST");
    CHECK(signIn(bench).error().kind == ErrorKind::InvalidReply);
    CHECK(bench.secrets.values.isEmpty());
}

TEST_CASE("too many sign-ins are a pause, not a failure to tell")
{
    BlueskyBench bench(false);
    welcome(bench);
    bench.on(kCreate, Answer::tooManyRequests("3600"), "POST");
    const Result<Identity> identity = signIn(bench);
    REQUIRE_FALSE(identity);
    CHECK(identity.error().kind == ErrorKind::RateLimited);
    CHECK(identity.error().retryAfter >= std::chrono::minutes(59));
}

TEST_CASE("another account than the one asked for is not taken")
{
    BlueskyBench bench(false);
    welcome(bench);
    bench.on(kResolve, Answer::json(QJsonObject{{u"did"_s, kBen}}));
    CHECK(signIn(bench).error().kind == ErrorKind::InvalidReply);
    CHECK(bench.secrets.values.isEmpty());
}

TEST_CASE("a keychain that refuses ends the sign-in")
{
    BlueskyBench bench(false);
    welcome(bench);
    bench.secrets.refusesWrites = true;
    CHECK(signIn(bench).error().kind == ErrorKind::Secrets);
}

TEST_CASE("what is typed is looked at before anything is sent")
{
    BlueskyBench bench(false);
    const auto kindOf = [&](const SignIn &credentials) {
        const Result<Identity> identity = wait(bench.channel.signIn(credentials));
        REQUIRE_FALSE(identity);
        return identity.error().kind;
    };
    CHECK(kindOf({u" @ "_s, bench.server.url(), "x"}) == ErrorKind::Usage);
    CHECK(kindOf({u"shop@mail.example"_s, bench.server.url(), "x"}) == ErrorKind::Usage);
    CHECK(kindOf({u"shop.example"_s, bench.server.url(), " "}) == ErrorKind::Usage);
    CHECK(kindOf({u"shop.example"_s, QUrl(u"http://bsky.example"_s), "x"}) == ErrorKind::Usage);
    CHECK(kindOf({u"shop.example"_s, QUrl(u"ftp://localhost"_s), "x"}) == ErrorKind::Usage);
    CHECK(kindOf({u"shop.example"_s, QUrl(u"bsky"_s), "x"}) == ErrorKind::Usage);
    CHECK(bench.server.received().empty());
}

TEST_CASE("an account id instead of a handle needs no resolving")
{
    BlueskyBench bench(false);
    welcome(bench);
    CHECK(signIn(bench, kShop));
    CHECK(bench.calls(kResolve).empty());
}
