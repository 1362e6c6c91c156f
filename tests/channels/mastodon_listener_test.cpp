// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_events.h"
#include "tests/channels/mastodon_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels::mastodon;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kStream = "/api/v1/streaming/user/notification";

QJsonObject instanceWith(const QString &streaming)
{
    return {{u"domain"_s, u"shop.example"_s},
            {u"configuration"_s, QJsonObject{{u"urls"_s, QJsonObject{{u"streaming"_s, streaming}}}}}};
}

Answer stream(const QByteArray &beginning = {})
{
    return Answer::bytes(beginning, "text/event-stream").withFault(Fault::NoEnd);
}

/// An account whose server tells, and somebody who counts how often.
struct Listening : MastodonBench
{
    explicit Listening(const Answer &answer = stream(), std::chrono::milliseconds silence = 20s)
        : MastodonBench(true, channels::kSignInLimit, silence)
    {
        on("/api/v2/instance",
           [this](const Received &) { return Answer::json(instanceWith(u"ws://localhost:%1"_s.arg(server.port()))); });
        on(kStream, answer);
    }

    void listen()
    {
        channel.listen([this] { ++heard; });
    }

    void listenUntilOpen()
    {
        listen();
        waitUntil([&] { return channel.isListening(); });
        waitUntil([&] { return heard == 1; });
    }

    /// Begins, and waits until the server was asked and it came to nothing.
    void listenInVain(std::size_t times = 1)
    {
        listen();
        waitUntil([&] { return server.received(kStream).size() == times; });
        settle();
        CHECK_FALSE(channel.isListening());
    }

    /// Long enough for what must not happen.
    static void settle()
    {
        const QDeadlineTimer pause(200ms);
        waitUntil([&] { return pause.hasExpired(); });
    }

    [[nodiscard]] std::size_t asked() const { return server.received(kStream).size(); }

    int heard = 0;
};

} // namespace

TEST_CASE("events are counted wherever the bytes are cut, and the home timeline is none")
{
    const QByteArray told = ":thump\n\nevent: notification\ndata: {\"a\":1}\n\nevent: update\ndata: x\n\n"
                            "event:new.kind\r\ndata\r\n\r\ndata: no name\r\rretry: 5\n\n:)\n\nevent: delete\ndata: 1\n";
    for (qsizetype size = 1; size <= told.size(); ++size) {
        EventReader reader;
        int events = 0;
        for (qsizetype at = 0; at < told.size(); at += size) {
            const Result<int> more = reader.read(told.mid(at, size));
            REQUIRE(more);
            events += *more;
        }
        CHECK(events == 3); // the last one has not ended
        CHECK(reader.read("\n").value() == 1);
    }
}

TEST_CASE("a line without an end is an error, many lines are not")
{
    EventReader reader;
    const QByteArray block(kLongestLine / 2, 'x');
    for (int i = 0; i < 8; ++i)
        REQUIRE(reader.read("data: " + block + "\n"));
    REQUIRE(reader.read(block));
    REQUIRE(reader.read(block));
    CHECK(reader.read("x").error().kind == ErrorKind::InvalidReply);
}

