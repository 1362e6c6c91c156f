// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/domain/conversation.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <optional>

namespace indelible::session {
class Session;
}

namespace indelible::ui {

class Composer;

/// Brings what is written to the services: drafts every 2 s and on every switch, answers into the outbox with an undo
/// window of 10 s, notes to the conversation. Interface thread; session and composer outlive it.
class AnswerController : public QObject
{
    Q_OBJECT
public:
    AnswerController(session::Session &session, Composer &composer, QObject *parent = nullptr);

    /// Another conversation is shown. Saves the draft of the one before.
    void open(const ConversationView &view);
    /// The same one was read again: its outbox and draft may be new.
    void update(const ConversationView &view);
    /// None is shown.
    void close();

    void send(bool thenDone);
    void undo(OutboxId id);
    void sendNow(OutboxId id);
    void sendAgain(OutboxId id);
    void giveUp(OutboxId id);

    /// Takes back the answer whose undo window is running, wherever it was written. False = there is none.
    bool undoPending();
    void saveDraftNow();

Q_SIGNALS:
    /// Something to say in passing: "Sent to Jonas, in public."
    void said(const QString &text);
    /// For screen readers; eyes see it in the composer.
    void announced(const QString &text);
    /// While an undo window runs in a conversation that is not shown; empty = not any more.
    void pendingElsewhere(const QString &text);
    /// The answer went into the outbox, or the note was added, and the conversation is to be marked done.
    void doneWanted(indelible::ConversationId conversation);
    /// Its text is a draft again.
    void undone(indelible::ConversationId conversation);

private:
    [[nodiscard]] bool hasUnsaved() const;
    struct Pending
    {
        OutboxView answer;
        QString person;
    };

    void sendAnswer(bool thenDone);
    void sendNote(bool thenDone);
    void onQueued(const Result<OutboxId> &result, const OutboxView &answer, const QString &person, bool thenDone);
    void onChanged();
    void tick();
    void cleared(ConversationId conversation);
    void decide(QFuture<Result<void>> decision, const QString &after);

    session::Session &m_session;
    Composer &m_composer;
    ConversationId m_conversation;
    AccountId m_account;
    std::optional<Pending> m_pending;  ///< the newest answer in its undo window
    std::optional<OutboxView> m_shown; ///< what the strip shows
    Draft m_saved;                     ///< as it is in the database
    /// The newest words that this window handed over, by conversation: what was read meanwhile may be older.
    QHash<ConversationId, Draft> m_handedOver;
    bool m_draftExpected = false; ///< an undo is bringing the words back
    QTimer m_saveTimer;
    QTimer m_tick;
};

} // namespace indelible::ui
