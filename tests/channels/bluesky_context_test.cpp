// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/bluesky_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

const QString kThread = u"app.bsky.feed.getPostThread"_s;
const QString kPosts = u"app.bsky.feed.getPosts"_s;
const QString kRecord = u"com.atproto.repo.getRecord"_s;
const QString kRoot = uriOf(kShop, u"root"_s);

Answer emptyPosts()
{
    return Answer::json(QJsonObject{{u"posts"_s, QJsonArray()}});
}

Answer storedRecord()
{
    return Answer::json(
        QJsonObject{{u"uri"_s, u"at://x/y/z"_s}, {u"cid"_s, u"c"_s}, {u"value"_s, record(u"still there"_s)}});
}

Answer rootThread(const QJsonArray &replies = {})
{
    return Answer::json(QJsonObject{{u"thread"_s, threadNode(post(kShop, u"root"_s, record(u"root"_s)), replies)}});
}

Result<Batch> contextOf(BlueskyBench &bench, const QStringList &known)
{
    const ThreadRef thread{kRoot, Audience::Public, known};
    return wait(bench.channel.context(thread));
}

} // namespace

TEST_CASE("a thread is read again as it is now, with new answers and changed versions")
{
    BlueskyBench bench;
    QJsonObject changed = post(kAna, u"a"_s, answerRecord(u"other words"_s, kRoot, kRoot));
    changed.insert(u"cid"_s, u"cid-new"_s);
    bench.on(kThread,
             rootThread({threadNode(changed), threadNode(post(kBen, u"b"_s, answerRecord(u"new"_s, kRoot, kRoot)))}));
    const Result<Batch> batch = contextOf(bench, {kRoot, uriOf(kAna, u"a"_s)});
    REQUIRE(batch);
    REQUIRE(batch->items.size() == 3);
    CHECK(batch->items[1].version == "cid-new"_L1);
    CHECK(batch->items[2].text == "new"_L1);
    CHECK(batch->gone.empty());
    CHECK(batch->cursor.isEmpty());
    CHECK(bench.calls(kPosts).empty());
    CHECK(bench.calls(kThread).at(0).queryValue(u"parentHeight"_s) == "0"_L1);
}

TEST_CASE("a post that is only missing in the tree is not gone")
{
    BlueskyBench bench;
    bench.on(kThread, rootThread());
    bench.on(kPosts, Answer::json(QJsonObject{
                         {u"posts"_s, QJsonArray{post(kAna, u"a"_s, answerRecord(u"a"_s, kRoot, kRoot))}}}));
    const Result<Batch> batch = contextOf(bench, {kRoot, uriOf(kAna, u"a"_s)});
    REQUIRE(batch);
    CHECK(batch->items.size() == 2);
    CHECK(batch->gone.empty());
    CHECK(bench.calls(kRecord).empty());
}

TEST_CASE("deleted by its author and hidden by the network are told apart at the author's server")
{
    BlueskyBench bench;
    bench.on(kThread, rootThread());
    bench.on(kPosts, emptyPosts());
    bench.on(kRecord, [](const Received &request) {
        CHECK(request.header("authorization").isEmpty());
        CHECK(request.queryValue(u"collection"_s) == "app.bsky.feed.post"_L1);
        return request.queryValue(u"rkey"_s) == "deleted"_L1 ? refusal(400, u"RecordNotFound"_s) : storedRecord();
    });
    const Result<Batch> batch = contextOf(bench, {kRoot, uriOf(kAna, u"deleted"_s), uriOf(kBen, u"hidden"_s)});
    REQUIRE(batch);
    CHECK(batch->gone == std::vector<RemoteGone>{{uriOf(kAna, u"deleted"_s), RemoteGone::Reason::DeletedByAuthor},
                                                 {uriOf(kBen, u"hidden"_s), RemoteGone::Reason::HiddenByNetwork}});
    CHECK(bench.calls(kPosts).at(0).query.allQueryItemValues(u"uris"_s).size() == 2);
}

