// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/bluesky_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

const QString kNotifications = u"app.bsky.notification.listNotifications"_s;
const QString kThread = u"app.bsky.feed.getPostThread"_s;
const QString kFeed = u"app.bsky.feed.getAuthorFeed"_s;

Answer notificationPage(const QJsonArray &entries, const QString &next = {})
{
    QJsonObject page{{u"notifications"_s, entries}};
    if (!next.isEmpty())
        page.insert(u"cursor"_s, next);
    return Answer::json(page);
}

/// Threads that hold nothing but the post asked for.
void lonelyThreads(BlueskyBench &bench)
{
    bench.on(kThread, [](const Received &request) {
        const QStringList parts = request.queryValue(u"uri"_s).split(u'/');
        return Answer::json(QJsonObject{
            {u"thread"_s, threadNode(post(parts.at(2), parts.at(4), record("thread of "_L1 + parts.at(4))))}});
    });
}

QStringList ids(const std::vector<RemoteItem> &items)
{
    QStringList all;
    for (const RemoteItem &item : items)
        all.append(item.remoteId.mid(item.remoteId.lastIndexOf(u'/') + 1));
    return all;
}

QJsonObject mention(const QString &key, const QString &indexedAt = u"2026-11-22T08:00:00.000Z"_s)
{
    return notification(u"mention"_s, kAna, key, record(u"hi"_s), indexedAt);
}

} // namespace

TEST_CASE("the first round reads every page of notifications, then our posts, then messages")
{
    BlueskyBench bench;
    bench.quiet();
    lonelyThreads(bench);
    bench.on(kNotifications, [](const Received &request) {
        const QString page = request.queryValue(u"cursor"_s);
        if (page.isEmpty())
            return notificationPage({mention(u"c"_s), mention(u"b"_s)}, u"p2"_s);
        return page == "p2"_L1 ? notificationPage({}, u"p3"_s)
                               : notificationPage({mention(u"a"_s, u"2020-01-01T00:00:00Z"_s)});
    });
    bench.on(kFeed, [](const Received &request) {
        const bool first = request.queryValue(u"cursor"_s).isEmpty();
        QJsonObject page{{u"feed"_s, QJsonArray{QJsonObject{
                                         {u"post"_s, post(kShop, first ? u"o2"_s : u"o1"_s, record(u"ours"_s))}}}}};
        if (first)
            page.insert(u"cursor"_s, u"f2"_s);
        return Answer::json(page);
    });
    const std::vector<RemoteItem> items = bench.fetchAll();
    CHECK(ids(items) == QStringList{u"b"_s, u"c"_s, u"a"_s, u"o2"_s, u"o1"_s});
    CHECK(items.at(3).direction == Direction::Outgoing);
    CHECK(bench.calls(kNotifications).size() == 3);
    CHECK(bench.calls(kFeed).at(0).queryValue(u"actor"_s) == kShop);
    CHECK(bench.calls(kFeed).at(0).queryValue(u"filter"_s) == "posts_with_replies"_L1);
    CHECK(bench.calls(kNotifications).at(0).header("authorization") == "Bearer " + token(u"first"_s).toLatin1());
    CHECK(bench.limited.isEmpty());
    // updateSeen would move the person's badge in all programs; a seenAt is refused by the network.
    CHECK(bench.calls(kNotifications).at(0).queryValue(u"seenAt"_s).isEmpty());
    CHECK(bench.calls(u"app.bsky.notification.updateSeen"_s).empty());
}

TEST_CASE("a second round reads one page of each and fetches no thread again")
{
    BlueskyBench bench;
    bench.quiet();
    lonelyThreads(bench);
    bench.on(kNotifications, [calls = 0](const Received &request) mutable {
        ++calls;
        const bool top = request.queryValue(u"cursor"_s).isEmpty();
        if (top)
            return notificationPage({mention(u"b"_s)}, u"p2"_s);
        return notificationPage({mention(u"a"_s, u"2020-01-01T00:00:00Z"_s)}, calls > 2 ? u"p3"_s : QString());
    });
    CHECK(bench.fetchAll().size() == 2);
    const auto threads = bench.calls(kThread).size();
    CHECK(bench.fetchAll().empty());
    CHECK(bench.calls(kThread).size() == threads);
    // top page and the one wholly below the overlap, although that one names another
    CHECK(bench.calls(kNotifications).size() == 4);
}

