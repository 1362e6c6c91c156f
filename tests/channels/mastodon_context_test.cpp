// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_post.h"
#include "tests/channels/mastodon_support.h"
#include "tests/support/catch.h"
#include "tests/support/temp_store.h"
#include "tests/support/test_environment.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

/// A thread as it was stored when these were known.
ThreadRef threadOf(const QString &name, const QStringList &ids, const MastodonBench &bench)
{
    ThreadRef thread;
    thread.threadId = name;
    for (const QString &id : ids) {
        thread.knownItems.append(uriOf(id));
        const auto read = mastodon::parseStatus(bytesOf(bench.statuses.value(id)), shopSelf());
        thread.replies.insert(uriOf(id), read->item.reply);
    }
    return thread;
}

void talk(MastodonBench &bench)
{
    bench.serve();
    bench.put(status(u"1"_s, u"ana"_s, u"cold soup"_s));
    bench.put(status(u"2"_s, u"shop"_s, u"sorry"_s, u"1"_s));
    bench.put(status(u"3"_s, u"ben"_s, u"mine too"_s, u"1"_s));
}

/// Statuses live on the author's server; here that is the server of the test.
void moveTo(MastodonBench &bench, const QString &id, ThreadRef &thread)
{
    const QString uri = bench.server.url(u"/author/"_s + id).toString();
    thread.knownItems.replaceInStrings(uriOf(id), uri);
    thread.replies.insert(uri, thread.replies.take(uriOf(id)));
}

} // namespace

TEST_CASE("a thread is read as it is now, with what was added and changed")
{
    MastodonBench bench;
    talk(bench);
    const ThreadRef thread = threadOf(uriOf(u"1"_s), {u"1"_s, u"2"_s, u"3"_s}, bench);
    bench.put(
        with(status(u"3"_s, u"ben"_s, u"mine was warm"_s, u"1"_s), u"edited_at"_s, u"2026-11-22T09:00:00.000Z"_s));
    bench.put(status(u"4"_s, u"cleo"_s, u"hm"_s, u"3"_s));
    const Result<Batch> batch = wait(bench.channel.context(thread));
    REQUIRE(batch);
    CHECK(batch->items.size() == 4);
    CHECK(batch->gone.empty());
    CHECK(batch->cursor.isEmpty());
    for (const RemoteItem &item : batch->items) {
        CHECK(item.threadId == thread.threadId);
        if (item.remoteId == uriOf(u"3"_s))
            CHECK(item.version == u"2026-11-22T09:00:00.000Z"_s);
    }
}

TEST_CASE("what was edited comes with what it said before, which is asked for once")
{
    MastodonBench bench;
    talk(bench);
    const ThreadRef thread = threadOf(uriOf(u"1"_s), {u"1"_s, u"2"_s, u"3"_s}, bench);
    const auto earlier = [&] {
        QStringList words;
        const Batch batch = valueOf(wait(bench.channel.context(thread)));
        for (const RemoteItem &item : batch.items) {
            for (const Wording &before : item.earlier)
                words.append(before.text);
        }
        return words;
    };
    const auto timesAsked = [&] {
        const std::vector<Received> all = bench.server.received();
        return std::count_if(all.begin(), all.end(),
                             [](const Received &request) { return request.path.endsWith("/history"); });
    };
    CHECK(earlier().isEmpty());
    CHECK(timesAsked() == 0);
    bench.edit(u"3"_s, u"<p>mine was warm</p>"_s, u"2026-11-22T09:00:00.000Z"_s);
    CHECK(earlier() == QStringList{u"@shop mine too"_s});
    CHECK(earlier() == QStringList{u"@shop mine too"_s});
    CHECK(timesAsked() == 1);
    bench.edit(u"3"_s, u"<p>mine was hot</p>"_s, u"2026-11-22T10:00:00.000Z"_s);
    CHECK(earlier() == QStringList{u"@shop mine too"_s, u"mine was warm"_s});
    CHECK(timesAsked() == 2);
}

TEST_CASE("an answer beside a status that never comes holds up the rest twice, not for ever")
{
    const auto [path, answer] = GENERATE(table<QByteArray, Answer>({
        {"/history", Answer::empty(500)},
        {"/history", Answer::html("<html>proxy</html>")},
        {"/context", Answer::json("{}")},
    }));
    MastodonBench bench;
    talk(bench);
    bench.edit(u"3"_s, u"<p>mine was warm</p>"_s, u"2026-11-22T09:00:00.000Z"_s);
    bench.notifications = {notification(u"9"_s, bench.statuses.value(u"3"_s))};
    bench.on("/api/v1/statuses/*", [&bench, path, answer](const Received &request) {
        return request.path.endsWith("/3" + path) ? answer : bench.statusFor(request.path);
    });
    for (int i = 0; i < 2; ++i)
        REQUIRE_FALSE(wait(bench.channel.fetch({})));
    const ExpectWarning said(u"a Mastodon status is read without"_s);
    const Result<Batch> third = wait(bench.channel.fetch({}));
    REQUIRE(third);
    CHECK(std::ranges::count(third->items, uriOf(u"3"_s), &RemoteItem::remoteId) == 1);
}

