// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sync/sync_engine.h"

#include "app/base/log.h"
#include "app/base/spawn.h"
#include "app/base/when_done.h"
#include "app/outbox/outbox_service.h"
#include "app/outbox/transitions.h"
#include "app/record/item_body.h"
#include "app/store/account_table.h"
#include "app/store/conversation_table.h"
#include "app/store/database.h"
#include "app/store/item_table.h"
#include "app/store/place.h"
#include "app/sync/account_health.h"

#include <QFileInfo>
#include <QPointer>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::sync {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kRefreshWindow = 7 * 24h; ///< how far back threads are looked at again
constexpr std::chrono::milliseconds kRefreshEvery = 10min;    ///< how often one of them is, by itself
constexpr int kRefreshedAtOnce = 10;
constexpr int kRefreshedThorough = 200;
constexpr int kMostUnreadable = 5; ///< threads in one round, before the rest waits for the next

constexpr std::chrono::milliseconds kSoonest = 50ms;     ///< between two looks at what is due
constexpr std::chrono::milliseconds kLatest = 60s;       ///< so that a clock that was set is noticed
constexpr std::chrono::milliseconds kTimeIsOut = 90s;    ///< a look that is so much too late or early
constexpr std::chrono::milliseconds kLongestRetry = 25h; ///< no server is believed for longer than a day

bool isWatched(const Account &account)
{
    // Signed out with a time to try again: the keychain did not give the tokens out, and may do so later.
    return account.state != AccountState::Paused && account.state != AccountState::Disconnected &&
           (account.state != AccountState::SignedOut || account.retryAt);
}

channels::ThreadRef threadRef(store::Connection &connection, const store::ConversationKey &key)
{
    channels::ThreadRef ref{key.threadId, key.audience, {}, {}};
    for (const store::ShownItem &item : store::shownItems(connection, key.id)) {
        ref.knownItems.append(item.remoteId);
        const QJsonObject reply = record::itemFromBody(item.body).reply;
        if (!reply.isEmpty())
            ref.replies.insert(item.remoteId, reply);
    }
    return ref;
}

// When the account may be asked again; a time that lies too far ahead is the trace of a clock that was set back.
Instant free(const Account &account, Instant now)
{
    const Instant retryAt = account.retryAt.value_or(Instant());
    return retryAt > now + kLongestRetry ? Instant() : retryAt;
}

bool isDue(const Account &account, Instant now)
{
    return isWatched(account) && free(account, now) <= now;
}

void add(SyncReport &total, const inbox::IngestReport &part)
{
    total.newItems += part.newItems;
    total.newIncoming += part.newIncoming;
    total.revisions += part.revisions;
    total.gone += part.gone;
}

} // namespace

/// One account in the round.
struct SyncEngine::Line
{
    Account account;
    std::unique_ptr<channels::Channel> channel;
    bool running = false;
    bool heard = false; ///< the network told of something while it was being visited
};

