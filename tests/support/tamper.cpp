// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tamper.h"

#include "tests/support/catch.h"

#include <QList>

#include <sqlite3.h>

namespace indelible::test {

void tamperWithFile(const QString &file, const QByteArray &sql)
{
    sqlite3 *database = nullptr;
    REQUIRE(sqlite3_open(file.toUtf8().constData(), &database) == SQLITE_OK);
    sqlite3_stmt *triggers = nullptr;
    REQUIRE(sqlite3_prepare_v2(database, "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'", -1,
                               &triggers, nullptr) == SQLITE_OK);
    QList<QByteArray> statements;
    while (sqlite3_step(triggers) == SQLITE_ROW)
        statements.append(reinterpret_cast<const char *>(sqlite3_column_text(triggers, 0)));
    sqlite3_finalize(triggers);
    statements.append(sql);
    for (const QByteArray &statement : std::as_const(statements))
        REQUIRE(sqlite3_exec(database, statement.constData(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

} // namespace indelible::test
