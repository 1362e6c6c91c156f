// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/mastodon_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels::mastodon;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

RemoteItem itemOf(const QJsonObject &object)
{
    const Result<Status> read = parseStatus(bytesOf(object), shopSelf());
    REQUIRE(read);
    return read->item;
}

} // namespace

TEST_CASE("a mention becomes an item with its author, its words and its links")
{
    QJsonObject object = status(
        u"1140"_s, u"ana"_s,
        u"cold <b>soup</b><br>again <a href=\"https://far.example/tags/soup\">#<span>soup</span></a> <a href=\"https://x.example\">x</a>"_s);
    object.insert(u"tags"_s,
                  QJsonArray{QJsonObject{{u"name"_s, u"soup"_s}, {u"url"_s, u"https://far.example/tags/soup"_s}}});
    object.insert(u"language"_s, u"en"_s);
    const RemoteItem item = itemOf(object);
    CHECK(item.remoteId == uriOf(u"1140"_s));
    CHECK(item.threadId == item.remoteId);
    CHECK(item.author == Author{profileOf(u"ana"_s), u"ana@far.example"_s, u"ANA"_s});
    CHECK(item.text == u"@shop cold soup\nagain #soup x"_s);
    CHECK(item.links == std::vector<TextLink>{{0, 5, TextLink::Kind::Person, profileOf(u"shop"_s)},
                                              {22, 5, TextLink::Kind::Tag, u"soup"_s},
                                              {28, 1, TextLink::Kind::Web, u"https://x.example"_s}});
    CHECK(item.kind == ItemKind::Mention);
    CHECK(item.direction == Direction::Incoming);
    CHECK(item.audience == Audience::Public);
    CHECK(item.language == u"en"_s);
    CHECK(item.url == u"https://far.example/@ana/1140"_s);
    CHECK(toRfc3339(item.createdAt) == u"2026-11-22T08:00:00.000Z"_s);
}

TEST_CASE("what is not for everybody is a private message")
{
    const QJsonObject base = status(u"1"_s, u"ana"_s, u"my number"_s);
    for (const auto *wide : {u"public", u"unlisted"})
        CHECK(itemOf(with(base, u"visibility"_s, QString::fromUtf16(wide))).audience == Audience::Public);
    for (const auto *narrow : {u"direct", u"private", u"local", u"list:7"}) {
        const RemoteItem item = itemOf(with(base, u"visibility"_s, QString::fromUtf16(narrow)));
        CHECK(item.audience == Audience::Private);
        CHECK(item.kind == ItemKind::Message);
    }
}

TEST_CASE("our own statuses are outgoing, by id or by profile")
{
    CHECK(itemOf(status(u"1"_s, u"shop"_s, u"sorry"_s)).direction == Direction::Outgoing);
    QJsonObject renumbered = status(u"1"_s, u"shop"_s, u"sorry"_s);
    renumbered.insert(u"account"_s, with(person(u"shop"_s), u"id"_s, u"0"_s));
    CHECK(itemOf(renumbered).direction == Direction::Outgoing);
    CHECK(itemOf(status(u"1"_s, u"shop"_s, u"sorry"_s)).author.handle == u"shop@shop.example"_s);
}

TEST_CASE("an answer to us is a comment, a mention in somebody else's talk a mention")
{
    const QJsonObject reply = status(u"2"_s, u"ana"_s, u"thanks"_s, u"1"_s);
    CHECK(itemOf(with(reply, u"in_reply_to_account_id"_s, u"id-shop"_s)).kind == ItemKind::Comment);
    CHECK(itemOf(with(reply, u"in_reply_to_account_id"_s, u"id-ben"_s)).kind == ItemKind::Mention);
    QJsonObject aside = with(reply, u"in_reply_to_account_id"_s, u"id-ben"_s);
    aside.insert(u"content"_s, u"<p>not to you</p>"_s);
    CHECK(itemOf(aside).kind == ItemKind::Comment);
}

