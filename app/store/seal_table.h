// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/ids.h"
#include "app/domain/item.h"
#include "app/store/connection.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>
#include <vector>

namespace indelible::store {

// What was sealed (destroyed because the law wants it), what is on hold, and what is kept out. What a seal means is the
// business of app/seal. All functions belong inside a function given to Database and throw StoreException.

/// What stands in place of a remote id that was sealed, with the number of the entry that brought it.
[[nodiscard]] QString sealedId(qint64 entry);
/// No network's own ids begin like that; one that does is kept out.
[[nodiscard]] bool isSealedId(const QString &remoteId);

/// The ERASE entry that says so, and the words are gone. A SealPermit is needed.
void eraseBody(Connection &connection, qint64 idx, qint64 by);
/// Says so only: where the words are not there in the first place (tables made anew).
void insertErase(Connection &connection, qint64 idx, qint64 by);
/// The ERASE entry that destroyed the words of `idx`. Nothing in a file of schema 1 and 2.
[[nodiscard]] std::optional<qint64> erasedBy(Connection &connection, qint64 idx);
/// All of them: entry -> ERASE entry.
[[nodiscard]] QHash<qint64, qint64> allErased(Connection &connection);

struct HoldRow
{
    qint64 entry = 0;
    QByteArray subject;
    QString reason;
    QString review; ///< a date, "2027-11-22"
    bool released = false;
};
void insertHold(Connection &connection, const HoldRow &hold);
void insertRelease(Connection &connection, qint64 entry, qint64 hold);
/// All holds, oldest first.
[[nodiscard]] std::vector<HoldRow> readHolds(Connection &connection);

/// Not fetched again from now on, on any account of this network.
void keepOut(Connection &connection, const QByteArray &mark);
[[nodiscard]] QList<QByteArray> keptOut(Connection &connection);
/// HMAC-SHA256 over network and remote id, under a key of this workspace's own (made when it is first needed).
[[nodiscard]] QByteArray keepOutMark(Connection &connection, const QString &network, const QString &remoteId);
[[nodiscard]] bool isKeptOut(Connection &connection, const QString &network, const QString &remoteId);
[[nodiscard]] QByteArray keepOutKey(Connection &connection);
void setKeepOutKey(Connection &connection, const QByteArray &key);

/// An item as the tables hold it, beside its words.
struct ItemRow
{
    ItemId id;
    AccountId account;
    ConversationId conversation;
    qint64 handle = 0;
    QString network;
    QString remoteId;
    Direction direction = Direction::Incoming;
    Instant orderedAt;
    Instant receivedAt;
    qint64 entry = 0;      ///< of the newest version
    qint64 firstEntry = 0; ///< of the oldest
    std::optional<int> gone;
    std::optional<Instant> goneAt;
};
/// Throws NotFound.
[[nodiscard]] ItemRow requireItem(Connection &connection, ItemId id);
/// The item that has this entry as one of its versions.
[[nodiscard]] std::optional<ItemRow> itemOfVersion(Connection &connection, qint64 entry);
[[nodiscard]] std::vector<ItemRow> itemsOfHandle(Connection &connection, qint64 handle);
[[nodiscard]] std::vector<ItemRow> itemsOfConversation(Connection &connection, ConversationId id);
/// What others said and this account received, oldest first. Throws NotFound (no such account).
[[nodiscard]] std::vector<ItemRow> receivedItems(Connection &connection, AccountId account);
/// On every account of the network.
[[nodiscard]] std::vector<ItemRow> itemsNamed(Connection &connection, const QString &network, const QString &remoteId);
/// Every version's entry, oldest first.
[[nodiscard]] QList<qint64> versionsOf(Connection &connection, ItemId id);

/// The intent of the answer of ours that the network knows by this id.
[[nodiscard]] std::optional<qint64> intentOfRemoteId(Connection &connection, AccountId account,
                                                     const QString &remoteId);

/// Takes away what says which item it was. Its rows in the outbox follow.
void forgetItem(Connection &connection, const ItemRow &item);
void forgetThread(Connection &connection, ConversationId id, qint64 firstEntry);
void forgetIntent(Connection &connection, qint64 intent);
/// Under which id the network knows the answer of this intent; empty = it does not.
[[nodiscard]] QString remoteIdOfIntent(Connection &connection, qint64 intent);
/// For tables made anew: which sealed items are gone, what kind of conversation they began, what is said of sealed
/// answers, and titles of cases that were sealed.
void copySealedFacts(Connection &from, Connection &to);

struct HandleRow
{
    qint64 id = 0;
    QString network;
    QString remoteId;
    QString handle;
    QString name;
};
/// Whoever has this lasting id, or is called so, now.
[[nodiscard]] std::vector<HandleRow> findHandles(Connection &connection, const QString &network, const QString &who);
[[nodiscard]] HandleRow requireHandle(Connection &connection, qint64 id);
/// Everybody, on every network.
[[nodiscard]] std::vector<HandleRow> allHandles(Connection &connection);
void writeHandle(Connection &connection, const HandleRow &handle);
/// The number of this row here; made where there is none, left as it is where there is one.
[[nodiscard]] qint64 adoptHandle(Connection &connection, const HandleRow &handle);

/// Conversations in which somebody with this handle has spoken.
[[nodiscard]] QList<ConversationId> conversationsOfHandle(Connection &connection, qint64 handle);

} // namespace indelible::store
