// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QObject>
#include <QTimer>

#include <QCoroTask>

namespace indelible::seal {
class SealService;
}

namespace indelible::session {

class AccountService;

/// Follows the storage rule of the networks for those accounts whose owner chose it (Account::followsStorageRule): once
/// a day what its author has deleted there is sealed. What is on hold is left out, and nothing is done where an
/// answer is on its way. Interface thread; the services outlive it.
class StorageRule : public QObject
{
    Q_OBJECT
public:
    /// `seals` is one of the program's own, so that the record says who did it.
    StorageRule(AccountService &accounts, seal::SealService &seals, QObject *parent = nullptr);

    /// Looks some minutes after the start, when what was missed has been fetched, and then every day.
    void start();
    void stop() { m_timer.stop(); }

    /// Looks now; gives the number of entries that were sealed. Errors: those of seal::SealService.
    QCoro::Task<Result<qint64>> applyNow();

private:
    AccountService &m_accounts;
    seal::SealService &m_seals;
    QTimer m_timer;
};

} // namespace indelible::session
