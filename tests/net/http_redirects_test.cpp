// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/net_fixture.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::net;
using namespace indelible::test;

namespace {

HttpRequest withToken(HttpRequest request)
{
    request.headers.emplace_back("Authorization", "Bearer t");
    request.headers.emplace_back("X-Api-Key", "k");
    request.headers.emplace_back("Accept", "application/json");
    return request;
}

} // namespace

TEST_CASE("A GET follows a redirect within its server and stays signed in")
{
    for (const int status : {301, 302, 303, 307, 308}) {
        INFO(status);
        Net net;
        net.server.expect("GET", "/a").answer(Answer::redirect(QUrl(u"/b?c=%20d"_s), status));
        net.server.expect("GET", "/b?c=%20d").withHeader("authorization", "Bearer t").withHeader("x-api-key", "k");
        CHECK(net.send(withToken(net.get(u"/a"_s))));
        CHECK(net.server.takeProblems().isEmpty());
    }
}

TEST_CASE("A redirect to another server takes no secret along")
{
    Net net;
    FakeHttpServer other;
    REQUIRE(net.client.allowOrigin(other.url()));
    net.server.expect("GET", "/a").answer(Answer::redirect(other.url(u"/b"_s)));
    other.expect("GET", "/b")
        .withoutHeader("authorization")
        .withoutHeader("x-api-key")
        .withHeader("accept", "application/json")
        .answer(Answer::redirect(net.server.url(u"/c"_s)));
    net.server.expect("GET", "/c").withoutHeader("authorization");
    CHECK(net.send(withToken(net.get(u"/a"_s))));
    CHECK(net.server.takeProblems().isEmpty());
    CHECK(other.takeProblems().isEmpty());
}

TEST_CASE("Five redirects are followed and not six")
{
    Net net;
    net.server.on("GET", "/*", [](const Received &request) {
        const int step = request.path.mid(1).toInt();
        return step == 0 ? Answer::json(QJsonObject()) : Answer::redirect(QUrl(u"/%1"_s.arg(step - 1)));
    });
    CHECK(net.send(net.get(u"/5"_s)));
    const auto response = net.send(net.get(u"/6"_s));
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::InvalidReply);
}

TEST_CASE("A circle of redirects ends")
{
    Net net;
    net.server.on("GET", "/", Answer::redirect(QUrl(u"/"_s)));
    const auto response = net.send(net.get());
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::InvalidReply);
    CHECK(net.server.received().size() == 6);
}

TEST_CASE("A redirect to what may not be asked is not followed")
{
    Net net;
    FakeHttpServer forbidden;
    for (const QUrl &target :
         {QUrl(u"file:///etc/hostname"_s), QUrl(u"data:text/plain,a"_s), QUrl(u"qrc:/a"_s),
          QUrl(u"http://shop.example/"_s), forbidden.url(u"/"_s), QUrl(u"https://user@shop.example/"_s),
          QUrl(u"ftp://localhost/"_s), QUrl(u"https:///"_s)}) {
        INFO(target.toString().toStdString());
        net.server.expect("GET", "/").answer(Answer::redirect(target));
        const auto response = net.send(net.get());
        REQUIRE_FALSE(response);
        CHECK(response.error().kind == ErrorKind::InvalidReply);
    }
    CHECK(forbidden.connectionsMade() == 0);
}

TEST_CASE("A redirect to a private address is refused when its name is looked up")
{
    Net net;
    net.server.expect("GET", "/").answer(Answer::redirect(QUrl(u"https://127.0.0.1/"_s)));
    const auto response = net.send(net.get());
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::Rejected);
}

TEST_CASE("A redirect that does not say where to is an error")
{
    Net net;
    for (const Answer &answer : {Answer::empty(302), Answer::empty(302).withHeader("Location", ""),
                                 Answer::empty(302).withHeader("Location", "http://[")}) {
        net.server.expect("GET", "/").answer(answer);
        const auto response = net.send(net.get());
        REQUIRE_FALSE(response);
        CHECK(response.error().kind == ErrorKind::InvalidReply);
    }
}

TEST_CASE("A POST that is led elsewhere by 301, 302 or 303 is not followed and may have acted")
{
    for (const int status : {301, 302, 303}) {
        INFO(status);
        Net net;
        net.server.expect("POST", "/a").answer(Answer::redirect(QUrl(u"/b"_s), status));
        const auto response = net.send(net.post("{}", u"/a"_s));
        REQUIRE_FALSE(response);
        CHECK(response.error().kind == ErrorKind::InvalidReply);
        CHECK_FALSE(response.error().provablyNotProcessed);
        CHECK(net.server.received().size() == 1);
    }
}

TEST_CASE("A POST is repeated whole where 307 or 308 leads within its server, and nowhere else")
{
    for (const int status : {307, 308}) {
        INFO(status);
        Net net;
        FakeHttpServer other;
        REQUIRE(net.client.allowOrigin(other.url()));
        net.server.expect("POST", "/a").answer(Answer::redirect(QUrl(u"/b"_s), status));
        net.server.expect("POST", "/b").withBody("{}").withHeader("authorization", "Bearer t");
        CHECK(net.send(withToken(net.post("{}", u"/a"_s))));
        net.server.expect("POST", "/a").answer(Answer::redirect(other.url(u"/b"_s), status));
        CHECK_FALSE(net.send(withToken(net.post("{}", u"/a"_s))));
        CHECK(other.connectionsMade() == 0);
        CHECK(net.server.takeProblems().isEmpty());
    }
}

TEST_CASE("Other statuses from 300 are answers")
{
    Net net;
    net.server.expect("GET", "/").answer(Answer::empty(304));
    const auto response = net.send(net.get());
    REQUIRE(response);
    CHECK(response->status == 304);
}

TEST_CASE("An answer says where permanent redirects led, up to the first that was not")
{
    const auto movedTo = [](const std::vector<int> &statuses) {
        Net net;
        for (std::size_t i = 0; i < statuses.size(); ++i)
            net.server.on("GET", "/" + QByteArray::number(i), Answer::redirect(QUrl(u"/%1"_s.arg(i + 1)), statuses[i]));
        net.server.on("GET", "/" + QByteArray::number(statuses.size()), Answer::json(QJsonObject()));
        const auto response = net.send(net.get(u"/0"_s));
        REQUIRE(response);
        return response->movedTo.path();
    };
    CHECK(movedTo({}).isEmpty());
    CHECK(movedTo({301}) == u"/1"_s);
    CHECK(movedTo({308, 301}) == u"/2"_s);
    CHECK(movedTo({301, 302, 301}) == u"/1"_s);
    CHECK(movedTo({302, 301}).isEmpty());
    CHECK(movedTo({303}).isEmpty());
    CHECK(movedTo({307}).isEmpty());
}
