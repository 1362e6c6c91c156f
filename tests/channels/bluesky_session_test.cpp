// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_session.h"

#include "tests/channels/bluesky_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::bluesky;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

const QString kNotifications = u"app.bsky.notification.listNotifications"_s;
const QString kRefresh = u"com.atproto.server.refreshSession"_s;

QJsonObject sessionAnswer(const QString &access, const QString &refresh, const QString &did = kShop)
{
    return {{u"did"_s, did}, {u"handle"_s, u"shop.example"_s}, {u"accessJwt"_s, access}, {u"refreshJwt"_s, refresh}};
}

QJsonObject didDocument(const QString &endpoint)
{
    return {{u"id"_s, kShop},
            {u"service"_s, QJsonArray{QJsonObject{{u"id"_s, u"#other"_s},
                                                  {u"type"_s, u"Other"_s},
                                                  {u"serviceEndpoint"_s, u"https://wrong.example"_s}},
                                      QJsonObject{{u"id"_s, u"#atproto_pds"_s},
                                                  {u"type"_s, u"AtprotoPersonalDataServer"_s},
                                                  {u"serviceEndpoint"_s, endpoint}}}}};
}

/// Only the token named is good.
Handler onlyWith(const QString &good, const Answer &answer)
{
    return [good, answer](const Received &request) {
        return request.header("authorization") == "Bearer " + good.toLatin1()
                   ? answer
                   : refusal(400, u"ExpiredToken"_s, u"Token has expired"_s);
    };
}

} // namespace

TEST_CASE("a session survives the keychain and damage there means signing in again")
{
    const Session session{kShop, u"shop.example"_s, u"Shop"_s, QUrl(u"https://pds.example"_s), true, u"a"_s, u"r"_s};
    const Result<Session> back = readSession(writeSession(session));
    REQUIRE(back);
    CHECK(writeSession(*back) == writeSession(session));
    CHECK(back->serverTyped);
    CHECK_FALSE(readSession("{}"));
    CHECK_FALSE(readSession("\x01\x02"));
    BlueskyBench bench;
    bench.secrets.values.insert(u"workspace/account/session"_s, "damaged");
    const auto batch = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(batch);
    CHECK(batch.error().kind == ErrorKind::Unauthorised);
    CHECK(batch.error().detail.contains("sign in again"_L1));
}

TEST_CASE("the scope that a token says of itself decides about private messages")
{
    CHECK(scopeOf(token(u"x"_s, u"com.atproto.appPass"_s)) == "com.atproto.appPass"_L1);
    CHECK(scopeOf(u"opaque"_s).isEmpty());
    CHECK(scopeOf(u"a.!!!.c"_s).isEmpty());
    const auto allowed = [](const QString &access) {
        return allowsMessages(Session{{}, {}, {}, {}, false, access, {}});
    };
    CHECK_FALSE(allowed(token(u"x"_s, u"com.atproto.appPass"_s)));
    CHECK(allowed(token(u"x"_s, u"com.atproto.appPassPrivileged"_s)));
    CHECK(allowed(token(u"x"_s, u"com.atproto.access"_s)));
    CHECK(allowed(u"opaque"_s));
}

TEST_CASE("the account's server is the one its document names, except on this computer")
{
    QJsonObject answer = sessionAnswer(u"a"_s, u"r"_s);
    answer.insert(u"didDoc"_s, didDocument(u"https://pds.example"_s));
    const auto moved = parseSession(bytesOf(answer), QUrl(u"https://bsky.social"_s), false);
    REQUIRE(moved);
    CHECK(moved->session.server == QUrl(u"https://pds.example"_s));
    CHECK_FALSE(moved->session.serverTyped);
    const auto local = parseSession(bytesOf(answer), QUrl(u"http://localhost:2583"_s), true);
    CHECK(local->session.server == QUrl(u"http://localhost:2583"_s));
    CHECK(local->session.serverTyped);
    const auto atHome = parseSession(bytesOf(answer), QUrl(u"https://pds.example"_s), true);
    CHECK(atHome->session.serverTyped);
    const auto elsewhere = parseSession(bytesOf(answer), QUrl(u"https://entry.example"_s), true);
    CHECK_FALSE(elsewhere->session.serverTyped);
    CHECK(
        parseSession(bytesOf(sessionAnswer(u"a"_s, u"r"_s)), QUrl(u"https://entry.example"_s), false)->session.server ==
        QUrl(u"https://entry.example"_s));
    CHECK(serverOf(didDocument(u"https://user:password@pds.example"_s)).isEmpty());
    CHECK(serverOf(didDocument(u"not a url"_s)).isEmpty());
    CHECK(serverOf({}).isEmpty());
    CHECK_FALSE(parseSession(bytesOf({{u"did"_s, kShop}}), {}, false));
}

