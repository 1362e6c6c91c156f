// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/rewrite.h"

#include "app/store/guards.h"
#include "app/store/search.h"
#include "app/store/settings_table.h"

#include <QFileInfo>
#include <QScopeGuard>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

constexpr QLatin1StringView kTraces("traces_of_seal");

/// VACUUM builds the new file in a temporary one, which SQLite unlinks as soon as it is open. It is beside the database
/// and not in /var/tmp: what a person keeps on an encrypted disk is not to be written to another one. In memory it
/// would take as much of that as the file is large.
QString temporaryFilesBeside(sqlite3 *file)
{
    QString folder = QFileInfo(QString::fromUtf8(sqlite3_db_filename(file, "main"))).absolutePath();
    return u"PRAGMA temp_store_directory = '%1'"_s.arg(folder.replace(u'\'', u"''"_s));
}

bool execute(sqlite3 *file, const QString &sql)
{
    return sqlite3_exec(file, sql.toUtf8().constData(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

bool hasTraces(sqlite3 *file)
{
    sqlite3_stmt *statement = nullptr;
    // A file without settings is none of ours: whoever checks it will say so.
    const QByteArray sql = u"SELECT 1 FROM setting WHERE key = '%1' AND value <> ''"_s.arg(kTraces).toUtf8();
    const bool found = sqlite3_prepare_v2(file, sql.constData(), -1, &statement, nullptr) == SQLITE_OK &&
                       sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_finalize(statement);
    return found;
}

} // namespace

void noteTraces(Connection &connection, qint64 by)
{
    writeSetting(connection, kTraces, QString::number(by));
}

std::optional<qint64> readTraces(Connection &connection)
{
    const QString by = readSetting(connection, kTraces).value_or(QString());
    return by.isEmpty() ? std::nullopt : std::optional(by.toLongLong());
}

void forgetTraces(Connection &connection, qint64 by)
{
    if (readTraces(connection) == by)
        writeSetting(connection, kTraces, QString());
}

void rewriteFile(Connection &connection)
{
    {
        Transaction transaction(connection);
        optimizeIndex(connection);
        transaction.commit();
    }
    const SealPermit permit(connection);
    connection.execute(temporaryFilesBeside(connection.handle()));
    connection.execute(u"VACUUM"_s);
}

bool emptyLog(Connection &connection)
{
    // Whoever reads may do so for minutes: no write is to wait for that.
    sqlite3_busy_timeout(connection.handle(), 0);
    const auto patience = qScopeGuard([&connection] { sqlite3_busy_timeout(connection.handle(), kBusyTimeoutMs); });
    Statement statement = connection.statement("PRAGMA wal_checkpoint(TRUNCATE)");
    return statement.step() && statement.integer(0) == 0;
}

bool rewriteCopy(sqlite3 *copy)
{
    if (!hasTraces(copy))
        return true;
    return execute(copy, u"INSERT INTO item_text (item_text) VALUES ('optimize')"_s) &&
           execute(copy, temporaryFilesBeside(copy)) && execute(copy, u"VACUUM"_s) &&
           execute(copy, u"UPDATE setting SET value = '' WHERE key = '%1'"_s.arg(kTraces));
}

} // namespace indelible::store
