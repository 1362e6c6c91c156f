// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/net_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/test_environment.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::net;
using namespace indelible::test;

TEST_CASE("The fake server takes the steps of a dialogue in order and routes the rest")
{
    Net net;
    net.server.on("GET", "/any/*", Answer::bytes("route", "text/plain"));
    net.server.on("GET", "/any/new", Answer::bytes("newer route", "text/plain"));
    net.server.expect("GET", "/a").answer(Answer::bytes("first", "text/plain"));
    net.server.expect("GET", "/a").withQuery(u"q"_s, u"ä b"_s).answer(Answer::bytes("second", "text/plain"));
    net.server.expect("POST", "/a?q=1").withJson({{u"n"_s, 1}}).answer([](const Received &request) {
        return Answer::bytes("third " + request.body, "text/plain");
    });
    CHECK(net.send(net.get(u"/a"_s))->body == "first");
    CHECK(net.send(net.get(u"/any/old"_s))->body == "route");
    CHECK(net.send(net.get(u"/any/new"_s))->body == "newer route");
    CHECK(net.send(net.get(u"/a?q=%C3%A4%20b"_s))->body == "second");
    CHECK(net.send(net.post("{ \"n\": 1 }", u"/a?q=1"_s))->body == "third { \"n\": 1 }");
    CHECK(net.server.takeProblems().isEmpty());
    CHECK(net.server.received("/a").size() == 3);
    CHECK(net.server.received().size() == 5);
}

TEST_CASE("The fake server tells of every request that is not what was expected")
{
    Net net;
    net.server.expect("POST", "/a")
        .withHeader("X-One", "1")
        .withoutHeader("User-Agent")
        .withQuery(u"q"_s, u"1"_s)
        .withBody("other")
        .withJson({{u"n"_s, 1}})
        .where([](const Received &) { return u"the stars are wrong"_s; });
    CHECK(net.send(net.post("{}", u"/a"_s)));
    const QStringList problems = net.server.takeProblems();
    REQUIRE(problems.size() == 6);
    CHECK(problems.at(0).contains(u"X-One"_s));
    CHECK(problems.at(5).contains(u"the stars are wrong"_s));
    CHECK(net.server.takeProblems().isEmpty());
}

TEST_CASE("The fake server tells of requests nobody expected and of steps that never came")
{
    Net net;
    CHECK_FALSE(net.send(net.get(u"/surprise"_s)));
    net.server.expect("GET", "/a");
    net.server.expect("GET", "/b");
    CHECK_FALSE(net.send(net.get(u"/b"_s)));
    const QStringList problems = net.server.takeProblems();
    REQUIRE(problems.size() == 4);
    CHECK(problems.at(0).contains(u"/surprise"_s));
    CHECK(problems.at(1).contains(u"expected GET /a"_s));
    CHECK(problems.at(2).contains(u"never came"_s));
}

TEST_CASE("The fake server warns of problems that nobody took")
{
    const ExpectWarning warning(u"GET /a never came"_s);
    FakeHttpServer server;
    server.expect("GET", "/a");
}
