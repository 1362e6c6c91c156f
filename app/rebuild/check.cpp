// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rebuild/check.h"

#include "app/rebuild/replay.h"
#include "app/store/migrations/migrations.h"
#include "app/store/record_table.h"

#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::rebuild {

namespace {

constexpr qint64 kEntriesAtOnce = 5000;

qint64 replayAll(store::Connection &from, store::Connection &to)
{
    qint64 entries = 0;
    std::optional<store::Transaction> transaction;
    transaction.emplace(to);
    Replay replay(from, to);
    store::forEachRecordRow(from, [&](const store::RecordRow &row) {
        replay.take(row);
        if (++entries % kEntriesAtOnce == 0) {
            transaction->commit();
            transaction.emplace(to);
        }
        return true;
    });
    replay.finish();
    transaction->commit();
    return entries;
}

} // namespace

bool CheckReport::isGood() const
{
    return std::ranges::all_of(tables, [](const store::TableComparison &table) { return table.different == 0; });
}

CheckReport checkProjections(store::Connection &connection, const QString &folder)
{
    // Beside the workspace's own file: the same people may read it, and the same disk has the room.
    const QTemporaryDir place(folder + u"/.rebuild-XXXXXX"_s);
    if (!place.isValid())
        throw store::StoreException(
            ErrorKind::Storage,
            u"There is no place for the tables that are to be compared (%1). Nothing was changed; check the folder's permissions."_s
                .arg(place.errorString()));
    store::Connection made(place.filePath(u"rebuilt.sqlite"_s), store::Connection::Mode::ReadWrite);
    store::migrate(made);
    CheckReport report;
    report.entries = replayAll(connection, made);
    report.tables = store::compareProjections(connection, made);
    return report;
}

} // namespace indelible::rebuild
