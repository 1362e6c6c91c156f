// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/seal/holds.h"
#include "app/seal/plan.h"

#include <QFuture>
#include <QString>

#include <QCoroTask>

namespace indelible::store {
class Database;
}

namespace indelible::seal {

struct SealReport
{
    qint64 entry = 0;  ///< the ERASE entry
    qint64 sealed = 0; ///< entries whose words are gone
    /// No byte of the words is left in the database's files; false where somebody reads an older state at this moment:
    /// then emptyLog() is to be asked again.
    bool traceless = false;
};

/// Seals, and sees to it that nothing stays behind in the files. Lives on the interface thread.
class SealService
{
public:
    /// `backups` is the folder of the backups, where erasures.list is kept. All outlive the service.
    SealService(store::Database &database, const Clock &clock, quint32 member, QString backups);

    /// What would go. Errors: NotFound, Conflict, Rejected, Storage.
    QFuture<Result<Plan>> plan(Target target);

    /// `confirmed` is the number that a person typed: how many entries lose their words. Errors: as plan(), Rejected (a
    /// hold, an answer on its way, no such reason), Conflict (it is not that many), Storage, DiskFull: then nothing was
    /// sealed.
    QCoro::Task<Result<SealReport>> seal(Target target, QString reason, qint64 confirmed);

    /// Several times, for some seconds, where somebody is in the way.
    QCoro::Task<Result<bool>> emptyLog();

    QFuture<Result<qint64>> hold(HoldTarget target, QString reason, QDate review);
    QFuture<Result<void>> release(qint64 hold);
    QFuture<Result<std::vector<Hold>>> holds();

private:
    store::Database &m_database;
    const Clock &m_clock;
    quint32 m_member;
    QString m_backups;
};

} // namespace indelible::seal
