// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/seal/holds.h"
#include "app/seal/plan.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <functional>

#include <QCoroTask>

namespace indelible::store {
class Database;
}

namespace indelible::seal {

struct SealReport
{
    qint64 entry = 0;  ///< the ERASE entry
    qint64 sealed = 0; ///< entries whose words are gone
    /// No byte of the words is left in the database's files. False where somebody reads an older state at this moment,
    /// or there is no room to write the file anew: `traces` says which. SealService::finish() does it later.
    bool traceless = false;
    QString traces;
};

/// Seals, and sees to it that nothing stays behind in the files. Lives on the interface thread; none of it waits there.
class SealService : public QObject
{
    Q_OBJECT
public:
    enum class Stage {
        BackingUp,  ///< a copy of everything is made; nothing is sealed yet
        Sealing,    ///< the words are being destroyed; until here everything can still be refused
        Rewriting,  ///< the file is written anew: 2.4 s for 100,000 items (100 MB); as long nothing else is
                    ///< written
        EmptyingLog ///< the write-ahead log too
    };
    Q_ENUM(Stage)

    /// Makes a copy before much is sealed; what it fails with is why nothing was.
    using BackUp = std::function<QCoro::Task<Result<void>>()>;

    /// `backups` is the folder of the backups, where erasures.list is kept. All but the parent outlive the service.
    /// Where `backUp` is nothing (practice), nothing is copied.
    SealService(store::Database &database, const Clock &clock, quint32 member, QString backups, BackUp backUp = {},
                QObject *parent = nullptr);

    /// What can be sealed where an entry is looked at. Errors: Storage.
    QFuture<Result<std::optional<Subject>>> subject(qint64 entry);

    /// What would go, what stands in the way, what stays. Changes nothing. Errors: NotFound, Conflict, Rejected,
    /// Storage.
    QFuture<Result<Plan>> plan(Target target);

    /// `typed` is the number that a person typed to confirm: how many entries lose their words. Errors: as plan(),
    /// Rejected (a hold, an answer on its way, no such reason), Conflict (it is not that many, or no longer the ones of
    /// the plan), Storage, DiskFull, what the backup fails with: then nothing was sealed. More than one item is backed
    /// up before: the copy goes some days later, as all from before a seal do.
    QCoro::Task<Result<SealReport>> seal(Plan plan, QString reason, qint64 typed);

    /// Removes the traces that an earlier seal has left: it was broken off, or somebody was in the way. True where
    /// nothing is left (mostly there is nothing to do). Errors: DiskFull, Storage.
    QCoro::Task<Result<bool>> finish();

    QFuture<Result<qint64>> hold(HoldTarget target, QString reason, QDate review);
    QFuture<Result<void>> release(qint64 hold);
    QFuture<Result<std::vector<Hold>>> holds();

Q_SIGNALS:
    void progressed(indelible::seal::SealService::Stage stage);
    void changed(const QList<indelible::ConversationId> &conversations);
    /// Something was added to the record that changes no conversation.
    void recorded();

private:
    QCoro::Task<Result<bool>> emptyLog();

    store::Database &m_database;
    const Clock &m_clock;
    quint32 m_member;
    QString m_backups;
    BackUp m_backUp;
};

} // namespace indelible::seal
