// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_parser.h"
#include "tests/channels/bluesky_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels::bluesky;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray page(const QJsonArray &notifications)
{
    return bytesOf({{u"notifications"_s, notifications}, {u"cursor"_s, u"next"_s}});
}

RemoteItem itemFrom(const QJsonObject &post)
{
    const auto items = parsePosts(bytesOf({{u"posts"_s, QJsonArray{post}}}), kShop);
    if (!items)
        FAIL(items.error().detail.toStdString());
    return items->at(0);
}

QJsonObject without(QJsonObject object, const QString &member)
{
    object.remove(member);
    return object;
}

QString problemOf(const QJsonObject &notification)
{
    const auto parsed = parseNotifications(page({notification}), kShop);
    CHECK_FALSE(parsed);
    if (parsed)
        return {};
    CHECK(parsed.error().kind == ErrorKind::InvalidReply);
    return parsed.error().detail;
}

} // namespace

TEST_CASE("a mention becomes an item with everything that is needed to answer it")
{
    QJsonObject words = record(u"@shop.example cold soup"_s);
    words.insert(u"langs"_s, QJsonArray{u"pt-BR"_s, u"en"_s});
    const auto parsed = parseNotifications(page({notification(u"mention"_s, kAna, u"k1"_s, words)}), kShop);
    REQUIRE(parsed);
    CHECK(parsed->next == "next"_L1);
    REQUIRE(parsed->notifications.size() == 1);
    REQUIRE(parsed->notifications[0].item);
    const RemoteItem &item = *parsed->notifications[0].item;
    CHECK(item.remoteId == "at://did:plc:ana/app.bsky.feed.post/k1"_L1);
    CHECK(item.version == "cid-k1"_L1);
    CHECK(item.threadId == item.remoteId);
    CHECK(item.parentId.isEmpty());
    CHECK(item.kind == ItemKind::Mention);
    CHECK(item.direction == Direction::Incoming);
    CHECK(item.audience == Audience::Public);
    CHECK(item.author == Author{kAna, u"ana.example"_s, u"ANA"_s});
    CHECK(item.text == "@shop.example cold soup"_L1);
    CHECK(item.language == "pt-BR"_L1);
    CHECK(item.url == "https://bsky.app/profile/ana.example/post/k1"_L1);
    CHECK(toRfc3339(item.createdAt) == "2026-11-22T07:59:59.000Z"_L1);
    CHECK(item.reply == postReply(item.remoteId, u"cid-k1"_s, item.remoteId, u"cid-k1"_s, kAna));
}

TEST_CASE("an answer belongs to its root's thread and is a comment under our posts")
{
    const QString root = uriOf(kShop, u"root"_s);
    const QString parent = uriOf(kBen, u"p"_s);
    const RemoteItem item = itemFrom(post(kAna, u"k1"_s, answerRecord(u"me too"_s, root, parent)));
    CHECK(item.threadId == root);
    CHECK(item.parentId == parent);
    CHECK(item.kind == ItemKind::Comment);
    CHECK(item.reply == postReply(item.remoteId, u"cid-k1"_s, root, u"cid-root"_s, kAna));
}

TEST_CASE("an answer elsewhere that mentions us is a mention, what we wrote is ours")
{
    const QString root = uriOf(kBen, u"root"_s);
    QJsonObject words = answerRecord(u"@shop.example look"_s, root, root);
    words.insert(u"facets"_s,
                 QJsonArray{QJsonObject{
                     {u"index"_s, QJsonObject{{u"byteStart"_s, 0}, {u"byteEnd"_s, 13}}},
                     {u"features"_s, QJsonArray{QJsonObject{{u"$type"_s, u"app.bsky.richtext.facet#mention"_s},
                                                            {u"did"_s, kShop}}}}}});
    CHECK(itemFrom(post(kAna, u"k"_s, words)).kind == ItemKind::Mention);
    CHECK(itemFrom(post(kAna, u"k"_s, answerRecord(u"look"_s, root, root))).kind == ItemKind::Comment);
    const RemoteItem ours = itemFrom(post(kShop, u"k"_s, record(u"Bread is back"_s)));
    CHECK(ours.direction == Direction::Outgoing);
    CHECK(ours.kind == ItemKind::Comment);
}

