// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_send.h"
#include "tests/channels/telegram_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Outgoing answerIn(qint64 chat, qint64 message, const QString &text, qint64 topic = 0)
{
    Outgoing outgoing;
    outgoing.audience = chat < 0 ? Audience::Public : Audience::Private;
    outgoing.reply = telegram::toJson(telegram::ReplyTo{chat, message, topic});
    outgoing.text = text;
    return outgoing;
}

Error errorOf(TelegramBench &bench, const Outgoing &outgoing)
{
    const Result<Receipt> sent = wait(bench.channel.send(outgoing));
    REQUIRE_FALSE(sent);
    return sent.error();
}

} // namespace

TEST_CASE("an answer goes out as plain text below what it answers, and never without it")
{
    TelegramBench bench;
    const qint64 asked = bench.service.say(kGroup, 777, u"open on Sunday?"_s);
    const Result<Receipt> receipt = wait(bench.channel.send(answerIn(kGroup, asked, u"until *six*"_s, 40)));
    REQUIRE(receipt);
    CHECK(receipt->remoteId == u"%1/%2"_s.arg(kGroup).arg(asked + 1));
    CHECK(receipt->author.remoteId == QString::number(kBot));
    const QJsonObject body = bench.calls("sendMessage").at(0).json();
    CHECK(body == QJsonObject{{u"chat_id"_s, kGroup},
                              {u"text"_s, u"until *six*"_s},
                              {u"message_thread_id"_s, 40},
                              {u"reply_parameters"_s,
                               QJsonObject{{u"message_id"_s, asked}, {u"allow_sending_without_reply"_s, false}}}});
    // What comes back quoted is the same version of the same thing.
    bench.service.say(kGroup, 777, u"thank you"_s, asked + 1);
    const std::vector<RemoteItem> items = bench.fetchAll();
    REQUIRE(items.size() == 3);
    CHECK(items[1].remoteId == receipt->remoteId);
    CHECK(items[1].version == receipt->version);
    CHECK(items[1].direction == Direction::Outgoing);
}

TEST_CASE("what cannot be sent is refused before a request is made")
{
    TelegramBench bench;
    Outgoing first = answerIn(kGroup, 57, u"hello"_s);
    first.audience = Audience::Private;
    Outgoing nowhere = answerIn(kGroup, 57, u"hello"_s);
    nowhere.reply = {};
    // Two UTF-16 units each.
    const QString cakes = u"\U0001F370"_s.repeated(2048);
    for (const Outgoing &outgoing :
         {first, nowhere, answerIn(kAnasChat, 57, u" \n"_s), answerIn(kAnasChat, 57, cakes + u'x')})
        CHECK(errorOf(bench, outgoing).kind == ErrorKind::Rejected);
    CHECK(bench.server.received().empty());
    const qint64 asked = bench.service.say(kAnasChat, kAnasChat, u"cake?"_s);
    CHECK(wait(bench.channel.send(answerIn(kAnasChat, asked, cakes))));
}

TEST_CASE("an unclear end stays unclear, and nobody claims to know")
{
    for (const Fault fault : {Fault::DropAfterReading, Fault::CutBody}) {
        TelegramBench bench;
        bench.on("sendMessage", Answer::json(R"({"ok":true,"result":{}})").withFault(fault), "POST");
        CHECK_FALSE(errorOf(bench, answerIn(kAnasChat, 57, u"hello"_s)).provablyNotProcessed);
        CHECK(bench.calls("sendMessage").size() == 1);
    }
    TelegramBench bench;
    for (const Answer &answer : {Answer::empty(500), Answer::json(R"({"ok":true,"result":{}})")}) {
        bench.on("sendMessage", answer, "POST");
        CHECK_FALSE(errorOf(bench, answerIn(kAnasChat, 57, u"hello"_s)).provablyNotProcessed);
    }
    CHECK_FALSE(bench.channel.capabilities().findsSent);
    const auto found = wait(bench.channel.find(answerIn(kAnasChat, 57, u"hello"_s)));
    REQUIRE_FALSE(found);
    CHECK(found.error().kind == ErrorKind::Forbidden);
}

TEST_CASE("an answer whose end was unclear is found once somebody quotes it, and nothing else is taken for it")
{
    TelegramBench bench;
    const qint64 asked = bench.service.say(kAnasChat, kAnasChat, u"cake?"_s);
    CHECK(bench.fetchAll().size() == 1);
    Outgoing outgoing = answerIn(kAnasChat, asked, u"It is ready. "_s);
    outgoing.createdAt = bench.clock.now();
    bench.server.on("POST", "/bot" + kToken.toLatin1() + "/sendMessage", [&bench](const Received &request) {
        return bench.service.answer(request).withFault(Fault::DropAfterReading);
    });
    CHECK_FALSE(errorOf(bench, outgoing).provablyNotProcessed);
    CHECK_FALSE(wait(bench.channel.find(outgoing)));
    bench.service.say(kAnasChat, kAnasChat, u"thank you"_s, asked + 1);
    CHECK(bench.fetchAll().size() == 2);
    const auto found = wait(bench.channel.find(outgoing));
    REQUIRE(found);
    REQUIRE(found->has_value());
    CHECK((*found)->remoteId == u"5551000/58"_s);

    Outgoing later = outgoing;
    later.createdAt += 10min;
    Outgoing elsewhere = outgoing;
    elsewhere.reply = telegram::toJson(telegram::ReplyTo{kGroup, asked, 0});
    Outgoing otherWords = outgoing;
    otherWords.text = u"It is not ready."_s;
    Outgoing another = outgoing;
    another.others = QStringList{u"5551000/58"_s};
    for (const Outgoing &other : {later, elsewhere, otherWords, another})
        CHECK_FALSE(wait(bench.channel.find(other)));
}

TEST_CASE("who is told to wait waits as long as the body says, and has certainly sent nothing")
{
    TelegramBench bench;
    const QByteArray body =
        R"({"ok":false,"error_code":429,"description":"Too Many Requests: retry after 14","parameters":{"retry_after":14}})";
    bench.on("sendMessage", Answer::json(body, 429), "POST");
    const Error error = errorOf(bench, answerIn(kAnasChat, 57, u"hello"_s));
    CHECK(error.kind == ErrorKind::RateLimited);
    CHECK(error.retryAfter == 14s);
    CHECK(error.provablyNotProcessed);
    CHECK(bench.http.pausedUntil(u"account"_s) == bench.clock.now() + 14s);
}

TEST_CASE("a header that says how long to wait is believed before the body")
{
    TelegramBench bench;
    const QByteArray body = R"({"ok":false,"error_code":429,"parameters":{"retry_after":14}})";
    bench.on("sendMessage", Answer::json(body, 429).withHeader("Retry-After", "30"), "POST");
    CHECK(errorOf(bench, answerIn(kAnasChat, 57, u"hello"_s)).retryAfter == 30s);
}