TEST_CASE("one page of the network for each call, and the cursor says where it was")
{
    BlueskyBench bench;
    bench.quiet();
    const Result<Batch> first = wait(bench.channel.fetch({}));
    REQUIRE(first);
    CHECK(first->more);
    CHECK(bench.server.received().size() == 1);
    const Result<Batch> second = wait(bench.channel.fetch(first->cursor));
    REQUIRE(second);
    CHECK(bench.server.received().size() == 2);
    CHECK(bench.calls(kFeed).size() == 1);
    // The same cursor again asks for the same page again.
    REQUIRE(wait(bench.channel.fetch(first->cursor)));
    CHECK(bench.calls(kFeed).size() == 2);
}

TEST_CASE("a reply brings its whole thread, once for all of a page")
{
    BlueskyBench bench;
    bench.quiet();
    const QString root = uriOf(kShop, u"root"_s);
    const auto answer = [&](const QString &key) { return answerRecord(key, root, root); };
    bench.on(kNotifications, notificationPage({notification(u"reply"_s, kBen, u"b"_s, answer(u"b"_s)),
                                               notification(u"reply"_s, kAna, u"a"_s, answer(u"a"_s))}));
    bench.on(kThread, [&](const Received &request) {
        CHECK(request.queryValue(u"uri"_s) == root);
        CHECK(request.queryValue(u"parentHeight"_s) == "0"_L1);
        CHECK(request.queryValue(u"depth"_s) == "400"_L1);
        const QJsonArray replies{threadNode(post(kAna, u"a"_s, answer(u"a"_s))),
                                 threadNode(post(kBen, u"b"_s, answer(u"b"_s))),
                                 threadNode(post(kBen, u"aside"_s, answer(u"aside"_s)))};
        return Answer::json(QJsonObject{{u"thread"_s, threadNode(post(kShop, u"root"_s, record(u"root"_s)), replies)}});
    });
    const std::vector<RemoteItem> items = bench.fetchAll();
    CHECK(ids(items) == QStringList{u"root"_s, u"a"_s, u"b"_s, u"aside"_s});
    CHECK(bench.calls(kThread).size() == 1);
}

TEST_CASE("where the tree was cut, the way from the post to the root is fetched too")
{
    BlueskyBench bench;
    bench.quiet();
    const QString root = uriOf(kShop, u"root"_s);
    const QJsonObject deep = answerRecord(u"deep"_s, root, uriOf(kBen, u"mid"_s));
    bench.on(kNotifications, notificationPage({notification(u"reply"_s, kAna, u"deep"_s, deep)}));
    bench.on(kThread, [&](const Received &request) {
        QJsonObject node = threadNode(post(kShop, u"root"_s, record(u"root"_s)));
        if (request.queryValue(u"uri"_s) != root) {
            CHECK(request.queryValue(u"depth"_s) == "0"_L1);
            CHECK(request.queryValue(u"parentHeight"_s) == "400"_L1);
            QJsonObject middle = threadNode(post(kBen, u"mid"_s, answerRecord(u"mid"_s, root, root)));
            middle.insert(u"parent"_s, node);
            node = threadNode(post(kAna, u"deep"_s, deep));
            node.insert(u"parent"_s, middle);
        }
        return Answer::json(QJsonObject{{u"thread"_s, node}});
    });
    CHECK(ids(bench.fetchAll()) == QStringList{u"root"_s, u"mid"_s, u"deep"_s});
}

