// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/net_fixture.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::net;
using namespace indelible::test;
using namespace std::chrono_literals;

namespace {

using Waits = std::vector<std::chrono::milliseconds>;

HttpRequest inGroup(HttpRequest request, const QString &group)
{
    request.pauseGroup = group;
    return request;
}

} // namespace

TEST_CASE("A GET is asked again after trouble of the server, with growing pauses")
{
    Net net;
    net.server.expect("GET", "/").answer(Answer::empty(500));
    net.server.expect("GET", "/").answer(Answer::empty(503));
    net.server.expect("GET", "/").answer(Answer::json(QJsonObject()));
    CHECK(net.send(net.get()));
    CHECK(net.waits == Waits{2s, 5s});
    CHECK(net.server.takeProblems().isEmpty());
}

TEST_CASE("A GET is not asked again for ever")
{
    Net net;
    net.server.on("GET", "/", Answer::empty(502));
    const auto response = net.send(net.get());
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::ServerTrouble);
    CHECK(response.error().httpStatus == 502);
    CHECK(net.server.received().size() == 3);
}

TEST_CASE("A GET is asked again after its answer broke off")
{
    Net net;
    net.server.expect("GET", "/").answer(Answer::failing(Fault::CutBody));
    net.server.expect("GET", "/").answer(Answer::json(QJsonObject()));
    const auto response = net.send(net.get());
    REQUIRE(response);
    CHECK(response->body == "{}");
    CHECK(net.waits == Waits{2s});
}

TEST_CASE("What the server cannot do at all is asked once")
{
    Net net;
    net.server.expect("GET", "/").answer(Answer::empty(501));
    CHECK_FALSE(net.send(net.get()));
    CHECK(net.server.received().size() == 1);
}

TEST_CASE("A POST is never repeated unless that is harmless")
{
    for (const Answer &answer :
         {Answer::empty(500), Answer::empty(503).withHeader("Retry-After", "1"), Answer::tooManyRequests("1"),
          Answer::failing(Fault::CutBody), Answer::failing(Fault::DropAfterReading)}) {
        Net net;
        net.server.on("POST", "/", answer);
        CHECK_FALSE(net.send(net.post("{}")));
        CHECK(net.server.received().size() == 1);
        CHECK(net.waits.empty());
    }
}

TEST_CASE("A POST that is idempotent is repeated with the same body")
{
    Net net;
    net.server.expect("POST", "/").withBody("{}").answer(Answer::empty(500));
    net.server.expect("POST", "/").withBody("{}").answer(Answer::failing(Fault::DropAfterReading));
    net.server.expect("POST", "/").withBody("{}").answer(Answer::json(QJsonObject()));
    HttpRequest request = net.post("{}");
    request.idempotent = true;
    CHECK(net.send(request));
    CHECK(net.server.takeProblems().isEmpty());
}

TEST_CASE("What the last try proves is not said of the tries before it")
{
    Net net;
    net.server.expect("POST", "/").answer(Answer::failing(Fault::DropAfterReading));
    net.server.expect("POST", "/").answer(Answer::tooManyRequests("3600"));
    HttpRequest request = net.post("{}");
    request.idempotent = true;
    const auto response = net.send(request);
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::RateLimited);
    CHECK_FALSE(response.error().provablyNotProcessed);
}

TEST_CASE("A short Retry-After is waited for")
{
    Net net;
    net.server.expect("GET", "/").answer(Answer::tooManyRequests("7"));
    net.server.expect("GET", "/").answer(Answer::json(QJsonObject()));
    CHECK(net.send(inGroup(net.get(), u"shop"_s)));
    CHECK(net.waits == Waits{7s});
}

TEST_CASE("A request of no group waits for its own pause too")
{
    Net net;
    net.server.expect("GET", "/").answer(Answer::empty(503).withHeader("Retry-After", "7"));
    net.server.expect("GET", "/").answer(Answer::json(QJsonObject()));
    CHECK(net.send(net.get()));
    CHECK(net.waits == Waits{7s});
}

