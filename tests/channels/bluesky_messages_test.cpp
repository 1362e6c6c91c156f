// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_messages.h"
#include "app/channels/bluesky/bluesky_parser.h"
#include "tests/channels/bluesky_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels::bluesky;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject deleted(const QString &id)
{
    QJsonObject entry = chatMessage(id, kAna, {});
    entry.remove(u"text"_s);
    entry.insert(u"$type"_s, u"chat.bsky.convo.defs#deletedMessageView"_s);
    return entry;
}

QJsonObject event(const QString &type, const QJsonObject &message)
{
    return {{u"$type"_s, "chat.bsky.convo.defs#"_L1 + type},
            {u"rev"_s, u"r"_s},
            {u"convoId"_s, u"c1"_s},
            {u"message"_s, message}};
}

} // namespace

TEST_CASE("a private message becomes an item of its conversation")
{
    QJsonObject entry = chatMessage(u"m1"_s, kAna, u"My number is 555 0100"_s);
    entry.insert(u"embed"_s, QJsonObject{{u"$type"_s, u"app.bsky.embed.record#view"_s},
                                         {u"record"_s, QJsonObject{{u"uri"_s, uriOf(kShop, u"p"_s)}}}});
    const auto page = parseMessages(bytesOf({{u"messages"_s, QJsonArray{entry}}, {u"cursor"_s, u"older"_s}}), u"c1"_s);
    REQUIRE(page);
    CHECK(page->next == "older"_L1);
    const People people{{kAna, Author{kAna, u"ana.example"_s, u"Ana"_s}}};
    const RemoteItem item = itemOf(page->messages.at(0), people, kShop);
    CHECK(item.remoteId == "chat:c1/m1"_L1);
    CHECK(item.threadId == "chat:c1"_L1);
    CHECK(convoOfThread(item.threadId) == "c1"_L1);
    CHECK(item.kind == ItemKind::Message);
    CHECK(item.audience == Audience::Private);
    CHECK(item.direction == Direction::Incoming);
    CHECK(item.author.name == "Ana"_L1);
    CHECK(item.media == std::vector<Media>{{u"link"_s, {}, u"https://bsky.app/profile/did:plc:shop/post/p"_s}});
    CHECK(item.reply == chatReply(u"c1"_s, kAna));
    CHECK(itemOf(page->messages.at(0), {}, kShop).author == Author{kAna, kAna, {}});
    CHECK(itemOf(page->messages.at(0), people, kAna).direction == Direction::Outgoing);
}

TEST_CASE("deleted messages are told apart and notices of the service are no messages")
{
    const QJsonObject notice{{u"$type"_s, u"chat.bsky.convo.defs#systemMessageView"_s}, {u"id"_s, u"s"_s}};
    const auto page = parseMessages(
        bytesOf({{u"messages"_s, QJsonArray{deleted(u"m1"_s), notice, chatMessage(u"m2"_s, kAna, u"hi"_s)}}}), u"c1"_s);
    REQUIRE(page);
    REQUIRE(page->messages.size() == 2);
    CHECK(page->messages[0].deleted);
    CHECK_FALSE(page->messages[1].deleted);
}

TEST_CASE("the log tells of messages and deletions; everything else in it is passed over")
{
    const QJsonArray logs{
        QJsonObject{{u"$type"_s, u"chat.bsky.convo.defs#logBeginConvo"_s}, {u"rev"_s, u"r"_s}, {u"convoId"_s, u"c1"_s}},
        event(u"logCreateMessage"_s, chatMessage(u"m1"_s, kAna, u"hi"_s)),
        event(u"logDeleteMessage"_s, deleted(u"m0"_s)),
        event(u"logDeleteMessage"_s, chatMessage(u"m2"_s, kAna, u"words that were deleted"_s)),
        event(u"logAddReaction"_s, {}),
        QJsonObject{{u"$type"_s, u"chat.bsky.convo.defs#logSomethingNew"_s}}};
    const auto log = parseLog(bytesOf({{u"logs"_s, logs}, {u"cursor"_s, u"r9"_s}}));
    REQUIRE(log);
    REQUIRE(log->messages.size() == 3);
    CHECK_FALSE(log->messages[0].deleted);
    CHECK(log->messages[1].deleted);
    CHECK(log->messages[2].deleted);
    CHECK(log->next == "r9"_L1);
    CHECK_FALSE(log->empty);
    CHECK(parseLog(R"({"logs":[]})")->empty);
}

TEST_CASE("profiles beside messages name their senders")
{
    QJsonObject created = event(u"logCreateMessage"_s, chatMessage(u"m1"_s, kAna, u"hi"_s));
    created.insert(u"relatedProfiles"_s, QJsonArray{profile(kAna)});
    const auto log = parseLog(bytesOf({{u"logs"_s, QJsonArray{created}}}));
    REQUIRE(log);
    CHECK(log->people.value(kAna).handle == "ana.example"_L1);
    const auto parsed = parseConvo(bytesOf({{u"convo"_s, convo(u"c7"_s)}}));
    REQUIRE(parsed);
    CHECK(parsed->id == "c7"_L1);
    CHECK(parsed->members.value(kShop).name == "SHOP"_L1);
}

TEST_CASE("a message without its required fields fails the page and names the place")
{
    for (const auto &member : {u"id"_s, u"rev"_s, u"text"_s, u"sender"_s, u"sentAt"_s}) {
        QJsonObject entry = chatMessage(u"m1"_s, kAna, u"hi"_s);
        entry.remove(member);
        const auto page = parseMessages(bytesOf({{u"messages"_s, QJsonArray{entry}}}), u"c1"_s);
        REQUIRE_FALSE(page);
        CHECK(page.error().kind == ErrorKind::InvalidReply);
        CHECK(page.error().detail.contains("$.messages[0]."_L1 + member));
    }
    QJsonObject created = event(u"logCreateMessage"_s, chatMessage(u"m1"_s, kAna, u"hi"_s));
    created.remove(u"convoId"_s);
    CHECK_FALSE(parseLog(bytesOf({{u"logs"_s, QJsonArray{created}}})));
    CHECK_FALSE(parseConvos(R"({"convos":[{}]})"));
    CHECK_FALSE(parseAvailability(R"({"canChat":"yes"})"));
    CHECK(parseAvailability(R"({"canChat":false})")->convoId.isEmpty());
}
