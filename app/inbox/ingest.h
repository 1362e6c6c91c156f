// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/domain/account.h"
#include "app/domain/item.h"
#include "app/store/connection.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <vector>

namespace indelible::inbox {

/// What a channel brought, and where it goes on from there.
struct Arrival
{
    std::vector<RemoteItem> items;
    std::vector<RemoteGone> gone;
    std::optional<QByteArray> cursor; ///< none = a thread was read again, the cursor stays
};

struct IngestReport
{
    int newItems = 0;
    int newIncoming = 0;
    int revisions = 0;
    int gone = 0;
    QList<ConversationId> changed;
};

/// Stores everything of an arrival: items, versions, gone marks, search index, record entries, list rows and the
/// cursor, in the caller's one transaction (rule R2). What is known already is left as it is, so the same arrival twice
/// changes nothing the second time. Earlier versions and deleted items stay. What was sealed
/// is kept out, and nothing is said about it.
[[nodiscard]] IngestReport ingest(store::Connection &connection, const Clock &clock, const Account &account,
                                  const Arrival &arrival);

/// The moment that decides order and clock: the author's, unless it cannot be true (from the future, or older than any
/// network); then `now`. Pure.
[[nodiscard]] Instant orderOf(const RemoteItem &item, Instant now);

/// Why an item is gone, as its entry says it; nothing where the entry says that it is shown again.
[[nodiscard]] std::optional<RemoteGone::Reason> goneReasonFrom(const QString &word);

} // namespace indelible::inbox
