// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sync/visit_schedule.h"

#include <QRandomGenerator>

#include <algorithm>

namespace indelible::sync {

void VisitSchedule::spreadOut(const QList<AccountId> &accounts, Instant now)
{
    const int count = static_cast<int>(accounts.size());
    for (int i = 0; i < count; ++i)
        m_visits[accounts.at(i).value()].next = now + startOffset(i, count);
}

void VisitSchedule::visited(AccountId account, Instant now)
{
    Visit &visit = m_visits[account.value()];
    visit.next = now + pauseOf(visit, now);
}

void VisitSchedule::wasActive(AccountId account, Instant now)
{
    Visit &visit = m_visits[account.value()];
    visit.activity = now;
    visit.next = std::min(visit.next, now + pauseOf(visit, now));
}

std::chrono::milliseconds VisitSchedule::pauseOf(const Visit &visit, Instant now) const
{
    Situation situation;
    if (visit.activity)
        situation.sinceActivity = now - *visit.activity;
    situation.localTime = toDateTime(now).toLocalTime().time();
    situation.isMetered = m_metered;
    return m_rhythm(situation, QRandomGenerator::global()->generateDouble());
}

} // namespace indelible::sync
