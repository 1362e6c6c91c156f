// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/net_fixture.h"
#include "tests/support/catch.h"

#include <QLoggingCategory>

#include <memory>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::net;
using namespace indelible::test;
using namespace std::chrono_literals;

namespace {

QStringList logged;

class LogCapture
{
public:
    LogCapture()
    {
        logged.clear();
        QLoggingCategory::setFilterRules(u"*.debug=true\nqt.*=false"_s);
        m_previous = qInstallMessageHandler(
            [](QtMsgType, const QMessageLogContext &, const QString &message) { logged.append(message); });
    }
    ~LogCapture()
    {
        qInstallMessageHandler(m_previous);
        QLoggingCategory::setFilterRules({});
    }
    Q_DISABLE_COPY_MOVE(LogCapture)

private:
    QtMessageHandler m_previous;
};

} // namespace

TEST_CASE("An answer has its status, body, type and headers in lower case")
{
    Net net;
    net.server.expect("GET", "/page?a=1&b=%20x")
        .answer(Answer::json({{u"a"_s, 1}}, 201).withHeader("X-Thing", "Value"));
    const auto response = net.send(net.get(u"/page?a=1&b=%20x"_s));
    REQUIRE(response);
    CHECK(response->status == 201);
    CHECK(response->body == R"({"a":1})");
    CHECK(response->contentType == "application/json");
    CHECK(response->header("x-thing") == "Value");
    CHECK(response->header("x-absent").isNull());
    CHECK(net.server.takeProblems().isEmpty());
}

TEST_CASE("A request carries its headers, its body and the program's name, and no cookie")
{
    Net net;
    net.server.expect("POST", "/page")
        .withHeader("authorization", "Bearer t")
        .withHeader("content-type", "application/json")
        .withHeader("user-agent", "Indelible/" INDELIBLE_VERSION)
        .withHeader("content-length", "7")
        .withHeader("host", "localhost:" + QByteArray::number(net.server.port()))
        .withBody(R"({"a":1})")
        .answer(Answer::empty().withHeader("Set-Cookie", "a=b"));
    net.server.expect("GET", "/page").withoutHeader("cookie").withoutHeader("authorization");
    HttpRequest request = net.post(R"({"a":1})", u"/page"_s);
    request.headers.emplace_back("Authorization", "Bearer t");
    CHECK(net.send(request));
    CHECK(net.send(net.get(u"/page"_s)));
    CHECK(net.server.takeProblems().isEmpty());
}

TEST_CASE("A POST without a body has length zero and keeps its query")
{
    Net net;
    net.server.expect("POST", "/page?a=1").withHeader("content-length", "0").withoutHeader("content-type").withBody({});
    HttpRequest request = net.post({}, u"/page?a=1"_s);
    request.contentType.clear();
    CHECK(net.send(request));
    CHECK(net.server.takeProblems().isEmpty());
}

TEST_CASE("A large body arrives whole")
{
    Net net;
    QByteArray body;
    for (int i = 0; i < 300'000; ++i)
        body += QByteArray::number(i);
    net.server.expect("POST", "/").withBody(body);
    CHECK(net.send(net.post(body)));
    CHECK(net.server.takeProblems().isEmpty());
}

TEST_CASE("Statuses that refuse are answers, with their bodies, asked for once")
{
    Net net;
    for (const int status : {400, 401, 403, 404, 405, 407, 409, 410, 422}) {
        INFO(status);
        net.server.expect("POST", "/")
            .answer(Answer::json({{u"error"_s, u"No"_s}}, status).withHeader("WWW-Authenticate", "Basic realm=\"a\""));
        const auto response = net.send(net.post("{}"));
        REQUIRE(response);
        CHECK(response->status == status);
        CHECK(response->body == R"({"error":"No"})");
    }
    CHECK(net.server.received().size() == 9);
}

TEST_CASE("An empty answer and a web page are answers")
{
    Net net;
    net.server.expect("GET", "/").answer(Answer::empty(200));
    net.server.expect("GET", "/").answer(Answer::html("<p>Sign in to the network</p>"));
    const auto empty = net.send(net.get());
    REQUIRE(empty);
    CHECK(empty->body.isEmpty());
    CHECK(empty->contentType.isEmpty());
    const auto page = net.send(net.get());
    REQUIRE(page);
    CHECK(page->contentType == "text/html");
    net.server.expect("GET", "/").answer(Answer::bytes("x", "Text/HTML"));
    const auto bare = net.send(net.get());
    REQUIRE(bare);
    CHECK(bare->contentType == "text/html");
}

TEST_CASE("A packed answer is unpacked")
{
    Net net;
    const QByteArray content(1'000'000, 'a');
    net.server.expect("GET", "/").answer(Answer::gzipped(content, "application/json"));
    const auto response = net.send(net.get());
    REQUIRE(response);
    CHECK(response->body == content);
}

TEST_CASE("The next address of a host is tried when one takes no connection")
{
    HttpPolicy policy;
    policy.lookUp = [](const QString &, const std::function<void(QList<QHostAddress>)> &done) {
        done({QHostAddress(u"127.0.0.9"_s), QHostAddress(QHostAddress::LocalHostIPv6),
              QHostAddress(QHostAddress::LocalHost)});
    };
    Net net(policy);
    net.server.expect("POST", "/").withBody("{}");
    CHECK(net.send(net.post("{}")));
    CHECK(net.server.received().size() == 1);
}

TEST_CASE("The next address is not tried once something may have been done")
{
    HttpPolicy policy;
    policy.lookUp = [](const QString &, const std::function<void(QList<QHostAddress>)> &done) {
        done({QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHost)});
    };
    for (const QByteArray &body : {QByteArray("{}"), QByteArray()}) {
        Net net(policy);
        net.server.on("POST", "/", Answer::failing(Fault::DropAfterReading));
        CHECK_FALSE(net.send(net.post(body)));
        CHECK(net.server.received().size() == 1);
    }
}