TEST_CASE("A long Retry-After is returned at once and holds the whole group")
{
    Net net;
    net.server.expect("GET", "/").answer(Answer::tooManyRequests("120"));
    net.server.on("GET", "/free", Answer::empty());
    const auto first = net.send(inGroup(net.get(), u"shop"_s));
    REQUIRE_FALSE(first);
    CHECK(first.error().kind == ErrorKind::RateLimited);
    CHECK(first.error().retryAfter == 120s);
    CHECK(first.error().provablyNotProcessed);
    CHECK(net.client.pausedUntil(u"shop"_s) == net.clock.now() + 120s);

    net.clock.advance(20s);
    const auto second = net.send(inGroup(net.post("{}"), u"shop"_s));
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == ErrorKind::RateLimited);
    CHECK(second.error().retryAfter == 100s);
    CHECK(second.error().provablyNotProcessed);

    CHECK(net.send(inGroup(net.get(u"/free"_s), u"other"_s)));
    CHECK(net.send(net.get(u"/free"_s)));
    CHECK(net.waits.empty());
    CHECK(net.server.received().size() == 3);

    net.clock.advance(100s);
    CHECK(net.client.pausedUntil(u"shop"_s) == std::nullopt);
    CHECK(net.send(inGroup(net.get(u"/free"_s), u"shop"_s)));
}

TEST_CASE("A POST that comes in a short pause waits for its end")
{
    Net net;
    net.server.expect("POST", "/").answer(Answer::tooManyRequests("10"));
    net.server.expect("POST", "/").answer(Answer::json(QJsonObject()));
    CHECK_FALSE(net.send(inGroup(net.post("{}"), u"shop"_s)));
    CHECK(net.waits.empty());
    CHECK(net.send(inGroup(net.post("{}"), u"shop"_s)));
    CHECK(net.waits == Waits{10s});
}

TEST_CASE("A limit that is used up pauses the group ahead")
{
    Net net;
    const QByteArray reset = QByteArray::number(toMs(net.clock.now()) / 1000 + 30);
    net.server.expect("GET", "/")
        .answer(Answer::empty().withHeader("RateLimit-Remaining", "0").withHeader("RateLimit-Reset", reset));
    CHECK(net.send(inGroup(net.get(), u"shop"_s)));
    const auto next = net.send(inGroup(net.get(), u"shop"_s));
    REQUIRE_FALSE(next);
    CHECK(next.error().kind == ErrorKind::RateLimited);
    CHECK(next.error().retryAfter == 30s);
    CHECK(net.server.received().size() == 1);
}

TEST_CASE("429 without a time pauses for a minute")
{
    Net net;
    net.server.expect("GET", "/").answer(Answer::tooManyRequests());
    const auto response = net.send(inGroup(net.get(), u"shop"_s));
    REQUIRE_FALSE(response);
    CHECK(response.error().retryAfter == 60s);
}

TEST_CASE("A server that always asks for a little time is not asked for ever")
{
    Net net;
    net.server.on("GET", "/", Answer::tooManyRequests("1"));
    const auto response = net.send(inGroup(net.get(), u"shop"_s));
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == ErrorKind::RateLimited);
    CHECK(net.server.received().size() == 3);
    CHECK(net.waits == Waits{1s, 1s});
}

TEST_CASE("A pause is over once it was waited for, even where the clock stands still")
{
    const FakeClock clock;
    FakeHttpServer server;
    HttpPolicy policy;
    policy.wait = [](std::chrono::milliseconds, const std::function<void()> &done) { done(); };
    HttpClient client(clock, policy);
    REQUIRE(client.allowOrigin(server.url()));
    server.expect("GET", "/").answer(Answer::tooManyRequests("1"));
    server.expect("GET", "/").answer(Answer::json(QJsonObject()));
    HttpRequest request;
    request.url = server.url(u"/"_s);
    request.pauseGroup = u"shop"_s;
    CHECK(wait(client.send(request)));
}

