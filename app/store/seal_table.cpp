// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/seal_table.h"

#include "app/base/random.h"
#include "app/store/look_table.h"
#include "app/store/settings_table.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

constexpr QLatin1StringView kPrefix("sealed:");
constexpr QLatin1StringView kKeySetting("keep_out_key");
constexpr qsizetype kKeyBytes = 32;

constexpr const char *kItemColumns =
    "SELECT i.id, i.account_id, i.conversation_id, i.handle_id, a.network, i.remote_id, i.direction, i.ordered_at_ms, "
    "i.received_at_ms, i.entry, coalesce((SELECT min(r.entry) FROM revision r WHERE r.item_id = i.id), i.entry), "
    "i.gone, i.gone_at_ms FROM item i JOIN account a ON a.id = i.account_id WHERE ";

ItemRow itemRowOf(const Statement &row)
{
    ItemRow item;
    item.id = row.id<ItemId>(0);
    item.account = row.id<AccountId>(1);
    item.conversation = row.id<ConversationId>(2);
    item.handle = row.integer(3);
    item.network = row.text(4);
    item.remoteId = row.text(5);
    item.direction = static_cast<Direction>(row.integer(6));
    item.orderedAt = row.instant(7);
    item.receivedAt = row.instant(8);
    item.entry = row.integer(9);
    item.firstEntry = row.integer(10);
    if (!row.isNull(11))
        item.gone = static_cast<int>(row.integer(11));
    item.goneAt = row.optionalInstant(12);
    return item;
}

template<typename... Values>
std::vector<ItemRow> itemsWhere(Connection &connection, QLatin1StringView condition, const Values &...values)
{
    Statement rows = connection.statementFor(QLatin1StringView(kItemColumns) + condition);
    rows.bind(values...);
    std::vector<ItemRow> items;
    while (rows.step())
        items.push_back(itemRowOf(rows));
    return items;
}

HandleRow handleRowOf(const Statement &row)
{
    return {row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4)};
}

} // namespace

QString sealedId(qint64 entry)
{
    return kPrefix + QString::number(entry);
}

bool isSealedId(const QString &remoteId)
{
    return remoteId.startsWith(kPrefix);
}

void insertErase(Connection &connection, qint64 idx, qint64 by)
{
    connection.statement("INSERT INTO record_erase (idx, by_idx) VALUES (?, ?)").bind(idx, by).run();
}

void eraseBody(Connection &connection, qint64 idx, qint64 by)
{
    insertErase(connection, idx, by);
    if (connection.statement("DELETE FROM record_body WHERE idx = ?").bind(idx).run() != 1)
        throw StoreException(
            ErrorKind::Damaged,
            u"The words of entry %1 are missing. Nothing was sealed; run 'indelible record verify'."_s.arg(idx));
}

std::optional<qint64> erasedBy(Connection &connection, qint64 idx)
{
    if (!connection.hasTable(u"record_erase"_s))
        return std::nullopt;
    Statement statement = connection.statement("SELECT by_idx FROM record_erase WHERE idx = ?");
    statement.bind(idx);
    return statement.step() ? std::optional(statement.integer(0)) : std::nullopt;
}

QHash<qint64, qint64> allErased(Connection &connection)
{
    QHash<qint64, qint64> all;
    if (!connection.hasTable(u"record_erase"_s))
        return all;
    Statement rows = connection.statement("SELECT idx, by_idx FROM record_erase");
    while (rows.step())
        all.insert(rows.integer(0), rows.integer(1));
    return all;
}

void insertHold(Connection &connection, const HoldRow &hold)
{
    connection.statement("INSERT INTO record_hold (entry, subject, reason, review) VALUES (?, ?, ?, ?)")
        .bind(hold.entry, hold.subject, hold.reason, hold.review)
        .run();
}

void insertRelease(Connection &connection, qint64 entry, qint64 hold)
{
    connection.statement("INSERT INTO record_release (entry, hold) VALUES (?, ?)").bind(entry, hold).run();
}

std::vector<HoldRow> readHolds(Connection &connection)
{
    std::vector<HoldRow> holds;
    if (!connection.hasTable(u"record_erase"_s))
        return holds;
    Statement rows = connection.statement("SELECT h.entry, h.subject, h.reason, h.review, EXISTS (SELECT 1 FROM "
                                          "record_release r WHERE r.hold = h.entry) FROM record_hold h ORDER BY "
                                          "h.entry");
    while (rows.step())
        holds.push_back({rows.integer(0), rows.blob(1), rows.text(2), rows.text(3), rows.integer(4) != 0});
    return holds;
}

