// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/telegram_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Longer than a server must hold an answer back to be asked again.
void waitAWhile()
{
    const QDeadlineTimer pause(700ms);
    waitUntil([&] { return pause.hasExpired(); });
}

/// A bot that has been visited and listens, and somebody who counts what it hears.
struct Listening : TelegramBench
{
    Listening()
    {
        service.say(kAnasChat, kAnasChat, u"before"_s);
        (void)fetchAll();
    }
    void listen()
    {
        channel.listen([this] { ++heard; });
    }
    void listenUntilAsked()
    {
        const size_t before = polls().size();
        listen();
        waitUntil([&] { return polls().size() > before; });
    }
    [[nodiscard]] std::vector<Received> polls() const
    {
        std::vector<Received> some;
        for (const Received &each : calls("getUpdates")) {
            if (each.queryValue(u"timeout"_s) != u"0"_s)
                some.push_back(each);
        }
        return some;
    }

    int heard = 0;
};

} // namespace

TEST_CASE("a bot hears at once that something waits, and takes nothing away by hearing it")
{
    Listening bench;
    CHECK_FALSE(bench.channel.isListening());
    bench.listenUntilAsked();
    CHECK(bench.channel.isListening());
    bench.listen(); // as after every visit: changes nothing
    const QString next = QString::number(bench.service.nextUpdate);
    CHECK(bench.polls().back().queryValue(u"offset"_s) == next);
    CHECK(bench.polls().back().queryValue(u"timeout"_s) == u"50"_s);

    // Nothing came for as long as the service waits: it is asked again, and then there is something.
    waitAWhile();
    bench.service.say(kAnasChat, kAnasChat, u"are you there?"_s);
    bench.server.release();
    waitUntil([&] { return bench.heard == 1; });
    CHECK(bench.polls().size() == 2);
    CHECK(bench.polls().back().queryValue(u"offset"_s) == next);
    waitUntil([&] { return !bench.channel.isListening(); });

    const std::vector<RemoteItem> items = bench.fetchAll();
    REQUIRE(items.size() == 1);
    CHECK(items.front().text == u"are you there?"_s);
    bench.listenUntilAsked();
    CHECK(bench.polls().back().queryValue(u"offset"_s) == QString::number(bench.service.nextUpdate));
    CHECK(bench.heard == 1);
}

TEST_CASE("a visit ends the long question before it asks its own, and an answer does not wait for it")
{
    Listening bench;
    bench.listenUntilAsked();
    const int open = bench.server.connectionsOpen();
    (void)bench.fetch();
    CHECK_FALSE(bench.channel.isListening());
    waitUntil([&] { return bench.server.connectionsOpen() < open; });
    bench.listenUntilAsked();

    const qint64 asked = bench.service.say(kAnasChat, kAnasChat, u"are you there?"_s);
    channels::Outgoing outgoing;
    outgoing.audience = Audience::Private;
    outgoing.text = u"We are."_s;
    outgoing.reply = toJson(channels::telegram::ReplyTo{kAnasChat, asked, 0});
    outgoing.createdAt = bench.clock.now();
    CHECK(wait(bench.channel.send(outgoing)));
    CHECK(bench.service.sent == QStringList{u"We are."_s});
    CHECK(bench.channel.isListening());
}

TEST_CASE("nobody listens once the channel was told so, or has gone")
{
    Listening bench;
    bench.listenUntilAsked();
    SECTION("told so")
    {
        bench.channel.listen({});
        CHECK_FALSE(bench.channel.isListening());
    }
    SECTION("signed out")
    {
        (void)wait(bench.channel.signOut());
        CHECK_FALSE(bench.channel.isListening());
    }
    waitAWhile();
    bench.server.release();
    waitAWhile();
    CHECK(bench.heard == 0);
    CHECK(bench.polls().size() == 1);
}

TEST_CASE("a server that does not hold back is not asked in a circle")
{
    Listening bench;
    bench.on("getUpdates", Answer::json(pageOf({})));
    bench.listenUntilAsked();
    waitUntil([&] { return !bench.channel.isListening(); });
    bench.listen();
    waitAWhile();
    CHECK(bench.polls().size() == 1);
    bench.clock.advance(25h);
    bench.listenUntilAsked();
}

TEST_CASE("a server in trouble is asked again after the next visit that goes well")
{
    Listening bench;
    bench.on("getUpdates", Answer::json(QByteArray(R"({"ok":false,"error_code":409,"description":"Conflict"})"), 409));
    bench.listenUntilAsked();
    waitUntil([&] { return !bench.channel.isListening(); });
    bench.listenUntilAsked();
    CHECK(bench.heard == 0);
}
