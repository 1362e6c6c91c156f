// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_fetch.h"

#include "app/channels/bluesky/bluesky_chat.h"
#include "app/channels/bluesky/bluesky_cursor.h"
#include "app/channels/bluesky/bluesky_errors.h"
#include "app/channels/bluesky/bluesky_threads.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

Call notificationsCall(const QString &page)
{
    // The filter saves pages; servers that do not know it answer with everything, which is skipped later.
    Call call{net::Method::Get, u"app.bsky.notification.listNotifications"_s};
    call.query = {
        {u"reasons"_s, u"mention"_s}, {u"reasons"_s, u"reply"_s}, {u"reasons"_s, u"quote"_s}, {u"limit"_s, u"100"_s}};
    if (!page.isEmpty())
        call.query.emplace_back(u"cursor"_s, page);
    return call;
}

Call feedCall(const QString &did, const QString &page)
{
    Call call{net::Method::Get, u"app.bsky.feed.getAuthorFeed"_s};
    call.query = {{u"actor"_s, did}, {u"filter"_s, u"posts_with_replies"_s}, {u"limit"_s, u"100"_s}};
    if (!page.isEmpty())
        call.query.emplace_back(u"cursor"_s, page);
    return call;
}

/// The threads of several posts, each post once.
QCoro::Task<Result<std::vector<RemoteItem>>> threadsAround(QPointer<BlueskyClient> client,
                                                           std::vector<RemoteItem> posts)
{
    std::vector<RemoteItem> items;
    QSet<QString> have;
    for (RemoteItem &post : posts) {
        if (have.contains(post.remoteId))
            continue;
        if (!client)
            co_return cancelled();
        auto threadTask = threadAround(client, std::move(post));
        Result<std::vector<RemoteItem>> thread = co_await threadTask;
        if (!thread)
            co_return thread;
        for (RemoteItem &item : *thread) {
            if (have.contains(item.remoteId))
                continue;
            have.insert(item.remoteId);
            items.push_back(std::move(item));
        }
    }
    co_return items;
}

QCoro::Task<Result<Batch>> fetchNotifications(QPointer<BlueskyClient> client, Position position, QString did)
{
    Call call = notificationsCall(position.notificationsWalk.page);
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    if (!client)
        co_return cancelled();
    Result<NotificationPage> page = parseNotifications(*answer, did);
    if (!page)
        co_return failure(page.error());
    const Instant now = client->clock().now();
    std::vector<RemoteItem> fresh = takeNew(position, *page, now);
    std::vector<Instant> times;
    for (const Notification &notification : page->notifications)
        times.push_back(notification.indexedAt);
    const Result<void> finished = finishPage(position, times, page->next, now);
    if (!finished)
        co_return failure(finished.error());
    auto itemsTask = threadsAround(client, std::move(fresh));
    Result<std::vector<RemoteItem>> items = co_await itemsTask;
    if (!items)
        co_return failure(items.error());
    Batch batch;
    batch.items = std::move(*items);
    batch.more = true; // the feed follows at least
    batch.cursor = writePosition(position);
    co_return batch;
}

QCoro::Task<Result<Batch>> readFeed(QPointer<BlueskyClient> client, Position position, QString did)
{
    Call call = feedCall(did, position.feedWalk.page);
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    if (!client)
        co_return cancelled();
    Result<FeedPage> page = parseFeed(*answer, did);
    if (!page)
        co_return failure(page.error());
    const Result<void> finished = finishPage(position, page->times, page->next, client->clock().now());
    if (!finished)
        co_return failure(finished.error());
    Batch batch;
    batch.items = std::move(page->items);
    batch.more = true; // the messages follow at least
    batch.cursor = writePosition(position);
    co_return batch;
}

/// The feed only adds what was written elsewhere: where it cannot be read, mentions and messages must not wait for it.
QCoro::Task<Result<Batch>> fetchFeed(QPointer<BlueskyClient> client, Position position, QString did)
{
    auto readTask = readFeed(client, position, did);
    Result<Batch> read = co_await readTask;
    if (read || !concernsPartOnly(read.error()))
        co_return read;
    position.part = Position::Part::Messages;
    position.feedProblem =
        u"Posts of this account that were written elsewhere are left out for now. %1"_s.arg(read.error().detail);
    Batch batch;
    batch.more = true; // the messages follow at least
    batch.limited = position.feedProblem;
    batch.cursor = writePosition(position);
    co_return batch;
}

} // namespace

QCoro::Task<Result<Batch>> fetchNext(QPointer<BlueskyClient> client, Cursor cursor)
{
    Position position = readPosition(cursor);
    if (position.part == Position::Part::Messages) {
        auto last = fetchMessages(client, std::move(position));
        co_return co_await last;
    }
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    if (position.part == Position::Part::Notifications) {
        auto last = fetchNotifications(client, std::move(position), session->did);
        co_return co_await last;
    }
    auto last = fetchFeed(client, std::move(position), session->did);
    co_return co_await last;
}

} // namespace indelible::channels::bluesky
