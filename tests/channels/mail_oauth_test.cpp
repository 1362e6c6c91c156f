// SPDX-License-Identifier: GPL-3.0-or-later
// Signing in to a mailbox by tokens of its provider.
#include "app/channels/mail/mail_oauth.h"
#include "tests/channels/mail_bench.h"
#include "tests/support/catch.h"
#include "tests/support/wait.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::mail;
using namespace indelible::test;
using namespace std::chrono_literals;

namespace {

/// What a form that was posted says.
QString posted(const Received &request, const QString &name)
{
    return QUrlQuery(QString::fromLatin1(request.body)).queryItemValue(name, QUrl::FullyDecoded);
}

/// A provider whose mail servers take the newest token only, and a person who allows everything.
struct OAuthBench : MailBench
{
    OAuthBench()
    {
        server->token = "token-0";
        provider.on("POST", "/token", [this](const Received &request) { return give(request); });
    }

    Answer give(const Received &request)
    {
        const QString grant = posted(request, u"grant_type"_s);
        const bool isCode = grant == "authorization_code"_L1 && posted(request, u"code"_s) == "the-code"_L1;
        if (!isCode && posted(request, u"refresh_token"_s).toLatin1() != refresh)
            return Answer::json({{u"error"_s, u"invalid_grant"_s}, {u"error_description"_s, u"revoked"_s}}, 400);
        ++given;
        server->token = "token-" + QByteArray::number(given);
        if (rotates)
            refresh = "refresh-" + QByteArray::number(given);
        QJsonObject answer{{u"access_token"_s, QString::fromLatin1(server->token)},
                           {u"token_type"_s, u"Bearer"_s},
                           {u"expires_in"_s, 3600}};
        if (isCode || rotates)
            answer.insert(u"refresh_token"_s, QString::fromLatin1(refresh));
        return Answer::json(answer);
    }

    SignIn byBrowser()
    {
        SignIn entry = credentials();
        entry.secret = "client secret";
        entry.oauth = OAuthClient{u"our-client"_s, provider.url(u"/authorize?kept=1"_s), provider.url(u"/token"_s),
                                  u"mail offline_access"_s};
        entry.openPage = [this](const QUrl &opened) {
            page = opened;
            const QUrlQuery query(opened.query(QUrl::FullyEncoded));
            QUrl back(query.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
            back.setQuery(u"code=the-code&state="_s + query.queryItemValue(u"state"_s));
            browser.get(QNetworkRequest(back));
        };
        return entry;
    }

    qsizetype refreshes() const { return std::ssize(provider.received("/token")) - 1; }

    FakeHttpServer provider;
    QNetworkAccessManager browser;
    QUrl page;
    QByteArray refresh = "refresh-0";
    int given = 0;
    bool rotates = true;
};

} // namespace

TEST_CASE("a mailbox is connected on its provider's page, and read and answered with the token")
{
    OAuthBench bench;
    bench.server->inbox.add(aMail("1"));
    REQUIRE(wait(bench.channel.signIn(bench.byBrowser())));
    const QUrlQuery asked(bench.page.query(QUrl::FullyEncoded));
    CHECK(asked.queryItemValue(u"kept"_s) == u"1"_s);
    CHECK(asked.queryItemValue(u"client_id"_s) == u"our-client"_s);
    CHECK(asked.queryItemValue(u"scope"_s, QUrl::FullyDecoded) == u"mail offline_access"_s);
    CHECK(asked.queryItemValue(u"login_hint"_s, QUrl::FullyDecoded) == u"shop@quay.example"_s);
    CHECK(asked.queryItemValue(u"code_challenge_method"_s) == u"S256"_s);
    const Received code = bench.provider.received("/token").front();
    const QByteArray verifier = posted(code, u"code_verifier"_s).toLatin1();
    CHECK(QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
              .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) ==
          asked.queryItemValue(u"code_challenge"_s).toLatin1());
    CHECK(posted(code, u"client_secret"_s) == u"client secret"_s);
    CHECK(posted(code, u"redirect_uri"_s) == asked.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));

    const RemoteItem item = bench.fetchAll().front();
    CHECK(wait(bench.channel.send(bench.answerTo(item))));
    CHECK(bench.server->submitted.size() == 1);
    CHECK(bench.refreshes() == 0);
    CHECK(countOf(bench, "LOGIN") == 0);
}

TEST_CASE("a token is renewed before its time is over, and the new ones are kept")
{
    OAuthBench bench;
    REQUIRE(wait(bench.channel.signIn(bench.byBrowser())));
    bench.clock.advance(57min);
    (void)bench.fetchAll();
    CHECK(bench.refreshes() == 0);
    bench.clock.advance(2min);
    (void)bench.fetchAll();
    CHECK(bench.refreshes() == 1);
    (void)bench.fetchAll();
    CHECK(bench.refreshes() == 1);
    // After a new start too, and a provider that gives no other refresh token keeps the one that it gave.
    bench.rotates = false;
    for (int i = 0; i < 2; ++i) {
        bench.clock.advance(1h);
        MailChannel later({&bench.clock, &bench.http, &bench.secrets, u"workspace/account"_s, u"account"_s, {}});
        CHECK(wait(later.fetch({})));
    }
    CHECK(bench.refreshes() == 3);
}

