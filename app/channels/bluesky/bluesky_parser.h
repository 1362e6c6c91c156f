// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/json_reader.h"
#include "app/domain/item.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace indelible::channels::bluesky {

// Posts, from the bytes of an answer to values. Every function here is pure. A missing required field fails the whole
// answer with InvalidReply and the field's path, so that nothing is dropped unseen: the caller keeps its cursor.
// Field names: official lexicons app.bsky.feed.*, app.bsky.notification.* (npm @atproto/api 0.19.19).

/// A notification that asks for an answer. Other reasons (likes, follows, whatever comes) only count for the walk.
struct Notification
{
    Instant indexedAt;
    std::optional<RemoteItem> item; ///< mention, reply or quote
};

struct NotificationPage
{
    std::vector<Notification> notifications; ///< newest first, as they came
    QString next;                            ///< cursor to older ones; empty = this was the last page
};

struct FeedPage
{
    std::vector<Instant> times;    ///< of every entry, reposts included
    std::vector<RemoteItem> items; ///< own posts and, before each, what it answers
    QString next;
};

/// A tree of posts, flattened, parents before their answers.
struct ThreadPosts
{
    std::vector<RemoteItem> items;
    bool rootMissing = false; ///< deleted, hidden or blocked: the tree is empty
};

/// A record as its author's server keeps it.
struct StoredRecord
{
    QString uri;
    QString cid; ///< may be empty: the lexicon of com.atproto.repo.getRecord does not require it
    QJsonObject value;
};

/// `did` is our own: it decides direction and kind.
[[nodiscard]] Result<NotificationPage> parseNotifications(const QByteArray &bytes, const QString &did);
[[nodiscard]] Result<FeedPage> parseFeed(const QByteArray &bytes, const QString &did);
[[nodiscard]] Result<ThreadPosts> parseThread(const QByteArray &bytes, const QString &did);
[[nodiscard]] Result<std::vector<RemoteItem>> parsePosts(const QByteArray &bytes, const QString &did);
[[nodiscard]] Result<StoredRecord> parseRecord(const QByteArray &bytes);
/// The "did" of an answer (resolveHandle).
[[nodiscard]] Result<QString> parseDid(const QByteArray &bytes);
/// The display name of a profile; may be empty.
[[nodiscard]] Result<QString> parseDisplayName(const QByteArray &bytes);

[[nodiscard]] Author readAuthor(const JsonReader &profile);

/// The parts of "at://did/collection/key"; nothing where the text is no such address.
struct RecordAddress
{
    QString repo;
    QString collection;
    QString key;
};
[[nodiscard]] std::optional<RecordAddress> recordAddress(const QString &uri);

/// Where a person sees a post: by handle, or by id where the handle is not valid. Empty for what is no post.
[[nodiscard]] QString webAddress(const QString &uri, const Author &author);

/// RemoteItem::reply of a post: what an answer must point at, and whom a private one goes to.
[[nodiscard]] QJsonObject postReply(const QString &uri, const QString &cid, const QString &rootUri,
                                    const QString &rootCid, const QString &authorDid);

} // namespace indelible::channels::bluesky
