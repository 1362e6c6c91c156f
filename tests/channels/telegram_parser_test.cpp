// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/telegram_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels::telegram;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

Updates parsed(const QJsonObject &said, const QString &kind = u"message"_s)
{
    const Result<Updates> updates = parseUpdates(pageOf({updateOf(7, said, kind)}), botSelf());
    REQUIRE(updates);
    return *updates;
}

RemoteItem itemOf(const QJsonObject &said)
{
    const Updates updates = parsed(said);
    REQUIRE(updates.items.size() == 1);
    return updates.items.front();
}

QString problemOf(const QByteArray &bytes)
{
    const Result<Updates> updates = parseUpdates(bytes, botSelf());
    REQUIRE_FALSE(updates);
    CHECK(updates.error().kind == ErrorKind::InvalidReply);
    return updates.error().detail;
}

} // namespace

TEST_CASE("what somebody writes to the bot alone is a private message in one conversation")
{
    QJsonObject said = message(57, kAnasChat, kAnasChat, u"Is the cake ready?"_s);
    said[u"from"_s] = QJsonObject{
        {u"id"_s, kAnasChat}, {u"first_name"_s, u"Ana"_s}, {u"last_name"_s, u"Ruiz"_s}, {u"username"_s, u"ana_r"_s}};
    const RemoteItem item = itemOf(said);
    CHECK(item.remoteId == u"5551000/57"_s);
    CHECK(item.threadId == u"5551000"_s);
    CHECK(item.kind == ItemKind::Message);
    CHECK(item.audience == Audience::Private);
    CHECK(item.direction == Direction::Incoming);
    CHECK(item.author == Author{u"5551000"_s, u"ana_r"_s, u"Ana Ruiz"_s});
    CHECK(item.text == u"Is the cake ready?"_s);
    CHECK(item.createdAt == fromMs(1'795'338'000'000));
    CHECK(item.version == u"1795338000"_s);
    CHECK(item.url.isEmpty());
    const ReplyTo reply = replyFrom(item.reply);
    CHECK(reply.chat == kAnasChat);
    CHECK(reply.message == 57);
    CHECK(reply.topic == 0);
}

TEST_CASE("what is said in a group is public there, and a mention of the bot is a link to it")
{
    QJsonObject said =
        message(812, kGroup, 777, u"\U0001F370 @CornerBakery_bot open on Sunday? #bread bakery.example"_s);
    const auto entity = [](const char *type, int offset, int length) {
        return QJsonObject{{u"type"_s, QString::fromLatin1(type)}, {u"offset"_s, offset}, {u"length"_s, length}};
    };
    said[u"entities"_s] = QJsonArray{entity("mention", 3, 17), entity("hashtag", 37, 6), entity("url", 44, 14),
                                     entity("bold", 0, 2),     entity("url", 50, 400),   entity("url", -1, 3)};
    const RemoteItem item = itemOf(said);
    CHECK(item.remoteId == u"-1001234567890/812"_s);
    CHECK(item.kind == ItemKind::Mention);
    CHECK(item.audience == Audience::Public);
    CHECK(item.url == u"https://t.me/c/1234567890/812"_s);
    // Positions are UTF-16 units: the cake before them has two.
    CHECK(item.links == std::vector<TextLink>{{3, 17, TextLink::Kind::Person, u"123456"_s},
                                              {37, 6, TextLink::Kind::Tag, u"bread"_s},
                                              {44, 14, TextLink::Kind::Web, u"https://bakery.example"_s}});
    QJsonObject chat = said[u"chat"_s].toObject();
    CHECK(itemOf(with(said, u"chat"_s, with(chat, u"username"_s, u"bakery"_s))).url == u"https://t.me/bakery/812"_s);
}

TEST_CASE("an answer to the bot is a comment, and brings what the bot had said")
{
    QJsonObject said = message(60, kGroup, 777, u"thank you"_s);
    said[u"reply_to_message"_s] = message(59, kGroup, kBot, u"until six"_s);
    const Updates updates = parsed(said);
    REQUIRE(updates.items.size() == 2);
    CHECK(updates.items[0].direction == Direction::Outgoing);
    CHECK(updates.items[0].text == u"until six"_s);
    CHECK(updates.items[1].kind == ItemKind::Comment);
    CHECK(updates.items[1].parentId == updates.items[0].remoteId);

    said[u"reply_to_message"_s] = message(58, kGroup, 778, u"open today?"_s);
    const RemoteItem other = itemOf(said);
    CHECK(other.kind == ItemKind::Mention);
    CHECK(other.parentId == u"-1001234567890/58"_s);
    // A reply across chats answers nothing that is here.
    said[u"reply_to_message"_s] = message(58, -100999, 778, u"open today?"_s);
    CHECK(itemOf(said).parentId.isEmpty());
}

TEST_CASE("a topic of a forum is a conversation of its own; other threads of a group are not")
{
    QJsonObject said = with(message(60, kGroup, 777, u"hello"_s), u"message_thread_id"_s, 40);
    CHECK(itemOf(said).threadId == u"-1001234567890"_s);
    const RemoteItem item = itemOf(with(said, u"is_topic_message"_s, true));
    CHECK(item.threadId == u"-1001234567890/topic/40"_s);
    CHECK(replyFrom(item.reply).topic == 40);
}

