// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/channels/channel.h"
#include "app/channels/feeds/feed_digest.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>
#include <vector>

namespace indelible::channels::feeds {

/// What the person said about a feed, as it is kept in the keychain: many addresses open the feed to whoever has them,
/// and what somebody looks for is nobody's business either.
struct FeedSettings
{
    QUrl address;
    QStringList words; ///< only items that contain one of these come in; empty = all
    Cadence cadence = Cadence::AtOnce;

    friend bool operator==(const FeedSettings &, const FeedSettings &) = default;
};

[[nodiscard]] QByteArray writeSettings(const FeedSettings &settings);
/// Damaged where the keychain's entry cannot be read; then only connecting the feed again helps.
[[nodiscard]] Result<FeedSettings> readSettings(const QByteArray &bytes);

/// One item that was in the feed. The hashes are short: they only have to differ within one feed.
struct KnownEntry
{
    QString key;     ///< hash of the item's own id
    QString variant; ///< set where the feed has used that id for something else before
    QString link;    ///< hashes of what it was last seen with
    QString title;
    bool taken = false; ///< it came in or is held; its edits do so too, even where they lose the watch word

    friend bool operator==(const KnownEntry &, const KnownEntry &) = default;
};

/// Everything that fetch() has to remember between two fetches.
struct Position
{
    QString of;      ///< which feed and words `etag`, `modified` and `body` are of
    QByteArray etag; ///< as they came, byte for byte
    QByteArray modified;
    QString body;                  ///< hash of the document that was read last
    QString movedTo;               ///< hash of where the last answer said that the feed has moved for good
    std::vector<KnownEntry> known; ///< of the last document, then some of those before it
    std::optional<Instant> lastGood;
    QString gap; ///< that items may have been missed, and when; shown for a day
    std::optional<Instant> gapSeen;
    std::optional<std::chrono::minutes> pause; ///< FeedDocument::pause of the last document
    std::optional<Instant> goneSince;          ///< the first of the answers "410 Gone" since the last other one
    Digest digest;
    QString ended; ///< why nothing is asked any more; empty = it is
};

[[nodiscard]] Cursor writePosition(const Position &position);
/// A cursor that cannot be read means the beginning: ingest folds what is known, so nothing is doubled; only
/// what was held for a digest and has left the feed since is lost.
[[nodiscard]] Position readPosition(const Cursor &cursor);

/// A hash for Position and KnownEntry.
[[nodiscard]] QString shortHash(const QByteArray &bytes);

} // namespace indelible::channels::feeds