TEST_CASE("content warning and poll belong to the words")
{
    QJsonObject object = status(u"1"_s, u"ana"_s, u"look"_s);
    object.insert(u"spoiler_text"_s, u"food"_s);
    object.insert(u"poll"_s, QJsonObject{{u"options"_s, QJsonArray{QJsonObject{{u"title"_s, u"cold"_s}},
                                                                   QJsonObject{{u"title"_s, u"warm"_s}}}}});
    const RemoteItem item = itemOf(object);
    CHECK(item.text == u"food\n\n@shop look\n\n• cold\n• warm"_s);
    CHECK(item.text.mid(item.links.front().start, item.links.front().length) == u"@shop"_s);
}

TEST_CASE("pictures are named with their descriptions, and damage among them costs no words")
{
    QJsonObject object = status(u"1"_s, u"ana"_s, u"look"_s);
    object.insert(u"media_attachments"_s,
                  QJsonArray{QJsonObject{{u"type"_s, u"image"_s},
                                         {u"description"_s, u"a cake"_s},
                                         {u"url"_s, u"https://far.example/1.png"_s}},
                             QJsonObject{{u"type"_s, u"gifv"_s}, {u"description"_s, QJsonValue::Null}}});
    CHECK(itemOf(object).media ==
          std::vector<Media>{{u"image"_s, u"a cake"_s, u"https://far.example/1.png"_s}, {u"video"_s, {}, {}}});
    object.insert(u"media_attachments"_s, QJsonArray{QJsonObject{{u"type"_s, 7}}});
    const RemoteItem damaged = itemOf(object);
    CHECK(damaged.media == std::vector<Media>{{u"file"_s, {}, {}}});
    CHECK(damaged.text == u"@shop look"_s);
}

TEST_CASE("the version is the time of the last edit, else it follows the content")
{
    const QJsonObject base = status(u"1"_s, u"ana"_s, u"cold soup"_s);
    CHECK(itemOf(with(base, u"edited_at"_s, u"2026-11-22T09:00:00.000Z"_s)).version == u"2026-11-22T09:00:00.000Z"_s);
    const QString version = itemOf(base).version;
    CHECK_FALSE(version.isEmpty());
    CHECK(itemOf(base).version == version);
    CHECK(itemOf(status(u"1"_s, u"ana"_s, u"warm soup"_s)).version != version);
    CHECK(itemOf(status(u"1"_s, u"ana"_s, u"<a href=\"https://x.example\">cold soup</a>"_s)).version != version);
}

TEST_CASE("what was said before the last edit has the words, and the name of the version, that a status had then")
{
    MastodonPages pages;
    const QJsonObject first = status(u"1"_s, u"ana"_s, u"cold soup"_s);
    pages.put(first);
    pages.edit(u"1"_s, u"<p>lukewarm <b>soup</b></p>"_s, u"2026-11-22T09:00:00.000Z"_s);
    const QString second = itemOf(pages.statuses.value(u"1"_s)).version;
    pages.edit(u"1"_s, u"<p>fine soup</p>"_s, u"2026-11-22T10:00:00.000Z"_s);
    const auto now = parseStatus(bytesOf(pages.statuses.value(u"1"_s)), shopSelf());
    REQUIRE(now);
    // Edited once more since the status was read.
    pages.edit(u"1"_s, u"<p>no soup</p>"_s, u"2026-11-22T11:00:00.000Z"_s);
    const QByteArray history = QJsonDocument(pages.histories.value(u"1"_s)).toJson();
    const Result<std::vector<Wording>> earlier = parseHistory(history, *now);
    REQUIRE(earlier);
    const RemoteItem before = itemOf(first);
    CHECK(*earlier == std::vector<Wording>{{before.version, before.text, before.links, before.media},
                                           {second, u"lukewarm soup"_s, {}, {}}});
    CHECK(before.links.front().kind == TextLink::Kind::Person);
    CHECK(parseHistory(R"([{"created_at":"2026-11-22T08:00:00.000Z"}])", *now).error().kind == ErrorKind::InvalidReply);
}

