// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "app/store/connection.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace indelible::store {

// Answers on their way. Which change of state is allowed is the business of app/outbox; a change here always names the
// state it starts from and tells whether it was so. All functions belong inside a function given to Database.

struct OutboxRow
{
    OutboxId id;
    ConversationId conversation;
    AccountId account;
    quint32 member = 0;
    qint64 intent = 0; ///< record entry that holds the text
    QString parentId;
    Audience audience = Audience::Public;
    QByteArray key;
    OutboxState state = OutboxState::Queued;
    Instant createdAt;
    Instant notBefore;
    int attempts = 0;
    QString detail;
    QByteArray body; ///< of the intent
    QString memberName;
};

[[nodiscard]] OutboxId insertOutbox(Connection &connection, const OutboxRow &row);
/// Throws NotFound.
[[nodiscard]] OutboxRow requireOutbox(Connection &connection, OutboxId id);

[[nodiscard]] std::optional<OutboxRow> outboxOfIntent(Connection &connection, qint64 intent);

/// Compare and swap: false where the row is not in `from` any more.
[[nodiscard]] bool changeOutboxState(Connection &connection, OutboxId id, OutboxState from, OutboxState to,
                                     const QString &detail, std::optional<Instant> notBefore);
void countAttempt(Connection &connection, OutboxId id);
void setOutboxKey(Connection &connection, OutboxId id, const QByteArray &key);
void setOutboxSent(Connection &connection, OutboxId id, const QString &remoteId);
/// Remote ids of answers of ours that are known to have arrived in this conversation.
[[nodiscard]] QStringList sentRemoteIds(Connection &connection, ConversationId conversation);
void setLookedAt(Connection &connection, OutboxId id, Instant at);

/// Queued and due on an account, in the order they were written.
[[nodiscard]] std::vector<OutboxRow> dueOutbox(Connection &connection, AccountId account, Instant now);
/// In a state, on an account; UNKNOWN ones only where they were not looked up since `lookedBefore`.
[[nodiscard]] std::vector<OutboxRow> outboxInState(Connection &connection, AccountId account, OutboxState state,
                                                   std::optional<Instant> lookedBefore = {});
[[nodiscard]] std::vector<OutboxRow> interruptedOutbox(Connection &connection);
[[nodiscard]] std::vector<OutboxRow> queuedOutbox(Connection &connection);
/// What a conversation shows: everything not sent and not undone.
[[nodiscard]] std::vector<OutboxRow> openOutbox(Connection &connection, ConversationId conversation);
/// When the next queued answer may leave, of the accounts that send at all.
[[nodiscard]] std::optional<Instant> nextOutboxDue(Connection &connection);

} // namespace indelible::store
