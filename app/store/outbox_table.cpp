// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/outbox_table.h"

#include "app/domain/account.h"

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

constexpr QLatin1StringView kSelect =
    "SELECT o.id, o.conversation_id, o.account_id, o.member_id, o.intent, o.parent_id, o.audience, o.key, o.state, "
    "o.created_at_ms, o.not_before_ms, o.attempts, o.detail, b.body, m.name "
    "FROM outbox o LEFT JOIN record_body b ON b.idx = o.intent JOIN member m ON m.id = o.member_id "_L1;

OutboxRow rowOf(const Statement &row)
{
    OutboxRow result;
    result.id = row.id<OutboxId>(0);
    result.conversation = row.id<ConversationId>(1);
    result.account = row.id<AccountId>(2);
    result.member = static_cast<quint32>(row.integer(3));
    result.intent = row.integer(4);
    result.parentId = row.text(5);
    result.audience = static_cast<Audience>(row.integer(6));
    result.key = row.blob(7);
    result.state = static_cast<OutboxState>(row.integer(8));
    result.createdAt = row.instant(9);
    result.notBefore = row.instant(10);
    result.attempts = static_cast<int>(row.integer(11));
    result.detail = row.text(12);
    result.body = row.blob(13);
    result.memberName = row.text(14);
    return result;
}

template<typename... Values>
std::vector<OutboxRow> select(Connection &connection, QLatin1StringView where, const Values &...values)
{
    Statement statement = connection.statementFor(kSelect + where + u" ORDER BY o.id"_s);
    statement.bind(values...);
    std::vector<OutboxRow> rows;
    while (statement.step())
        rows.push_back(rowOf(statement));
    return rows;
}

} // namespace

OutboxId insertOutbox(Connection &connection, const OutboxRow &row)
{
    Statement statement =
        connection.statement("INSERT INTO outbox (conversation_id, account_id, member_id, intent, parent_id, audience, "
                             "key, state, created_at_ms, not_before_ms, attempts, looked_at_ms, detail) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '')");
    statement
        .bind(row.conversation, row.account, row.member, row.intent, row.parentId, row.audience, row.key, row.state,
              row.createdAt, row.notBefore)
        .run();
    return OutboxId(statement.insertedId());
}

OutboxRow requireOutbox(Connection &connection, OutboxId id)
{
    std::vector<OutboxRow> rows = select(connection, "WHERE o.id = ?"_L1, id);
    if (rows.empty())
        throw StoreException(ErrorKind::NotFound,
                             u"There is no answer %1 in the outbox. Nothing was changed."_s.arg(id.toString()));
    return rows.front();
}

std::optional<OutboxRow> outboxOfIntent(Connection &connection, qint64 intent)
{
    std::vector<OutboxRow> rows = select(connection, "WHERE o.intent = ?"_L1, intent);
    return rows.empty() ? std::nullopt : std::optional(rows.front());
}

bool changeOutboxState(Connection &connection, OutboxId id, OutboxState from, OutboxState to, const QString &detail,
                       std::optional<Instant> notBefore)
{
    return connection
               .statement("UPDATE outbox SET state = ?, detail = ?, not_before_ms = coalesce(?, not_before_ms) WHERE "
                          "id = ? AND state = ?")
               .bind(to, detail, notBefore, id, from)
               .run() == 1;
}

void countAttempt(Connection &connection, OutboxId id)
{
    connection.statement("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?").bind(id).run();
}

void setOutboxKey(Connection &connection, OutboxId id, const QByteArray &key)
{
    connection.statement("UPDATE outbox SET key = ? WHERE id = ?").bind(key, id).run();
}

void setOutboxSent(Connection &connection, OutboxId id, const QString &remoteId)
{
    connection.statement("UPDATE outbox SET remote_id = ? WHERE id = ?").bind(remoteId, id).run();
}

QStringList sentRemoteIds(Connection &connection, ConversationId conversation)
{
    Statement statement =
        connection.statement("SELECT remote_id FROM outbox WHERE conversation_id = ? AND remote_id IS NOT NULL");
    statement.bind(conversation);
    QStringList ids;
    while (statement.step())
        ids.append(statement.text(0));
    return ids;
}

void setLookedAt(Connection &connection, OutboxId id, Instant at)
{
    connection.statement("UPDATE outbox SET looked_at_ms = ? WHERE id = ?").bind(at, id).run();
}

std::vector<OutboxRow> dueOutbox(Connection &connection, AccountId account, Instant now)
{
    return select(connection, "WHERE o.account_id = ? AND o.state = 1 AND o.not_before_ms <= ?"_L1, account, now);
}

std::vector<OutboxRow> outboxInState(Connection &connection, AccountId account, OutboxState state,
                                     std::optional<Instant> lookedBefore)
{
    return select(connection, "WHERE o.account_id = ? AND o.state = ? AND o.looked_at_ms < ?"_L1, account, state,
                  lookedBefore.value_or(fromMs(std::numeric_limits<qint64>::max())));
}

std::vector<OutboxRow> interruptedOutbox(Connection &connection)
{
    return select(connection, "WHERE o.state = 2"_L1);
}

std::vector<OutboxRow> queuedOutbox(Connection &connection)
{
    return select(connection, "WHERE o.state = 1"_L1);
}

std::vector<OutboxRow> openOutbox(Connection &connection, ConversationId conversation)
{
    return select(connection, "WHERE o.conversation_id = ? AND o.state IN (1, 2, 4, 5)"_L1, conversation);
}

std::optional<Instant> nextOutboxDue(Connection &connection)
{
    // Accounts that are paused, left or signed out send nothing, however due it is.
    Statement statement = connection.statement(
        "SELECT min(max(o.not_before_ms, coalesce(a.retry_at_ms, 0))) FROM outbox o JOIN account a ON a.id = "
        "o.account_id WHERE o.state = 1 AND a.state NOT IN (?, ?) AND (a.state <> ? OR a.retry_at_ms IS NOT NULL)");
    statement.bind(AccountState::Paused, AccountState::Disconnected, AccountState::SignedOut);
    return statement.step() ? statement.optionalInstant(0) : std::nullopt;
}

} // namespace indelible::store