SyncEngine::SyncEngine(store::Database &database, outbox::OutboxService &outbox, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_outbox(outbox)
    , m_clock(clock)
    , m_freeBytes([folder = QFileInfo(database.path()).path()] { return store::freeBytes(folder); })
{
    m_sendTimer.setSingleShot(true);
    m_visitTimer.setSingleShot(true);
    connect(&m_visitTimer, &QTimer::timeout, this, &SyncEngine::visitDue);
    connect(&m_sendTimer, &QTimer::timeout, this, &SyncEngine::sendDue);
}

SyncEngine::~SyncEngine() = default;

void SyncEngine::addAccount(Account account, std::unique_ptr<channels::Channel> channel)
{
    const qint64 id = account.id.value();
    m_lines.insert(id, std::make_shared<Line>(Line{std::move(account), std::move(channel)}));
    armVisitTimer();
}

void SyncEngine::removeAccount(AccountId id)
{
    // A round that is under way keeps its line, and so its channel, until it ends.
    if (const std::shared_ptr<Line> line = m_lines.take(id.value()))
        line->channel->listen({});
    m_schedule.forget(id);
}

channels::Channel *SyncEngine::channel(AccountId id) const
{
    const std::shared_ptr<Line> line = m_lines.value(id.value());
    return line ? line->channel.get() : nullptr;
}

void SyncEngine::start(Rhythm rhythm)
{
    connect(&m_outbox, &outbox::OutboxService::queued, this, &SyncEngine::armSendTimer, Qt::UniqueConnection);
    connect(&m_outbox, &outbox::OutboxService::sent, this, &SyncEngine::noteSent, Qt::UniqueConnection);
    m_schedule.setRhythm(std::move(rhythm));
    m_schedule.spreadOut(accounts(), m_clock.now());
    m_started = true;
    m_wakeAt = m_clock.now();
    armSendTimer();
    visitDue();
}

void SyncEngine::stop()
{
    m_started = false;
    m_visitTimer.stop();
    m_sendTimer.stop();
    for (const std::shared_ptr<Line> &line : std::as_const(m_lines))
        line->channel->listen({});
}

void SyncEngine::connectionCameBack()
{
    QList<AccountId> were;
    for (const std::shared_ptr<Line> &line : std::as_const(m_lines)) {
        if (line->account.state != AccountState::Offline)
            continue;
        line->account.retryAt.reset();
        were.append(line->account.id);
    }
    m_schedule.spreadOut(were, m_clock.now());
    armVisitTimer();
}

void SyncEngine::checkNow()
{
    for (const AccountId id : accounts())
        checkNow(id);
}

bool SyncEngine::checkNow(AccountId id)
{
    const std::shared_ptr<Line> line = m_lines.value(id.value());
    if (!line || line->running || !isWatched(line->account))
        return false;
    const bool toldToWait =
        line->account.state == AccountState::SlowedDown && line->account.retryAt.value_or(Instant()) > m_clock.now();
    if (!toldToWait)
        spawn(round(id, Depth::Thorough).then([](const Result<SyncReport> &) { return Result<void>(); }),
              "checking an account");
    return !toldToWait;
}

QList<AccountId> SyncEngine::accounts() const
{
    QList<AccountId> ids;
    for (const std::shared_ptr<Line> &line : m_lines)
        ids.append(line->account.id);
    std::ranges::sort(ids, {}, &AccountId::value);
    return ids;
}

std::optional<Instant> SyncEngine::dueAt(const Line &line) const
{
    if (line.running || !isWatched(line.account))
        return std::nullopt;
    return std::max(m_schedule.next(line.account.id), free(line.account, m_clock.now()));
}

void SyncEngine::visitDue()
{
    const Instant now = m_clock.now();
    if (now > m_wakeAt + kTimeIsOut || now < m_wakeAt - kTimeIsOut)
        m_schedule.spreadOut(accounts(), now);
    for (const std::shared_ptr<Line> &line : std::as_const(m_lines)) {
        // Trouble ends listening without a word.
        if (!line->channel->isListening())
            m_schedule.stoppedTelling(line->account.id, now);
        if (const std::optional<Instant> due = dueAt(*line); due && *due <= now)
            spawn(round(line->account.id, Depth::Usual).then([](const Result<SyncReport> &) { return Result<void>(); }),
                  "fetching an account");
    }
    armVisitTimer();
}

void SyncEngine::armVisitTimer()
{
    if (!m_started)
        return;
    const Instant now = m_clock.now();
    Instant earliest = now + kLatest;
    for (const std::shared_ptr<Line> &line : std::as_const(m_lines))
        earliest = std::min(earliest, dueAt(*line).value_or(earliest));
    m_wakeAt = std::max(earliest, now + kSoonest);
    m_visitTimer.start(m_wakeAt - now);
}

void SyncEngine::listen(const std::shared_ptr<Line> &line)
{
    if (!m_started || m_lines.value(line->account.id.value()) != line)
        return;
    const QPointer<SyncEngine> alive(this);
    line->channel->listen([alive, id = line->account.id] {
        if (alive)
            alive->noteHeard(id);
    });
}

void SyncEngine::noteHeard(AccountId id)
{
    const std::shared_ptr<Line> line = m_lines.value(id.value());
    if (!line)
        return;
    line->heard = true;
    m_schedule.heard(id, m_clock.now());
    armVisitTimer();
}

void SyncEngine::noteSent(OutboxId, ConversationId, AccountId account)
{
    m_schedule.wasActive(account, m_clock.now());
    armVisitTimer();
}

void SyncEngine::armSendTimer()
{
    whenDone(this, m_outbox.nextDue(), [this](const Result<std::optional<Instant>> &due) {
        if (!due || !*due)
            return;
        // Undo windows are counted on the clock of the record; the timer only wakes us. What waits behind an answer
        // that is under way is due all the while.
        const std::chrono::milliseconds soonest = m_outbox.isDraining() ? 1s : 50ms;
        const auto wait = std::clamp<std::chrono::milliseconds>(**due - m_clock.now(), soonest, 60s);
        m_sendTimer.start(wait);
    });
}

void SyncEngine::sendDue()
{
    const QHash<qint64, std::shared_ptr<Line>> lines = m_lines;
    for (const std::shared_ptr<Line> &line : lines) {
        if (isDue(line->account, m_clock.now()))
            spawn(drain(line), "sending");
    }
    armSendTimer();
}

QCoro::Task<Result<void>> SyncEngine::drain(std::shared_ptr<Line> line)
{
    const QPointer<SyncEngine> alive(this);
    const Result<void> sent = co_await m_outbox.drain(line->account.id, *line->channel);
    if (alive && !sent) {
        const Result<void> settled = co_await settle(line, sent, Said());
        if (!settled)
            co_return settled;
    }
    if (alive)
        armSendTimer();
    co_return Result<void>();
}

QCoro::Task<Result<SyncReport>> SyncEngine::syncAccount(AccountId id, Depth depth)
{
    return round(id, depth);
}

QCoro::Task<Result<SyncReport>> SyncEngine::round(AccountId id, Depth depth)
{
    const std::shared_ptr<Line> line = m_lines.value(id.value());
    if (!line)
        co_return failure(ErrorKind::NotFound,
                          u"This account is not connected. Nothing was fetched; connect it first."_s);
    if (line->running)
        co_return failure(ErrorKind::Conflict, u"This account is being fetched already."_s);
    line->running = true;
    line->heard = false;
    setRunning(+1);
    const QPointer<SyncEngine> alive(this);
    SyncReport total;
    Said said;

    Result<void> outcome;
    const Result<void> sentFirst = co_await m_outbox.drain(id, *line->channel);
    // An answer that cannot go out now is no reason not to hear what people say.
    if (!sentFirst && outbox::concernsAccount(sentFirst.error()))
        outcome = failure(sentFirst.error());
    else if (alive)
        outcome = co_await fetchAll(line, &total, &said);
    if (alive && outcome)
        outcome = co_await refreshThreads(line, depth, &total);
    if (alive && outcome) {
        // What was unclear may have come back by now.
        const Result<void> sentLast = co_await m_outbox.drain(id, *line->channel);
        if (!sentLast && outbox::concernsAccount(sentLast.error()))
            outcome = failure(sentLast.error());
    }
    line->running = false;
    if (!alive)
        co_return failure(ErrorKind::Cancelled, u"The program is ending."_s);
    if (total.newItems + total.revisions > 0)
        m_schedule.wasActive(id, m_clock.now());
    if (outcome)
        listen(line);
    m_schedule.visited(id, m_clock.now(), line->channel->isListening());
    if (line->heard)
        m_schedule.heard(id, m_clock.now());
    const Result<void> settled = co_await settle(line, outcome, said);
    if (alive) {
        setRunning(-1);
        armVisitTimer();
        if (total.newIncoming > 0)
            Q_EMIT arrived(total.newIncoming);
    }
    if (!outcome)
        co_return failure(outcome.error());
    if (!settled)
        co_return failure(settled.error());
    co_return total;
}

Result<void> SyncEngine::requireRoom() const
{
    const std::optional<qint64> free = m_freeBytes();
    if (!free || *free >= store::kTooLittleRoom)
        return {};
    return failure(
        ErrorKind::DiskFull,
        u"The disk is nearly full (%1 MB free), so that nothing is fetched. Nothing stored is lost and answers still go out; make room for %2 MB."_s
            .arg(*free / (1024 * 1024))
            .arg(store::kTooLittleRoom / (1024 * 1024)));
}

QCoro::Task<Result<void>> SyncEngine::fetchAll(std::shared_ptr<Line> line, SyncReport *total, Said *said)
{
    const QPointer<SyncEngine> alive(this);
    const AccountId id = line->account.id;
    auto reading = m_database.read([id](store::Connection &connection) { return store::readCursor(connection, id); });
    const Result<QByteArray> stored = co_await reading;
    if (!stored)
        co_return failure(stored.error());
    QByteArray cursor = *stored;
    bool more = true;
    while (more && alive) {
        if (const Result<void> room = requireRoom(); !room)
            co_return failure(room.error());
        Result<channels::Batch> batch = co_await line->channel->fetch(cursor);
        if (!batch)
            co_return failure(batch.error());
        if (!alive)
            break;
        ++total->requests;
        if (batch->more && batch->cursor == cursor)
            co_return failure(
                ErrorKind::InvalidReply,
                u"The server sends the same page again and again. Everything up to it is stored; fetching goes on from there next time."_s);
        more = batch->more;
        cursor = batch->cursor;
        if (!batch->limited.isEmpty())
            said->limited = batch->limited;
        said->notBefore = batch->notBefore;
        channels::Batch arrived = std::move(*batch);
        const Result<inbox::IngestReport> report = co_await store(id, std::move(arrived), false, ConversationId());
        if (!report)
            co_return failure(report.error());
        add(*total, *report);
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> SyncEngine::refreshThreads(std::shared_ptr<Line> line, Depth depth, SyncReport *total)
{
    const QPointer<SyncEngine> alive(this);
    const AccountId id = line->account.id;
    int failed = 0;
    const bool thorough = depth == Depth::Thorough;
    const Instant now = m_clock.now();
    struct Thread
    {
        ConversationId id;
        channels::ThreadRef ref;
    };
    auto reading = m_database.read([=](store::Connection &connection) {
        std::vector<Thread> threads;
        const Instant refreshedBefore = thorough ? now + 1ms : now - kRefreshEvery;
        for (const store::ConversationKey &key :
             store::threadsToRefresh(connection, id, now - kRefreshWindow, refreshedBefore,
                                     thorough ? kRefreshedThorough : kRefreshedAtOnce))
            threads.push_back({key.id, threadRef(connection, key)});
        return threads;
    });
    const Result<std::vector<Thread>> threads = co_await reading;
    if (!threads)
        co_return failure(threads.error());
    for (const Thread &thread : *threads) {
        channels::ThreadRef ref = thread.ref;
        Result<channels::Batch> batch = co_await line->channel->context(std::move(ref));
        if (!batch && outbox::concernsAccount(batch.error()))
            co_return failure(batch.error());
        if (!alive)
            break;
        ++total->requests;
        if (!batch) {
            // One thread that cannot be read (left, blocked, broken) says nothing about the others; it is looked at
            // again in its turn.
            qCInfo(lcSync, "a thread could not be read again: %s", qUtf8Printable(batch.error().detail));
            if (++failed == kMostUnreadable)
                break;
        }
        channels::Batch arrived = batch ? std::move(*batch) : channels::Batch();
        const Result<inbox::IngestReport> report = co_await store(id, std::move(arrived), true, thread.id);
        if (!report)
            co_return failure(report.error());
        add(*total, *report);
    }
    co_return Result<void>();
}

QCoro::Task<Result<inbox::IngestReport>> SyncEngine::store(AccountId id, channels::Batch batch, bool keepCursor,
                                                           ConversationId refreshed)
{
    const QPointer<SyncEngine> alive(this);
    const std::shared_ptr<Line> line = m_lines.value(id.value());
    if (!line)
        co_return failure(ErrorKind::Cancelled, u"The account was disconnected while it was fetched."_s);
    inbox::Arrival arrival;
    arrival.items = std::move(batch.items);
    arrival.gone = std::move(batch.gone);
    if (!keepCursor)
        arrival.cursor = batch.cursor;
    auto writing = m_database.write(
        [this, account = line->account, arrival = std::move(arrival), refreshed](store::Connection &connection) {
            inbox::IngestReport report = inbox::ingest(connection, m_clock, account, arrival);
            if (refreshed.isValid())
                store::setRefreshed(connection, refreshed, m_clock.now());
            return report;
        });
    const Result<inbox::IngestReport> report = co_await writing;
    if (alive && report && !report->changed.isEmpty())
        Q_EMIT changed(report->changed);
    co_return report;
}

QCoro::Task<Result<void>> SyncEngine::settle(std::shared_ptr<Line> line, Result<void> outcome, Said said)
{
    // While the round went on the account may have been paused, left or signed in to anew: then this is no news of it.
    const AccountId id = line->account.id;
    if (m_lines.value(id.value()) != line)
        co_return Result<void>();
    std::optional<Health> health;
    if (outcome) {
        health =
            Health{said.limited.isEmpty() ? AccountState::Live : AccountState::Limited, said.limited, said.notBefore};
    } else {
        health = healthAfter(outcome.error(), 1, m_clock.now());
        // Trouble of another kind begins anew: who is signed out on Monday was not, while they were offline on Sunday.
        if (health && health->state != line->account.state)
            line->account.failed = {};
        else
            health = healthAfter(outcome.error(), line->account.failed.count + 1, m_clock.now());
    }
    if (!health) {
        Q_EMIT failed(outcome.error());
        co_return failure(outcome.error());
    }
    FailedRounds &failed = line->account.failed;
    if (outcome)
        failed = {};
    else
        failed = {failed.count + 1, failed.count == 0 ? m_clock.now() : std::min(failed.since, m_clock.now())};
    line->account.state = health->state;
    line->account.stateDetail = health->detail;
    line->account.retryAt = health->retryAt;
    const QPointer<SyncEngine> alive(this);
    const Health now = *health;
    auto writing = m_database.write([id, now, failed](store::Connection &connection) {
        store::updateAccountState(connection, id, now.state, now.detail, now.retryAt, failed);
    });
    const Result<void> written = co_await writing;
    if (alive)
        Q_EMIT accountChanged(id);
    co_return written;
}

void SyncEngine::setRunning(int change)
{
    const bool wasBusy = isBusy();
    m_running += change;
    if (wasBusy != isBusy())
        Q_EMIT busyChanged(isBusy());
}

} // namespace indelible::sync
