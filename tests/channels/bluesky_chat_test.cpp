// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_sign_in.h"
#include "tests/channels/bluesky_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

const QString kLog = u"chat.bsky.convo.getLog"_s;
const QString kList = u"chat.bsky.convo.listConvos"_s;
const QString kMessages = u"chat.bsky.convo.getMessages"_s;
const QString kConvo = u"chat.bsky.convo.getConvo"_s;

QJsonObject event(const QString &type, const QJsonObject &message, const QString &convoId = u"c1"_s)
{
    return {{u"$type"_s, "chat.bsky.convo.defs#"_L1 + type},
            {u"rev"_s, u"r"_s},
            {u"convoId"_s, convoId},
            {u"message"_s, message}};
}

Answer logPage(const QJsonArray &events, const QString &next)
{
    return Answer::json(QJsonObject{{u"logs"_s, events}, {u"cursor"_s, next}});
}

Answer listPage(const QStringList &convoIds, const QString &next = {})
{
    QJsonArray convos;
    for (const QString &id : convoIds)
        convos.append(convo(id));
    QJsonObject page{{u"convos"_s, convos}};
    if (!next.isEmpty())
        page.insert(u"cursor"_s, next);
    return Answer::json(page);
}

Answer messagePage(const QJsonArray &messages, const QString &next = {})
{
    QJsonObject page{{u"messages"_s, messages}};
    if (!next.isEmpty())
        page.insert(u"cursor"_s, next);
    return Answer::json(page);
}

/// A message service with two conversations, one of two pages.
void twoConvos(BlueskyBench &bench)
{
    bench.quiet();
    bench.on(kConvo, [](const Received &request) {
        return Answer::json(QJsonObject{{u"convo"_s, convo(request.queryValue(u"convoId"_s))}});
    });
    bench.on(kLog, [](const Received &request) {
        const QString cursor = request.queryValue(u"cursor"_s);
        return logPage({}, cursor.isEmpty() ? u"log-1"_s : cursor);
    });
    bench.on(kList, [](const Received &request) {
        return request.queryValue(u"cursor"_s).isEmpty() ? listPage({u"c1"_s}, u"l2"_s) : listPage({u"c2"_s});
    });
    bench.on(kMessages, [](const Received &request) {
        if (request.queryValue(u"convoId"_s) == "c2"_L1)
            return messagePage({chatMessage(u"m9"_s, kAna, u"other"_s)});
        if (request.queryValue(u"cursor"_s).isEmpty())
            return messagePage({chatMessage(u"m3"_s, kShop, u"three"_s), chatMessage(u"m2"_s, kAna, u"two"_s)},
                               u"older"_s);
        return messagePage({chatMessage(u"m1"_s, kAna, u"one"_s)});
    });
}

QStringList texts(const std::vector<RemoteItem> &items)
{
    QStringList all;
    for (const RemoteItem &item : items)
        all.append(item.text);
    return all;
}

} // namespace

TEST_CASE("the first run reads all conversations to their beginning, with people's names")
{
    BlueskyBench bench;
    twoConvos(bench);
    const std::vector<RemoteItem> items = bench.fetchAll();
    CHECK(texts(items) == QStringList{u"two"_s, u"three"_s, u"one"_s, u"other"_s});
    CHECK(items[0].author == Author{kAna, u"ana.example"_s, u"ANA"_s});
    CHECK(items[1].direction == Direction::Outgoing);
    CHECK(items[1].author == Author{kShop, u"shop.example"_s, u"SHOP"_s});
    CHECK(items[3].threadId == "chat:c2"_L1);
    CHECK(bench.limited.isEmpty());
    for (const Received &request : bench.server.received()) {
        const bool chat = request.path.contains("chat.bsky.");
        CHECK(request.header("atproto-proxy") == (chat ? QByteArray("did:web:api.bsky.chat#bsky_chat") : QByteArray()));
    }
}

TEST_CASE("the log's resume point is taken before the conversations are read")
{
    BlueskyBench bench;
    twoConvos(bench);
    // A message arrives after the resume point was taken and before the conversation is read: it is in both.
    bench.on(kMessages, [&](const Received &) {
        bench.on(kLog, [](const Received &request) {
            CHECK(request.queryValue(u"cursor"_s) != QString());
            return request.queryValue(u"cursor"_s) == "log-1"_L1
                       ? logPage({event(u"logCreateMessage"_s, chatMessage(u"m4"_s, kAna, u"four"_s))}, u"log-2"_s)
                       : logPage({}, u"log-2"_s);
        });
        return messagePage({chatMessage(u"m1"_s, kAna, u"one"_s)});
    });
    CHECK(texts(bench.fetchAll()) == QStringList{u"one"_s, u"one"_s, u"four"_s});
    QStringList order;
    for (const Received &request : bench.server.received())
        order.append(QString::fromLatin1(request.path.mid(request.path.lastIndexOf('.') + 1)));
    CHECK(order.indexOf("getLog"_L1) < order.indexOf("listConvos"_L1));
    CHECK(bench.calls(kList).size() == 2);
}

