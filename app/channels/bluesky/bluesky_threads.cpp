// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_threads.h"

#include "app/channels/bluesky/bluesky_errors.h"

#include <QHash>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

constexpr qsizetype kPostsPerCall = 25;

using Items = std::vector<RemoteItem>;

bool holds(const Items &items, const QString &uri)
{
    return std::any_of(items.begin(), items.end(), [&](const RemoteItem &item) { return item.remoteId == uri; });
}

void addMissing(Items &items, Items more)
{
    for (RemoteItem &item : more) {
        if (!holds(items, item.remoteId))
            items.push_back(std::move(item));
    }
}

/// True where asking for less, or not at all, is better than giving up the whole page.
bool isAboutThisThread(const Error &error)
{
    return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::InvalidReply ||
           error.kind == ErrorKind::ServerTrouble || error.kind == ErrorKind::Rejected;
}

/// The tree around a post; empty where the network does not show the post.
QCoro::Task<Result<Items>> tree(QPointer<BlueskyClient> client, QString uri, int depth, int parentHeight)
{
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    Call call{net::Method::Get, u"app.bsky.feed.getPostThread"_s};
    call.query.emplace_back(u"uri"_s, uri);
    call.query.emplace_back(u"depth"_s, QString::number(depth));
    call.query.emplace_back(u"parentHeight"_s, QString::number(parentHeight));
    auto answerTask = client->call(std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer && answer.error().code == "NotFound"_L1)
        co_return Items();
    if (!answer)
        co_return failure(answer.error());
    Result<ThreadPosts> thread = parseThread(*answer, session->did);
    if (!thread)
        co_return failure(thread.error());
    co_return std::move(thread->items);
}

QCoro::Task<Result<Items>> postsByUri(QPointer<BlueskyClient> client, QStringList uris)
{
    Items items;
    for (qsizetype i = 0; i < uris.size(); i += kPostsPerCall) {
        auto sessionTask = client->session();
        Result<Session> session = co_await sessionTask;
        if (!session)
            co_return failure(session.error());
        if (!client)
            co_return cancelled();
        Call call{net::Method::Get, u"app.bsky.feed.getPosts"_s};
        for (const QString &uri : uris.mid(i, kPostsPerCall))
            call.query.emplace_back(u"uris"_s, uri);
        auto answerTask = client->call(std::move(call));
        Result<QByteArray> answer = co_await answerTask;
        if (!answer)
            co_return failure(answer.error());
        if (!client)
            co_return cancelled();
        Result<Items> page = parsePosts(*answer, session->did);
        if (!page)
            co_return page;
        addMissing(items, std::move(*page));
    }
    co_return items;
}

QUrl didDocumentAddress(const QUrl &directory, const QString &did)
{
    if (did.startsWith("did:web:"_L1))
        return QUrl("https://"_L1 + did.mid(8) + "/.well-known/did.json"_L1, QUrl::StrictMode);
    QUrl address = directory;
    address.setPath(directory.path() + u'/' + did);
    return address;
}

/// The server that keeps an account's records; empty where it cannot be found now.
QCoro::Task<Result<QUrl>> serverOfAccount(QPointer<BlueskyClient> client, QString did)
{
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    // A network on this computer has its people on the one server and no public directory.
    const bool hasNoDirectory = isLoopback(session->server) && client->directory() == usualDirectory();
    if (did == session->did || hasNoDirectory)
        co_return session->server;
    const QUrl address = didDocumentAddress(client->directory(), did);
    auto documentTask = client->document(address);
    Result<QByteArray> document = co_await documentTask;
    if (!document)
        co_return failure(document.error());
    co_return serverOf(QJsonDocument::fromJson(*document).object());
}

/// Why a post is not shown; nothing where that cannot be told now.
QCoro::Task<std::optional<RemoteGone>> fateOf(QPointer<BlueskyClient> client, QString uri)
{
    const std::optional<RecordAddress> address = recordAddress(uri);
    if (!address)
        co_return std::nullopt;
    auto serverTask = serverOfAccount(client, address->repo);
    Result<QUrl> server = co_await serverTask;
    if (!client || !server || server->isEmpty())
        co_return std::nullopt;
    Call call{net::Method::Get, u"com.atproto.repo.getRecord"_s};
    call.query = {{u"repo"_s, address->repo}, {u"collection"_s, address->collection}, {u"rkey"_s, address->key}};
    auto recordTask = client->callOpen(*server, std::move(call));
    Result<QByteArray> record = co_await recordTask;
    const RemoteGone deleted{uri, RemoteGone::Reason::DeletedByAuthor};
    const RemoteGone hidden{uri, RemoteGone::Reason::HiddenByNetwork};
    if (record)
        co_return hidden;
    if (record.error().code == "RecordNotFound"_L1)
        co_return deleted;
    // The server answered for good, yet not that the author took the post away: the account is gone, locked or moved.
    const ErrorKind kind = record.error().kind;
    if (kind == ErrorKind::NotFound || kind == ErrorKind::Rejected || kind == ErrorKind::Forbidden)
        co_return hidden;
    co_return std::nullopt;
}

QStringList without(const QStringList &uris, const Items &items)
{
    QSet<QString> present;
    for (const RemoteItem &item : items)
        present.insert(item.remoteId);
    QStringList missing;
    std::copy_if(uris.begin(), uris.end(), std::back_inserter(missing),
                 [&](const QString &uri) { return !present.contains(uri); });
    return missing;
}

} // namespace

QCoro::Task<Result<std::vector<RemoteItem>>> threadAround(QPointer<BlueskyClient> client, RemoteItem post)
{
    auto wholeTask = tree(client, post.threadId, kThreadDepth, 0);
    Result<Items> whole = co_await wholeTask;
    if (!client)
        co_return cancelled();
    if (!whole && !isAboutThisThread(whole.error()))
        co_return whole;
    Items items = whole ? std::move(*whole) : Items();
    if (holds(items, post.remoteId))
        co_return items;
    auto wayTask = tree(client, post.remoteId, 0, kThreadDepth);
    Result<Items> way = co_await wayTask;
    if (!way)
        co_return way;
    addMissing(items, std::move(*way));
    Items itself{std::move(post)};
    addMissing(items, std::move(itself));
    co_return items;
}

QCoro::Task<Result<Batch>> publicContext(QPointer<BlueskyClient> client, ThreadRef thread)
{
    auto wholeTask = tree(client, thread.threadId, kThreadDepth, 0);
    Result<Items> whole = co_await wholeTask;
    if (!whole)
        co_return failure(whole.error());
    if (!client)
        co_return cancelled();
    Batch batch;
    batch.items = std::move(*whole);
    const QStringList notInTree = without(thread.knownItems, batch.items);
    auto shownTask = postsByUri(client, notInTree);
    Result<Items> shown = co_await shownTask;
    if (!shown)
        co_return failure(shown.error());
    addMissing(batch.items, std::move(*shown));
    for (const QString &uri : without(notInTree, batch.items)) {
        if (!client)
            co_return cancelled();
        auto goneTask = fateOf(client, uri);
        std::optional<RemoteGone> gone = co_await goneTask;
        if (gone)
            batch.gone.push_back(*gone);
    }
    co_return batch;
}

} // namespace indelible::channels::bluesky