TEST_CASE("A literal address of this computer can be allowed and asked")
{
    Net net;
    QUrl url = net.server.url(u"/"_s);
    url.setHost(u"127.0.0.1"_s);
    REQUIRE(net.client.allowOrigin(url));
    net.server.expect("GET", "/").withHeader("host", "127.0.0.1:" + QByteArray::number(net.server.port()));
    HttpRequest request;
    request.url = url;
    CHECK(net.send(request));
    CHECK(net.server.takeProblems().isEmpty());
}

TEST_CASE("An address that was not allowed is refused before anything is looked up or sent")
{
    int lookUps = 0;
    HttpPolicy policy;
    policy.lookUp = [&](const QString &, const std::function<void(QList<QHostAddress>)> &done) {
        ++lookUps;
        done({QHostAddress(QHostAddress::LocalHost)});
    };
    Net net(policy);
    for (const QString &text : {u"http://shop.example/"_s, u"file:///etc/hostname"_s, u"data:,a"_s, u"qrc:/a"_s,
                                u"https://user@shop.example/"_s, QString()}) {
        INFO(text.toStdString());
        HttpRequest request;
        request.url = QUrl(text);
        const auto response = net.send(request);
        REQUIRE_FALSE(response);
        CHECK(response.error().kind == ErrorKind::Rejected);
        CHECK(response.error().provablyNotProcessed);
    }
    CHECK(lookUps == 0);
}

TEST_CASE("A name with one address that is not on the public internet is refused")
{
    QList<QHostAddress> addresses;
    HttpPolicy policy;
    policy.lookUp = [&](const QString &, const std::function<void(QList<QHostAddress>)> &done) { done(addresses); };
    Net net(policy);
    HttpRequest request;
    request.url = QUrl(u"https://shop.example:%1/"_s.arg(net.server.port()));
    for (const QString &text :
         {u"127.0.0.1"_s, u"10.0.0.1"_s, u"169.254.169.254"_s, u"::ffff:127.0.0.1"_s, u"fe80::1"_s}) {
        INFO(text.toStdString());
        addresses = {QHostAddress(u"8.8.8.8"_s), QHostAddress(text)};
        const auto response = net.send(request);
        REQUIRE_FALSE(response);
        CHECK(response.error().kind == ErrorKind::Rejected);
    }
    CHECK(net.server.connectionsMade() == 0);
}

TEST_CASE("A name is looked up once for each exchange, and the connection goes to the address that was checked")
{
    int lookUps = 0;
    HttpPolicy policy;
    policy.lookUp = [&](const QString &, const std::function<void(QList<QHostAddress>)> &done) {
        ++lookUps;
        done({QHostAddress(QHostAddress::LocalHost)});
    };
    Net net(policy);
    QUrl url = net.server.url(u"/"_s);
    url.setHost(u"no-such-host.invalid"_s);
    REQUIRE(net.client.allowOrigin(url));
    net.server.expect("GET", "/").withHeader("host", "no-such-host.invalid:" + QByteArray::number(net.server.port()));
    HttpRequest request;
    request.url = url;
    CHECK(net.send(request));
    CHECK(lookUps == 1);
    CHECK(net.server.takeProblems().isEmpty());
}

