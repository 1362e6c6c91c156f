// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_fetch.h"

#include "app/channels/mastodon/mastodon_cursor.h"
#include "app/channels/mastodon/mastodon_errors.h"
#include "app/channels/mastodon/mastodon_reading.h"
#include "app/channels/mastodon/mastodon_threads.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

constexpr int kConversationsAtOnce = 40; ///< the most that Mastodon gives

Call notificationsCall(const QString &path, const NotificationWalk &walk)
{
    // Kinds are sorted out here: servers differ in which they know, and some ignore the filter.
    Call call{net::Method::Get, path};
    call.query = {{u"limit"_s, QString::number(kNotificationsAtOnce)}, {u"include_filtered"_s, u"true"_s}};
    if (!walk.last.isEmpty())
        call.query.emplace_back(u"min_id"_s, walk.last);
    if (!walk.floor.isEmpty())
        call.query.emplace_back(u"max_id"_s, walk.floor);
    return call;
}

void add(std::vector<RemoteItem> &items, std::vector<Status> &&statuses, Position &position)
{
    for (Status &status : statuses) {
        rememberThread(position, status.item.threadId);
        items.push_back(std::move(status.item));
    }
}

/// The threads of several statuses, each once.
QCoro::Task<Result<std::vector<RemoteItem>>> threadsAround(QPointer<MastodonClient> client, Self self,
                                                           std::vector<Status> statuses, Position *position)
{
    std::vector<RemoteItem> items;
    QSet<QString> have;
    for (Status &status : statuses) {
        if (have.contains(status.id))
            continue;
        if (!client)
            co_return cancelled();
        auto threadTask = threadAround(client, self, std::move(status));
        Result<std::vector<Status>> thread = co_await threadTask;
        if (!thread)
            co_return failure(thread.error());
        std::erase_if(*thread, [&](const Status &known) { return have.contains(known.id); });
        for (const Status &known : *thread)
            have.insert(known.id);
        nameThreads(*thread, [position](const QString &uri) { return isKnownThread(*position, uri); });
        add(items, std::move(*thread), *position);
    }
    co_return items;
}

/// Version 1 lists each for itself, which is what an inbox needs, and every server has it; version 2 groups favourites
/// and the like, and is asked where version 1 is no more.
QCoro::Task<Result<std::vector<Notification>>> notificationsPage(QPointer<MastodonClient> client, NotificationWalk walk,
                                                                 Self self)
{
    Call call = notificationsCall(u"/api/v1/notifications"_s, walk);
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (answer)
        co_return parseNotifications(*answer, self);
    if (answer.error().kind != ErrorKind::NotFound)
        co_return failure(answer.error());
    if (!client)
        co_return cancelled();
    const Error first = answer.error();
    Call grouped = notificationsCall(u"/api/v2/notifications"_s, walk);
    auto groupedTask = client->call(std::move(grouped));
    answer = co_await groupedTask;
    if (answer)
        co_return parseGroupedNotifications(*answer, self);
    co_return failure(answer.error().kind == ErrorKind::NotFound ? first : answer.error());
}

/// The whole threads of what is new, as a page of the round.
QCoro::Task<Result<Batch>> batchOf(QPointer<MastodonClient> client, Self self, std::vector<Status> fresh,
                                   Position position)
{
    auto itemsTask = threadsAround(client, self, std::move(fresh), &position);
    Result<std::vector<RemoteItem>> items = co_await itemsTask;
    if (!items)
        co_return failure(items.error());
    Batch batch;
    batch.items = std::move(*items);
    batch.more = position.part != Position::Part::Notifications;
    batch.cursor = writePosition(position);
    co_return batch;
}

QCoro::Task<Result<Batch>> fetchNotifications(QPointer<MastodonClient> client, Position position, Self self)
{
    auto pageTask = notificationsPage(client, position.notifications, self);
    Result<std::vector<Notification>> page = co_await pageTask;
    if (!page)
        co_return failure(page.error());
    std::vector<Status> fresh = takeNew(position, std::move(*page));
    auto batchTask = batchOf(client, self, std::move(fresh), std::move(position));
    Result<Batch> batch = co_await batchTask;
    if (batch)
        batch->more = true; // our own statuses follow at least
    co_return batch;
}