TEST_CASE("Shutting down ends a wait")
{
    HttpPolicy policy;
    policy.wait = [](std::chrono::milliseconds, const std::function<void()> &) {};
    Net net(policy);
    net.server.expect("GET", "/").answer(Answer::empty(500));
    net.server.expect("GET", "/limited").answer(Answer::tooManyRequests("1"));
    int ended = 0;
    for (const QString &path : {u"/"_s, u"/limited"_s}) {
        const std::size_t before = net.server.received().size();
        net.client.send(net.get(path)).then([&](const Result<HttpResponse> &response) { ended += response ? 0 : 1; });
        waitUntil([&] { return net.server.received().size() > before; });
    }
    net.client.shutDown();
    waitUntil([&] { return ended == 2; });
    CHECK(net.server.received().size() == 2);
}

TEST_CASE("A real wait takes as long as was asked")
{
    const SystemClock clock;
    FakeHttpServer server;
    HttpPolicy policy;
    policy.retryPauses = {5ms};
    HttpClient client(clock, policy);
    REQUIRE(client.allowOrigin(server.url()));
    server.expect("GET", "/").answer(Answer::empty(500));
    server.expect("GET", "/").answer(Answer::json(QJsonObject()));
    HttpRequest request;
    request.url = server.url(u"/"_s);
    CHECK(wait(client.send(request)));
}

TEST_CASE("Of the requests of one account one is under way at a time; other accounts do not wait for it")
{
    Net net;
    net.server.on("GET", "/held", Answer::failing(Fault::StallBeforeHeaders));
    net.server.on("GET", "/next", Answer::empty());
    QStringList ended;
    const auto send = [&](const QString &path, const QString &group) {
        net.client.send(inGroup(net.get(path), group)).then([&ended, path](const Result<HttpResponse> &) {
            ended.append(path);
        });
    };
    send(u"/held"_s, u"ours"_s);
    send(u"/next"_s, u"ours"_s);
    send(u"/next?theirs"_s, u"theirs"_s);
    waitUntil([&] { return ended.size() == 1 && net.server.received("/held").size() == 1; });
    CHECK(ended == QStringList{u"/next?theirs"_s});
    CHECK(net.server.received("/next").size() == 1);
    net.server.release();
    waitUntil([&] { return ended.size() == 3; });
    CHECK(ended.mid(1) == QStringList{u"/held"_s, u"/next"_s});
}

TEST_CASE("Of the requests to one host six are under way at a time, whoever asks; the others follow")
{
    Net net;
    net.server.on("GET", "/*", Answer::failing(Fault::StallBeforeHeaders));
    int ended = 0;
    for (int i = 0; i < 9; ++i)
        net.client.send(inGroup(net.get(), u"account %1"_s.arg(i))).then([&](const Result<HttpResponse> &result) {
            ended += result ? 1 : 0;
        });
    waitUntil([&] { return net.server.received().size() == 6; });
    const QDeadlineTimer pause(200ms);
    waitUntil([&] { return pause.hasExpired(); });
    CHECK(net.server.received().size() == 6);
    net.server.release();
    waitUntil([&] { return ended == 6 && net.server.received().size() == 9; });
    net.server.release();
    waitUntil([&] { return ended == 9; });
}

TEST_CASE("Who waits for a turn is told when the program ends")
{
    Net net;
    net.server.on("GET", "/", Answer::failing(Fault::StallBeforeHeaders));
    std::vector<Result<HttpResponse>> ended;
    for (int i = 0; i < 3; ++i)
        net.client.send(inGroup(net.get(), u"ours"_s)).then([&](Result<HttpResponse> result) {
            ended.push_back(std::move(result));
        });
    waitUntil([&] { return net.server.received().size() == 1; });
    net.client.shutDown();
    waitUntil([&] { return ended.size() == 3; });
    for (const Result<HttpResponse> &result : ended)
        CHECK(result.error().kind == ErrorKind::Cancelled);
    CHECK(net.server.received().size() == 1);
}
