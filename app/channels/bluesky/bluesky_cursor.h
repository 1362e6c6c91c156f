// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/channels/bluesky/bluesky_parser.h"
#include "app/channels/channel.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace indelible::channels::bluesky {

/// A late-indexed item can sort below what was already seen: every walk reads this much again (fact of the reference
/// AppView, which sorts by the earlier of written and indexed).
constexpr std::chrono::hours kOverlap{24};

/// A way through pages that only lead on to the next. Finds a server that leads in circles with two remembered cursors
/// (Brent's algorithm), however long the circle and the way are.
struct PageWalk
{
    QString page; ///< what to ask with next; empty = the first page
    QString mark;
    qint64 steps = 0;
    qint64 power = 1;
    std::optional<Instant> newest; ///< of what this walk has seen

    /// Goes to the page behind this one. InvalidReply where the walk has been there before.
    [[nodiscard]] Result<void> advance(const QString &next);
};

/// How far the private messages are read.
struct MessagesPosition
{
    QString log;        ///< resume point of getLog; empty = never read
    bool begun = false; ///< first run: the resume point was asked for
    bool listing = false;
    QStringList pending; ///< conversations still to be read; the first one is under way
    QStringList done;    ///< read on the first run; kept until the log was read once behind it
    PageWalk walk;       ///< of the list, the conversation or the log, whichever is under way
};

/// Everything fetch() has to remember: one round goes through the three parts in this order. Each part keeps its own
/// place, so that trouble with one holds up neither the others nor itself.
struct Position
{
    enum class Part { Notifications, Feed, Messages };
    Part part = Part::Notifications;
    PageWalk notificationsWalk;
    PageWalk feedWalk;
    std::optional<Instant> notificationsUntil; ///< newest of the last full walk
    std::optional<Instant> feedUntil;
    QStringList known; ///< short hashes of the notified posts whose threads were fetched, as far as the overlap reaches
    QStringList seen;  ///< the same, of the walk under way
    MessagesPosition messages;
    QString feedProblem; ///< why the feed was left out of this round; empty = it was not
};

[[nodiscard]] Cursor writePosition(const Position &position);
/// A cursor that cannot be read means the beginning: ingest folds what is known, so nothing is lost or doubled.
[[nodiscard]] Position readPosition(const Cursor &cursor);

/// Of a page of notifications, those whose threads have to be fetched, oldest first; notes them as seen.
[[nodiscard]] std::vector<RemoteItem> takeNew(Position &position, const NotificationPage &page, Instant now);

/// True where an error is about one part of the account and the others can still be read.
[[nodiscard]] bool concernsPartOnly(const Error &error);

/// Behind a stored page of notifications or of the feed: on to the next page, or to the next part of the round.
/// `times` are those of the page's entries. A page may be empty and still lead on.
[[nodiscard]] Result<void> finishPage(Position &position, const std::vector<Instant> &times, const QString &next,
                                      Instant now);

} // namespace indelible::channels::bluesky