TEST_CASE("of what a program edits without end, the first version and the newest are kept")
{
    MastodonPages pages;
    pages.put(status(u"1"_s, u"ana"_s, u"first"_s));
    const int edits = static_cast<int>(kMostVersions) + 50;
    for (int i = 1; i <= edits; ++i)
        pages.edit(u"1"_s, u"<p>soup %1</p>"_s.arg(i), toRfc3339(fromMs(1'795'338'000'000) + std::chrono::seconds(i)));
    const auto now = parseStatus(bytesOf(pages.statuses.value(u"1"_s)), shopSelf());
    REQUIRE(now);
    const Result<std::vector<Wording>> earlier =
        parseHistory(QJsonDocument(pages.histories.value(u"1"_s)).toJson(), *now);
    REQUIRE(earlier);
    REQUIRE(earlier->size() == kMostVersions);
    CHECK(earlier->front().text == u"@shop first"_s);
    CHECK(earlier->at(1).text == u"soup %1"_s.arg(edits - static_cast<int>(kMostVersions) + 1));
    CHECK(earlier->back().text == u"soup %1"_s.arg(edits - 1));
}

TEST_CASE("notifications of other kinds count for the walk and bring nothing")
{
    const QJsonObject post = status(u"1"_s, u"ana"_s, u"cold soup"_s);
    QJsonObject follow = notification(u"3"_s, {}, u"follow"_s);
    follow.remove(u"status"_s);
    const auto page = parseNotifications(
        bytesOf(QJsonArray{follow, notification(u"2"_s, post, u"favourite"_s), notification(u"1"_s, post),
                           notification(u"0"_s, post, u"something.new"_s), notification(u"00"_s, post, u"update"_s)}),
        shopSelf());
    REQUIRE(page);
    REQUIRE(page->size() == 5);
    CHECK_FALSE(page->at(0).status);
    CHECK_FALSE(page->at(1).status);
    CHECK(page->at(2).status);
    CHECK_FALSE(page->at(3).status);
    CHECK(page->at(4).status);
}

TEST_CASE("a missing field is named and nothing of the answer is taken")
{
    for (const auto *member : {u"id", u"uri", u"account", u"content", u"created_at", u"visibility"}) {
        QJsonObject object = status(u"1"_s, u"ana"_s, u"x"_s);
        object.remove(QString::fromUtf16(member));
        const auto read = parseStatuses(bytesOf(QJsonArray{status(u"0"_s, u"ana"_s, u"y"_s), object}), shopSelf());
        REQUIRE_FALSE(read);
        CHECK(read.error().kind == ErrorKind::InvalidReply);
        CHECK(read.error().detail.contains(u"$[1].%1"_s.arg(QString::fromUtf16(member))));
    }
    CHECK_FALSE(parseStatuses("{}", shopSelf()));
    CHECK(parseStatuses("{}", shopSelf()).error().detail.contains("not a list"_L1));
    CHECK_FALSE(parseStatus("[]", shopSelf()));
    CHECK(parseStatuses("<html>", shopSelf()).error().detail.contains("web page"_L1));
}

TEST_CASE("an instance says its limits in the way of its version")
{
    const auto limitOf = [](const QJsonObject &object) { return parseInstance(bytesOf(object))->limit; };
    const QJsonObject statuses{{u"max_characters"_s, 5000}, {u"characters_reserved_per_url"_s, 32}};
    const QJsonObject two{{u"domain"_s, u"far.example"_s},
                          {u"version"_s, u"4.3.0"_s},
                          {u"configuration"_s, QJsonObject{{u"statuses"_s, statuses}}}};
    CHECK(parseInstance(bytesOf(two))->domain == u"far.example"_s);
    CHECK(limitOf(two) == TextLimit{5000, TextUnit::Graphemes, 0, 32});
    QJsonObject one{{u"uri"_s, u"https://far.example"_s},
                    {u"version"_s, u"2.7.2 (compatible; Pleroma 2.6.0)"_s},
                    {u"max_toot_chars"_s, 4000}};
    CHECK(parseInstance(bytesOf(one))->domain == u"far.example"_s);
    CHECK(limitOf(one) == TextLimit{4000, TextUnit::Graphemes, 0, 23});
    one.remove(u"max_toot_chars"_s);
    CHECK(limitOf(one) == TextLimit{500, TextUnit::Graphemes, 0, 23});
    CHECK_FALSE(parseInstance("{}"));
}

TEST_CASE("ids are ordered by length and then by letters")
{
    CHECK(isOlderId(u"9"_s, u"10"_s));
    CHECK(isOlderId(u"01HAAA"_s, u"01HAAB"_s));
    CHECK_FALSE(isOlderId(u"10"_s, u"10"_s));
}
