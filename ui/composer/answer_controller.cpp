// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/answer_controller.h"

#include "app/base/text.h"
#include "app/base/when_done.h"
#include "app/inbox/inbox_service.h"
#include "app/outbox/outbox_service.h"
#include "app/session/account_service.h"
#include "app/session/session.h"
#include "ui/accounts/account_notice.h"
#include "ui/composer/composer.h"
#include "ui/composer/composer_logic.h"
#include "ui/composer/reply_editor.h"

#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace indelible::ui {

namespace {

constexpr auto kUndoWindow = 10s;
constexpr int kSaveMs = 2000;
constexpr int kTickMs = 500;

} // namespace

AnswerController::AnswerController(session::Session &session, Composer &composer, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_composer(composer)
{
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(kSaveMs);
    m_tick.setInterval(kTickMs);
    connect(&m_saveTimer, &QTimer::timeout, this, &AnswerController::saveDraftNow);
    connect(&m_tick, &QTimer::timeout, this, &AnswerController::tick);
    connect(&composer, &Composer::draftChanged, this, &AnswerController::onChanged);
    connect(&composer, &Composer::undoRequested, this, [this] {
        if (m_shown)
            undo(m_shown->id);
    });
    connect(&composer, &Composer::sendNowRequested, this, [this] {
        if (m_shown)
            sendNow(m_shown->id);
    });
    connect(&session.outbox(), &outbox::OutboxService::sent, this, [this](OutboxId id, ConversationId) {
        if (!m_pending || m_pending->answer.id != id)
            return;
        const QString person = isolated(m_pending->person);
        Q_EMIT said(m_pending->answer.audience == Audience::Private ? tr("Sent to %1, in private.").arg(person)
                                                                    : tr("Sent to %1, in public.").arg(person));
        m_pending.reset();
        tick();
    });
}

void AnswerController::open(const ConversationView &view)
{
    saveDraftNow();
    m_conversation = view.row.id;
    m_account = view.row.account;
    m_saved = m_handedOver.value(m_conversation, view.draft);
    m_draftExpected = false;
    m_composer.setBusy(false);
    const Account *account = m_session.accounts().account(m_account);
    m_composer.setTarget(
        composerTarget(view, account ? *account : Account{}, m_session.accounts().capabilities(m_account)));
    m_composer.setDraft(m_saved);
    m_shown = pendingAnswer(view);
    m_tick.start();
    tick();
}

void AnswerController::update(const ConversationView &view)
{
    if (view.row.id != m_conversation)
        return;
    const Account *account = m_session.accounts().account(m_account);
    m_composer.setTarget(
        composerTarget(view, account ? *account : Account{}, m_session.accounts().capabilities(m_account)));
    // Only an undo changes a draft behind the composer's back. Anything else that was read may be older than what is
    // being typed.
    if (m_draftExpected && !hasUnsaved() && view.draft != m_saved && !view.draft.text.isEmpty()) {
        m_draftExpected = false;
        m_saved = view.draft;
        m_composer.setDraft(view.draft);
    }
    m_shown = pendingAnswer(view);
    m_tick.start();
    tick();
}

void AnswerController::close()
{
    saveDraftNow();
    m_conversation = {};
    m_account = {};
    m_shown.reset();
    m_saved = {};
    m_composer.setTarget({});
    m_composer.setDraft({});
    m_composer.showPending({}, m_session.clock().now());
}

void AnswerController::onChanged()
{
    if (m_conversation.isValid() && !m_saveTimer.isActive())
        m_saveTimer.start();
}

bool AnswerController::hasUnsaved() const
{
    const Draft draft = m_composer.draft();
    return draft != m_saved && !(draft.text.isEmpty() && m_saved.text.isEmpty());
}

void AnswerController::saveDraftNow()
{
    m_saveTimer.stop();
    if (!m_conversation.isValid() || !hasUnsaved())
        return;
    const Draft draft = m_composer.draft();
    m_saved = draft;
    m_handedOver.insert(m_conversation, draft);
    whenDone(this, m_session.inbox().saveDraft(m_conversation, draft), [this](const Result<void> &result) {
        if (!result)
            m_composer.showProblem(tr("The draft could not be saved: %1").arg(errorSentence(result.error())));
    });
}

void AnswerController::send(bool thenDone)
{
    if (!m_composer.canSend())
        return;
    if (m_composer.writeAs() == WriteAs::Note)
        sendNote(thenDone);
    else
        sendAnswer(thenDone);
}

void AnswerController::sendAnswer(bool thenDone)
{
    const Instant now = m_session.clock().now();
    OutboxView answer;
    answer.conversation = m_conversation;
    answer.account = m_account;
    answer.audience = m_composer.writeAs() == WriteAs::Private ? Audience::Private : Audience::Public;
    answer.text = m_composer.text().trimmed();
    answer.createdAt = now;
    answer.notBefore = now + kUndoWindow;
    const TextLimit limit = m_composer.target().limit(m_composer.writeAs());
    // First as a draft: if queueing fails, or the window closes meanwhile, no word is lost. Queueing forgets it again.
    saveDraftNow();
    m_composer.setBusy(true);
    whenDone(this, m_session.outbox().queue(m_conversation, answer.text, answer.audience, limit, kUndoWindow),
             [this, answer, person = m_composer.target().personName, thenDone](const Result<OutboxId> &result) {
                 onQueued(result, answer, person, thenDone);
             });
}

void AnswerController::onQueued(const Result<OutboxId> &result, const OutboxView &answer, const QString &person,
                                bool thenDone)
{
    const bool here = answer.conversation == m_conversation;
    if (here)
        m_composer.setBusy(false);
    if (!result) {
        const QString sentence = tr("Not sent: %1").arg(errorSentence(result.error()));
        if (here)
            m_composer.showProblem(sentence);
        Q_EMIT said(sentence);
        return;
    }
    OutboxView queued = answer;
    queued.id = *result;
    queued.state = OutboxState::Queued;
    m_pending = Pending{queued, person};
    cleared(answer.conversation);
    if (here) {
        m_shown = queued;
    }
    Q_EMIT announced(tr("%1. Undo with Ctrl+Z.").arg(pendingText(queued, m_session.clock().now())));
    m_tick.start();
    tick();
    if (thenDone)
        Q_EMIT doneWanted(answer.conversation);
}

void AnswerController::sendNote(bool thenDone)
{
    const ConversationId conversation = m_conversation;
    saveDraftNow();
    m_composer.setBusy(true);
    whenDone(this, m_session.inbox().addNote(conversation, m_composer.text().trimmed()),
             [this, conversation, thenDone](const Result<qint64> &result) {
                 if (conversation == m_conversation)
                     m_composer.setBusy(false);
                 if (!result) {
                     m_composer.showProblem(tr("The note was not added: %1").arg(errorSentence(result.error())));
                     return;
                 }
                 cleared(conversation);
                 (void)m_session.inbox().saveDraft(conversation, {});
                 Q_EMIT said(tr("Note added."));
                 if (thenDone)
                     Q_EMIT doneWanted(conversation);
             });
}

void AnswerController::cleared(ConversationId conversation)
{
    m_handedOver.insert(conversation, {});
    if (conversation == m_conversation) {
        m_composer.setDraft({});
        m_saved = {};
    }
}

void AnswerController::undo(OutboxId id)
{
    const ConversationId conversation = m_shown && m_shown->id == id ? m_shown->conversation
                                        : m_pending                  ? m_pending->answer.conversation
                                                                     : m_conversation;
    // Words written meanwhile go to the database first: the undo puts them behind those that come back.
    saveDraftNow();
    m_draftExpected = conversation == m_conversation;
    whenDone(this, m_session.outbox().undo(id), [this, id, conversation](const Result<void> &result) {
        if (!result) {
            m_draftExpected = false;
            if (m_pending && m_pending->answer.id == id)
                m_pending.reset();
            Q_EMIT said(errorSentence(result.error()));
            return;
        }
        if (m_pending && m_pending->answer.id == id)
            m_pending.reset();
        // The words came back in the database, not by way of the composer.
        m_handedOver.remove(conversation);
        m_draftExpected = m_draftExpected || conversation == m_conversation;
        Q_EMIT said(tr("Undone. Your draft is back."));
        Q_EMIT undone(conversation);
        tick();
    });
}

bool AnswerController::undoPending()
{
    if (m_shown) {
        undo(m_shown->id);
        return true;
    }
    if (!m_pending)
        return false;
    undo(m_pending->answer.id);
    return true;
}

void AnswerController::decide(QFuture<Result<void>> decision, const QString &after)
{
    whenDone(this, std::move(decision), [this, after](const Result<void> &result) {
        if (!result)
            Q_EMIT said(errorSentence(result.error()));
        else if (!after.isEmpty())
            Q_EMIT said(after);
    });
}

void AnswerController::sendNow(OutboxId id)
{
    decide(m_session.outbox().sendNow(id), {});
}

void AnswerController::sendAgain(OutboxId id)
{
    decide(m_session.outbox().sendAgain(id), tr("It is being sent again."));
}

void AnswerController::giveUp(OutboxId id)
{
    decide(m_session.outbox().giveUp(id), tr("Left as it is. It does not count as sent."));
}

void AnswerController::tick()
{
    const Instant now = m_session.clock().now();
    // After the window the answer waits in the conversation, where it can still be taken back; the editor is free
    // again.
    const bool inWindow = m_shown && secondsLeft(*m_shown, now) > 0;
    m_composer.showPending(inWindow ? m_shown : std::nullopt, now);
    const bool elsewhere = m_pending && m_pending->answer.conversation != m_conversation;
    if (elsewhere && secondsLeft(m_pending->answer, now) > 0) {
        const QString person = isolated(m_pending->person);
        const int left = secondsLeft(m_pending->answer, now);
        Q_EMIT pendingElsewhere((m_pending->answer.audience == Audience::Private
                                     ? tr("Sending to %1, in private, in %2 s")
                                     : tr("Sending to %1, in public, in %2 s"))
                                    .arg(person)
                                    .arg(left));
    } else {
        Q_EMIT pendingElsewhere({});
    }
    if (!m_shown && !m_pending)
        m_tick.stop();
}

} // namespace indelible::ui
