// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rebuild/check.h"

#include "app/rebuild/replay.h"
#include "app/store/compare_index.h"
#include "app/store/lock.h"
#include "app/store/migrations/migrations.h"
#include "app/store/place.h"
#include "app/store/record_table.h"

#include <QDir>
#include <QFileInfo>
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

constexpr QLatin1StringView kPlace(".rebuild-");

void requireRoom(const QString &folder, qint64 needed)
{
    const std::optional<qint64> free = store::freeBytes(folder);
    if (free && *free - needed < store::kTooLittleRoom)
        throw store::StoreException(
            ErrorKind::DiskFull,
            u"There is no room for the tables that are to be compared (%1 MB needed, %2 MB free). Nothing was changed; make room and try again."_s
                .arg((needed + store::kTooLittleRoom) / (1024 * 1024))
                .arg(*free / (1024 * 1024)));
}

/// What a check that was killed has left: nobody has its lock any more. One without a lock is just being made.
void removeAbandoned(const QString &folder)
{
    for (const QFileInfo &place : QDir(folder).entryInfoList({kPlace + u'*'}, QDir::Dirs | QDir::Hidden)) {
        const QString path = place.absoluteFilePath();
        if (store::FolderLock::exists(path) && store::FolderLock::take(path))
            QDir(path).removeRecursively();
    }
}

} // namespace

bool CheckReport::isGood() const
{
    return std::ranges::all_of(tables, [](const store::TableComparison &table) { return table.different == 0; });
}

CheckReport checkProjections(store::Connection &connection, const QString &folder)
{
    // Beside the workspace's own file: the same people may read it.
    removeAbandoned(folder);
    // As large as the file itself at most, since it gets the same tables.
    requireRoom(folder, QFileInfo(QDir(folder).filePath(u"indelible.sqlite"_s)).size());
    const QTemporaryDir place(folder + u'/' + kPlace + u"XXXXXX"_s);
    if (!place.isValid())
        throw store::StoreException(
            ErrorKind::Storage,
            u"There is no place for the tables that are to be compared (%1). Nothing was changed; check the folder's permissions."_s
                .arg(place.errorString()));
    const Result<std::unique_ptr<store::FolderLock>> lock = store::FolderLock::take(place.path());
    if (!lock)
        throw store::StoreException(lock.error());
    store::Connection made(place.filePath(u"rebuilt.sqlite"_s), store::Connection::Mode::ReadWrite);
    store::migrate(made);
    CheckReport report;
    report.entries = replayAll(connection, made);
    report.tables = store::compareProjections(connection, made);
    report.tables.push_back(store::compareIndex(connection, made));
    return report;
}

} // namespace indelible::rebuild
