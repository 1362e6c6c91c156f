// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_errors.h"
#include "app/channels/mastodon/mastodon_fetch.h"
#include "app/channels/mastodon/mastodon_post.h"
#include "app/channels/mastodon/mastodon_reading.h"
#include "app/channels/mastodon/mastodon_threads.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

/// Known items that the thread did not show, asked for one by one: so many at a time, the rest in the next round.
constexpr int kMostAsked = 20;

/// Why the own server does not show it any more. It may have been told to hide what is still there, so the author's
/// server is asked, without signing in; that knows nothing of what is not for everybody.
QCoro::Task<RemoteGone> fateOf(QPointer<MastodonClient> client, QString uri, QString visibility)
{
    const RemoteGone hidden{uri, RemoteGone::Reason::HiddenByNetwork};
    const QUrl address(uri, QUrl::StrictMode);
    if (!client || !isForEverybody(visibility) || !address.isValid())
        co_return hidden;
    auto answerTask = client->document(address);
    Result<QByteArray> answer = co_await answerTask;
    const bool deleted = !answer && answer.error().kind == ErrorKind::NotFound;
    co_return RemoteGone{uri, deleted ? RemoteGone::Reason::DeletedByAuthor : RemoteGone::Reason::HiddenByNetwork};
}

/// What is known and was not shown: still there somewhere else, or gone.
QCoro::Task<Result<Batch>> lookFor(QPointer<MastodonClient> client, Self self, ThreadRef thread, Batch batch)
{
    QSet<QString> shown;
    for (const RemoteItem &item : batch.items)
        shown.insert(item.remoteId);
    int asked = 0;
    for (const QString &uri : std::as_const(thread.knownItems)) {
        const ReplyTo known = replyFrom(thread.replies.value(uri));
        if (shown.contains(uri) || known.id.isEmpty() || asked == kMostAsked)
            continue;
        ++asked;
        if (!client)
            co_return cancelled();
        auto nowTask = statusNow(client, self, known.id);
        Result<std::optional<Status>> now = co_await nowTask;
        if (!now)
            co_return failure(now.error());
        if (now->has_value() && (*now)->item.remoteId == uri) {
            (*now)->item.threadId = thread.threadId;
            batch.items.push_back(std::move((*now)->item));
            continue;
        }
        auto fateTask = fateOf(client, uri, known.visibility);
        RemoteGone gone = co_await fateTask;
        batch.gone.push_back(std::move(gone));
    }
    co_return batch;
}

/// The id of something in the thread, the thread's first item before others.
QString anchorOf(const ThreadRef &thread)
{
    const QString root = replyFrom(thread.replies.value(thread.threadId)).id;
    if (!root.isEmpty())
        return root;
    for (const QString &uri : thread.knownItems) {
        const QString id = replyFrom(thread.replies.value(uri)).id;
        if (!id.isEmpty())
            return id;
    }
    return {};
}

} // namespace

QCoro::Task<Result<Batch>> contextOf(QPointer<MastodonClient> client, ThreadRef thread)
{
    const QString anchor = anchorOf(thread);
    if (anchor.isEmpty())
        co_return Batch();
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    const Self self = selfOf(*session);
    auto nowTask = statusNow(client, self, anchor);
    Result<std::optional<Status>> now = co_await nowTask;
    if (!now)
        co_return failure(now.error());
    if (!client)
        co_return cancelled();
    Batch batch;
    if (now->has_value()) {
        const QString anchorUri = (*now)->item.remoteId;
        auto statusesTask = threadAround(client, self, std::move(**now));
        Result<std::vector<Status>> statuses = co_await statusesTask;
        if (!statuses)
            co_return failure(statuses.error());
        nameThreads(*statuses, [](const QString &) { return false; });
        const auto found = std::find_if(statuses->begin(), statuses->end(),
                                        [&](const Status &status) { return status.item.remoteId == anchorUri; });
        // Whatever stands above it by now: the conversation keeps its name.
        const QString name = found->item.threadId;
        for (Status &status : *statuses) {
            if (status.item.threadId == name)
                status.item.threadId = thread.threadId;
            batch.items.push_back(std::move(status.item));
        }
    }
    auto lookTask = lookFor(client, self, std::move(thread), std::move(batch));
    co_return co_await lookTask;
}

} // namespace indelible::channels::mastodon
