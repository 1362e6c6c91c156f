// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/domain/ids.h"
#include "app/sync/visit_rhythm.h"

#include <QHash>
#include <QList>

#include <functional>

namespace indelible::sync {

/// How long to wait after a visit: visitPause(), unless a test says otherwise.
using Rhythm = std::function<std::chrono::milliseconds(const Situation &situation, double spread)>;

/// When each account is visited next. A value in the hands of the engine; times come in, no clock is asked. What a
/// server asked for (Account::retryAt) is not its business.
class VisitSchedule
{
public:
    void setRhythm(Rhythm rhythm) { m_rhythm = std::move(rhythm); }
    void setMetered(bool metered) { m_metered = metered; }

    /// These are due now, one shortly after the other.
    void spreadOut(const QList<AccountId> &accounts, Instant now);
    /// A visit has ended; `isTold` says whether the network would say now that something has come.
    void visited(AccountId account, Instant now, bool isTold);
    /// Something came in or went out there: the next visit is soon.
    void wasActive(AccountId account, Instant now);
    /// The network said that something may have come: the next visit is at once, but not so soon after the last that a
    /// busy place would keep us there.
    void heard(AccountId account, Instant now);
    /// The network would not tell any more: the pause is that of one that does not, counted from the last visit.
    void stoppedTelling(AccountId account, Instant now);
    void forget(AccountId account) { m_visits.remove(account.value()); }

    /// One that is not known is due at once.
    [[nodiscard]] Instant next(AccountId account) const { return m_visits.value(account.value()).next; }

private:
    struct Visit
    {
        Instant next;
        std::optional<Instant> activity;
        Instant ended; ///< of the last visit
        bool isTold = false;
    };
    [[nodiscard]] std::chrono::milliseconds pauseOf(const Visit &visit, Instant now) const;

    Rhythm m_rhythm = &visitPause;
    QHash<qint64, Visit> m_visits;
    bool m_metered = false;
};

} // namespace indelible::sync