TEST_CASE("pictures, films, links and quoted posts are named with their descriptions")
{
    const QJsonObject images{
        {u"$type"_s, u"app.bsky.embed.images"_s},
        {u"images"_s, QJsonArray{QJsonObject{{u"alt"_s, u"a squashed cake"_s}}, QJsonObject{{u"alt"_s, QString()}}}}};
    QJsonObject viewed = post(kAna, u"k"_s, with(record(u"look"_s), u"embed"_s, images));
    CHECK(itemFrom(viewed).media == std::vector<Media>{{u"image"_s, u"a squashed cake"_s, {}}, {u"image"_s, {}, {}}});
    viewed.insert(u"embed"_s,
                  QJsonObject{{u"$type"_s, u"app.bsky.embed.images#view"_s},
                              {u"images"_s, QJsonArray{QJsonObject{{u"fullsize"_s, u"https://cdn.example/1"_s}}}}});
    CHECK(itemFrom(viewed).media ==
          std::vector<Media>{{u"image"_s, u"a squashed cake"_s, u"https://cdn.example/1"_s}, {u"image"_s, {}, {}}});

    const QJsonObject external{
        {u"$type"_s, u"app.bsky.embed.external"_s},
        {u"external"_s, QJsonObject{{u"uri"_s, u"https://a.example"_s}, {u"title"_s, u"Cakes"_s}}}};
    CHECK(itemFrom(post(kAna, u"k"_s, with(record({}), u"embed"_s, external))).media ==
          std::vector<Media>{{u"link"_s, u"Cakes"_s, u"https://a.example"_s}});

    const QJsonObject quote{{u"$type"_s, u"app.bsky.embed.record"_s},
                            {u"record"_s, QJsonObject{{u"uri"_s, uriOf(kShop, u"r"_s)}, {u"cid"_s, u"c"_s}}}};
    const RemoteItem quoting = itemFrom(post(kAna, u"k"_s, with(record(u"so true"_s), u"embed"_s, quote)));
    CHECK(quoting.media == std::vector<Media>{{u"link"_s, {}, u"https://bsky.app/profile/did:plc:shop/post/r"_s}});
    CHECK(quoting.threadId == quoting.remoteId);

    const QJsonObject both{
        {u"$type"_s, u"app.bsky.embed.recordWithMedia"_s}, {u"record"_s, quote}, {u"media"_s, images}};
    CHECK(itemFrom(post(kAna, u"k"_s, with(record({}), u"embed"_s, both))).media.size() == 3);
    const QJsonObject video{{u"$type"_s, u"app.bsky.embed.video"_s}, {u"alt"_s, u"the queue"_s}};
    CHECK(itemFrom(post(kAna, u"k"_s, with(record({}), u"embed"_s, video))).media ==
          std::vector<Media>{{u"video"_s, u"the queue"_s, {}}});
}

TEST_CASE("what is damaged beside the words does not cost the words")
{
    QJsonObject words = record(u"still here"_s);
    words.insert(u"embed"_s, QJsonObject{{u"$type"_s, u"app.bsky.embed.images"_s}, {u"images"_s, 5}});
    words.insert(u"facets"_s, QJsonArray{5});
    words.insert(u"langs"_s, QJsonArray{7});
    words.insert(u"createdAt"_s, u"yesterday"_s);
    const RemoteItem item = itemFrom(post(kAna, u"k"_s, words));
    CHECK(item.text == "still here"_L1);
    CHECK(item.media == std::vector<Media>{{u"file"_s, {}, {}}});
    CHECK(item.links.empty());
    CHECK(item.language.isEmpty());
    CHECK(toRfc3339(item.createdAt) == "2026-11-22T08:00:00.000Z"_L1);
    CHECK(itemFrom(post(kAna, u"k"_s, with(words, u"embed"_s, QJsonObject{{u"$type"_s, u"app.bsky.embed.hologram"_s}})))
              .media.empty());
}

