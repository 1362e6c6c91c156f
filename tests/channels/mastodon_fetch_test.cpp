// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_cursor.h"
#include "tests/channels/mastodon_support.h"
#include "tests/support/catch.h"

#include <QSet>

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

/// A customer writes, and the shop is told.
void mention(MastodonBench &bench, int number, const QString &inReplyTo = {})
{
    const QString id = QString::number(1000 + number);
    const QJsonObject post = status(id, u"ana"_s, u"soup %1"_s.arg(number), inReplyTo);
    bench.put(post);
    bench.notifications.prepend(notification(QString::number(5000 + number), post));
}

QSet<QString> idsOf(const std::vector<RemoteItem> &items)
{
    QSet<QString> ids;
    for (const RemoteItem &item : items)
        ids.insert(item.remoteId);
    return ids;
}

RemoteItem itemWith(const std::vector<RemoteItem> &items, const QString &id)
{
    for (const RemoteItem &item : items) {
        if (item.remoteId == uriOf(id))
            return item;
    }
    return {};
}

} // namespace

TEST_CASE("the first round brings what is there, and the next only what is new")
{
    MastodonBench bench;
    bench.serve();
    for (int i = 0; i < 3; ++i)
        mention(bench, i);
    CHECK(idsOf(bench.fetchAll()).size() == 3);
    CHECK(bench.fetchAll().empty());
    mention(bench, 3);
    CHECK(idsOf(bench.fetchAll()) == QSet<QString>{uriOf(u"1003"_s)});
}

TEST_CASE("nothing is skipped when much has come, however a server understands min_id")
{
    const bool newestFirst = GENERATE(false, true);
    MastodonBench bench;
    bench.newestFirst = newestFirst;
    bench.serve();
    mention(bench, 0);
    REQUIRE(bench.fetchAll().size() == 1);
    const int many = 3 * mastodon::kNotificationsAtOnce + 7;
    for (int i = 1; i <= many; ++i)
        mention(bench, i);
    const std::vector<RemoteItem> items = bench.fetchAll();
    CHECK(items.size() == static_cast<size_t>(many));
    CHECK(idsOf(items).size() == many);
    CHECK(bench.fetchAll().empty());
}

TEST_CASE("what arrives while a round goes on is brought by the next one at the latest")
{
    MastodonBench bench;
    bench.newestFirst = true;
    bench.serve();
    mention(bench, 0);
    REQUIRE(bench.fetchAll().size() == 1);
    for (int i = 1; i <= 40; ++i)
        mention(bench, i);
    QSet<QString> ids;
    bool more = true;
    for (int next = 41; more; ++next) {
        const Result<Batch> batch = wait(bench.channel.fetch(bench.cursor));
        REQUIRE(batch);
        bench.cursor = batch->cursor;
        more = batch->more;
        ids += idsOf(batch->items);
        if (next <= 45)
            mention(bench, next);
    }
    ids += idsOf(bench.fetchAll());
    CHECK(ids.size() == 45);
}

TEST_CASE("whichever request of a round fails, nothing is lost")
{
    int requests = 1;
    for (int failing = -1; failing < requests; ++failing) {
        MastodonBench bench;
        bench.serve();
        mention(bench, 0);
        mention(bench, 1, u"1000"_s);
        mention(bench, 2);
        const QJsonObject answer = status(u"901"_s, u"shop"_s, u"sorry"_s, u"1000"_s);
        bench.put(answer);
        bench.own = {answer, status(u"900"_s, u"shop"_s, u"open today"_s)};
        bench.failing = failing;
        QSet<QString> ids;
        int failures = 0;
        for (bool more = true; more;) {
            const Result<Batch> batch = wait(bench.channel.fetch(bench.cursor));
            more = !batch || batch->more;
            failures += batch ? 0 : 1;
            if (!batch)
                continue;
            bench.cursor = batch->cursor;
            for (const RemoteItem &item : batch->items)
                CHECK((item.remoteId == uriOf(u"900"_s) || item.remoteId == uriOf(u"1002"_s) ||
                       item.threadId == uriOf(u"1000"_s)));
            ids += idsOf(batch->items);
        }
        requests = failing < 0 ? bench.asked : requests;
        CHECK(failures == (failing < 0 ? 0 : 1));
        CHECK(ids.size() == 5);
    }
    CHECK(requests > 6);
}

