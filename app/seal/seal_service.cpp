// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/seal/seal_service.h"

#include "app/base/ending.h"
#include "app/base/when_done.h"
#include "app/seal/erasure_list.h"
#include "app/seal/seal.h"
#include "app/store/database.h"
#include "app/store/rewrite.h"
#include "app/store/seal_table.h"

#include <QPointer>

#include <QCoroFuture>
#include <QCoroTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace indelible::seal {

namespace {

constexpr int kTries = 10;
constexpr auto kBetweenTries = 300ms;

void requireSealable(const Plan &now, const Plan &shown, qint64 typed)
{
    if (!now.obstacles.isEmpty())
        throw store::StoreException(ErrorKind::Rejected, now.obstacles.join(u' ') + u" Nothing was sealed."_s);
    if (now.entries.size() != typed)
        throw store::StoreException(
            ErrorKind::Conflict,
            u"The words of %1 entries would go, not of %2. Nothing was sealed; look again at what would be sealed and type its number."_s
                .arg(now.entries.size())
                .arg(typed));
    if (now.entries != shown.entries)
        throw store::StoreException(
            ErrorKind::Conflict,
            u"Something arrived or changed since this was shown. Nothing was sealed; look again at what would be sealed."_s);
}

} // namespace

SealService::SealService(store::Database &database, const Clock &clock, quint32 member, QString backups, BackUp backUp,
                         QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_clock(clock)
    , m_member(member)
    , m_backups(std::move(backups))
    , m_backUp(std::move(backUp))
{
}

QFuture<Result<std::optional<Subject>>> SealService::subject(qint64 entry)
{
    return m_database.read([entry](store::Connection &connection) { return subjectOf(connection, entry); });
}

QFuture<Result<Plan>> SealService::plan(Target target)
{
    return m_database.read(
        [target = std::move(target)](store::Connection &connection) { return planOf(connection, target); });
}

QCoro::Task<Result<SealReport>> SealService::seal(Plan plan, QString reason, qint64 typed)
{
    const QPointer<SealService> alive(this);
    if (m_backUp && !std::holds_alternative<ItemId>(plan.target)) {
        Q_EMIT progressed(Stage::BackingUp);
        QCoro::Task<Result<void>> copying = m_backUp();
        const Result<void> copied = co_await copying;
        if (!copied)
            co_return failure(copied.error());
        if (!alive)
            co_return ending();
    }
    Q_EMIT progressed(Stage::Sealing);
    // The list names the key too, and may be written although the seal is not committed then: a key that was made with
    // the seal would be gone, and the list another workspace's.
    auto keying = m_database.write(&store::keepOutKey);
    if (const Result<QByteArray> keyed = co_await keying; !keyed)
        co_return failure(keyed.error());
    if (!alive)
        co_return ending();
    auto sealing = m_database.write(
        [&clock = m_clock, member = m_member, backups = m_backups, plan, reason, typed](store::Connection &connection) {
            const Plan now = planOf(connection, plan.target);
            requireSealable(now, plan, typed);
            SealReport report;
            report.entry = sealEntries(connection, clock, member, now.entries, reason);
            report.sealed = now.entries.size();
            // Before the commit: a line too many only seals again, in a backup, what a person wanted sealed.
            const ErasureList list = erasuresOf(connection, now.entries, reason, clock.now());
            if (const Result<void> listed = appendErasures(erasureListIn(backups), list); !listed)
                throw store::StoreException(listed.error());
            return report;
        });
    Result<SealReport> report = co_await sealing;
    if (!report || !alive)
        co_return report;
    Q_EMIT changed(plan.conversations);
    QCoro::Task<Result<bool>> finishing = finish();
    const Result<bool> finished = co_await finishing;
    report->traceless = finished && *finished;
    if (!finished)
        report->traces = finished.error().detail;
    else if (!*finished)
        report->traces = u"Another program, or a long export, reads the workspace at this moment."_s;
    co_return report;
}

QCoro::Task<Result<bool>> SealService::finish()
{
    const QPointer<SealService> alive(this);
    auto looking = m_database.read(&store::readTraces);
    const Result<std::optional<qint64>> by = co_await looking;
    if (!by)
        co_return failure(by.error());
    if (!alive)
        co_return ending();
    if (!*by)
        co_return true;
    Q_EMIT progressed(Stage::Rewriting);
    auto rewriting = m_database.rewriteFile();
    if (const Result<void> rewritten = co_await rewriting; !rewritten)
        co_return failure(rewritten.error());
    if (!alive)
        co_return ending();
    Q_EMIT progressed(Stage::EmptyingLog);
    QCoro::Task<Result<bool>> emptying = emptyLog();
    const Result<bool> emptied = co_await emptying;
    if (!emptied || !*emptied)
        co_return emptied;
    if (!alive)
        co_return ending();
    auto forgetting =
        m_database.write([seal = **by](store::Connection &connection) { store::forgetTraces(connection, seal); });
    const Result<void> forgotten = co_await forgetting;
    co_return forgotten ? Result<bool>(true) : Result<bool>(failure(forgotten.error()));
}

/// Several times, for some seconds, where somebody is in the way.
QCoro::Task<Result<bool>> SealService::emptyLog()
{
    const QPointer<SealService> alive(this);
    for (int i = 0; i < kTries; ++i) {
        if (!alive)
            co_return ending();
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
    auto written = m_database.write([this, target, reason = std::move(reason), review](store::Connection &connection) {
        return placeHold(connection, m_clock, m_member, target, reason, review);
    });
    return andThen(this, std::move(written), [this](Result<qint64> entry) {
        if (entry)
            Q_EMIT recorded();
        return entry;
    });
}

QFuture<Result<void>> SealService::release(qint64 hold)
{
    auto written = m_database.write(
        [this, hold](store::Connection &connection) { releaseHold(connection, m_clock, m_member, hold); });
    return andThen(this, std::move(written), [this](Result<void> released) {
        if (released)
            Q_EMIT recorded();
        return released;
    });
}

QFuture<Result<std::vector<Hold>>> SealService::holds()
{
    return m_database.read(&holdsNow);
}

} // namespace indelible::seal
