// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/channels/channel.h"
#include "app/domain/conversation.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QSet>

#include <chrono>

#include <QCoroTask>

namespace indelible::store {
class Database;
}

namespace indelible::outbox {

/// Puts answers on the record before anything is sent, sends each at most once, and says honestly how it ended
/// (rule R3). Lives on the interface thread.
///
/// QUEUED -> SENDING is one compare-and-swap transaction together with the attempt's record entry; the network call
/// starts only after that commit. SENDING found at start-up becomes UNKNOWN. UNKNOWN is looked up where the channel
/// can, else it waits for a person. Nothing here repeats an unclear send by itself.
class OutboxService : public QObject
{
    Q_OBJECT
public:
    OutboxService(store::Database &database, const Clock &clock, quint32 member, QObject *parent = nullptr);

    /// Puts an answer to the newest item of theirs on the record and in the queue, held until `undoWindow` is over, and
    /// forgets the draft. Errors: Rejected (empty, over `limit`, nothing to answer), Storage, DiskFull, Conflict (an
    /// answer with the same text is still unsent there).
    QFuture<Result<OutboxId>> queue(ConversationId conversation, QString text, Audience audience, TextLimit limit,
                                    std::chrono::milliseconds undoWindow);

    /// Takes an answer back that has not started to leave. Its text becomes the draft again. Conflict = too late.
    QFuture<Result<void>> undo(OutboxId id);

    /// Ends the undo window.
    QFuture<Result<void>> sendNow(OutboxId id);

    /// A person's decision on FAILED or UNKNOWN: send it (again) as a new attempt.
    QFuture<Result<void>> sendAgain(OutboxId id);

    /// A person's decision on UNKNOWN or FAILED: leave it; it is not counted as sent.
    QFuture<Result<void>> giveUp(OutboxId id);

    /// Once at start-up: what was under way when the program ended is now unclear.
    QFuture<Result<void>> recoverInterrupted();

    /// Sends what is due on one account and looks up what is unclear. One run per account at a time; a second call
    /// returns at once. The result is the first error that concerns the account (signed out, offline), if any.
    QCoro::Task<Result<void>> drain(AccountId account, channels::Channel &channel);
    /// An account is drained at this moment.
    [[nodiscard]] bool isDraining() const { return !m_draining.isEmpty(); }

    /// When the earliest queued answer of any account is due; nothing = the queue is empty.
    QFuture<Result<std::optional<Instant>>> nextDue();

Q_SIGNALS:
    void changed(const QList<indelible::ConversationId> &ids);
    void sent(indelible::OutboxId id, indelible::ConversationId conversation, indelible::AccountId account);
    /// Something new to send: whoever drives drain() may want to look at nextDue().
    void queued();

private:
    template<typename Function>
    auto change(OutboxId id, Function function);
    QCoro::Task<Result<void>> drainAll(AccountId account, channels::Channel &channel);
    QCoro::Task<Result<void>> sendOne(OutboxId id, channels::Channel &channel);
    QCoro::Task<Result<void>> lookUp(OutboxId id, channels::Channel &channel);

    store::Database &m_database;
    const Clock &m_clock;
    quint32 m_member;
    QSet<qint64> m_draining;
};

} // namespace indelible::outbox