TEST_CASE("an edit is another version of the same message")
{
    const QJsonObject said = message(57, kAnasChat, kAnasChat, u"Is the cake redy?"_s);
    const RemoteItem before = itemOf(said);
    const QJsonObject changed = with(with(said, u"text"_s, u"Is the cake ready?"_s), u"edit_date"_s, 1'795'338'060);
    const Updates updates = parsed(changed, u"edited_message"_s);
    REQUIRE(updates.items.size() == 1);
    CHECK(updates.items[0].remoteId == before.remoteId);
    CHECK(updates.items[0].version != before.version);
    CHECK(updates.items[0].createdAt == before.createdAt);
    // Once more within the same second.
    CHECK(parsed(with(changed, u"text"_s, u"Is it ready?"_s), u"edited_message"_s).items[0].version !=
          updates.items[0].version);
}

TEST_CASE("pictures and the like are named, with their caption; where they lie is not said")
{
    QJsonObject said = message(57, kAnasChat, kAnasChat, {});
    said.remove(u"text"_s);
    said[u"photo"_s] = QJsonArray{QJsonObject{{u"file_id"_s, u"x"_s}}};
    said[u"caption"_s] = u"mouldy"_s;
    CHECK(itemOf(said).text == u"mouldy"_s);
    CHECK(itemOf(said).media == std::vector<Media>{{u"image"_s, {}, {}}});
    said.remove(u"photo"_s);
    said.remove(u"caption"_s);
    said[u"document"_s] = QJsonObject{{u"file_name"_s, u"bill.pdf"_s}};
    CHECK(itemOf(said).media == std::vector<Media>{{u"file"_s, u"bill.pdf"_s, {}}});
    // An animation also comes as the document that older programs know.
    said[u"animation"_s] = QJsonObject{{u"file_id"_s, u"x"_s}};
    CHECK(itemOf(said).media == std::vector<Media>{{u"video"_s, {}, {}}});
    said.remove(u"document"_s);
    said.remove(u"animation"_s);
    said[u"rich_message"_s] = QJsonObject{{u"blocks"_s, QJsonArray()}};
    CHECK(itemOf(said).media.size() == 1);
    said.remove(u"rich_message"_s);
    said[u"poll"_s] =
        QJsonObject{{u"question"_s, u"Rye?"_s}, {u"options"_s, QJsonArray{QJsonObject{{u"text"_s, u"yes"_s}}}}};
    CHECK(itemOf(said).text == u"Rye?\n\u2022 yes"_s);
}

TEST_CASE("what the service says of itself, and updates of kinds that are not known, bring nothing and are passed")
{
    QJsonObject joined = message(57, kGroup, 777, {});
    joined.remove(u"text"_s);
    joined[u"new_chat_members"_s] = QJsonArray{user(778, u"Ben"_s)};
    CHECK(parsed(joined).items.empty());
    const Updates unknown = parsed(QJsonObject{{u"new"_s, 1}}, u"guest_greeting"_s);
    CHECK(unknown.items.empty());
    CHECK(unknown.unreadable == 0);
    CHECK(unknown.last == 7);
}

TEST_CASE("who writes in the name of a group or channel is that group or channel")
{
    QJsonObject said = message(57, kGroup, 1087968824, u"we are closed"_s);
    said[u"sender_chat"_s] = QJsonObject{{u"id"_s, kGroup}, {u"title"_s, u"Bakery friends"_s}};
    CHECK(itemOf(said).author == Author{u"-1001234567890"_s, {}, u"Bakery friends"_s});
}

TEST_CASE("one message that makes no sense does not keep back the others")
{
    const QJsonObject good = message(57, kAnasChat, kAnasChat, u"hello"_s);
    for (const QJsonObject &bad : {with(good, u"text"_s, 5), with(good, u"chat"_s, 1), with(good, u"message_id"_s, 1.5),
                                   with(good, u"date"_s, -4), with(good, u"date"_s, 1e15)}) {
        const Result<Updates> updates = parseUpdates(pageOf({updateOf(7, bad), updateOf(8, good)}), botSelf());
        REQUIRE(updates);
        CHECK(updates->items.size() == 1);
        CHECK(updates->unreadable == 1);
        CHECK(updates->first == 7);
        CHECK(updates->last == 8);
    }
}

TEST_CASE("a page whose frame is damaged is refused as a whole, and the place is named")
{
    CHECK(problemOf(R"({"ok":true})").contains(u"$.result is missing"_s));
    CHECK(problemOf(R"({"ok":true,"result":{}})").contains(u"$.result is not a list"_s));
    CHECK(problemOf(R"({"ok":true,"result":[{"message":{}}]})").contains(u"$.result[0].update_id is missing"_s));
    CHECK(problemOf(R"({"ok":true,"result":[{"update_id":9e300}]})").contains(u"is not a whole number"_s));
    CHECK(problemOf("<html>").contains(u"web page"_s));
    CHECK(problemOf({}).contains(u"empty"_s));
}

TEST_CASE("chats beyond 32 bits keep their number")
{
    const qint64 large = -(1LL << 52) + 1;
    const RemoteItem item = itemOf(message(57, large, 777, u"hello"_s));
    CHECK(item.threadId == QString::number(large));
    CHECK(replyFrom(item.reply).chat == large);
}

TEST_CASE("a bot says who it is, and somebody who is no bot is none")
{
    const auto me = [](const QJsonObject &result) {
        return parseBot(bytesOf(QJsonObject{{u"ok"_s, true}, {u"result"_s, result}}));
    };
    const QJsonObject bot = with(user(kBot, u"Corner Bakery"_s), u"username"_s, u"cornerbakery_bot"_s);
    const Result<Bot> read = me(bot);
    REQUIRE(read);
    CHECK(read->id == kBot);
    CHECK(read->handle == u"cornerbakery_bot"_s);
    CHECK(read->name == u"Corner Bakery"_s);
    CHECK_FALSE(me(with(bot, u"is_bot"_s, false)));
    CHECK_FALSE(me(with(bot, u"id"_s, u"5"_s)));
}