TEST_CASE("an answer deep in a talk brings the whole talk, with parents and one thread")
{
    MastodonBench bench;
    bench.serve();
    bench.put(status(u"1"_s, u"ben"_s, u"the soup was cold"_s));
    bench.put(status(u"2"_s, u"shop"_s, u"sorry"_s, u"1"_s));
    bench.put(status(u"4"_s, u"cleo"_s, u"mine too"_s, u"1"_s));
    const QJsonObject last = status(u"3"_s, u"ben"_s, u"thanks"_s, u"2"_s);
    bench.put(last);
    bench.notifications.append(notification(u"9"_s, last));
    const std::vector<RemoteItem> items = bench.fetchAll();
    CHECK(idsOf(items).size() == 4);
    for (const RemoteItem &item : items)
        CHECK(item.threadId == uriOf(u"1"_s));
    CHECK(itemWith(items, u"3"_s).parentId == uriOf(u"2"_s));
    CHECK(itemWith(items, u"4"_s).parentId == uriOf(u"1"_s));
    CHECK(itemWith(items, u"2"_s).direction == Direction::Outgoing);
}

TEST_CASE("a thread keeps its name over rounds when its beginning becomes known")
{
    MastodonBench bench;
    bench.serve();
    mention(bench, 1, u"unknown"_s);
    const QString name = itemWith(bench.fetchAll(), u"1001"_s).threadId;
    CHECK(name == uriOf(u"1001"_s));
    bench.put(status(u"unknown"_s, u"ben"_s, u"it began here"_s));
    mention(bench, 2, u"1001"_s);
    const std::vector<RemoteItem> items = bench.fetchAll();
    CHECK(itemWith(items, u"1002"_s).threadId == name);
    CHECK(itemWith(items, u"unknown"_s).threadId == name);
}

TEST_CASE("a status whose talk is not shown comes alone")
{
    MastodonBench bench;
    bench.serve();
    bench.notifications.append(notification(u"9"_s, status(u"1"_s, u"ana"_s, u"hello"_s, u"0"_s)));
    CHECK(bench.fetchAll().size() == 1);
}

TEST_CASE("what we wrote elsewhere is brought, once, also where the list ignores its bounds")
{
    MastodonBench bench;
    bench.ignoresBounds = GENERATE(false, true);
    bench.serve();
    bench.own.prepend(status(u"21"_s, u"shop"_s, u"open today"_s));
    bench.put(status(u"1"_s, u"ana"_s, u"cold"_s));
    const QJsonObject answer = status(u"22"_s, u"shop"_s, u"sorry"_s, u"1"_s);
    bench.put(answer);
    bench.own.prepend(answer);
    bench.own.prepend(with(status(u"23"_s, u"shop"_s, u"boost"_s), u"reblog"_s, status(u"8"_s, u"ben"_s, u"nice"_s)));
    const std::vector<RemoteItem> items = bench.fetchAll();
    CHECK(idsOf(items) == QSet<QString>{uriOf(u"21"_s), uriOf(u"22"_s), uriOf(u"1"_s)});
    CHECK(itemWith(items, u"22"_s).threadId == uriOf(u"1"_s));
    CHECK(bench.fetchAll().empty());
}

TEST_CASE("own statuses that cannot be read hold up nothing else")
{
    MastodonBench bench;
    bench.serve();
    mention(bench, 1);
    bench.on("/api/v1/accounts/id-shop/statuses",
             Answer::json(QJsonObject{{u"error"_s, u"This action is outside the authorized scopes"_s}}, 403));
    CHECK(bench.fetchAll().size() == 1);
    CHECK(bench.limited.contains("left out for now"_L1));
    bench.serve();
    CHECK(bench.fetchAll().empty());
    CHECK(bench.limited.isEmpty());
}

