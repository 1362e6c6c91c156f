// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/item_table.h"

#include "app/store/look_table.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

StoredItem storedItemOf(const Statement &row)
{
    StoredItem item;
    item.id = row.id<ItemId>(0);
    item.conversation = row.id<ConversationId>(1);
    item.direction = static_cast<Direction>(row.integer(2));
    item.receivedAt = row.instant(3);
    if (!row.isNull(4))
        item.gone = static_cast<RemoteGone::Reason>(row.integer(4));
    item.goneAt = row.optionalInstant(5);
    item.entry = row.integer(6);
    item.body = row.blob(7);
    item.remoteId = row.text(8);
    item.version = row.text(9);
    item.memberName = row.text(10);
    item.revised = row.integer(11) != 0;
    return item;
}

} // namespace

qint64 upsertHandle(Connection &connection, const QString &network, const Author &author)
{
    {
        Statement known =
            connection.statement("SELECT id, handle, name FROM handle WHERE network = ? AND remote_id = ?");
        known.bind(network, author.remoteId);
        if (known.step()) {
            const qint64 id = known.integer(0);
            const bool isCalledAnew = known.text(1) != author.handle;
            if (isCalledAnew || known.text(2) != author.name)
                connection.statement("UPDATE handle SET handle = ?, name = ? WHERE id = ?")
                    .bind(author.handle, author.name, id)
                    .run();
            if (isCalledAnew)
                noteLook(connection, id, author.handle);
            return id;
        }
    }
    Statement made = connection.statement("INSERT INTO handle (network, remote_id, handle, name) VALUES (?, ?, ?, ?)");
    made.bind(network, author.remoteId, author.handle, author.name).run();
    const qint64 id = made.insertedId();
    noteLook(connection, id, author.handle);
    return id;
}

std::optional<KnownItem> findItem(Connection &connection, AccountId account, const QString &remoteId)
{
    Statement statement = connection.statement(
        "SELECT id, conversation_id, version, entry, gone, direction FROM item WHERE account_id = ? AND remote_id = ?");
    statement.bind(account, remoteId);
    if (!statement.step())
        return std::nullopt;
    return KnownItem{statement.id<ItemId>(0), statement.id<ConversationId>(1),
                     statement.text(2),       statement.integer(3),
                     !statement.isNull(4),    static_cast<Direction>(statement.integer(5))};
}

std::optional<ItemId> itemOfEntry(Connection &connection, qint64 entry)
{
    Statement statement = connection.statement("SELECT id FROM item WHERE entry = ?");
    statement.bind(entry);
    return statement.step() ? std::optional(statement.id<ItemId>(0)) : std::nullopt;
}

