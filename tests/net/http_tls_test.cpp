// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/net_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/test_authority.h"

#include <QTcpServer>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::net;
using namespace indelible::test;
using namespace std::chrono_literals;

namespace {

/// A client for which every name leads to this computer.
struct TlsNet
{
    explicit TlsNet(const QSslConfiguration &configuration, std::chrono::milliseconds deadline = 20s)
        : server(configuration)
        , client(clock, policyWith(deadline))
    {
    }

    Result<HttpResponse> post(const QString &host)
    {
        HttpRequest request;
        request.method = Method::Post;
        request.url = QUrl(u"https://%1:%2/"_s.arg(host).arg(server.port()));
        request.headers.emplace_back("Authorization", "Bearer t");
        request.contentType = "application/json";
        request.body = "{}";
        if (!client.allowOrigin(request.url))
            throw std::runtime_error("the server is not allowed");
        return wait(client.send(request));
    }

    static HttpPolicy policyWith(std::chrono::milliseconds deadline)
    {
        HttpPolicy policy;
        policy.deadline = deadline;
        policy.lookUp = [](const QString &, const std::function<void(QList<QHostAddress>)> &done) {
            done({QHostAddress(QHostAddress::LocalHost)});
        };
        return policy;
    }

    FakeClock clock;
    FakeHttpServer server;
    HttpClient client;
};

void checkRefused(const Result<HttpResponse> &response)
{
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::ServerTrouble);
    CHECK(response.error().code == u"CertificateRefused"_s);
    CHECK(response.error().provablyNotProcessed);
}

} // namespace

TEST_CASE("A certificate for the name is accepted although the connection goes to the address")
{
    const TestAuthority authority;
    const Trust trust(authority);
    TlsNet net(authority.serverFor(u"shop.example"_s));
    net.server.expect("POST", "/")
        .withHeader("host", "shop.example:" + QByteArray::number(net.server.port()))
        .withBody("{}")
        .answer(Answer::json(QJsonObject()));
    const auto response = net.post(u"shop.example"_s);
    INFO((response ? std::string() : response.error().detail.toStdString()));
    CHECK(response);
    CHECK(net.server.takeProblems().isEmpty());
}

TEST_CASE("A certificate for another name is refused before anything is sent")
{
    const TestAuthority authority;
    const Trust trust(authority);
    TlsNet net(authority.serverFor(u"other.example"_s));
    checkRefused(net.post(u"shop.example"_s));
    CHECK(net.server.received().empty());
}

TEST_CASE("A certificate of an unknown authority is refused before anything is sent")
{
    const TestAuthority authority;
    TlsNet net(authority.serverFor(u"shop.example"_s));
    checkRefused(net.post(u"shop.example"_s));
    CHECK(net.server.received().empty());
}

TEST_CASE("A certificate that has expired is refused before anything is sent")
{
    const TestAuthority authority;
    const Trust trust(authority);
    TlsNet net(authority.serverFor(u"shop.example"_s, QDateTime::currentDateTimeUtc().addDays(-1)));
    checkRefused(net.post(u"shop.example"_s));
    CHECK(net.server.received().empty());
}

TEST_CASE("A connection that was trusted for one name is not used for another")
{
    const TestAuthority authority;
    const Trust trust(authority);
    TlsNet net(authority.serverFor(u"shop.example"_s));
    net.server.on("POST", "/", Answer::json(QJsonObject()));
    CHECK(net.post(u"shop.example"_s));
    checkRefused(net.post(u"other.example"_s));
    CHECK(net.server.received().size() == 1);
}

TEST_CASE("A server that never answers the handshake is given up, and nothing was sent")
{
    QTcpServer silent;
    REQUIRE(silent.listen(QHostAddress::LocalHost));
    const FakeClock clock;
    HttpClient client(clock, TlsNet::policyWith(150ms));
    HttpRequest request;
    request.method = Method::Post;
    request.url = QUrl(u"https://shop.example:%1/"_s.arg(silent.serverPort()));
    request.body = "{}";
    REQUIRE(client.allowOrigin(request.url));
    const auto response = wait(client.send(request));
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::Timeout);
    CHECK(response.error().provablyNotProcessed);
}

TEST_CASE("A server without encryption at an address with https is refused")
{
    FakeHttpServer plain;
    const FakeClock clock;
    HttpClient client(clock, TlsNet::policyWith(300ms));
    HttpRequest request;
    request.method = Method::Post;
    request.url = QUrl(u"https://shop.example:%1/"_s.arg(plain.port()));
    request.body = "{}";
    REQUIRE(client.allowOrigin(request.url));
    const auto response = wait(client.send(request));
    REQUIRE_FALSE(response);
    CHECK(response.error().provablyNotProcessed);
    CHECK(plain.received().empty());
}

TEST_CASE("An encrypted answer that breaks off is trouble of the server")
{
    const TestAuthority authority;
    const Trust trust(authority);
    for (const Fault fault : {Fault::CutBody, Fault::CutChunked, Fault::LengthTooLong, Fault::DropAfterReading}) {
        TlsNet net(authority.serverFor(u"shop.example"_s));
        net.server.on("POST", "/", Answer::failing(fault));
        const auto response = net.post(u"shop.example"_s);
        REQUIRE_FALSE(response);
        CHECK(response.error().kind == ErrorKind::ServerTrouble);
        CHECK(response.error().code.isEmpty());
        CHECK_FALSE(response.error().provablyNotProcessed);
        CHECK(net.server.received().size() == 1);
    }
}