TEST_CASE("a token that a mail server refuses is renewed once, and an answer goes out once all the same")
{
    OAuthBench bench;
    bench.server->inbox.add(aMail("1"));
    REQUIRE(wait(bench.channel.signIn(bench.byBrowser())));
    const RemoteItem item = bench.fetchAll().front();
    bench.server->token = "another";
    CHECK(wait(bench.channel.send(bench.answerTo(item))));
    CHECK(bench.refreshes() == 1);
    CHECK(bench.server->submitted.size() == 1);

    // Renewed, and refused again: that is the end.
    bench.server->decide = [&](const Received &command) {
        const bool isSignIn = command.path == "AUTHENTICATE" || command.path == "AUTH";
        return isSignIn ? Answer::empty(401) : bench.server->answer(command);
    };
    bench.clock.advance(1h); // the connection that is open has the older token
    const Result<Batch> refused = wait(bench.channel.fetch(bench.cursor));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Unauthorised);
    CHECK(refused.error().detail.contains(u"provider’s sign-in"_s));
    CHECK(bench.refreshes() == 3);
}

TEST_CASE("whoever needs a new token while one is fetched waits for it")
{
    OAuthBench bench;
    bench.server->inbox.add(aMail("1"));
    REQUIRE(wait(bench.channel.signIn(bench.byBrowser())));
    const RemoteItem item = bench.fetchAll().front();
    bench.clock.advance(2h);
    auto fetching = bench.channel.fetch(bench.cursor);
    CHECK(wait(bench.channel.send(bench.answerTo(item))));
    CHECK(wait(std::move(fetching)));
    CHECK(bench.refreshes() == 1);
}

TEST_CASE("a provider that ends a sign-in signs the account out, one that is not there does not")
{
    OAuthBench bench;
    REQUIRE(wait(bench.channel.signIn(bench.byBrowser())));
    bench.clock.advance(2h);
    bench.provider.on("POST", "/token", Answer::json(QJsonObject{}, 429));
    const Result<Batch> busy = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(busy);
    CHECK(busy.error().kind == ErrorKind::RateLimited);
    CHECK(busy.error().provablyNotProcessed);
    bench.clock.advance(1h);
    for (const Answer &nonsense : {Answer::html("<p>hello"),
                                   Answer::json({{u"access_token"_s, u"a\x01"
                                                                     u"auth=x"_s}}),
                                   Answer::json({{u"access_token"_s, u"a"_s}, {u"token_type"_s, u"mac"_s}})}) {
        bench.provider.on("POST", "/token", nonsense);
        CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::InvalidReply);
    }
    bench.provider.on("POST", "/token", [&](const Received &request) { return bench.give(request); });
    bench.refresh = "revoked";
    const Result<Batch> ended = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(ended);
    CHECK(ended.error().kind == ErrorKind::Unauthorised);
    CHECK(ended.error().detail.contains(u"sign in again"_s));
    CHECK(countOf(bench, "AUTHENTICATE") == 1);
    bench.provider.close();
    const ErrorKind away = wait(bench.channel.fetch({})).error().kind;
    CHECK((away == ErrorKind::Offline || away == ErrorKind::ServerTrouble));
}

TEST_CASE("a sign-in on the provider's page that does not come about leaves nothing behind")
{
    OAuthBench bench;
    SignIn entry = bench.byBrowser();
    entry.oauth->tokenEndpoint = QUrl(u"http://far.example/token"_s);
    CHECK(wait(bench.channel.signIn(entry)).error().kind == ErrorKind::Usage);
    entry = bench.byBrowser();
    entry.oauth->id.clear();
    CHECK(wait(bench.channel.signIn(entry)).error().kind == ErrorKind::Usage);
    entry = bench.byBrowser();
    entry.openPage = {};
    CHECK(wait(bench.channel.signIn(entry)).error().kind == ErrorKind::Usage);
    CHECK(bench.page.isEmpty());
    // For an hour only.
    bench.provider.on("POST", "/token", Answer::json({{u"access_token"_s, u"token-0"_s}}));
    CHECK(wait(bench.channel.signIn(bench.byBrowser())).error().detail.contains(u"for an hour only"_s));
    bench.provider.on("POST", "/token", Answer::json({{u"error"_s, u"invalid_client"_s}}, 401));
    CHECK(wait(bench.channel.signIn(bench.byBrowser())).error().detail.contains(u"OAuth client"_s));
    CHECK(bench.server->commands.isEmpty());
    CHECK(bench.secrets.values.isEmpty());
}

TEST_CASE("of Google and Microsoft only the client's id is asked")
{
    for (const QString &host : {u"imap.gmail.com"_s, u"outlook.office365.com"_s, u"IMAP-mail.outlook.com"_s}) {
        const Result<OAuthClient> client = completed({u"id"_s}, host);
        REQUIRE(client);
        CHECK(client->page.scheme() == u"https"_s);
        CHECK(client->tokenEndpoint.scheme() == u"https"_s);
        CHECK_FALSE(client->scope.isEmpty());
    }
    CHECK(completed({u"id"_s, {}, {}, u"mine"_s}, u"imap.gmail.com"_s)->scope == u"mine"_s);
    CHECK_FALSE(completed({u"id"_s}, u"imap.far.example"_s).has_value());
    CHECK_FALSE(completed({}, u"imap.gmail.com"_s).has_value());
}

TEST_CASE("tokens come back from the keychain as they were, and an entry without any sign-in is none")
{
    const MailServer server{u"far.example"_s, 993, MailServer::Security::Tls};
    const Tokens tokens{QUrl(u"https://far.example/t?a=b"_s), u"id"_s, "s\xc3\xa9", "access", "refresh", fromMs(5)};
    const Session session{u"shop@quay.example"_s, server, server, {}, tokens};
    CHECK(readSession(writeSession(session)).value() == session);
    CHECK_FALSE(readSession(writeSession({u"shop@quay.example"_s, server, server, {}, {}})).has_value());
}