TEST_CASE("handles are taken as people type and copy them")
{
    CHECK(normalisedHandle(u"  @Shop.Example \n"_s) == "shop.example"_L1);
    CHECK(normalisedHandle(u"\u202a@shop.example\u202c"_s) == "shop.example"_L1);
    CHECK(normalisedHandle(u"@"_s).isEmpty());
    CHECK(normalisedHandle(u"a@b.example"_s) == "a@b.example"_L1);
}

TEST_CASE("a token that has expired in mid-page is renewed once, put away, and the page read on")
{
    BlueskyBench bench;
    bench.quiet();
    const QString second = token(u"second"_s);
    bench.on(kNotifications,
             onlyWith(token(u"first"_s),
                      Answer::json(QJsonObject{{u"notifications"_s, QJsonArray{notification(u"mention"_s, kAna, u"k"_s,
                                                                                            record(u"hi"_s))}}})));
    // The token runs out between the page and its thread.
    bench.on(
        u"app.bsky.feed.getPostThread"_s,
        onlyWith(second, Answer::json(QJsonObject{{u"thread"_s, threadNode(post(kAna, u"k"_s, record(u"hi"_s)))}})));
    bench.on(
        kRefresh,
        [&](const Received &request) {
            CHECK(request.header("authorization") == "Bearer refresh-1");
            CHECK(request.body.isEmpty());
            return Answer::json(sessionAnswer(second, u"refresh-2"_s));
        },
        "POST");
    const auto batch = wait(bench.channel.fetch({}));
    REQUIRE(batch);
    CHECK(batch->items.size() == 1);
    CHECK(bench.calls(kRefresh).size() == 1);
    CHECK(bench.stored().accessToken == second);
    CHECK(bench.stored().refreshToken == "refresh-2"_L1);
    CHECK(bench.stored().name == "SHOP"_L1);
    CHECK(bench.calls(u"com.atproto.server.createSession"_s).empty());
}

TEST_CASE("a renewed token is stored before it is used and not used where it could not be stored")
{
    BlueskyBench bench;
    const QString second = token(u"second"_s);
    int writesWhenUsed = -1;
    bench.on(kNotifications, [&](const Received &request) {
        if (request.header("authorization") != "Bearer " + second.toLatin1())
            return refusal(400, u"ExpiredToken"_s);
        writesWhenUsed = bench.secrets.writes;
        return Answer::json(QJsonObject{{u"notifications"_s, QJsonArray()}});
    });
    bench.on(kRefresh, Answer::json(sessionAnswer(second, u"refresh-2"_s)), "POST");
    bench.secrets.refusesWrites = true;
    const auto failed = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == ErrorKind::Secrets);
    CHECK(writesWhenUsed == -1);
    CHECK(bench.stored().refreshToken == "refresh-1"_L1);
    bench.secrets.refusesWrites = false;
    REQUIRE(wait(bench.channel.fetch({})));
    CHECK(writesWhenUsed == 1);
}

TEST_CASE("a refresh token that is refused means signing in again, and nothing is thrown away")
{
    const QString code = GENERATE(u"ExpiredToken"_s, u"InvalidToken"_s);
    BlueskyBench bench;
    bench.on(kNotifications, refusal(400, u"ExpiredToken"_s));
    bench.on(kRefresh, refusal(400, code, u"Token has been revoked"_s), "POST");
    const auto batch = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(batch);
    CHECK(batch.error().kind == ErrorKind::Unauthorised);
    CHECK(batch.error().detail.contains("sign in again"_L1));
    CHECK(bench.calls(kRefresh).size() == 1);
    CHECK(bench.stored().refreshToken == "refresh-1"_L1);
}

TEST_CASE("a server that refuses what it has just renewed is not asked for ever")
{
    BlueskyBench bench;
    bench.on(kNotifications, refusal(400, u"ExpiredToken"_s));
    bench.on(kRefresh, Answer::json(sessionAnswer(token(u"second"_s), u"refresh-2"_s)), "POST");
    const auto batch = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(batch);
    CHECK(batch.error().kind == ErrorKind::Unauthorised);
    CHECK(bench.calls(kNotifications).size() == 2);
    CHECK(bench.calls(kRefresh).size() == 1);
}

TEST_CASE("another account's session is not taken for ours")
{
    BlueskyBench bench;
    bench.on(kNotifications, refusal(400, u"ExpiredToken"_s));
    bench.on(kRefresh, Answer::json(sessionAnswer(token(u"second"_s), u"refresh-2"_s, kBen)), "POST");
    const auto batch = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(batch);
    CHECK(batch.error().kind == ErrorKind::InvalidReply);
    CHECK(bench.stored().did == kShop);
}