TEST_CASE("dates of all kinds that programs write are read, one from the future is kept")
{
    const auto at = [](const QString &date) {
        return toRfc3339(itemFrom(post(kAna, u"k"_s, with(record({}), u"createdAt"_s, date))).createdAt);
    };
    CHECK(at(u"2026-11-22T07:59:59Z"_s) == "2026-11-22T07:59:59.000Z"_L1);
    CHECK(at(u"2026-11-22T07:59:59.123456789Z"_s) == "2026-11-22T07:59:59.123Z"_L1);
    CHECK(at(u"2026-11-22T09:59:59.5+02:00"_s) == "2026-11-22T07:59:59.500Z"_L1);
    CHECK(at(u"2126-01-01T00:00:00.000Z"_s) == "2126-01-01T00:00:00.000Z"_L1);
    CHECK(at(u"2026-11-22T07:59:59"_s) == "2026-11-22T08:00:00.000Z"_L1);
}

TEST_CASE("a post with three thousand combining marks arrives whole")
{
    const QString text = u"a"_s + QString(3000, QChar(0x0301));
    CHECK(itemFrom(post(kAna, u"k"_s, record(text))).text == text);
}

TEST_CASE("half a surrogate pair is replaced, so that it can be stored")
{
    QByteArray bytes = bytesOf({{u"posts"_s, QJsonArray{post(kAna, u"k"_s, record(u"a%b"_s))}}});
    bytes.replace('%', "\\ud83d");
    const auto items = parsePosts(bytes, kShop);
    REQUIRE(items);
    CHECK(items->at(0).text == u"a\uFFFDb"_s);
}

TEST_CASE("a handle that does not hold is not used in addresses")
{
    QJsonObject view = post(kAna, u"k"_s, record({}));
    view.insert(u"author"_s, QJsonObject{{u"did"_s, kAna}, {u"handle"_s, u"handle.invalid"_s}});
    CHECK(itemFrom(view).url == "https://bsky.app/profile/did:plc:ana/post/k"_L1);
}

TEST_CASE("likes and reasons nobody knows yet are passed over, but count for the walk")
{
    QJsonObject like = notification(u"like"_s, kAna, u"k1"_s, {{u"$type"_s, u"app.bsky.feed.like"_s}});
    like.insert(u"uri"_s, u"at://did:plc:ana/app.bsky.feed.like/k1"_s);
    const QJsonArray all{like, notification(u"waved"_s, kAna, u"k2"_s, QJsonObject()),
                         notification(u"mention"_s, kAna, u"k3"_s, record(u"hi"_s))};
    const auto parsed = parseNotifications(page(all), kShop);
    REQUIRE(parsed);
    REQUIRE(parsed->notifications.size() == 3);
    CHECK_FALSE(parsed->notifications[0].item);
    CHECK_FALSE(parsed->notifications[1].item);
    CHECK(parsed->notifications[2].item);
}

TEST_CASE("a missing required field fails the page and names its place")
{
    const QJsonObject good = notification(u"mention"_s, kAna, u"k"_s, record(u"hi"_s));
    CHECK(problemOf(without(good, u"uri"_s)).contains("$.notifications[0].uri is missing"_L1));
    CHECK(problemOf(without(good, u"cid"_s)).contains("$.notifications[0].cid is missing"_L1));
    CHECK(problemOf(without(good, u"author"_s)).contains("$.notifications[0].author is missing"_L1));
    CHECK(problemOf(without(good, u"record"_s)).contains("$.notifications[0].record is missing"_L1));
    CHECK(problemOf(without(good, u"indexedAt"_s)).contains("$.notifications[0].indexedAt is missing"_L1));
    CHECK(problemOf(with(good, u"indexedAt"_s, u"soon"_s)).contains("indexedAt is not a date"_L1));
    CHECK(problemOf(with(good, u"cid"_s, 12)).contains("cid is not a text"_L1));
    CHECK(problemOf(with(good, u"cid"_s, QString())).contains("cid is empty"_L1));
    CHECK(problemOf(with(good, u"author"_s, QJsonObject{{u"handle"_s, u"h"_s}})).contains("author.did is missing"_L1));
    CHECK(problemOf(with(good, u"record"_s, without(record({}), u"text"_s))).contains("record.text is missing"_L1));
    CHECK(problemOf(with(good, u"record"_s, with(record({}), u"text"_s, QJsonArray())))
              .contains("record.text is not a text"_L1));
    CHECK(problemOf(with(good, u"record"_s, with(record({}), u"reply"_s, QJsonObject())))
              .contains("record.reply.root is missing"_L1));
    CHECK_FALSE(parseNotifications("{}", kShop));
    CHECK_FALSE(parseNotifications(R"({"notifications":{}})", kShop));
    CHECK_FALSE(parseNotifications(R"({"notifications":[],"cursor":5})", kShop));
}