TEST_CASE("later rounds read the log alone, and deletions in it are told")
{
    BlueskyBench bench;
    twoConvos(bench);
    REQUIRE(bench.fetchAll().size() == 4);
    const auto lists = bench.calls(kList).size();
    QJsonObject gone = chatMessage(u"m2"_s, kAna, {});
    gone.remove(u"text"_s);
    gone.insert(u"$type"_s, u"chat.bsky.convo.defs#deletedMessageView"_s);
    bench.on(kLog, [&](const Received &request) {
        const QString cursor = request.queryValue(u"cursor"_s);
        if (cursor == "log-1"_L1)
            return logPage(
                {event(u"logCreateMessage"_s, chatMessage(u"m5"_s, kAna, u"five"_s)), event(u"logReadMessage"_s, {})},
                u"log-2"_s);
        return cursor == "log-2"_L1 ? logPage({event(u"logDeleteMessage"_s, gone)}, u"log-3"_s) : logPage({}, cursor);
    });
    const std::vector<RemoteItem> items = bench.fetchAll();
    CHECK(texts(items) == QStringList{u"five"_s});
    CHECK(items[0].author.handle == "ana.example"_L1);
    CHECK(bench.gone == std::vector<RemoteGone>{{u"chat:c1/m2"_s, RemoteGone::Reason::DeletedByAuthor}});
    CHECK(bench.calls(kList).size() == lists);
    CHECK(bench.fetchAll().empty());
    CHECK(bench.calls(kLog).back().queryValue(u"cursor"_s) == "log-3"_L1);
}

TEST_CASE("a conversation that slipped past the list while it was read is read as a whole")
{
    BlueskyBench bench;
    twoConvos(bench);
    bench.on(kList, listPage({u"c1"_s}));
    bench.on(kLog, [](const Received &request) {
        const QString cursor = request.queryValue(u"cursor"_s);
        if (cursor.isEmpty())
            return logPage({}, u"log-1"_s);
        return cursor == "log-1"_L1
                   ? logPage({event(u"logCreateMessage"_s, chatMessage(u"m9"_s, kAna, u"other"_s), u"c2"_s)},
                             u"log-2"_s)
                   : logPage({}, cursor);
    });
    CHECK(texts(bench.fetchAll()) == QStringList{u"two"_s, u"three"_s, u"one"_s, u"other"_s, u"other"_s});
    CHECK(bench.fetchAll().empty());
}

TEST_CASE("a conversation that was left meanwhile is passed over")
{
    BlueskyBench bench;
    twoConvos(bench);
    bench.on(kConvo, [](const Received &request) {
        if (request.queryValue(u"convoId"_s) == "c1"_L1)
            return refusal(400, u"InvalidConvo"_s);
        return Answer::json(QJsonObject{{u"convo"_s, convo(u"c2"_s)}});
    });
    CHECK(texts(bench.fetchAll()) == QStringList{u"other"_s});
}

TEST_CASE("a log that leads in circles or stands still ends")
{
    BlueskyBench bench;
    twoConvos(bench);
    REQUIRE(bench.fetchAll().size() == 4);
    bench.on(kLog, [](const Received &request) {
        return logPage({event(u"logReadMessage"_s, {})}, request.queryValue(u"cursor"_s));
    });
    CHECK(bench.fetchAll().empty());
    bench.on(kLog, [](const Received &request) {
        return logPage({event(u"logReadMessage"_s, {})}, request.queryValue(u"cursor"_s) == "x"_L1 ? u"y"_s : u"x"_s);
    });
    CHECK(bench.fetchAll().empty());
    CHECK(bench.limited.contains("circles"_L1));
}

TEST_CASE("a message service without resume points is read anew each round and still ends")
{
    BlueskyBench bench;
    twoConvos(bench);
    bench.on(kLog, Answer::json(QJsonObject{{u"logs"_s, QJsonArray()}}));
    CHECK(bench.fetchAll().size() == 4);
    CHECK(bench.fetchAll().size() == 4);
}

