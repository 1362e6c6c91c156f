// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outbox/outbox_service.h"

#include "app/base/log.h"
#include "app/base/when_done.h"
#include "app/outbox/outbox_ledger.h"
#include "app/outbox/transitions.h"
#include "app/record/item_body.h"
#include "app/store/conversation_table.h"
#include "app/store/database.h"

#include <QPointer>

#include <utility>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::outbox {

namespace {

constexpr std::chrono::milliseconds kLookAgainAfter = std::chrono::seconds(30);

QString wordOf(OutboxState state)
{
    return state == OutboxState::Queued ? u"not-yet"_s : toString(state);
}

/// Account trouble concerns everything behind this answer too: there is no use in trying the next one now.
bool stopsSending(const Error &error)
{
    return concernsAccount(error) || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::ServerTrouble;
}

} // namespace

OutboxService::OutboxService(store::Database &database, const Clock &clock, quint32 member, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_clock(clock)
    , m_member(member)
{
}

QFuture<Result<OutboxId>> OutboxService::queue(ConversationId conversation, QString text, Audience audience,
                                               TextLimit limit, std::chrono::milliseconds undoWindow)
{
    const Instant now = m_clock.now();
    NewAnswer answer{conversation, std::move(text), audience, m_member, now, now + undoWindow};
    auto written = m_database.write([this, answer = std::move(answer), limit](store::Connection &connection) {
        if (answer.text.trimmed().isEmpty())
            throw store::StoreException(ErrorKind::Rejected, u"An answer needs words. Nothing was queued."_s);
        if (!fits(limit, answer.text))
            throw store::StoreException(
                ErrorKind::Rejected,
                u"The answer is longer than this network takes (%1 of %2). Nothing was queued; shorten it."_s
                    .arg(lengthIn(limit, answer.text))
                    .arg(limit.maximum));
        return recordIntent(connection, m_clock, answer);
    });
    return andThen(this, std::move(written), [this, conversation](Result<OutboxId> id) {
        if (id) {
            Q_EMIT changed({conversation});
            Q_EMIT queued();
        }
        return id;
    });
}

/// A person's change of one answer, announced once it is stored.
template<typename Function>
auto OutboxService::change(OutboxId id, Function function)
{
    auto written = m_database.write([id, function = std::move(function)](store::Connection &connection) {
        const store::OutboxRow row = store::requireOutbox(connection, id);
        function(connection, row);
        return row.conversation;
    });
    return andThen(this, std::move(written), [this](Result<ConversationId> conversation) -> Result<void> {
        if (!conversation)
            return failure(conversation.error());
        Q_EMIT changed({*conversation});
        Q_EMIT queued();
        return {};
    });
}

QFuture<Result<void>> OutboxService::undo(OutboxId id)
{
    return change(id, [this](store::Connection &connection, const store::OutboxRow &row) {
        if (!recordChange(connection, m_clock, row,
                          {OutboxState::Queued, OutboxState::Undone, u"undone"_s, QString(), {}, m_member}))
            throw store::StoreException(
                ErrorKind::Conflict,
                u"It is too late to take this answer back: it has already left or was decided. Nothing was changed."_s);
        // Words written meanwhile stay too, behind those that come back.
        const QString written = store::readDraft(connection, row.conversation).text;
        const QString back = record::itemFromBody(row.body).text;
        const QString both = written.isEmpty() || written == back ? back : back + u"\n\n"_s + written;
        store::writeDraft(connection, row.conversation, Draft{both, row.audience, false}, m_clock.now());
    });
}

QFuture<Result<void>> OutboxService::sendNow(OutboxId id)
{
    return change(id, [this](store::Connection &connection, const store::OutboxRow &row) {
        (void)store::changeOutboxState(connection, row.id, OutboxState::Queued, OutboxState::Queued, row.detail,
                                       m_clock.now());
    });
}

QFuture<Result<void>> OutboxService::sendAgain(OutboxId id)
{
    return change(id, [this](store::Connection &connection, const store::OutboxRow &row) {
        const bool decided =
            (row.state == OutboxState::Failed || row.state == OutboxState::Unknown) &&
            recordChange(connection, m_clock, row,
                         {row.state, OutboxState::Queued, u"send-again"_s, QString(), m_clock.now(), m_member});
        if (!decided)
            throw store::StoreException(
                ErrorKind::Conflict,
                u"Only an answer that failed or is unclear can be sent again. Nothing was changed."_s);
    });
}

QFuture<Result<void>> OutboxService::giveUp(OutboxId id)
{
    return change(id, [this](store::Connection &connection, const store::OutboxRow &row) {
        const bool decided = (row.state == OutboxState::Failed || row.state == OutboxState::Unknown) &&
                             recordChange(connection, m_clock, row,
                                          {row.state, OutboxState::Undone, u"left"_s, row.detail, {}, m_member});
        if (!decided)
            throw store::StoreException(
                ErrorKind::Conflict, u"Only an answer that failed or is unclear can be left. Nothing was changed."_s);
    });
}

QFuture<Result<void>> OutboxService::recoverInterrupted()
{
    return m_database.write([this](store::Connection &connection) {
        for (const store::OutboxRow &row : store::interruptedOutbox(connection)) {
            (void)recordChange(
                connection, m_clock, row,
                {OutboxState::Sending,
                 OutboxState::Unknown,
                 u"unknown"_s,
                 u"The program ended while this was being sent. It may have gone out; it is looked up."_s,
                 {},
                 {}});
        }
    });
}

QFuture<Result<std::optional<Instant>>> OutboxService::nextDue()
{
    return m_database.read([](store::Connection &connection) { return store::nextOutboxDue(connection); });
}

QCoro::Task<Result<void>> OutboxService::drain(AccountId account, channels::Channel &channel)
{
    if (m_draining.contains(account.value()))
        co_return Result<void>();
    m_draining.insert(account.value());
    const QPointer<OutboxService> alive(this);
    Result<void> outcome = co_await drainAll(account, channel);
    if (alive)
        m_draining.remove(account.value());
    co_return outcome;
}

QCoro::Task<Result<void>> OutboxService::drainAll(AccountId account, channels::Channel &channel)
{
    const QPointer<OutboxService> alive(this);
    const Instant now = m_clock.now();
    auto reading = m_database.read([account, now](store::Connection &connection) {
        std::pair<std::vector<store::OutboxRow>, std::vector<store::OutboxRow>> work;
        work.first = store::outboxInState(connection, account, OutboxState::Unknown, now - kLookAgainAfter);
        work.second = store::dueOutbox(connection, account, now);
        return work;
    });
    const auto work = co_await reading;
    if (!work)
        co_return failure(work.error());
    for (const store::OutboxRow &row : work->first) {
        const Result<void> looked = co_await lookUp(row.id, channel);
        if (!alive || !looked)
            co_return looked;
    }
    for (const store::OutboxRow &row : work->second) {
        const Result<void> sending = co_await sendOne(row.id, channel);
        if (!alive || !sending)
            co_return sending;
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> OutboxService::sendOne(OutboxId id, channels::Channel &channel)
{
    const QPointer<OutboxService> alive(this);
    const QByteArray key = channel.prepareKey(m_clock.now());
    auto beginning = m_database.write(
        [this, id, key](store::Connection &connection) { return beginAttempt(connection, m_clock, id, key); });
    const Result<std::optional<Attempt>> attempt = co_await beginning;
    if (!attempt)
        co_return failure(attempt.error());
    if (!alive || !*attempt)
        co_return Result<void>();
    const store::OutboxRow row = (*attempt)->row;
    Q_EMIT changed({row.conversation});

    channels::Outgoing outgoing = (*attempt)->outgoing;
    const Result<channels::Receipt> receipt = co_await channel.send(std::move(outgoing));
    if (!alive)
        co_return failure(ErrorKind::Cancelled, u"The program is ending."_s);
    auto writing = m_database.write([this, row, receipt](store::Connection &connection) {
        if (receipt) {
            recordSent(connection, m_clock, row, *receipt);
            return;
        }
        const Verdict verdict = verdictOn(receipt.error(), row.attempts);
        (void)recordChange(connection, m_clock, row,
                           {OutboxState::Sending,
                            verdict.next,
                            wordOf(verdict.next),
                            receipt.error().detail,
                            m_clock.now() + verdict.pause,
                            {}});
    });
    const Result<void> written = co_await writing;
    if (!alive)
        co_return written;
    Q_EMIT changed({row.conversation});
    if (!written)
        co_return written;
    if (receipt)
        Q_EMIT sent(row.id, row.conversation, row.account);
    else if (stopsSending(receipt.error()))
        co_return failure(receipt.error());
    co_return Result<void>();
}

QCoro::Task<Result<void>> OutboxService::lookUp(OutboxId id, channels::Channel &channel)
{
    const QPointer<OutboxService> alive(this);
    auto reading = m_database.read([id](store::Connection &connection) { return readAttempt(connection, id); });
    const Result<Attempt> attempt = co_await reading;
    if (!alive || !attempt)
        co_return attempt ? Result<void>() : failure(attempt.error());
    channels::Outgoing outgoing = attempt->outgoing;
    const Result<std::optional<channels::Receipt>> found = co_await channel.find(std::move(outgoing));
    if (!alive)
        co_return Result<void>();
    const store::OutboxRow row = attempt->row;
    // "Certainly not there" may go out again by itself only under a key that makes a second copy impossible.
    const bool safeAgain = channel.capabilities().findsSent && !row.key.isEmpty();
    auto writing = m_database.write([this, row, found, safeAgain](store::Connection &connection) {
        store::setLookedAt(connection, row.id, m_clock.now());
        if (found && *found)
            recordSent(connection, m_clock, row, **found);
        else if (found && safeAgain)
            (void)recordChange(
                connection, m_clock, row,
                {OutboxState::Unknown, OutboxState::Queued, u"not-there"_s, QString(), m_clock.now(), {}});
    });
    const Result<void> written = co_await writing;
    if (alive && written && found)
        Q_EMIT changed({row.conversation});
    // That one answer cannot be looked up now says nothing about the others, nor about what has arrived meanwhile.
    if (written && !found && concernsAccount(found.error()))
        co_return failure(found.error());
    co_return written;
}

} // namespace indelible::outbox
