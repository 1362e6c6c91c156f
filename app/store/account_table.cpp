// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/account_table.h"

#include "app/store/settings_table.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

Account accountOf(const Statement &row)
{
    Account account;
    account.id = row.id<AccountId>(0);
    account.channel = row.text(1);
    account.network = row.text(2);
    account.remoteId = row.text(3);
    account.handle = row.text(4);
    account.name = row.text(5);
    account.server = QUrl(row.text(6), QUrl::StrictMode);
    account.state = static_cast<AccountState>(row.integer(7));
    account.stateDetail = row.text(8);
    account.retryAt = row.optionalInstant(9);
    account.lastGoodFetch = row.optionalInstant(10);
    account.secretKey = row.text(11);
    account.followsStorageRule = row.integer(12) != 0;
    account.waitingAnswers = static_cast<int>(row.integer(13));
    return account;
}

/// Nothing in a workspace of a schema that does not count them.
QHash<qint64, FailedRounds> readFailedRounds(Connection &connection)
{
    QHash<qint64, FailedRounds> failed;
    if (!connection.hasTable(u"account_trouble"_s))
        return failed;
    Statement rows =
        connection.statement("SELECT account_id, failures, since_ms FROM account_trouble WHERE failures > 0");
    while (rows.step())
        failed.insert(rows.integer(0), {static_cast<int>(rows.integer(1)), rows.instant(2)});
    return failed;
}

void writeFailedRounds(Connection &connection, AccountId id, const FailedRounds &failed)
{
    if (failed.count == 0) {
        connection.statement("UPDATE account_trouble SET failures = 0 WHERE account_id = ?").bind(id).run();
        return;
    }
    connection
        .statement("INSERT INTO account_trouble (account_id, failures, since_ms) VALUES (?, ?, ?) ON CONFLICT "
                   "(account_id) DO UPDATE SET failures = excluded.failures, since_ms = excluded.since_ms")
        .bind(id, failed.count, failed.since)
        .run();
}

} // namespace

std::vector<Account> readAccounts(Connection &connection)
{
    const QHash<qint64, FailedRounds> failed = readFailedRounds(connection);
    std::vector<Account> accounts;
    Statement statement =
        connection.statement("SELECT id, channel, network, remote_id, handle, name, server, state, state_detail, "
                             "retry_at_ms, last_good_fetch_ms, secret_key, "
                             "EXISTS (SELECT 1 FROM setting WHERE key = 'storage_rule/' || account.id AND value = "
                             "'follow'), (SELECT count(*) FROM outbox o WHERE o.account_id = account.id AND o.state = "
                             "1) FROM account ORDER BY id");
    while (statement.step()) {
        accounts.push_back(accountOf(statement));
        accounts.back().failed = failed.value(accounts.back().id.value());
    }
    return accounts;
}

std::optional<Account> readAccount(Connection &connection, AccountId id)
{
    // There are dozens at most.
    for (Account &account : readAccounts(connection)) {
        if (account.id == id)
            return std::move(account);
    }
    return std::nullopt;
}

std::optional<AccountId> findAccount(Connection &connection, const QString &channel, const QString &network,
                                     const QString &remoteId)
{
    Statement statement =
        connection.statement("SELECT id FROM account WHERE channel = ? AND network = ? AND remote_id = ?");
    statement.bind(channel, network, remoteId);
    return statement.step() ? std::optional(statement.id<AccountId>(0)) : std::nullopt;
}

AccountId insertAccount(Connection &connection, const Account &account, const QByteArray &subject, Instant now)
{
    Statement statement =
        connection.statement("INSERT INTO account (channel, network, remote_id, handle, name, server, secret_key, "
                             "state, state_detail, cursor, connected_at_ms, subject) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement
        .bind(account.channel, account.network, account.remoteId, account.handle, account.name,
              account.server.toString(), account.secretKey, account.state, account.stateDetail, QByteArray(), now,
              subject)
        .run();
    return AccountId(statement.insertedId());
}

void updateAccountIdentity(Connection &connection, const Account &account)
{
    connection.statement("UPDATE account SET handle = ?, name = ?, server = ?, secret_key = ? WHERE id = ?")
        .bind(account.handle, account.name, account.server.toString(), account.secretKey, account.id)
        .run();
}

void updateAccountState(Connection &connection, AccountId id, AccountState state, const QString &detail,
                        std::optional<Instant> retryAt, const FailedRounds &failed)
{
    connection.statement("UPDATE account SET state = ?, state_detail = ?, retry_at_ms = ? WHERE id = ?")
        .bind(state, detail, retryAt, id)
        .run();
    writeFailedRounds(connection, id, failed);
}

std::optional<Account> findAccount(Connection &connection, const QByteArray &subject)
{
    Statement statement = connection.statement("SELECT id FROM account WHERE subject = ?");
    statement.bind(subject);
    return statement.step() ? readAccount(connection, AccountId(statement.integer(0))) : std::nullopt;
}

QByteArray accountSubject(Connection &connection, AccountId id)
{
    Statement statement = connection.statement("SELECT subject FROM account WHERE id = ?");
    statement.bind(id);
    if (!statement.step())
        throw StoreException(
            ErrorKind::NotFound,
            u"There is no account %1. Nothing was changed; 'indelible account list' shows them."_s.arg(id.toString()));
    return statement.blob(0);
}

QByteArray readCursor(Connection &connection, AccountId id)
{
    Statement statement = connection.statement("SELECT cursor FROM account WHERE id = ?");
    statement.bind(id);
    return statement.step() ? statement.blob(0) : QByteArray();
}

void writeCursor(Connection &connection, AccountId id, const QByteArray &cursor, Instant fetchedAt)
{
    connection.statement("UPDATE account SET cursor = ?, last_good_fetch_ms = ? WHERE id = ?")
        .bind(cursor, fetchedAt, id)
        .run();
}

void setFollowsStorageRule(Connection &connection, AccountId id, bool follows)
{
    writeSetting(connection, u"storage_rule/%1"_s.arg(id.value()), follows ? u"follow"_s : u"keep"_s);
}

} // namespace indelible::store