TEST_CASE("A name that cannot be looked up means offline, and that nothing was sent")
{
    HttpPolicy policy;
    policy.lookUp = [](const QString &, const std::function<void(QList<QHostAddress>)> &done) { done({}); };
    Net net(policy);
    HttpRequest request = net.post("{}");
    request.url = QUrl(u"https://shop.example/"_s);
    const auto response = net.send(request);
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::Offline);
    CHECK(response.error().provablyNotProcessed);
}

TEST_CASE("A look-up that does not end is given up at the deadline")
{
    HttpPolicy policy;
    policy.deadline = 50ms;
    policy.lookUp = [](const QString &, const std::function<void(QList<QHostAddress>)> &) {};
    Net net(policy);
    const auto response = net.send(net.post("{}"));
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::Timeout);
    CHECK(response.error().provablyNotProcessed);
}

TEST_CASE("Shutting down ends what is under way and refuses what comes after")
{
    Net net;
    net.server.on("POST", "/", Answer::failing(Fault::StallBeforeHeaders));
    std::optional<Result<HttpResponse>> response;
    net.client.send(net.post("{}")).then([&](Result<HttpResponse> result) { response = std::move(result); });
    waitUntil([&] { return !net.server.received().empty(); });
    CHECK_FALSE(response);
    net.client.shutDown();
    waitUntil([&] { return response.has_value(); });
    REQUIRE_FALSE(*response);
    CHECK(response->error().kind == ErrorKind::Cancelled);
    CHECK_FALSE(response->error().provablyNotProcessed);
    const auto after = net.send(net.get());
    REQUIRE_FALSE(after);
    CHECK(after.error().kind == ErrorKind::Cancelled);
    CHECK(after.error().provablyNotProcessed);
    CHECK(net.server.received().size() == 1);
    waitUntil([&] { return net.server.connectionsOpen() == 0; });
}

TEST_CASE("Shutting down ends a look-up")
{
    HttpPolicy policy;
    policy.lookUp = [](const QString &, const std::function<void(QList<QHostAddress>)> &) {};
    Net net(policy);
    std::optional<Result<HttpResponse>> response;
    net.client.send(net.get()).then([&](Result<HttpResponse> result) { response = std::move(result); });
    net.client.shutDown();
    waitUntil([&] { return response.has_value(); });
    CHECK(response->error().kind == ErrorKind::Cancelled);
}

TEST_CASE("A task whose client is gone ends as cancelled")
{
    FakeHttpServer server;
    server.on("GET", "/", Answer::failing(Fault::StallInBody));
    std::optional<Result<HttpResponse>> response;
    {
        const FakeClock clock;
        HttpClient client(clock);
        REQUIRE(client.allowOrigin(server.url()));
        HttpRequest request;
        request.url = server.url(u"/"_s);
        client.send(request).then([&](Result<HttpResponse> result) { response = std::move(result); });
        waitUntil([&] { return !server.received().empty(); });
    }
    waitUntil([&] { return response.has_value(); });
    CHECK(response->error().kind == ErrorKind::Cancelled);
}

TEST_CASE("Many requests at once are all answered")
{
    Net net;
    net.server.on("GET", "/*", [](const Received &request) { return Answer::bytes(request.path, "text/plain"); });
    std::vector<QByteArray> bodies(40);
    int done = 0;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        net.client.send(net.get(u"/%1"_s.arg(i))).then([&, i](const Result<HttpResponse> &result) {
            bodies[i] = result ? result->body : QByteArray("failed");
            ++done;
        });
    }
    waitUntil([&] { return done == 40; });
    for (std::size_t i = 0; i < bodies.size(); ++i)
        CHECK(bodies[i] == '/' + QByteArray::number(static_cast<qulonglong>(i)));
}

TEST_CASE("The log names method, host and path, and nothing that is secret")
{
    Net net;
    net.server.on("POST", "/*", Answer::json({{u"accessJwt"_s, u"canary-answer"_s}}));
    net.server.on("GET", "/*", Answer::empty(500));
    QStringList lines;
    {
        const LogCapture capture;
        HttpRequest request = net.post("canary-body", u"/bot123:canary-path/sendMessage?token=canary-query"_s);
        request.headers.emplace_back("Authorization", "Bearer canary-header");
        CHECK(net.send(request));
        request = net.get(u"/xrpc/app.example.get/%1"_s.arg(QString(60, u'c')));
        CHECK_FALSE(net.send(request));
        lines = logged;
    }
    CHECK(lines.filter(u"canary"_s).isEmpty());
    CHECK(lines.filter(u"cccccccc"_s).isEmpty());
    CHECK(lines.filter(u"POST localhost/…/sendMessage: 200"_s).size() == 1);
    CHECK(lines.filter(u"GET localhost/xrpc/app.example.get/…"_s).size() == 3);
}