QCoro::Task<Result<Batch>> readOwn(QPointer<MastodonClient> client, Position position, Self self)
{
    Call call = ownStatusesCall(self, position.ownPage);
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    Result<std::vector<Status>> page = parseStatuses(*answer, self);
    if (!page)
        co_return failure(page.error());
    std::vector<Status> fresh = takeOwn(position, std::move(*page));
    Batch batch;
    // What answers nothing is its own thread, and who answers it will be heard of.
    const auto answers = std::stable_partition(fresh.begin(), fresh.end(),
                                               [](const Status &status) { return status.inReplyToId.isEmpty(); });
    std::vector<Status> inThreads(std::make_move_iterator(answers), std::make_move_iterator(fresh.end()));
    fresh.erase(answers, fresh.end());
    auto aloneTask = withEarlierWords(client, std::move(fresh));
    Result<std::vector<Status>> alone = co_await aloneTask;
    if (!alone)
        co_return failure(alone.error());
    add(batch.items, std::move(*alone), position);
    auto itemsTask = threadsAround(client, self, std::move(inThreads), &position);
    Result<std::vector<RemoteItem>> items = co_await itemsTask;
    if (!items)
        co_return failure(items.error());
    batch.items.insert(batch.items.end(), std::make_move_iterator(items->begin()),
                       std::make_move_iterator(items->end()));
    batch.more = true; // conversations follow at least
    batch.cursor = writePosition(position);
    co_return batch;
}

/// Our own statuses only add what was written elsewhere: where they cannot be read, mentions must not wait for them.
QCoro::Task<Result<Batch>> fetchOwn(QPointer<MastodonClient> client, Position position, Self self)
{
    auto readTask = readOwn(client, position, self);
    Result<Batch> read = co_await readTask;
    if (read || !concernsPartOnly(read.error()))
        co_return read;
    position.part = Position::Part::Conversations;
    position.ownPage.clear();
    position.ownPages = 0;
    Batch batch;
    batch.limited =
        u"Posts of this account that were written elsewhere are left out for now. %1"_s.arg(read.error().detail);
    batch.more = true;
    batch.cursor = writePosition(position);
    co_return batch;
}

QCoro::Task<Result<std::vector<Status>>> conversations(QPointer<MastodonClient> client, Self self)
{
    Call call{net::Method::Get, u"/api/v1/conversations"_s};
    call.query = {{u"limit"_s, QString::number(kConversationsAtOnce)}};
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    co_return parseConversations(*answer, self);
}

/// A private message whose notification was cleared elsewhere is still the newest of its conversation. Notifications
/// bring the others: where this list cannot be read, nothing waits for it, and not every server has one.
QCoro::Task<Result<Batch>> fetchConversations(QPointer<MastodonClient> client, Position position, Self self)
{
    auto newestTask = conversations(client, self);
    Result<std::vector<Status>> newest = co_await newestTask;
    if (!newest && !concernsPartOnly(newest.error()))
        co_return failure(newest.error());
    std::vector<Status> fresh = takeConversations(position, newest ? std::move(*newest) : std::vector<Status>());
    auto batchTask = batchOf(client, self, std::move(fresh), std::move(position));
    Result<Batch> batch = co_await batchTask;
    if (batch && !newest && newest.error().kind != ErrorKind::NotFound)
        batch->limited = u"Private messages whose notifications were cleared elsewhere are left out for now. %1"_s.arg(
            newest.error().detail);
    co_return batch;
}

} // namespace

QCoro::Task<Result<Batch>> fetchNext(QPointer<MastodonClient> client, Cursor cursor)
{
    Position position = readPosition(cursor);
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    const Self self = selfOf(*session);
    switch (position.part) {
    case Position::Part::Own: {
        auto last = fetchOwn(client, std::move(position), self);
        co_return co_await last;
    }
    case Position::Part::Conversations: {
        auto last = fetchConversations(client, std::move(position), self);
        co_return co_await last;
    }
    case Position::Part::Notifications:
        break;
    }
    auto last = fetchNotifications(client, std::move(position), self);
    co_return co_await last;
}

} // namespace indelible::channels::mastodon