TEST_CASE("an answer that is no good JSON gives one sentence that says why")
{
    const auto sentence = [](const QByteArray &bytes) {
        const auto parsed = parseNotifications(bytes, kShop);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().kind == ErrorKind::InvalidReply);
        CHECK(parsed.error().detail.contains("Nothing of it was taken over"_L1));
        return parsed.error().detail;
    };
    const QByteArray good = page({notification(u"mention"_s, kAna, u"k"_s, record(u"hi"_s))});
    CHECK(sentence(good.left(good.size() / 2)).contains("cut off or damaged"_L1));
    CHECK(sentence({}).contains("empty"_L1));
    CHECK(sentence("<!doctype html><html></html>").contains("web page"_L1));
    CHECK(sentence("[1,2]").contains("not an object"_L1));
    CHECK(sentence(QByteArray(10'000, '[') + QByteArray(10'000, ']')).contains("nested too deeply"_L1));
    const QByteArray deep = "{\"notifications\":[],\"x\":" + QByteArray(10'000, '[') + QByteArray(10'000, ']') + "}";
    CHECK(sentence(deep).contains("nested too deeply"_L1));
    CHECK(sentence(R"({"notifications":[],"n":1e400})").contains("number that is out of range"_L1));
    CHECK(sentence("\xff\xfe\x00").contains("damaged"_L1));
}

TEST_CASE("a number too large for anybody does no harm where no number is needed")
{
    QJsonObject view = post(kAna, u"k"_s, record(u"hi"_s));
    QByteArray bytes = bytesOf({{u"posts"_s, QJsonArray{with(view, u"likeCount"_s, u"@"_s)}}});
    bytes.replace("\"@\"", "99999999999999999999999999");
    CHECK(parsePosts(bytes, kShop));
    bytes.replace("\"uri\":\"" + uriOf(kAna, u"k"_s).toUtf8() + '"', "\"uri\":99999999999999999999");
    CHECK_FALSE(parsePosts(bytes, kShop));
}

TEST_CASE("a thread is flattened, parents first, and what is hidden in it is left out")
{
    const QString root = uriOf(kShop, u"root"_s);
    const auto answer = [&](const QString &did, const QString &key, const QString &parent) {
        return post(did, key, answerRecord(key, root, parent));
    };
    const QJsonObject blocked{
        {u"$type"_s, u"app.bsky.feed.defs#blockedPost"_s}, {u"uri"_s, uriOf(kBen, u"x"_s)}, {u"blocked"_s, true}};
    const QJsonObject tree = threadNode(
        post(kShop, u"root"_s, record(u"root"_s)),
        {threadNode(answer(kAna, u"a"_s, root), {threadNode(answer(kBen, u"b"_s, uriOf(kAna, u"a"_s))), blocked}),
         threadNode(answer(kBen, u"c"_s, root)),
         QJsonObject{
             {u"$type"_s, u"app.bsky.feed.defs#notFoundPost"_s}, {u"uri"_s, u"at://x/y/z"_s}, {u"notFound"_s, true}}});
    const auto thread = parseThread(bytesOf({{u"thread"_s, tree}}), kShop);
    REQUIRE(thread);
    QStringList texts;
    for (const RemoteItem &item : thread->items) {
        texts.append(item.text);
        CHECK(item.threadId == root);
    }
    CHECK(texts == QStringList{u"root"_s, u"a"_s, u"b"_s, u"c"_s});
    CHECK_FALSE(thread->rootMissing);
}

TEST_CASE("the way up from a post comes before it")
{
    QJsonObject top = threadNode(post(kShop, u"root"_s, record(u"root"_s)));
    QJsonObject middle = threadNode(post(kAna, u"a"_s, record(u"a"_s)));
    middle.insert(u"parent"_s, top);
    QJsonObject node = threadNode(post(kBen, u"b"_s, record(u"b"_s)));
    node.insert(u"parent"_s, middle);
    const auto thread = parseThread(bytesOf({{u"thread"_s, node}}), kShop);
    REQUIRE(thread);
    REQUIRE(thread->items.size() == 3);
    CHECK(thread->items[0].text == "root"_L1);
    CHECK(thread->items[2].text == "b"_L1);
}

TEST_CASE("a thread whose root is gone is empty and one without a type is an error")
{
    const auto gone = parseThread(
        R"({"thread":{"$type":"app.bsky.feed.defs#notFoundPost","uri":"at://a/b/c","notFound":true}})", kShop);
    REQUIRE(gone);
    CHECK(gone->rootMissing);
    CHECK(gone->items.empty());
    CHECK_FALSE(parseThread(R"({"thread":{}})", kShop));
    CHECK_FALSE(parseThread(R"({})", kShop));
}

TEST_CASE("a thread of four hundred levels is read")
{
    QJsonObject node = threadNode(post(kAna, u"k400"_s, record(u"deepest"_s)));
    for (int level = 399; level >= 0; --level)
        node = threadNode(post(kAna, u"k%1"_s.arg(level), record(u"level"_s)), {node});
    const auto thread = parseThread(bytesOf({{u"thread"_s, node}}), kShop);
    REQUIRE(thread);
    CHECK(thread->items.size() == 401);
    CHECK(thread->items.back().text == "deepest"_L1);
}

TEST_CASE("our own feed brings our posts with what they answer, and no reposts")
{
    const QString root = uriOf(kBen, u"root"_s);
    const QJsonObject plain{{u"post"_s, post(kShop, u"p1"_s, record(u"plain"_s))}};
    const QJsonObject repost{{u"post"_s, post(kAna, u"p2"_s, record(u"not ours"_s))},
                             {u"reason"_s, QJsonObject{{u"$type"_s, u"app.bsky.feed.defs#reasonRepost"_s},
                                                       {u"indexedAt"_s, u"2026-11-22T08:30:00Z"_s}}}};
    const QJsonObject answer{
        {u"post"_s, post(kShop, u"p3"_s, answerRecord(u"ours"_s, root, root))},
        {u"reply"_s, QJsonObject{{u"root"_s, post(kBen, u"root"_s, record(u"theirs"_s))},
                                 {u"parent"_s,
                                  QJsonObject{{u"$type"_s, u"app.bsky.feed.defs#notFoundPost"_s}, {u"uri"_s, root}}}}}};
    const auto page = parseFeed(bytesOf({{u"feed"_s, QJsonArray{plain, repost, answer}}}), kShop);
    REQUIRE(page);
    CHECK(page->times.size() == 3);
    CHECK(toRfc3339(page->times[1]) == "2026-11-22T08:30:00.000Z"_L1);
    REQUIRE(page->items.size() == 3);
    CHECK(page->items[0].text == "plain"_L1);
    CHECK(page->items[1].text == "theirs"_L1);
    CHECK(page->items[1].direction == Direction::Incoming);
    CHECK(page->items[2].text == "ours"_L1);
    CHECK(page->items[2].direction == Direction::Outgoing);
    CHECK(page->next.isEmpty());
}

TEST_CASE("record addresses have exactly three parts")
{
    CHECK(recordAddress(u"at://did:plc:a/app.bsky.feed.post/k"_s)->key == "k"_L1);
    for (const auto &wrong :
         {u"at://did:plc:a/app.bsky.feed.post"_s, u"https://a/b/c"_s, u"at://a/b/c/d"_s, u"at:///b/c"_s, QString()})
        CHECK_FALSE(recordAddress(wrong));
    CHECK(webAddress(u"at://did:plc:a/app.bsky.graph.list/k"_s, {}).isEmpty());
}

TEST_CASE("bytes cut or changed anywhere give a value or a sentence, never a crash")
{
    const QByteArray good =
        bytesOf({{u"thread"_s,
                  threadNode(post(kAna, u"k"_s, answerRecord(u"ü😀"_s, uriOf(kShop, u"r"_s), uriOf(kShop, u"r"_s))))}});
    for (qsizetype i = 0; i < good.size(); ++i) {
        CHECK_FALSE(parseThread(good.left(i), kShop));
        for (const char replacement : {'\0', '{', '"', '9', '\xff'}) {
            QByteArray changed = good;
            changed[i] = replacement;
            const auto parsed = parseThread(changed, kShop);
            if (!parsed)
                CHECK(parsed.error().kind == ErrorKind::InvalidReply);
        }
    }
}