ItemId insertItem(Connection &connection, const NewItem &item)
{
    Statement statement = connection.statement("INSERT INTO item (account_id, remote_id, conversation_id, handle_id, "
                                               "direction, ordered_at_ms, received_at_ms, version, entry, member_id) "
                                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement
        .bind(item.account, item.remoteId, item.conversation, item.handle, item.direction, item.orderedAt,
              item.receivedAt, item.version, item.entry, item.member)
        .run();
    return ItemId(statement.insertedId());
}

void reviseItem(Connection &connection, const KnownItem &item, const QString &version, qint64 entry, Instant now)
{
    connection.statement("INSERT INTO revision (item_id, entry, seen_at_ms) VALUES (?, ?, ?)")
        .bind(item.id, item.entry, now)
        .run();
    connection.statement("UPDATE item SET version = ?, entry = ? WHERE id = ?").bind(version, entry, item.id).run();
}

void updateItemVersion(Connection &connection, ItemId id, const QString &version)
{
    connection.statement("UPDATE item SET version = ? WHERE id = ?").bind(version, id).run();
}

void clearItemGone(Connection &connection, ItemId id)
{
    connection.statement("UPDATE item SET gone = NULL, gone_at_ms = NULL WHERE id = ?").bind(id).run();
}

void markItemGone(Connection &connection, ItemId id, RemoteGone::Reason reason, Instant at)
{
    connection.statement("UPDATE item SET gone = ?, gone_at_ms = ? WHERE id = ?").bind(reason, at, id).run();
}

std::vector<StoredItem> readItems(Connection &connection, ConversationId conversation, int limit,
                                  std::optional<ItemId> before)
{
    Statement statement = connection.statement(
        "SELECT i.id, i.conversation_id, i.direction, i.received_at_ms, i.gone, i.gone_at_ms, i.entry, b.body, "
        "i.remote_id, i.version, coalesce(m.name, ''), "
        "EXISTS (SELECT 1 FROM revision r WHERE r.item_id = i.id) "
        "FROM item i LEFT JOIN record_body b ON b.idx = i.entry LEFT JOIN member m ON m.id = i.member_id "
        "WHERE i.conversation_id = ? AND (? IS NULL OR (i.ordered_at_ms, i.id) < (SELECT p.ordered_at_ms, p.id FROM "
        "item p WHERE p.id = ?)) "
        "ORDER BY i.ordered_at_ms DESC, i.id DESC LIMIT ?");
    statement.bind(conversation, before, before, limit);
    std::vector<StoredItem> items;
    while (statement.step())
        items.push_back(storedItemOf(statement));
    std::reverse(items.begin(), items.end());
    return items;
}

StoredItem readItem(Connection &connection, ItemId id)
{
    Statement statement = connection.statement(
        "SELECT i.id, i.conversation_id, i.direction, i.received_at_ms, i.gone, i.gone_at_ms, i.entry, b.body, "
        "i.remote_id, i.version, '', 0 FROM item i LEFT JOIN record_body b ON b.idx = i.entry WHERE i.id = ?");
    statement.bind(id);
    if (!statement.step())
        throw StoreException(
            ErrorKind::NotFound,
            u"There is no item %1. Nothing was changed; 'indelible show' shows them."_s.arg(id.toString()));
    return storedItemOf(statement);
}

std::vector<StoredVersion> readRevisions(Connection &connection, ItemId id)
{
    Statement statement = connection.statement("SELECT r.entry, r.seen_at_ms, b.body FROM revision r LEFT JOIN "
                                               "record_body b ON b.idx = r.entry WHERE r.item_id = ? ORDER BY r.entry");
    statement.bind(id);
    std::vector<StoredVersion> versions;
    while (statement.step())
        versions.push_back({statement.integer(0), statement.instant(1), statement.blob(2)});
    return versions;
}

std::optional<ConversationId> conversationOfEntry(Connection &connection, qint64 entry)
{
    Statement statement =
        connection.statement("SELECT conversation_id FROM item WHERE entry = ? UNION ALL SELECT i.conversation_id FROM "
                             "revision r JOIN item i ON i.id = r.item_id WHERE r.entry = ? LIMIT 1");
    statement.bind(entry, entry);
    return statement.step() ? std::optional(ConversationId(statement.integer(0))) : std::nullopt;
}

std::optional<qint64> versionBefore(Connection &connection, qint64 entry)
{
    Statement statement =
        connection.statement("SELECT max(entry) FROM revision WHERE entry < ? AND item_id = (SELECT id FROM item WHERE "
                             "entry = ? UNION ALL SELECT item_id FROM revision WHERE entry = ?)");
    statement.bind(entry, entry, entry);
    return statement.step() && !statement.isNull(0) ? std::optional(statement.integer(0)) : std::nullopt;
}

std::optional<StoredItem> newestIncoming(Connection &connection, ConversationId conversation)
{
    Statement statement = connection.statement("SELECT i.id, i.conversation_id, i.direction, i.received_at_ms, i.gone, "
                                               "i.gone_at_ms, i.entry, b.body, i.remote_id, i.version, '', 0 "
                                               "FROM item i LEFT JOIN record_body b ON b.idx = i.entry "
                                               "WHERE i.conversation_id = ? AND i.direction = 1 AND i.gone IS NULL AND "
                                               "substr(i.remote_id, 1, 7) <> 'sealed:' "
                                               "ORDER BY i.ordered_at_ms DESC, i.id DESC LIMIT 1");
    statement.bind(conversation);
    return statement.step() ? std::optional(storedItemOf(statement)) : std::nullopt;
}

std::vector<ShownItem> shownItems(Connection &connection, ConversationId conversation)
{
    Statement statement = connection.statement(
        "SELECT i.remote_id, b.body FROM item i LEFT JOIN record_body b ON b.idx = i.entry "
        "WHERE i.conversation_id = ? AND i.gone IS NULL AND substr(i.remote_id, 1, 7) <> 'sealed:' "
        "ORDER BY i.ordered_at_ms, i.id");
    statement.bind(conversation);
    std::vector<ShownItem> items;
    while (statement.step())
        items.push_back({statement.text(0), statement.blob(1)});
    return items;
}

void forEachItem(Connection &connection, const std::function<void(const StoredItem &, const ItemPlace &)> &visit)
{
    Statement statement =
        connection.statement("SELECT i.id, i.conversation_id, i.direction, i.received_at_ms, i.gone, i.gone_at_ms, "
                             "i.entry, b.body, i.remote_id, i.version, coalesce(m.name, ''), "
                             "EXISTS (SELECT 1 FROM revision r WHERE r.item_id = i.id), c.account_id, c.case_id "
                             "FROM item i JOIN conversation c ON c.id = i.conversation_id LEFT JOIN record_body b ON "
                             "b.idx = i.entry LEFT JOIN member m ON m.id = i.member_id ORDER BY i.id");
    while (statement.step()) {
        ItemPlace place{statement.id<AccountId>(12), {}};
        if (!statement.isNull(13))
            place.caseId = statement.id<CaseId>(13);
        visit(storedItemOf(statement), place);
    }
}

} // namespace indelible::store
