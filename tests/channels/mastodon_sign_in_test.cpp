// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/mastodon_support.h"
#include "tests/support/catch.h"

#include <QCryptographicHash>
#include <QUrlQuery>

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void welcome(MastodonBench &bench)
{
    bench.on("/api/v2/instance",
             Answer::json(QJsonObject{
                 {u"domain"_s, u"shop.example"_s},
                 {u"version"_s, u"4.3.0"_s},
                 {u"configuration"_s, QJsonObject{{u"statuses"_s, QJsonObject{{u"max_characters"_s, 1000}}}}}}));
    bench.on("/api/v1/apps",
             Answer::json(QJsonObject{{u"client_id"_s, u"client"_s}, {u"client_secret"_s, u"client-secret"_s}}),
             "POST");
    bench.on("/oauth/token",
             Answer::json(QJsonObject{{u"access_token"_s, u"token-1"_s}, {u"token_type"_s, u"Bearer"_s}}), "POST");
    bench.on("/api/v1/accounts/verify_credentials", Answer::json(person(u"shop"_s)));
}

Result<Identity> signIn(MastodonBench &bench, Browser &browser)
{
    SignIn credentials;
    credentials.server = bench.server.url(u"/some/page?x=1"_s);
    credentials.openPage = [&browser](const QUrl &page) { browser.open(page); };
    return wait(bench.channel.signIn(std::move(credentials)));
}

} // namespace

TEST_CASE("a person who allows it in the browser is signed in")
{
    MastodonBench bench(false);
    welcome(bench);
    Browser browser;
    const Result<Identity> identity = signIn(bench, browser);
    REQUIRE(identity);
    CHECK(identity->remoteId == profileOf(u"shop"_s));
    CHECK(identity->handle == u"shop@shop.example"_s);
    CHECK(identity->name == u"SHOP"_s);
    CHECK(identity->server == bench.server.url());
    CHECK(bench.channel.capabilities().publicLimit.maximum == 1000);
    CHECK(bench.secrets.values.size() == 1);

    const QUrlQuery page(browser.asked);
    const auto asked = [&page](const QString &name) { return page.queryItemValue(name, QUrl::FullyDecoded); };
    CHECK(browser.asked.path() == u"/oauth/authorize"_s);
    CHECK(asked(u"response_type"_s) == u"code"_s);
    CHECK(asked(u"client_id"_s) == u"client"_s);
    CHECK(asked(u"code_challenge_method"_s) == u"S256"_s);
    CHECK(asked(u"redirect_uri"_s).startsWith(u"http://127.0.0.1:"_s));
    const Received app = bench.server.received("/api/v1/apps").at(0);
    CHECK(formField(app, u"redirect_uris"_s) == asked(u"redirect_uri"_s));
    CHECK(formField(app, u"scopes"_s) == asked(u"scope"_s));
    const Received token = bench.server.received("/oauth/token").at(0);
    CHECK(formField(token, u"code"_s) == u"code-1"_s);
    CHECK(formField(token, u"redirect_uri"_s) == asked(u"redirect_uri"_s));
    CHECK(QCryptographicHash::hash(formField(token, u"code_verifier"_s).toLatin1(), QCryptographicHash::Sha256) ==
          QByteArray::fromBase64(asked(u"code_challenge"_s).toLatin1(), QByteArray::Base64UrlEncoding));
    CHECK(bench.server.received("/api/v1/accounts/verify_credentials").at(0).header("authorization") ==
          "Bearer token-1");
}

TEST_CASE("a server that only knows version 1 of the instance is asked for that")
{
    MastodonBench bench(false);
    welcome(bench);
    bench.on("/api/v2/instance", Answer::html("<h1>404 Not Found (snac/2.75)</h1>", 404));
    bench.on("/api/v1/instance", Answer::json(QJsonObject{{u"uri"_s, u"shop.example"_s},
                                                          {u"version"_s, u"4.0.0 (not true; really snac/2.75)"_s}}));
    Browser browser;
    REQUIRE(signIn(bench, browser));
    CHECK(bench.channel.capabilities().publicLimit.maximum == 500);
}

TEST_CASE("an answer with another state signs nobody in")
{
    MastodonBench bench(false);
    welcome(bench);
    Browser browser;
    browser.state = QString(43, u'x');
    const Result<Identity> identity = signIn(bench, browser);
    REQUIRE_FALSE(identity);
    CHECK(identity.error().kind == ErrorKind::Rejected);
    CHECK(bench.server.received("/oauth/token").empty());
    CHECK(bench.secrets.values.isEmpty());
}

TEST_CASE("a sign-in that nobody finishes ends")
{
    MastodonBench bench(false, 100ms);
    welcome(bench);
    Browser browser;
    browser.staysAway = true;
    CHECK(signIn(bench, browser).error().kind == ErrorKind::Timeout);
    CHECK(bench.secrets.values.isEmpty());
}

TEST_CASE("a code that the server does not take is said, and nothing is stored")
{
    MastodonBench bench(false);
    welcome(bench);
    bench.on(
        "/oauth/token",
        Answer::json(QJsonObject{{u"error"_s, u"invalid_grant"_s}, {u"error_description"_s, u"The code has expired"_s}},
                     400),
        "POST");
    Browser browser;
    const Result<Identity> identity = signIn(bench, browser);
    REQUIRE_FALSE(identity);
    CHECK(identity.error().kind == ErrorKind::Rejected);
    CHECK(identity.error().detail.contains("expired"_L1));
    CHECK(bench.secrets.values.isEmpty());
}

TEST_CASE("an address that is no Mastodon server is said in one sentence, and no page is opened")
{
    MastodonBench bench(false);
    bench.on("/api/v2/instance", Answer::html("<h1>404</h1>", 404));
    bench.on("/api/v1/instance", GENERATE(Answer::html("<h1>404</h1>", 404), Answer::html("<html>A shop</html>"),
                                          Answer::json(QJsonObject())));
    Browser browser;
    const Result<Identity> identity = signIn(bench, browser);
    REQUIRE_FALSE(identity);
    CHECK(identity.error().kind == ErrorKind::InvalidReply);
    CHECK(browser.asked.isEmpty());
}

TEST_CASE("what is typed is looked at before anything is asked")
{
    MastodonBench bench(false);
    const auto kindOf = [&](const QUrl &server) {
        SignIn credentials;
        credentials.server = server;
        credentials.openPage = [](const QUrl &) {};
        return wait(bench.channel.signIn(std::move(credentials))).error().kind;
    };
    CHECK(kindOf({}) == ErrorKind::Usage);
    CHECK(kindOf(QUrl(u"http://far.example"_s)) == ErrorKind::Usage);
    CHECK(kindOf(QUrl(u"ftp://localhost"_s)) == ErrorKind::Usage);
    CHECK(kindOf(QUrl(u"https://me@far.example"_s)) == ErrorKind::Usage);
    SignIn noBrowser;
    noBrowser.server = bench.server.url();
    CHECK(wait(bench.channel.signIn(std::move(noBrowser))).error().kind == ErrorKind::Usage);
    CHECK(bench.server.received().empty());
}

TEST_CASE("a keychain that refuses ends the sign-in")
{
    MastodonBench bench(false);
    welcome(bench);
    bench.secrets.locked = true;
    Browser browser;
    CHECK(signIn(bench, browser).error().kind == ErrorKind::Secrets);
}
