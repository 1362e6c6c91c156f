// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/seal/seal_service.h"

#include "app/seal/erasure_list.h"
#include "app/seal/seal.h"
#include "app/store/database.h"
#include "app/store/search.h"

#include <QCoroFuture>
#include <QCoroTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace indelible::seal {

namespace {

constexpr int kTries = 10;
constexpr auto kBetweenTries = 300ms;

void requireSealable(const Plan &plan, qint64 confirmed)
{
    if (!plan.obstacles.isEmpty())
        throw store::StoreException(ErrorKind::Rejected, plan.obstacles.join(u' ') + u" Nothing was sealed."_s);
    if (plan.entries.size() != confirmed)
        throw store::StoreException(
            ErrorKind::Conflict,
            u"The words of %1 entries would go, not of %2. Nothing was sealed; look again at what would be sealed and type its number."_s
                .arg(plan.entries.size())
                .arg(confirmed));
}

} // namespace

SealService::SealService(store::Database &database, const Clock &clock, quint32 member, QString backups)
    : m_database(database)
    , m_clock(clock)
    , m_member(member)
    , m_backups(std::move(backups))
{
}

QFuture<Result<Plan>> SealService::plan(Target target)
{
    return m_database.read(
        [target = std::move(target)](store::Connection &connection) { return planOf(connection, target); });
}

QCoro::Task<Result<SealReport>> SealService::seal(Target target, QString reason, qint64 confirmed)
{
    auto sealing = m_database.write([this, target, reason, confirmed](store::Connection &connection) {
        const Plan plan = planOf(connection, target);
        requireSealable(plan, confirmed);
        SealReport report;
        report.entry = sealEntries(connection, m_clock, m_member, plan.entries, reason);
        report.sealed = plan.entries.size();
        // Before the commit: a line too many only seals again, in a backup, what a person wanted sealed.
        const ErasureList list = erasuresOf(connection, plan.entries, reason, m_clock.now());
        if (const Result<void> listed = appendErasures(erasureListIn(m_backups), list); !listed)
            throw store::StoreException(listed.error());
        return report;
    });
    Result<SealReport> report = co_await sealing;
    if (!report)
        co_return report;
    auto optimizing = m_database.write(&store::optimizeIndex);
    const Result<void> optimized = co_await optimizing;
    if (!optimized)
        co_return failure(optimized.error());
    QCoro::Task<Result<bool>> emptying = emptyLog();
    const Result<bool> emptied = co_await emptying;
    if (!emptied)
        co_return failure(emptied.error());
    report->traceless = *emptied;
    co_return report;
}

QCoro::Task<Result<bool>> SealService::emptyLog()
{
    for (int i = 0; i < kTries; ++i) {
        auto emptying = m_database.emptyLog();
        const Result<bool> emptied = co_await emptying;
        if (!emptied || *emptied)
            co_return emptied;
        co_await QCoro::sleepFor(kBetweenTries);
    }
    co_return false;
}

QFuture<Result<qint64>> SealService::hold(HoldTarget target, QString reason, QDate review)
{
    return m_database.write([this, target, reason = std::move(reason), review](store::Connection &connection) {
        return placeHold(connection, m_clock, m_member, target, reason, review);
    });
}

QFuture<Result<void>> SealService::release(qint64 hold)
{
    return m_database.write(
        [this, hold](store::Connection &connection) { releaseHold(connection, m_clock, m_member, hold); });
}

QFuture<Result<std::vector<Hold>>> SealService::holds()
{
    return m_database.read(&holdsNow);
}

} // namespace indelible::seal