void keepOut(Connection &connection, const QByteArray &mark)
{
    connection.statement("INSERT INTO kept_out (mark) VALUES (?) ON CONFLICT (mark) DO NOTHING").bind(mark).run();
}

QList<QByteArray> keptOut(Connection &connection)
{
    QList<QByteArray> marks;
    Statement rows = connection.statement("SELECT mark FROM kept_out ORDER BY mark");
    while (rows.step())
        marks.append(rows.blob(0));
    return marks;
}

QByteArray keepOutKey(Connection &connection)
{
    if (const std::optional<QString> known = readSetting(connection, kKeySetting))
        return QByteArray::fromHex(known->toLatin1());
    QByteArray key = randomBytes(kKeyBytes);
    setKeepOutKey(connection, key);
    return key;
}

void setKeepOutKey(Connection &connection, const QByteArray &key)
{
    writeSetting(connection, kKeySetting, QString::fromLatin1(key.toHex()));
}

QByteArray keepOutMark(Connection &connection, const QString &network, const QString &remoteId)
{
    // No network's name has a line feed, so no two pairs are the same bytes.
    return QMessageAuthenticationCode::hash(network.toUtf8() + '\n' + remoteId.toUtf8(), keepOutKey(connection),
                                            QCryptographicHash::Sha256);
}

bool isKeptOut(Connection &connection, const QString &network, const QString &remoteId)
{
    if (isSealedId(remoteId))
        return true;
    if (!connection.statement("SELECT 1 FROM kept_out LIMIT 1").step())
        return false;
    Statement statement = connection.statement("SELECT 1 FROM kept_out WHERE mark = ?");
    statement.bind(keepOutMark(connection, network, remoteId));
    return statement.step();
}

ItemRow requireItem(Connection &connection, ItemId id)
{
    const std::vector<ItemRow> found = itemsWhere(connection, "i.id = ?"_L1, id);
    if (found.empty())
        throw StoreException(ErrorKind::NotFound, u"There is no item %1. Nothing was changed."_s.arg(id.toString()));
    return found.front();
}