TEST_CASE("a thread whose root is gone is looked at post by post, twenty-five at a time")
{
    BlueskyBench bench;
    const bool asError = GENERATE(true, false);
    bench.on(kThread,
             asError
                 ? refusal(400, u"NotFound"_s)
                 : Answer::json(QByteArray(
                       R"({"thread":{"$type":"app.bsky.feed.defs#blockedPost","uri":"at://a/b/c","blocked":true}})")));
    bench.on(kPosts, [](const Received &request) {
        QJsonArray posts;
        for (const QString &uri : request.query.allQueryItemValues(u"uris"_s, QUrl::FullyDecoded)) {
            const QString key = uri.mid(uri.lastIndexOf(u'/') + 1);
            if (key != "root"_L1)
                posts.append(post(kAna, key, answerRecord(key, kRoot, kRoot)));
        }
        return Answer::json(QJsonObject{{u"posts"_s, posts}});
    });
    bench.on(kRecord, refusal(400, u"RecordNotFound"_s));
    QStringList known{kRoot};
    for (int i = 0; i < 59; ++i)
        known.append(uriOf(kAna, u"k%1"_s.arg(i)));
    const Result<Batch> batch = contextOf(bench, known);
    REQUIRE(batch);
    CHECK(batch->items.size() == 59);
    CHECK(batch->gone == std::vector<RemoteGone>{{kRoot, RemoteGone::Reason::DeletedByAuthor}});
    CHECK(bench.calls(kPosts).size() == 3);
}

TEST_CASE("the author's own server is found in the directory and asked without our token")
{
    BlueskyBench bench(true, u"com.atproto.appPassPrivileged"_s, true);
    bench.on(kThread, rootThread());
    bench.on(kPosts, emptyPosts());
    bench.server.on("GET", "/directory/did:plc:ana", [&](const Received &request) {
        CHECK(request.header("authorization").isEmpty());
        return Answer::json(QJsonObject{
            {u"service"_s, QJsonArray{QJsonObject{{u"id"_s, u"#atproto_pds"_s},
                                                  {u"type"_s, u"AtprotoPersonalDataServer"_s},
                                                  {u"serviceEndpoint"_s, bench.server.url().toString()}}}}});
    });
    bench.server.on("GET", "/directory/did:plc:ben",
                    Answer::json(QJsonObject{{u"message"_s, u"DID not registered"_s}}, 404));
    bench.on(kRecord, [](const Received &request) {
        CHECK(request.header("authorization").isEmpty());
        return refusal(400, u"RecordNotFound"_s);
    });
    const Result<Batch> batch = contextOf(bench, {uriOf(kAna, u"a"_s), uriOf(kBen, u"b"_s), uriOf(kShop, u"ours"_s)});
    REQUIRE(batch);
    CHECK(batch->gone == std::vector<RemoteGone>{{uriOf(kAna, u"a"_s), RemoteGone::Reason::DeletedByAuthor},
                                                 {uriOf(kShop, u"ours"_s), RemoteGone::Reason::DeletedByAuthor}});
    CHECK(bench.calls(kRecord).size() == 2);
}

TEST_CASE("nothing is said of a post whose author's server does not answer")
{
    BlueskyBench bench;
    bench.on(kThread, rootThread());
    bench.on(kPosts, emptyPosts());
    const Answer trouble =
        GENERATE(Answer::empty(500), Answer::tooManyRequests("7200"), Answer::html("<html>hotel</html>"),
                 Answer::json("{").withFault(Fault::DropAfterReading));
    bench.on(kRecord, trouble);
    const Result<Batch> batch = contextOf(bench, {kRoot, uriOf(kAna, u"a"_s)});
    REQUIRE(batch);
    CHECK(batch->items.size() == 1);
    CHECK(batch->gone.empty());
    // What one author's server asks for does not hold up our account.
    CHECK(contextOf(bench, {kRoot}));
}

TEST_CASE("an account that is gone hides its posts, which is not the same as deleting them")
{
    BlueskyBench bench;
    bench.on(kThread, rootThread());
    bench.on(kPosts, emptyPosts());
    bench.on(kRecord, refusal(400, u"RepoDeactivated"_s));
    const Result<Batch> batch = contextOf(bench, {kRoot, uriOf(kAna, u"a"_s), u"not-an-address"_s});
    REQUIRE(batch);
    CHECK(batch->gone == std::vector<RemoteGone>{{uriOf(kAna, u"a"_s), RemoteGone::Reason::HiddenByNetwork}});
}

TEST_CASE("trouble with the thread itself is an error and marks nothing gone")
{
    BlueskyBench bench;
    const Answer trouble = GENERATE(Answer::empty(502), Answer::json("{\"thread\":{\"$ty"),
                                    Answer::html("<html></html>"), Answer::json("{}"));
    bench.on(kThread, trouble);
    CHECK_FALSE(contextOf(bench, {kRoot}));
    bench.on(kThread, rootThread());
    bench.on(kPosts, trouble);
    CHECK_FALSE(contextOf(bench, {uriOf(kAna, u"a"_s)}));
    CHECK(bench.calls(kRecord).empty());
}
