// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "app/store/connection.h"

#include <QList>

#include <vector>

namespace indelible::store {

// What lists show. Pages are by key; a page of a search is read along the full-text index, newest first. All functions
// belong inside a function given to Database, on either thread.

/// `me` is the member's name (View::Mine), `now` decides what is due soon.
[[nodiscard]] InboxPage readPage(Connection &connection, const InboxQuery &query, const QString &me, Instant now);

/// Those of `ids` that the query lists now.
[[nodiscard]] std::vector<ConversationRow> readRows(Connection &connection, const InboxQuery &query,
                                                    const QList<ConversationId> &ids, const QString &me, Instant now);

/// One row, whatever lists it. Throws NotFound.
[[nodiscard]] ConversationRow readRow(Connection &connection, ConversationId id);

[[nodiscard]] InboxCounts readCounts(Connection &connection, const QString &me, Instant now);

} // namespace indelible::store
