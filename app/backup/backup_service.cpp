// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/backup_service.h"

#include "app/backup/backup_files.h"
#include "app/base/log.h"
#include "app/base/spawn.h"
#include "app/seal/erasure_list.h"
#include "app/store/database.h"
#include "app/store/place.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPointer>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::backup {

namespace {

constexpr auto kLookEvery = std::chrono::hours(1);

/// The value inside, for functions that run where a failure is thrown.
CopyReport valueOrThrow(Result<CopyReport> result)
{
    if (!result)
        throw store::StoreException(result.error());
    return std::move(*result);
}

QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files);
}

Result<void> requireRoom(const QString &workspace, qint64 needed)
{
    const std::optional<qint64> free = store::freeBytes(workspace);
    if (!free || *free - needed >= store::kTooLittleRoom)
        return {};
    return failure(
        ErrorKind::DiskFull,
        u"There is no room for today's backup (%1 MB needed, %2 MB free). Nothing stored is lost; make room, or back up to another disk with 'indelible backup --out'."_s
            .arg((needed + store::kTooLittleRoom) / (1024 * 1024))
            .arg(*free / (1024 * 1024)));
}

/// Nobody else writes there: who makes daily backups has the workspace's lock.
void removeUnfinished(const QString &folder)
{
    for (const QString &name : filesIn(folder)) {
        if (isUnfinished(name) && QFile::remove(folder + u'/' + name))
            qCInfo(lcStore, "removed %s, which is half a backup", qUtf8Printable(name));
    }
}

/// After a new backup. Where the list of seals cannot be read nothing goes by it; a seal or a restore will say so.
void thinOut(const QString &folder, Instant now)
{
    const Result<std::optional<seal::ErasureList>> seals = seal::readErasureList(seal::erasureListIn(folder));
    const QStringList names = filesIn(folder);
    QStringList going = dailyToRemove(names, now);
    if (seals && *seals)
        going += dailyOutlived(names, (*seals)->times, now);
    going.removeDuplicates();
    for (const QString &name : std::as_const(going)) {
        const bool removed = QFile::remove(folder + u'/' + name);
        qCInfo(lcStore, "old backup %s %s", qUtf8Printable(name), removed ? "removed" : "could not be removed");
    }
}

} // namespace

BackupService::BackupService(store::Database &database, const Clock &clock, QString workspace, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_clock(clock)
    , m_workspace(std::move(workspace))
    , m_stopped(std::make_shared<std::atomic<bool>>(false))
{
    connect(&m_timer, &QTimer::timeout, this, &BackupService::backUpSoon);
}

BackupService::~BackupService()
{
    stop();
}

QCoro::Task<Result<BackupReport>> BackupService::backUpTo(QString file)
{
    auto copying = m_database.scan([file, stopped = m_stopped](store::Connection &connection) {
        return BackupReport{file, valueOrThrow(makeCheckedCopy(connection, file, [&stopped] { return !*stopped; }))};
    });
    const Result<BackupReport> report = co_await copying;
    co_return report;
}

QCoro::Task<Result<std::optional<BackupReport>>> BackupService::backUpDaily()
{
    if (m_running || !isDailyDue(filesIn(backupFolder(m_workspace)), m_clock.now()))
        co_return std::optional<BackupReport>();
    QCoro::Task<Result<BackupReport>> copying = backUpNow();
    Result<BackupReport> report = co_await copying;
    if (!report)
        co_return failure(report.error());
    co_return std::optional(std::move(*report));
}

QCoro::Task<Result<BackupReport>> BackupService::backUpNow()
{
    if (m_running)
        co_return failure(ErrorKind::Conflict,
                          u"A backup is being made at this moment. Nothing was changed; try again in a minute."_s);
    const QString folder = backupFolder(m_workspace);
    Instant now = m_clock.now();
    while (QFileInfo::exists(folder + u'/' + dailyName(now)))
        now += std::chrono::seconds(1); // names count in seconds
    removeUnfinished(folder);
    if (const Result<void> room = requireRoom(m_workspace, QFileInfo(m_database.path()).size()); !room)
        co_return failure(room.error());
    m_running = true;
    const QPointer<BackupService> alive(this);
    QCoro::Task<Result<BackupReport>> copying = backUpTo(folder + u'/' + dailyName(now));
    Result<BackupReport> report = co_await copying;
    if (alive)
        m_running = false;
    if (report)
        thinOut(folder, now);
    co_return report;
}

void BackupService::start()
{
    m_timer.start(kLookEvery);
    backUpSoon();
}

void BackupService::stop()
{
    m_timer.stop();
    *m_stopped = true;
}

void BackupService::backUpSoon()
{
    spawn(backUpDaily().then([self = QPointer<BackupService>(this)](const Result<std::optional<BackupReport>> &report) {
        if (!report && self && report.error().kind != ErrorKind::Cancelled)
            Q_EMIT self->failed(report.error());
        return report ? Result<void>() : Result<void>(failure(report.error()));
    }),
          "the daily backup");
}

void backUpBeforeMigration(store::Connection &connection, int schema, const QString &workspace, Instant now)
{
    (void)valueOrThrow(makeCheckedCopy(connection, backupFolder(workspace) + u'/' + beforeMigrationName(schema, now)));
}

} // namespace indelible::backup
