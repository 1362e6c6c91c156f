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

Call notificationsCall(const NotificationWalk &walk)
{
    // Kinds are sorted out here: servers differ in which they know, and some ignore the filter.
    Call call{net::Method::Get, u"/api/v1/notifications"_s};
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

QCoro::Task<Result<Batch>> fetchNotifications(QPointer<MastodonClient> client, Position position, Self self)
{
    Call call = notificationsCall(position.notifications);
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer)
        co_return failure(answer.error());
    Result<std::vector<Notification>> page = parseNotifications(*answer, self);
    if (!page)
        co_return failure(page.error());
    std::vector<Status> fresh = takeNew(position, std::move(*page));
    auto itemsTask = threadsAround(client, self, std::move(fresh), &position);
    Result<std::vector<RemoteItem>> items = co_await itemsTask;
    if (!items)
        co_return failure(items.error());
    Batch batch;
    batch.items = std::move(*items);
    batch.more = true; // our own statuses follow at least
    batch.cursor = writePosition(position);
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
    batch.more = position.part == Position::Part::Own;
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
    position.part = Position::Part::Notifications;
    position.ownPage.clear();
    position.ownPages = 0;
    Batch batch;
    batch.limited =
        u"Posts of this account that were written elsewhere are left out for now. %1"_s.arg(read.error().detail);
    batch.cursor = writePosition(position);
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
    if (position.part == Position::Part::Notifications) {
        auto last = fetchNotifications(client, std::move(position), self);
        co_return co_await last;
    }
    auto last = fetchOwn(client, std::move(position), self);
    co_return co_await last;
}

} // namespace indelible::channels::mastodon
