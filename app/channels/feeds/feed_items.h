// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/feeds/feed_document.h"
#include "app/channels/feeds/feed_position.h"
#include "app/domain/item.h"

#include <QStringList>
#include <QUrl>

#include <vector>

namespace indelible::channels::feeds {

/// What a document brings, for somebody who knows what was there before.
struct FeedNews
{
    std::vector<RemoteItem> items; ///< oldest first; those that came in before are there too, for their edits
    std::vector<RemoteGone> gone;
    std::vector<KnownEntry> known; ///< for Position::known
    bool mayHaveMissed = false;    ///< there were items before, and none of them is here
};

/// Turns the entries of a document into items.
///
/// An item's id is its own id, else its link, else a hash of what it says. Some producers use one id for several
/// things: where link and title are both others than before, it is another item. Its version is a hash of words and
/// link targets, so that a new advertisement's counter is no edit. Dates of the future count as `now`, as do missing
/// ones. An answer (RFC 4685) belongs to the thread of the item at the top, as far as the document knows it.
/// Of what does not hold one of `words` nothing comes in, unless it did before. Pure.
[[nodiscard]] FeedNews newsOf(const FeedDocument &document, const QUrl &address, const std::vector<KnownEntry> &before,
                              const QStringList &words, Instant now);

} // namespace indelible::channels::feeds