TEST_CASE("where a server streams is read from either version, and nonsense is nowhere")
{
    const auto where = [](const QString &said) {
        return parseInstance(bytesOf(instanceWith(said))).value().streaming.toString();
    };
    CHECK(where(u"wss://stream.example"_s) == "https://stream.example"_L1);
    CHECK(where(u"wss://stream.example:444/base/?a=b#c"_s) == "https://stream.example:444/base"_L1);
    for (const char *nonsense : {"", "stream.example", "ftp://a.example", "wss://", "wss://user:word@a.example", "\n"})
        CHECK(where(QString::fromLatin1(nonsense)).isEmpty());
    const auto old = parseInstance(R"({"uri":"a.example","urls":{"streaming_api":"wss://b.example"}})");
    REQUIRE(old);
    CHECK(old->streaming == QUrl(u"https://b.example"_s));
    CHECK(parseInstance(R"({"uri":"a.example","urls":[],"configuration":{"urls":5}})").value().streaming.isEmpty());
}

TEST_CASE("a server that streams tells of what comes, and once when it begins")
{
    Listening bench;
    CHECK_FALSE(bench.channel.isListening());
    bench.listenUntilOpen();
    const std::vector<Received> calls = bench.server.received(kStream);
    REQUIRE(calls.size() == 1);
    CHECK(calls.at(0).header("authorization") == "Bearer token-1");
    CHECK(calls.at(0).header("accept") == "text/event-stream");
    bench.server.tell(":thump\nevent: update\ndata: {}\n\n");
    bench.server.tell("event: notification\ndata: {}\n\n");
    waitUntil([&] { return bench.heard == 2; });
    bench.listen(); // after a visit: changes nothing
    bench.server.tell("event: unheard.of\ndata: {}\n\n");
    waitUntil([&] { return bench.heard == 3; });
    CHECK(bench.asked() == 1);
    bench.serve();
    CHECK(bench.fetchAll().empty()); // visits go on meanwhile
    CHECK(bench.channel.isListening());
}

TEST_CASE("nobody listens any more once it was ended, signed out, or the program ends")
{
    for (int way = 0; way < 3; ++way) {
        INFO(way);
        Listening bench;
        bench.on("/oauth/revoke", Answer::json(QJsonObject()), "POST");
        bench.listenUntilOpen();
        CHECK(bench.server.connectionsOpen() == 2); // the other one is kept for further requests
        if (way == 0)
            bench.channel.listen({});
        else if (way == 1)
            CHECK(wait(bench.channel.signOut()));
        else
            bench.http.shutDown();
        waitUntil([&] { return !bench.channel.isListening() && bench.server.connectionsOpen() <= 1; });
        bench.server.tell("event: notification\ndata: {}\n\n");
        Listening::settle();
        CHECK(bench.heard == 1);
    }
}

TEST_CASE("who stops listening may begin again at once")
{
    Listening bench;
    bench.listenUntilOpen();
    bench.channel.listen({});
    CHECK_FALSE(bench.channel.isListening());
    bench.listen();
    waitUntil([&] { return bench.channel.isListening(); });
    CHECK(bench.asked() == 2);
}

TEST_CASE("a channel that ends while it listens takes nothing with it")
{
    Listening bench;
    auto channel = std::make_unique<MastodonChannel>(contextFor(bench.clock, bench.http, bench.secrets));
    int heard = 0;
    channel->listen([&] { ++heard; });
    waitUntil([&] { return heard == 1; });
    channel.reset();
    waitUntil([&] { return bench.server.connectionsOpen() <= 1; });
    bench.server.tell("event: notification\n\n");
    Listening::settle();
    CHECK(heard == 1);
    auto other = std::make_unique<MastodonChannel>(contextFor(bench.clock, bench.http, bench.secrets));
    other->listen([&] { ++heard; });
    other.reset(); // before it began
    Listening::settle();
    CHECK(heard == 1);
}

TEST_CASE("what is cut in the middle of an event, or silent, ends and is begun anew after a minute")
{
    for (const bool isSilent : {false, true}) {
        INFO(isSilent);
        Listening bench(stream(":)\n"), isSilent ? 500ms : 20'000ms);
        bench.listenUntilOpen();
        if (!isSilent)
            bench.server.hangUp("event: notification\ndata: {}\n\n");
        waitUntil([&] { return !bench.channel.isListening(); });
        CHECK(bench.heard == 1);
        bench.listen();
        Listening::settle();
        CHECK(bench.asked() == 1);
        bench.clock.advance(61s);
        bench.listen();
        waitUntil([&] { return bench.heard == 2; });
        CHECK(bench.asked() == 2);
    }
}

TEST_CASE("a line without an end is not listened to")
{
    Listening bench;
    bench.listenUntilOpen();
    bench.server.tell("data: " + QByteArray(kLongestLine + 1, 'x'));
    waitUntil([&] { return !bench.channel.isListening(); });
    CHECK(bench.heard == 1);
}

TEST_CASE("a server without such a stream is asked again after a day")
{
    for (const Answer &answer : {Answer::html("<h1>Not found</h1>", 404), Answer::html("<p>Hello"), Answer::json("{}"),
                                 Answer::empty(404), Answer::empty(403)}) {
        INFO(answer.status << answer.body.toStdString());
        Listening bench(answer);
        bench.listenInVain();
        bench.clock.advance(23h);
        bench.listen();
        Listening::settle();
        CHECK(bench.asked() == 1);
        bench.clock.advance(2h);
        bench.listenInVain(2);
        CHECK(bench.heard == 0);
    }
}

TEST_CASE("a server that names no such address is not asked at all")
{
    Listening bench;
    bench.on("/api/v2/instance", Answer::html("<h1>404</h1>", 404));
    bench.on("/api/v1/instance", Answer::json(R"({"uri":"shop.example"})"));
    bench.listen();
    waitUntil([&] { return bench.server.received("/api/v1/instance").size() == 1; });
    Listening::settle();
    bench.clock.advance(1h);
    bench.listen();
    Listening::settle();
    CHECK(bench.server.received("/api/v2/instance").size() == 1);
    CHECK(bench.asked() == 0);
    CHECK_FALSE(bench.channel.isListening());
}

TEST_CASE("trouble that passes is tried again at a later visit")
{
    for (const Answer &answer : {Answer::empty(401), Answer::empty(503), Answer::tooManyRequests("30"),
                                 Answer::failing(Fault::DropAfterReading)}) {
        INFO(answer.status);
        Listening bench(answer);
        bench.listenInVain(bench.asked() + 1);
        const std::size_t before = bench.asked();
        bench.on(kStream, stream());
        bench.listen();
        Listening::settle();
        CHECK(bench.asked() == before);
        bench.clock.advance(61s);
        bench.listenUntilOpen();
    }
}

TEST_CASE("a redirect takes the token nowhere else, and an address at home that nobody typed is not entered")
{
    FakeHttpServer other;
    Listening bench(Answer::redirect(other.url(u"/elsewhere"_s)));
    bench.listenInVain();
    CHECK(other.connectionsMade() == 0);
    REQUIRE(bench.http.allowOrigin(other.url()));
    other.on("GET", "/elsewhere", Answer::empty(401));
    bench.clock.advance(25h);
    bench.listenInVain(2);
    REQUIRE(other.received("/elsewhere").size() == 1);
    CHECK(other.received("/elsewhere").at(0).header("authorization").isNull());
    FakeHttpServer home;
    Listening led;
    led.on("/api/v2/instance", Answer::json(instanceWith(u"ws://localhost:%1"_s.arg(home.port()))));
    led.listen();
    waitUntil([&] { return led.server.received("/api/v2/instance").size() == 1; });
    Listening::settle();
    CHECK(home.connectionsMade() == 0);
    CHECK_FALSE(led.channel.isListening());
}
