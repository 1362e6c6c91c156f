// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backup/checked_copy.h"
#include "app/base/clock.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>
#include <optional>

#include <QCoroTask>

namespace indelible::store {
class Database;
}

namespace indelible::backup {

struct BackupReport
{
    QString file;
    CopyReport copy;
};

/// Makes verified copies of the workspace while it is in use. Lives on the interface thread; the copying is done on the
/// thread that reads everything, from one state of the database, so that neither lists nor writes wait for it.
class BackupService : public QObject
{
    Q_OBJECT
public:
    /// `workspace` is the folder. Both outlive the service, but the database ends first what was handed over to it.
    BackupService(store::Database &database, const Clock &clock, QString workspace, QObject *parent = nullptr);
    ~BackupService() override;

    /// A copy at a place of the person's choice. Errors: Conflict (there is such a file), Damaged (the record does not
    /// match: no copy is kept), DiskFull, Storage, Cancelled.
    QCoro::Task<Result<BackupReport>> backUpTo(QString file);

    /// The copy of the day, where there is none yet, in <workspace>/backups; older ones than backup_files.h keeps are
    /// then removed, which is logged. Nothing where there is one. DiskFull where the copy would leave less room than
    /// fetching needs.
    QCoro::Task<Result<std::optional<BackupReport>>> backUpDaily();

    /// The same at once, one of the day or not: before much is sealed. Errors: as above, and Conflict (one is being
    /// made).
    QCoro::Task<Result<BackupReport>> backUpNow();

    /// From now on by itself, once a day: soon, and looked at again every hour.
    void start();
    /// What is being copied is given up, so that nobody waits for it.
    void stop();

Q_SIGNALS:
    /// The copy of the day could not be made, which may mean that the record no longer matches. Tried again in an hour.
    void failed(const indelible::Error &error);

private:
    void backUpSoon();

    store::Database &m_database;
    const Clock &m_clock;
    QString m_workspace;
    QTimer m_timer;
    std::shared_ptr<std::atomic<bool>> m_stopped;
    bool m_running = false;
};

/// Before a newer schema is written into the workspace: a checked copy as it is, in <workspace>/backups. To be given to
/// Database::open(). Throws StoreException: then nothing is migrated.
void backUpBeforeMigration(store::Connection &connection, int schema, const QString &workspace, Instant now);

} // namespace indelible::backup
