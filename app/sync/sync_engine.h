// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/channels/channel.h"
#include "app/domain/account.h"
#include "app/inbox/ingest.h"
#include "app/sync/visit_schedule.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

#include <QCoroTask>

namespace indelible::store {
class Database;
}
namespace indelible::outbox {
class OutboxService;
}

namespace indelible::sync {

struct SyncReport
{
    int newItems = 0;
    int newIncoming = 0;
    int revisions = 0;
    int gone = 0;
    int requests = 0; ///< channel calls made
};

/// Fetches every account, stores what comes, and sends what is queued. Lives on the interface thread.
///
/// One account's trouble never holds another's. A page and the cursor behind it are one transaction; a page that
/// cannot be read keeps the cursor where it is. An account that signed out, or was asked to slow down, says so in its
/// state and is left alone until a person acts or the time has come. Where the disk is nearly full nothing is fetched,
/// so that the last room is there for what people here write; their answers still go out.
///
/// By itself it visits each account in its own rhythm (visit_rhythm.h), all beside each other, and at once where the
/// network tells that something has come. Where the computer slept
/// or its clock was set, everything is due and spread over half a minute.
class SyncEngine : public QObject
{
    Q_OBJECT
public:
    SyncEngine(store::Database &database, outbox::OutboxService &outbox, const Clock &clock, QObject *parent = nullptr);
    ~SyncEngine() override;

    /// Takes an account into the round. The engine owns the channel.
    void addAccount(Account account, std::unique_ptr<channels::Channel> channel);
    void removeAccount(AccountId id);
    [[nodiscard]] channels::Channel *channel(AccountId id) const;

    enum class Depth {
        Usual,   ///< new things, and the liveliest threads now and then
        Thorough ///< every thread of the last week is looked at again, for deletions and replies to others
    };
    /// One full round of one account: send, fetch to the end, look at threads again, look up what is unclear.
    /// Conflict = it is already under way.
    QCoro::Task<Result<SyncReport>> syncAccount(AccountId id, Depth depth);

    /// Begins to work by itself: visits each account in its rhythm, sends when something is due.
    void start(Rhythm rhythm = &visitPause);
    void stop();

    /// Visits what is due. The engine's own timer calls it, and whoever knows that time has passed.
    void visitDue();

    /// What is known of this computer's connection. Where it has come back, accounts that were offline are due.
    void setMetered(bool metered) { m_schedule.setMetered(metered); }
    void connectionCameBack();

    /// How much room there is, asked before anything is fetched; the disk of the workspace unless a test says
    /// otherwise.
    using FreeBytes = std::function<std::optional<qint64>()>;
    void setFreeBytes(FreeBytes freeBytes) { m_freeBytes = std::move(freeBytes); }

    /// All accounts now, whatever they were told to wait for except a server's own request to slow down.
    void checkNow();
    /// One of them. False = not now: it is being visited, is not watched, or its server asked us to wait.
    bool checkNow(AccountId id);
    [[nodiscard]] bool isBusy() const { return m_running > 0; }

Q_SIGNALS:
    void changed(const QList<indelible::ConversationId> &ids);
    void accountChanged(indelible::AccountId id);
    void busyChanged(bool busy);
    /// `newItems` of theirs have come.
    void arrived(int newItems);
    /// Something of this computer (a full disk, a damaged file) kept a round from being stored. What the network did is
    /// in the account's state instead.
    void failed(const indelible::Error &error);

private:
    struct Line;
    /// What the channel said of the account beside what it brought.
    struct Said
    {
        QString limited;
        std::optional<Instant> notBefore;
    };
    QCoro::Task<Result<SyncReport>> round(AccountId id, Depth depth);
    [[nodiscard]] Result<void> requireRoom() const;
    // What they store is in `total`, whether or not they come to their end.
    QCoro::Task<Result<void>> fetchAll(std::shared_ptr<Line> line, SyncReport *total, Said *said);
    QCoro::Task<Result<void>> refreshThreads(std::shared_ptr<Line> line, Depth depth, SyncReport *total);
    QCoro::Task<Result<inbox::IngestReport>> store(AccountId id, channels::Batch batch, bool keepCursor,
                                                   ConversationId refreshed);
    QCoro::Task<Result<void>> settle(std::shared_ptr<Line> line, Result<void> outcome, Said said);
    /// Every account on its own: a server that is silent holds up the answers of no other.
    void sendDue();
    QCoro::Task<Result<void>> drain(std::shared_ptr<Line> line);
    [[nodiscard]] QList<AccountId> accounts() const;
    [[nodiscard]] std::optional<Instant> dueAt(const Line &line) const;
    void armVisitTimer();
    void listen(const std::shared_ptr<Line> &line);
    void noteHeard(AccountId id);
    void noteSent(OutboxId id, ConversationId conversation, AccountId account);
    void armSendTimer();
    void setRunning(int change);

    store::Database &m_database;
    outbox::OutboxService &m_outbox;
    const Clock &m_clock;
    FreeBytes m_freeBytes;
    QHash<qint64, std::shared_ptr<Line>> m_lines;
    VisitSchedule m_schedule;
    Instant m_wakeAt; ///< when the timer below is to fire, on the clock of the record
    bool m_started = false;
    QTimer m_visitTimer;
    QTimer m_sendTimer;
    int m_running = 0;
};

} // namespace indelible::sync
