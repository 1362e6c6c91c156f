// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/channels/channel.h"
#include "app/domain/conversation.h"
#include "app/store/connection.h"
#include "app/store/outbox_table.h"

#include <optional>

namespace indelible::outbox {

// What happens to an answer, each as one transaction with its record entry. All functions belong inside a function
// given to Database::write and throw StoreException.

struct NewAnswer
{
    ConversationId conversation;
    QString text;
    Audience audience = Audience::Public;
    quint32 member = 0;
    Instant now;
    Instant notBefore;
};
/// REPLY_INTENT. Throws Rejected where there is nothing to answer, Conflict where the same words are still unsent.
[[nodiscard]] OutboxId recordIntent(store::Connection &connection, const Clock &clock, const NewAnswer &answer);

/// An attempt that has been put on the record and may now be made.
struct Attempt
{
    store::OutboxRow row;
    channels::Outgoing outgoing;
};
/// QUEUED -> SENDING with REPLY_ATTEMPT; nothing where somebody else was quicker or it is not due. `key` is used where
/// the answer has none yet.
[[nodiscard]] std::optional<Attempt> beginAttempt(store::Connection &connection, const Clock &clock, OutboxId id,
                                                  const QByteArray &key);
/// What was sent, for looking it up.
[[nodiscard]] Attempt readAttempt(store::Connection &connection, OutboxId id);

/// -> SENT with REPLY_RESULT; the answer becomes an item of its conversation unless a fetch has already brought it.
void recordSent(store::Connection &connection, const Clock &clock, const store::OutboxRow &row,
                const channels::Receipt &receipt);
/// -> any other state with REPLY_RESULT. False where it was not in `from` any more.
struct Change
{
    OutboxState from = OutboxState::Sending;
    OutboxState to = OutboxState::Unknown;
    QString outcome; ///< one word for the record: "failed", "unknown", "undone", …
    QString detail;
    std::optional<Instant> notBefore;
    std::optional<quint32> human; ///< the member who decided; none = the program
};
[[nodiscard]] bool recordChange(store::Connection &connection, const Clock &clock, const store::OutboxRow &row,
                                const Change &change);

/// The state that a REPLY_RESULT with this outcome leaves an answer in; nothing for words of newer versions.
[[nodiscard]] std::optional<OutboxState> stateAfter(const QString &outcome);

/// Everything that waits to be sent -> UNKNOWN, with the reason: nothing goes out by itself of which it is not certain
/// that it has not gone out already. Returns how many.
int holdQueued(store::Connection &connection, const Clock &clock, const QString &reason);

} // namespace indelible::outbox
