// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "app/store/conversation_table.h"

namespace indelible::inbox {

/// Whose turn it is. Depends on nothing but who spoke last and what was marked done: never on audience size, nor on
/// public or private (rule R7). Pure.
[[nodiscard]] Turn turnOf(const store::ConversationFacts &facts);

/// Reads the conversation's items anew and brings its row, as lists show it, up to date. Inside the transaction that
/// changed it.
void refreshSummary(store::Connection &connection, ConversationId id);

} // namespace indelible::inbox
