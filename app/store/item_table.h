// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/item.h"
#include "app/store/connection.h"

#include <QByteArray>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace indelible::store {

// Items, their earlier versions and who wrote them. Texts are record bodies, given here as stored bytes.
// All functions belong inside a function given to Database.

/// The number of an identity on a network; made or brought up to date where it is new or changed.
[[nodiscard]] qint64 upsertHandle(Connection &connection, const QString &network, const Author &author);

/// What ingest needs to know of an item that may be there already.
struct KnownItem
{
    ItemId id;
    ConversationId conversation;
    QString version;
    qint64 entry = 0;
    bool gone = false;
    Direction direction = Direction::Incoming;
};
[[nodiscard]] std::optional<KnownItem> findItem(Connection &connection, AccountId account, const QString &remoteId);

/// The item whose newest text is in this entry.
[[nodiscard]] std::optional<ItemId> itemOfEntry(Connection &connection, qint64 entry);

struct NewItem
{
    AccountId account;
    QString remoteId;
    ConversationId conversation;
    qint64 handle = 0;
    Direction direction = Direction::Incoming;
    Instant orderedAt;
    Instant receivedAt;
    QString version;
    qint64 entry = 0;
    std::optional<quint32> member;
};
[[nodiscard]] ItemId insertItem(Connection &connection, const NewItem &item);

/// The item's text is now that of `entry`; the one before stays as a revision.
void reviseItem(Connection &connection, const KnownItem &item, const QString &version, qint64 entry, Instant now);
void updateItemVersion(Connection &connection, ItemId id, const QString &version);
void clearItemGone(Connection &connection, ItemId id);
void markItemGone(Connection &connection, ItemId id, RemoteGone::Reason reason, Instant at);

/// One stored version as bytes of the record.
struct StoredVersion
{
    qint64 entry = 0;
    Instant seenAt;
    QByteArray body;
};

struct StoredItem
{
    ItemId id;
    ConversationId conversation;
    Direction direction = Direction::Incoming;
    Instant receivedAt;
    std::optional<RemoteGone::Reason> gone;
    std::optional<Instant> goneAt;
    qint64 entry = 0;
    QByteArray body; ///< of the newest version
    QString remoteId;
    QString version;
    QString memberName;
    bool revised = false;
};

/// A window of a conversation's items, oldest first: the newest `limit`, or those before `before`.
[[nodiscard]] std::vector<StoredItem> readItems(Connection &connection, ConversationId conversation, int limit,
                                                std::optional<ItemId> before);
/// Throws NotFound.
[[nodiscard]] StoredItem readItem(Connection &connection, ItemId id);
[[nodiscard]] std::vector<StoredVersion> readRevisions(Connection &connection, ItemId id);
/// Where the item is that has this entry as one of its versions.
[[nodiscard]] std::optional<ConversationId> conversationOfEntry(Connection &connection, qint64 entry);
/// The entry of the version that this one took the place of.
[[nodiscard]] std::optional<qint64> versionBefore(Connection &connection, qint64 entry);

/// The newest item of theirs that is still there: what an answer answers.
[[nodiscard]] std::optional<StoredItem> newestIncoming(Connection &connection, ConversationId conversation);
/// An item that is not marked gone, and the body of its newest version.
struct ShownItem
{
    QString remoteId;
    QByteArray body;
};
[[nodiscard]] std::vector<ShownItem> shownItems(Connection &connection, ConversationId conversation);
/// What an item belongs to.
struct ItemPlace
{
    AccountId account;
    std::optional<CaseId> caseId;
};
/// All items in the order they were stored, for export.
void forEachItem(Connection &connection, const std::function<void(const StoredItem &, const ItemPlace &)> &visit);

} // namespace indelible::store