std::optional<ItemRow> itemOfVersion(Connection &connection, qint64 entry)
{
    const std::vector<ItemRow> found = itemsWhere(
        connection,
        "i.id = coalesce((SELECT id FROM item WHERE entry = ?), (SELECT item_id FROM revision WHERE entry = ?))"_L1,
        entry, entry);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<ItemRow> itemsOfHandle(Connection &connection, qint64 handle)
{
    return itemsWhere(connection, "i.handle_id = ? ORDER BY i.id"_L1, handle);
}

std::vector<ItemRow> itemsOfConversation(Connection &connection, ConversationId id)
{
    return itemsWhere(connection, "i.conversation_id = ? ORDER BY i.id"_L1, id);
}

std::vector<ItemRow> receivedItems(Connection &connection, AccountId account)
{
    Statement known = connection.statement("SELECT 1 FROM account WHERE id = ?");
    known.bind(account);
    if (!known.step())
        throw StoreException(ErrorKind::NotFound,
                             u"There is no account %1. Nothing was changed."_s.arg(account.toString()));
    return itemsWhere(connection, "i.account_id = ? AND i.direction = ? ORDER BY i.id"_L1, account,
                      Direction::Incoming);
}

std::vector<ItemRow> itemsNamed(Connection &connection, const QString &network, const QString &remoteId)
{
    return itemsWhere(connection, "a.network = ? AND i.remote_id = ? ORDER BY i.id"_L1, network, remoteId);
}

QList<qint64> versionsOf(Connection &connection, ItemId id)
{
    Statement rows = connection.statement(
        "SELECT entry FROM revision WHERE item_id = ? UNION ALL SELECT entry FROM item WHERE id = ? ORDER BY 1");
    rows.bind(id, id);
    QList<qint64> entries;
    while (rows.step())
        entries.append(rows.integer(0));
    return entries;
}

std::optional<qint64> intentOfRemoteId(Connection &connection, AccountId account, const QString &remoteId)
{
    Statement statement = connection.statement("SELECT intent FROM outbox WHERE account_id = ? AND remote_id = ?");
    statement.bind(account, remoteId);
    return statement.step() ? std::optional(statement.integer(0)) : std::nullopt;
}

void forgetItem(Connection &connection, const ItemRow &item)
{
    const QString id = sealedId(item.firstEntry);
    connection.statement("UPDATE outbox SET remote_id = ? WHERE account_id = ? AND remote_id = ?")
        .bind(id, item.account, item.remoteId)
        .run();
    connection.statement("UPDATE item SET remote_id = ?, version = '' WHERE id = ?").bind(id, item.id).run();
}

void forgetThread(Connection &connection, ConversationId id, qint64 firstEntry)
{
    connection.statement("UPDATE conversation SET thread_id = ? WHERE id = ?").bind(sealedId(firstEntry), id).run();
}

void forgetIntent(Connection &connection, qint64 intent)
{
    connection.statement("UPDATE outbox SET parent_id = '', detail = '' WHERE intent = ?").bind(intent).run();
}

QString remoteIdOfIntent(Connection &connection, qint64 intent)
{
    Statement statement = connection.statement("SELECT remote_id FROM outbox WHERE intent = ?");
    statement.bind(intent);
    return statement.step() ? statement.text(0) : QString();
}

void copySealedFacts(Connection &from, Connection &to)
{
    Statement items =
        from.statement("SELECT id, gone, gone_at_ms FROM item WHERE entry IN (SELECT idx FROM record_erase)");
    while (items.step())
        to.statement("UPDATE item SET gone = ?, gone_at_ms = ? WHERE id = ?")
            .bind(items.optionalInteger(1), items.optionalInteger(2), items.integer(0))
            .run();
    Statement kinds =
        from.statement("SELECT id, kind FROM conversation WHERE id IN (SELECT i.conversation_id FROM item i "
                       "JOIN record_erase r ON r.idx = i.entry)");
    while (kinds.step())
        to.statement("UPDATE conversation SET kind = ? WHERE id = ?").bind(kinds.integer(1), kinds.integer(0)).run();
    Statement answers = from.statement("SELECT id, detail FROM outbox WHERE intent IN (SELECT idx FROM record_erase)");
    while (answers.step())
        to.statement("UPDATE outbox SET detail = ? WHERE id = ?").bind(answers.text(1), answers.integer(0)).run();
    Statement cases =
        from.statement("SELECT id, title, status, owner FROM case_file WHERE id IN (SELECT e.case_id FROM "
                       "event e JOIN record_erase r ON r.idx = e.entry WHERE e.case_id IS NOT NULL)");
    while (cases.step())
        to.statement("UPDATE case_file SET title = ?, status = ?, owner = ? WHERE id = ?")
            .bind(cases.text(1), cases.integer(2), cases.text(3), cases.integer(0))
            .run();
}

std::vector<HandleRow> findHandles(Connection &connection, const QString &network, const QString &who)
{
    Statement rows =
        connection.statement("SELECT id, network, remote_id, handle, name FROM handle WHERE network = ? AND "
                             "(remote_id = ? OR handle = ?) ORDER BY id");
    rows.bind(network, who, who);
    std::vector<HandleRow> found;
    while (rows.step())
        found.push_back(handleRowOf(rows));
    return found;
}

std::vector<HandleRow> allHandles(Connection &connection)
{
    Statement rows = connection.statement("SELECT id, network, remote_id, handle, name FROM handle ORDER BY id");
    std::vector<HandleRow> all;
    while (rows.step())
        all.push_back(handleRowOf(rows));
    return all;
}

HandleRow requireHandle(Connection &connection, qint64 id)
{
    Statement row = connection.statement("SELECT id, network, remote_id, handle, name FROM handle WHERE id = ?");
    row.bind(id);
    if (!row.step())
        throw StoreException(ErrorKind::NotFound, u"There is no such person. Nothing was changed."_s);
    return handleRowOf(row);
}

void writeHandle(Connection &connection, const HandleRow &handle)
{
    connection.statement("UPDATE handle SET remote_id = ?, handle = ?, name = ? WHERE id = ?")
        .bind(handle.remoteId, handle.handle, handle.name, handle.id)
        .run();
    noteLook(connection, handle.id, handle.handle);
}

qint64 adoptHandle(Connection &connection, const HandleRow &handle)
{
    connection
        .statement("INSERT INTO handle (network, remote_id, handle, name) VALUES (?, ?, ?, ?) ON CONFLICT (network, "
                   "remote_id) DO NOTHING")
        .bind(handle.network, handle.remoteId, handle.handle, handle.name)
        .run();
    qint64 id = 0;
    QString known;
    {
        Statement row = connection.statement("SELECT id, handle FROM handle WHERE network = ? AND remote_id = ?");
        row.bind(handle.network, handle.remoteId);
        if (!row.step())
            return 0;
        id = row.integer(0);
        known = row.text(1);
    }
    noteLook(connection, id, known);
    return id;
}

QList<ConversationId> conversationsOfHandle(Connection &connection, qint64 handle)
{
    Statement rows =
        connection.statement("SELECT DISTINCT conversation_id FROM item WHERE handle_id = ? ORDER BY conversation_id");
    rows.bind(handle);
    QList<ConversationId> ids;
    while (rows.step())
        ids.append(rows.id<ConversationId>(0));
    return ids;
}

} // namespace indelible::store
