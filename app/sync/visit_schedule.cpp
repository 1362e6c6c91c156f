// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sync/visit_schedule.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace indelible::sync {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kGathered = 1s;    ///< what is told within it is fetched by one visit
constexpr std::chrono::milliseconds kBetweenTold = 5s; ///< from the end of one visit to the next

} // namespace

void VisitSchedule::spreadOut(const QList<AccountId> &accounts, Instant now)
{
    const int count = static_cast<int>(accounts.size());
    for (int i = 0; i < count; ++i)
        m_visits[accounts.at(i).value()].next = now + startOffset(i, count);
}

void VisitSchedule::visited(AccountId account, Instant now, bool isTold)
{
    Visit &visit = m_visits[account.value()];
    visit.ended = now;
    visit.isTold = isTold;
    visit.next = now + pauseOf(visit, now);
}

void VisitSchedule::wasActive(AccountId account, Instant now)
{
    Visit &visit = m_visits[account.value()];
    visit.activity = now;
    visit.next = std::min(visit.next, now + pauseOf(visit, now));
}

void VisitSchedule::heard(AccountId account, Instant now)
{
    Visit &visit = m_visits[account.value()];
    visit.next = std::min(visit.next, std::max(now + kGathered, visit.ended + kBetweenTold));
}

void VisitSchedule::stoppedTelling(AccountId account, Instant now)
{
    Visit &visit = m_visits[account.value()];
    if (!std::exchange(visit.isTold, false))
        return;
    visit.next = std::min(visit.next, visit.ended + pauseOf(visit, now));
}

std::chrono::milliseconds VisitSchedule::pauseOf(const Visit &visit, Instant now) const
{
    Situation situation;
    if (visit.activity)
        situation.sinceActivity = now - *visit.activity;
    situation.localTime = toDateTime(now).toLocalTime().time();
    situation.isMetered = m_metered;
    situation.isTold = visit.isTold;
    return m_rhythm(situation, QRandomGenerator::global()->generateDouble());
}

} // namespace indelible::sync