TEST_CASE("calls that find the token expired at the same time share one renewal")
{
    BlueskyBench bench;
    bench.quiet();
    const QString second = token(u"second"_s);
    bench.on(kNotifications, onlyWith(second, Answer::json(QJsonObject{{u"notifications"_s, QJsonArray()}})));
    bench.on(u"com.atproto.repo.getRecord"_s, onlyWith(second, refusal(400, u"RecordNotFound"_s)));
    bench.on(kRefresh, Answer::json(sessionAnswer(second, u"refresh-2"_s)), "POST");
    Outgoing outgoing;
    outgoing.key = "3jumu2k6k2222";
    std::optional<Result<Batch>> fetched;
    std::optional<Result<std::optional<Receipt>>> found;
    bench.channel.fetch({}).then([&](Result<Batch> result) { fetched = std::move(result); });
    bench.channel.find(outgoing).then([&](Result<std::optional<Receipt>> result) { found = std::move(result); });
    waitUntil([&] { return fetched && found; });
    CHECK(fetched->has_value());
    REQUIRE(found->has_value());
    CHECK_FALSE((*found)->has_value());
    CHECK(bench.calls(kRefresh).size() == 1);
}

TEST_CASE("a call that learns late of the expired token uses the one that was renewed meanwhile")
{
    BlueskyBench bench;
    const QString second = token(u"second"_s);
    bench.on(kNotifications, onlyWith(second, Answer::json(QJsonObject{{u"notifications"_s, QJsonArray()}})));
    bench.on(u"com.atproto.repo.getRecord"_s, [&](const Received &request) {
        if (request.header("authorization") == "Bearer " + second.toLatin1())
            return refusal(400, u"RecordNotFound"_s);
        return refusal(400, u"ExpiredToken"_s);
    });
    bench.on(kRefresh, Answer::json(sessionAnswer(second, u"refresh-2"_s)), "POST");
    Outgoing outgoing;
    outgoing.key = "3jumu2k6k2222";
    // Both leave with the old token, one behind the other.
    std::optional<Result<std::optional<Receipt>>> found;
    std::optional<Result<Batch>> fetched;
    bench.channel.find(outgoing).then([&](Result<std::optional<Receipt>> result) { found = std::move(result); });
    bench.channel.fetch({}).then([&](Result<Batch> result) { fetched = std::move(result); });
    waitUntil([&] { return found.has_value() && fetched.has_value(); });
    CHECK(found->has_value());
    CHECK(fetched->has_value());
    CHECK(bench.calls(u"com.atproto.repo.getRecord"_s).size() == 2);
    CHECK(bench.calls(kRefresh).size() == 1);
}

TEST_CASE("an account without a session asks for one and asks the network nothing")
{
    BlueskyBench bench(false);
    const auto batch = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(batch);
    CHECK(batch.error().kind == ErrorKind::Unauthorised);
    CHECK(batch.error().provablyNotProcessed);
    CHECK(bench.server.received().empty());
}

TEST_CASE("signing out tells the server and forgets the tokens")
{
    BlueskyBench bench;
    bench.on(
        u"com.atproto.server.deleteSession"_s,
        [](const Received &request) {
            CHECK(request.header("authorization") == "Bearer refresh-1");
            return Answer::empty();
        },
        "POST");
    REQUIRE(wait(bench.channel.signOut()));
    CHECK(bench.secrets.values.isEmpty());
    CHECK_FALSE(wait(bench.channel.fetch({})));
    CHECK(wait(bench.channel.signOut()));
}

TEST_CASE("signing out forgets the tokens also where the server cannot be told, and says so")
{
    BlueskyBench bench;
    bench.on(u"com.atproto.server.deleteSession"_s, Answer::empty(500), "POST");
    const auto done = wait(bench.channel.signOut());
    REQUIRE_FALSE(done);
    CHECK(done.error().detail.contains("revoke the app password"_L1));
    CHECK(bench.secrets.values.isEmpty());
    BlueskyBench expired;
    expired.on(u"com.atproto.server.deleteSession"_s, refusal(400, u"ExpiredToken"_s), "POST");
    CHECK(wait(expired.channel.signOut()));
    CHECK(expired.secrets.values.isEmpty());
}

TEST_CASE("a channel that ends in the middle of a call leaves nothing behind")
{
    FakeClock clock;
    FakeHttpServer server;
    TestSecrets secrets;
    net::HttpClient http(clock);
    const Session session{kShop, u"shop.example"_s, {}, server.url(), true, token(u"first"_s), u"refresh-1"_s};
    secrets.values.insert(kSecretKey + u"/session"_s, writeSession(session));
    server.on("GET", "/xrpc/app.bsky.notification.listNotifications", Answer::failing(Fault::StallBeforeHeaders));
    auto channel = makeBlueskyChannel(Account(), contextFor(clock, http, secrets));
    std::optional<Result<Batch>> fetched;
    channel->fetch({}).then([&](Result<Batch> result) { fetched = std::move(result); });
    waitUntil([&] { return !server.received().empty(); });
    channel.reset();
    server.release();
    waitUntil([&] { return fetched.has_value(); });
    REQUIRE_FALSE(fetched->has_value());
    CHECK(fetched->error().kind == ErrorKind::Cancelled);
}