TEST_CASE("an app password without messages limits the account and asks the service nothing")
{
    BlueskyBench bench(true, u"com.atproto.appPass"_s);
    bench.quiet();
    CHECK(bench.fetchAll().empty());
    CHECK(bench.limited == bluesky::messagesNotAllowed());
    CHECK(bench.calls(kLog).empty());
}

TEST_CASE("a message service that is not there limits the account, and the rest works")
{
    const QString noService = u"offers no message service"_s;
    const auto [missing, sentence] = GENERATE_COPY(table<Answer, QString>({
        {Answer::empty(404), noService},
        {Answer::html("<html>nginx</html>", 404), noService},
        {refusal(501, u"MethodNotImplemented"_s), noService},
        {refusal(502, u"UpstreamFailure"_s), noService},
        {refusal(400, u"InvalidToken"_s, u"Bad token method"_s), bluesky::messagesNotAllowed()},
    }));
    BlueskyBench bench;
    twoConvos(bench);
    bench.on(u"app.bsky.feed.getAuthorFeed"_s,
             Answer::json(QJsonObject{
                 {u"feed"_s, QJsonArray{QJsonObject{{u"post"_s, post(kShop, u"p"_s, record(u"ours"_s))}}}}}));
    bench.on(kList, missing);
    CHECK(texts(bench.fetchAll()) == QStringList{u"ours"_s});
    CHECK(bench.limited.contains(sentence));
    // Once it is back, the first run goes on where it was.
    twoConvos(bench);
    CHECK(bench.fetchAll().size() == 4);
    CHECK(bench.limited.isEmpty());
}

TEST_CASE("a message service in trouble keeps its place, says so and holds up nobody")
{
    const auto [trouble, sentence] =
        GENERATE(table<Answer, QString>({{Answer::empty(500), u"failed (500)"_s},
                                         {Answer::json("{\"logs\":["), u"cut off or damaged"_s},
                                         {Answer::json("{}"), u"$.logs is missing"_s}}));
    BlueskyBench bench;
    twoConvos(bench);
    REQUIRE(bench.fetchAll().size() == 4);
    bench.on(kLog, trouble);
    for (size_t round = 2; round < 4; ++round) {
        CHECK(bench.fetchAll().empty());
        CHECK(bench.limited.startsWith("Private messages are left out for now."_L1));
        CHECK(bench.limited.contains(sentence));
        CHECK(bench.calls(u"app.bsky.notification.listNotifications"_s).size() == round);
    }
    bench.on(kLog, [](const Received &request) {
        const QString cursor = request.queryValue(u"cursor"_s);
        return cursor == "log-1"_L1
                   ? logPage({event(u"logCreateMessage"_s, chatMessage(u"m5"_s, kAna, u"five"_s))}, u"log-2"_s)
                   : logPage({}, cursor);
    });
    CHECK(texts(bench.fetchAll()) == QStringList{u"five"_s});
    CHECK(bench.limited.isEmpty());
}

TEST_CASE("a pause that the message service asks for is one for the account")
{
    BlueskyBench bench;
    twoConvos(bench);
    bench.on(kLog, Answer::tooManyRequests("7200"));
    CHECK_THROWS(bench.fetchAll());
}

TEST_CASE("a whole conversation is read as it is now, oldest first")
{
    BlueskyBench bench;
    twoConvos(bench);
    QJsonObject gone = chatMessage(u"m0"_s, kAna, {});
    gone.remove(u"text"_s);
    gone.insert(u"$type"_s, u"chat.bsky.convo.defs#deletedMessageView"_s);
    bench.on(kMessages, [&](const Received &request) {
        return request.queryValue(u"cursor"_s).isEmpty()
                   ? messagePage({chatMessage(u"m2"_s, kAna, u"two"_s)}, u"older"_s)
                   : messagePage({chatMessage(u"m1"_s, kAna, u"one"_s), gone});
    });
    const ThreadRef thread{u"chat:c1"_s, Audience::Private, {u"chat:c1/m0"_s}};
    const Result<Batch> batch = wait(bench.channel.context(thread));
    REQUIRE(batch);
    CHECK(texts(batch->items) == QStringList{u"one"_s, u"two"_s});
    CHECK(batch->gone == std::vector<RemoteGone>{{u"chat:c1/m0"_s, RemoteGone::Reason::DeletedByAuthor}});
    CHECK(batch->cursor.isEmpty());
    bench.on(kMessages, messagePage({}, u"same"_s));
    CHECK(wait(bench.channel.context(thread)).error().kind == ErrorKind::InvalidReply);
}
