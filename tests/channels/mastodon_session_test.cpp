// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/mastodon_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels::mastodon;
using namespace indelible::test;
using namespace Qt::StringLiterals;

TEST_CASE("a session comes back from the keychain as it was put there")
{
    const Session session = shopSession(QUrl(u"http://localhost:3000"_s));
    const Result<Session> again = readSession(writeSession(session));
    REQUIRE(again);
    CHECK(*again == session);
    CHECK_FALSE(readSession("{}"));
    CHECK(readSession("x").error().kind == ErrorKind::Damaged);
    CHECK_FALSE(readSession(writeSession(session).replace("\"http:", "\"\\nhttp:")));
}

TEST_CASE("without a sign-in in the keychain the person is asked, and with a locked one it is said")
{
    MastodonBench bench(false);
    CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::Unauthorised);
    bench.secrets.locked = true;
    CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::Secrets);
    CHECK(bench.server.received().empty());
}

TEST_CASE("signing out revokes the token and forgets it")
{
    MastodonBench bench;
    bench.on("/oauth/revoke", Answer::json(QJsonObject()), "POST");
    REQUIRE(wait(bench.channel.signOut()));
    CHECK(bench.secrets.values.isEmpty());
    const std::vector<Received> calls = bench.server.received("/oauth/revoke");
    REQUIRE(calls.size() == 1);
    CHECK(calls.at(0).body == "client_id=client&client_secret=client-secret&token=token-1");
    CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::Unauthorised);
}

TEST_CASE("a server that cannot be told keeps nobody from leaving")
{
    MastodonBench bench;
    bench.on("/oauth/revoke", Answer::empty(502), "POST");
    const Result<void> left = wait(bench.channel.signOut());
    REQUIRE_FALSE(left);
    CHECK(left.error().detail.contains("has forgotten the Mastodon sign-in"_L1));
    CHECK(bench.secrets.values.isEmpty());
    MastodonBench revoked;
    revoked.on("/oauth/revoke", Answer::html("<h1>401</h1>", 401), "POST");
    CHECK(wait(revoked.channel.signOut()));
}

TEST_CASE("the limits of the server are known once the session is")
{
    MastodonBench bench;
    CHECK(bench.channel.capabilities().publicLimit == TextLimit());
    bench.serve();
    CHECK(bench.fetchAll().empty());
    CHECK(bench.channel.capabilities().publicLimit == TextLimit{500, TextUnit::Graphemes, 0, 23});
    CHECK(bench.channel.capabilities().privateLimit.maximum == 500);
    CHECK_FALSE(bench.channel.capabilities().findsSent);
    for (const Received &request : bench.server.received())
        CHECK(request.header("authorization") == "Bearer token-1");
}