TEST_CASE("a server that tells of no versions is read all the same, and not asked again")
{
    MastodonBench bench;
    talk(bench);
    bench.tellsHistories = false;
    const ThreadRef thread = threadOf(uriOf(u"1"_s), {u"1"_s, u"2"_s, u"3"_s}, bench);
    bench.edit(u"3"_s, u"<p>mine was warm</p>"_s, u"2026-11-22T09:00:00.000Z"_s);
    CHECK(valueOf(wait(bench.channel.context(thread))).items.size() == 3);
    const auto asked = bench.server.received().size();
    CHECK(valueOf(wait(bench.channel.context(thread))).items.size() == 3);
    CHECK(bench.server.received().size() == 2 * asked - 1);
}

TEST_CASE("a thread keeps its name when it turns out to have begun earlier")
{
    MastodonBench bench;
    talk(bench);
    const ThreadRef thread = threadOf(uriOf(u"2"_s), {u"2"_s}, bench);
    const Result<Batch> batch = wait(bench.channel.context(thread));
    REQUIRE(batch);
    CHECK(batch->items.size() == 3);
    for (const RemoteItem &item : batch->items)
        CHECK(item.threadId == uriOf(u"2"_s));
}

TEST_CASE("what only fell out of the thread is still there")
{
    MastodonBench bench;
    talk(bench);
    const ThreadRef thread = threadOf(uriOf(u"1"_s), {u"1"_s, u"3"_s}, bench);
    bench.put(status(u"3"_s, u"ben"_s, u"mine too"_s)); // its parent was taken away
    const Result<Batch> batch = wait(bench.channel.context(thread));
    REQUIRE(batch);
    CHECK(batch->gone.empty());
    CHECK(batch->items.size() == 3);
    CHECK(batch->items.back().threadId == thread.threadId);
}

TEST_CASE("what the author's server does not have any more was deleted by its author")
{
    MastodonBench bench;
    talk(bench);
    ThreadRef thread = threadOf(uriOf(u"1"_s), {u"1"_s, u"3"_s}, bench);
    moveTo(bench, u"3"_s, thread);
    bench.statuses.remove(u"3"_s);
    bench.on("/author/3", Answer::json(QJsonObject{{u"error"_s, u"Gone"_s}}, GENERATE(404, 410)));
    const Result<Batch> batch = wait(bench.channel.context(thread));
    REQUIRE(batch);
    REQUIRE(batch->gone.size() == 1);
    CHECK(batch->gone.front().reason == RemoteGone::Reason::DeletedByAuthor);
    CHECK(bench.server.received("/author/3").at(0).header("authorization").isEmpty());
}

TEST_CASE("what the author's server still has, or does not say, is only not shown")
{
    MastodonBench bench;
    talk(bench);
    ThreadRef thread = threadOf(uriOf(u"1"_s), {u"1"_s, u"3"_s}, bench);
    moveTo(bench, u"3"_s, thread);
    bench.statuses.remove(u"3"_s);
    bench.on("/author/3",
             GENERATE(Answer::json(QJsonObject{{u"type"_s, u"Note"_s}}), Answer::empty(401), Answer::empty(502)));
    const Result<Batch> batch = wait(bench.channel.context(thread));
    REQUIRE(batch);
    REQUIRE(batch->gone.size() == 1);
    CHECK(batch->gone.front().reason == RemoteGone::Reason::HiddenByNetwork);
}

TEST_CASE("nobody is asked about what was said in private")
{
    MastodonBench bench;
    talk(bench);
    bench.put(with(status(u"3"_s, u"ben"_s, u"secret"_s), u"visibility"_s, u"direct"_s));
    ThreadRef thread = threadOf(uriOf(u"3"_s), {u"3"_s}, bench);
    moveTo(bench, u"3"_s, thread);
    bench.statuses.remove(u"3"_s);
    const Result<Batch> batch = wait(bench.channel.context(thread));
    REQUIRE(batch);
    REQUIRE(batch->gone.size() == 1);
    CHECK(batch->gone.front().reason == RemoteGone::Reason::HiddenByNetwork);
    CHECK(bench.server.received("/author/3").empty());
}

TEST_CASE("trouble of the server is no deletion")
{
    MastodonBench bench;
    talk(bench);
    const ThreadRef thread = threadOf(uriOf(u"1"_s), {u"1"_s, u"2"_s, u"3"_s}, bench);
    bench.on("/api/v1/statuses/3", Answer::empty(GENERATE(401, 403, 500, 503)));
    bench.statuses.remove(u"3"_s);
    CHECK_FALSE(wait(bench.channel.context(thread)));
}

TEST_CASE("a thread of which nothing can be asked is left as it is")
{
    MastodonBench bench;
    ThreadRef thread;
    thread.threadId = uriOf(u"1"_s);
    thread.knownItems = {uriOf(u"1"_s)};
    const Result<Batch> batch = wait(bench.channel.context(thread));
    REQUIRE(batch);
    CHECK(batch->items.empty());
    CHECK(batch->gone.empty());
    CHECK(bench.server.received().empty());
}