TEST_CASE("a post whose thread the network does not show arrives by itself")
{
    BlueskyBench bench;
    bench.quiet();
    bench.on(kNotifications, notificationPage({mention(u"k"_s)}));
    const bool asError = GENERATE(true, false);
    bench.on(
        kThread,
        asError ? refusal(400, u"NotFound"_s)
                : Answer::json(QByteArray(
                      R"({"thread":{"$type":"app.bsky.feed.defs#notFoundPost","uri":"at://a/b/c","notFound":true}})")));
    const std::vector<RemoteItem> items = bench.fetchAll();
    REQUIRE(items.size() == 1);
    CHECK(items[0].text == "hi"_L1);
}

TEST_CASE("a thread too large to be read gives way to the way up; if that fails too, the page is kept for later")
{
    BlueskyBench bench;
    bench.quiet();
    const QString root = uriOf(kBen, u"viral"_s);
    bench.on(kNotifications,
             notificationPage({notification(u"reply"_s, kAna, u"k"_s, answerRecord(u"hi"_s, root, root))}));
    bool wayUpWorks = true;
    bench.on(kThread, [&](const Received &request) {
        if (request.queryValue(u"uri"_s) == root || !wayUpWorks)
            return Answer::json("{\"thread\":" + QByteArray(10'000, '[') + QByteArray(10'000, ']') + "}");
        return Answer::json(
            QJsonObject{{u"thread"_s, threadNode(post(kAna, u"k"_s, answerRecord(u"hi"_s, root, root)))}});
    });
    const Result<Batch> batch = wait(bench.channel.fetch({}));
    REQUIRE(batch);
    CHECK(ids(batch->items) == QStringList{u"k"_s});
    wayUpWorks = false;
    const Result<Batch> failed = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == ErrorKind::InvalidReply);
}

TEST_CASE("a page that cannot be read is an error with one sentence, and is read whole once the server is well")
{
    BlueskyBench bench;
    bench.quiet();
    lonelyThreads(bench);
    const QByteArray good = bytesOf({{u"notifications"_s, QJsonArray{mention(u"b"_s), mention(u"a"_s)}}});
    QJsonObject headless = mention(u"b"_s);
    headless.remove(u"cid"_s);
    const std::vector<std::pair<Answer, QString>> bad{
        {Answer::json(good.left(good.size() - 9)), u"cut off or damaged"_s},
        {Answer::json("{\"notifications\":" + QByteArray(10'000, '[') + QByteArray(10'000, ']') + "}"),
         u"nested too deeply"_s},
        {Answer::json(QByteArray(R"({"notifications":[],"n":1e400})")), u"out of range"_s},
        {notificationPage({mention(u"a"_s), headless}), u"$.notifications[1].cid is missing"_s},
        {Answer::html("<html>Please sign in to the hotel's network</html>"), u"web page"_s},
    };
    for (const auto &[answer, sentence] : bad) {
        bench.on(kNotifications, answer);
        const Result<Batch> batch = wait(bench.channel.fetch({}));
        REQUIRE_FALSE(batch);
        CHECK(batch.error().kind == ErrorKind::InvalidReply);
        CHECK(batch.error().detail.contains(sentence));
    }
    bench.on(kNotifications, Answer::json(good));
    CHECK(ids(bench.fetchAll()) == QStringList{u"a"_s, u"b"_s});
}

TEST_CASE("server trouble, pauses and broken answers are errors of their kind and the cursor stays")
{
    BlueskyBench bench;
    bench.quiet();
    lonelyThreads(bench);
    const auto errorOf = [&](const Answer &answer) {
        bench.on(kNotifications, answer);
        const Result<Batch> batch = wait(bench.channel.fetch({}));
        REQUIRE_FALSE(batch);
        return batch.error();
    };
    const Error upstream = errorOf(refusal(502, u"UpstreamFailure"_s));
    CHECK(upstream.kind == ErrorKind::ServerTrouble);
    CHECK(upstream.detail.contains("cannot reach the service behind it (502)"_L1));
    const Error broken = errorOf(notificationPage({mention(u"a"_s)}).withFault(Fault::CutBody));
    CHECK(broken.kind == ErrorKind::ServerTrouble);
    CHECK(broken.detail.contains("Nothing of it was taken over"_L1));
    const Error slow = errorOf(Answer::tooManyRequests().withHeader(
        "ratelimit-reset", QByteArray::number(toMs(bench.clock.now()) / 1000 + 7200)));
    CHECK(slow.kind == ErrorKind::RateLimited);
    CHECK(slow.retryAfter == std::chrono::hours(2));
    // The whole account is left alone meanwhile.
    bench.on(kNotifications, notificationPage({mention(u"a"_s)}));
    const auto calls = bench.server.received().size();
    CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::RateLimited);
    CHECK(bench.server.received().size() == calls);
    bench.clock.advance(std::chrono::hours(3));
    CHECK(ids(bench.fetchAll()) == QStringList{u"a"_s});
}

TEST_CASE("trouble with a thread in the middle of a page keeps the whole page for later")
{
    BlueskyBench bench;
    bench.quiet();
    bench.on(kNotifications, notificationPage({mention(u"b"_s), mention(u"a"_s)}));
    bench.on(kThread, [](const Received &request) {
        if (request.queryValue(u"uri"_s).endsWith(u'b'))
            return Answer::tooManyRequests("7200");
        return Answer::json(QJsonObject{{u"thread"_s, threadNode(post(kAna, u"a"_s, record(u"hi"_s)))}});
    });
    CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::RateLimited);
    bench.clock.advance(std::chrono::hours(3));
    lonelyThreads(bench);
    CHECK(ids(bench.fetchAll()) == QStringList{u"a"_s, u"b"_s});
}

TEST_CASE("a page cursor that comes again is an error and not an endless walk")
{
    BlueskyBench bench;
    bench.quiet();
    lonelyThreads(bench);
    bench.on(kNotifications, notificationPage({mention(u"a"_s)}, u"again"_s));
    const Result<Batch> first = wait(bench.channel.fetch({}));
    REQUIRE(first);
    CHECK(first->items.size() == 1);
    for (int i = 0; i < 2; ++i) {
        const Result<Batch> second = wait(bench.channel.fetch(first->cursor));
        REQUIRE_FALSE(second);
        CHECK(second.error().kind == ErrorKind::InvalidReply);
        CHECK(second.error().detail.contains("circles"_L1));
    }
}

TEST_CASE("trouble with our own feed keeps its place, says so and holds up neither mentions nor messages")
{
    BlueskyBench bench(true, u"com.atproto.appPass"_s);
    bench.quiet();
    lonelyThreads(bench);
    bench.on(kNotifications, notificationPage({mention(u"a"_s)}));
    const auto [trouble, sentence] = GENERATE(table<Answer, QString>(
        {{Answer::empty(500), u"failed (500)"_s},
         {Answer::json("{\"feed\":[{}]}"), u"$.feed[0].post is missing"_s},
         {Answer::json(QJsonObject{{u"feed"_s, QJsonArray()}, {u"cursor"_s, u"again"_s}}), u"circles"_s}}));
    bench.on(kFeed, trouble);
    CHECK(ids(bench.fetchAll()) == QStringList{u"a"_s});
    CHECK(bench.limited.contains("written elsewhere are left out for now"_L1));
    CHECK(bench.limited.contains(sentence));
    CHECK(bench.limited.contains("this app password does not allow them"_L1));
    bench.on(kNotifications, notificationPage({mention(u"b"_s), mention(u"a"_s)}));
    CHECK(ids(bench.fetchAll()) == QStringList{u"b"_s});
    bench.on(kFeed, Answer::json(QJsonObject{
                        {u"feed"_s, QJsonArray{QJsonObject{{u"post"_s, post(kShop, u"o"_s, record(u"ours"_s))}}}}}));
    CHECK(ids(bench.fetchAll()) == QStringList{u"o"_s});
    CHECK_FALSE(bench.limited.contains("written elsewhere"_L1));
}

TEST_CASE("an edited post comes again with its new version and a new look at its thread")
{
    BlueskyBench bench;
    bench.quiet();
    lonelyThreads(bench);
    bench.on(kNotifications, notificationPage({mention(u"a"_s)}));
    CHECK(bench.fetchAll().size() == 1);
    QJsonObject edited = notification(u"mention"_s, kAna, u"a"_s, record(u"other words"_s));
    edited.insert(u"cid"_s, u"cid-2"_s);
    bench.on(kNotifications, notificationPage({edited}));
    bench.on(kThread, refusal(400, u"NotFound"_s));
    const std::vector<RemoteItem> items = bench.fetchAll();
    REQUIRE(items.size() == 1);
    CHECK(items[0].version == "cid-2"_L1);
    CHECK(items[0].text == "other words"_L1);
}

TEST_CASE("a post that notifies twice, as mention and as reply, is one item")
{
    BlueskyBench bench;
    bench.quiet();
    lonelyThreads(bench);
    bench.on(kNotifications,
             notificationPage({mention(u"a"_s), notification(u"reply"_s, kAna, u"a"_s, record(u"hi"_s))}));
    CHECK(bench.fetchAll().size() == 1);
    CHECK(bench.calls(kThread).size() == 1);
}