TEST_CASE("a private message whose notification was cleared elsewhere is found in its conversation, once")
{
    MastodonBench bench;
    bench.serve();
    const QJsonObject told = with(status(u"20"_s, u"ana"_s, u"cold soup"_s), u"visibility"_s, u"direct"_s);
    const QJsonObject cleared = with(status(u"31"_s, u"ben"_s, u"and mine"_s, u"30"_s), u"visibility"_s, u"direct"_s);
    bench.put(told);
    bench.put(with(status(u"30"_s, u"shop"_s, u"hello Ben"_s), u"visibility"_s, u"direct"_s));
    bench.put(cleared);
    bench.notifications = {notification(u"9"_s, told)};
    bench.conversations = {cleared, told, QJsonValue::Null};
    CHECK(idsOf(bench.fetchAll()) == QSet<QString>{uriOf(u"20"_s), uriOf(u"30"_s), uriOf(u"31"_s)});
    CHECK(bench.server.received("/api/v1/statuses/20/context").size() == 1);
    CHECK(bench.fetchAll().empty());
    CHECK(bench.limited.isEmpty());
}

TEST_CASE("private conversations that cannot be listed hold up nothing else, and a server without them is no trouble")
{
    const auto [status, isSaid] = GENERATE(table<int, bool>({{403, true}, {404, false}}));
    MastodonBench bench;
    bench.serve();
    mention(bench, 1);
    bench.on("/api/v1/conversations", Answer::json(QJsonObject{{u"error"_s, u"no"_s}}, status));
    CHECK(bench.fetchAll().size() == 1);
    CHECK(bench.limited.contains("left out for now"_L1) == isSaid);
    bench.serve();
    CHECK(bench.fetchAll().empty());
    CHECK(bench.limited.isEmpty());
}

TEST_CASE("where version 1 of the notifications is no more, version 2 brings the same")
{
    const int gone = GENERATE(404, 410);
    MastodonBench bench;
    bench.serve();
    bench.on("/api/v1/notifications", Answer::json(QJsonObject{{u"error"_s, u"gone"_s}}, gone));
    bench.on("/api/v2/notifications", [&bench](const Received &request) { return bench.groupedFor(request); });
    const int many = mastodon::kNotificationsAtOnce + 2;
    for (int i = 0; i < many; ++i)
        mention(bench, i);
    bench.notifications.prepend(notification(u"6000"_s, QJsonObject(), u"follow"_s));
    CHECK(idsOf(bench.fetchAll()).size() == many);
    CHECK(bench.fetchAll().empty());
    mention(bench, 1001);
    CHECK(idsOf(bench.fetchAll()) == QSet<QString>{uriOf(u"2001"_s)});
    bench.on("/api/v2/notifications", Answer::json(QJsonObject{{u"error"_s, u"gone"_s}}, gone));
    const Result<Batch> neither = wait(bench.channel.fetch(bench.cursor));
    REQUIRE_FALSE(neither);
    CHECK(neither.error().kind == ErrorKind::NotFound);
}

TEST_CASE("a page that cannot be read leaves the cursor where it was")
{
    MastodonBench bench;
    bench.serve();
    QJsonObject broken = status(u"1"_s, u"ana"_s, u"hello"_s);
    broken.remove(u"uri"_s);
    bench.on("/api/v1/notifications", listOf({notification(u"9"_s, broken)}));
    CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::InvalidReply);
    bench.serve();
    mention(bench, 1);
    CHECK(bench.fetchAll().size() == 1);
}

TEST_CASE("a sign-in that was revoked says so")
{
    MastodonBench bench;
    bench.on("/api/v1/notifications", Answer::html("<h1>401 Unauthorized</h1>", 401));
    CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::Unauthorised);
}

TEST_CASE("what we said elsewhere and edited comes with all its words")
{
    MastodonBench bench;
    bench.serve();
    bench.put(status(u"7"_s, u"shop"_s, u"open at 8"_s));
    bench.own.prepend(bench.statuses.value(u"7"_s));
    bench.edit(u"7"_s, u"<p>open at 9</p>"_s, u"2026-11-22T09:00:00.000Z"_s);
    const RemoteItem item = itemWith(bench.fetchAll(), u"7"_s);
    CHECK(item.text == u"open at 9"_s);
    REQUIRE(item.earlier.size() == 1);
    CHECK(item.earlier.front().text == u"open at 8"_s);
}
