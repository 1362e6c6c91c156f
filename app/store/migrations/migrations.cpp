// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations/migrations.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

/// A plain function pointer: a migration cannot depend on anything but the database it is given.
struct Migration
{
    int version;
    void (*apply)(Connection &);
};

constexpr std::array kMigrations{Migration{1, &m0001Initial}, Migration{2, &m0002Checkpoints},
                                 Migration{3, &m0003Seals},   Migration{4, &m0004Coverage},
                                 Migration{5, &m0005Looks},   Migration{6, &m0006Refresh},
                                 Migration{7, &m0007Trouble}};

static_assert(std::is_sorted(kMigrations.begin(), kMigrations.end(),
                             [](const Migration &a, const Migration &b) { return a.version <= b.version; }),
              "migrations are in ascending order, no number twice");

qint64 pragma(Connection &connection, const char *sql)
{
    Statement statement = connection.statement(sql);
    return statement.step() ? statement.integer(0) : 0;
}

void refuseForeignFile(Connection &connection, qint64 version)
{
    const qint64 application = pragma(connection, "PRAGMA application_id");
    if (application == kApplicationId || (application == 0 && version == 0))
        return;
    throw StoreException(
        ErrorKind::Damaged,
        u"The file indelible.sqlite in this folder belongs to another program. Nothing was changed; choose another folder."_s);
}

void refuseNewer(qint64 version)
{
    if (version > newestSchema())
        throw StoreException(
            ErrorKind::NewerSchema,
            u"This workspace was written by a newer Indelible (schema %1; this one knows %2). Nothing was changed; install the newer version."_s
                .arg(version)
                .arg(newestSchema()));
}

} // namespace

int newestSchema()
{
    return kMigrations.back().version;
}

void migrate(Connection &connection, const BeforeMigration &before)
{
    const qint64 version = pragma(connection, "PRAGMA user_version");
    refuseForeignFile(connection, version);
    refuseNewer(version);
    if (before && version > 0 && version < newestSchema())
        before(connection, static_cast<int>(version));
    for (const Migration &migration : kMigrations) {
        if (migration.version <= version)
            continue;
        Transaction transaction(connection);
        migration.apply(connection);
        connection.execute(u"PRAGMA user_version = %1"_s.arg(migration.version));
        connection.execute(u"PRAGMA application_id = %1"_s.arg(kApplicationId));
        transaction.commit();
    }
}

int requireKnownSchema(Connection &connection)
{
    const qint64 version = pragma(connection, "PRAGMA user_version");
    refuseForeignFile(connection, version);
    refuseNewer(version);
    if (version == 0)
        throw StoreException(
            ErrorKind::Damaged,
            u"The database in this folder is empty. Nothing was changed; open the workspace once for writing."_s);
    return static_cast<int>(version);
}

} // namespace indelible::store
