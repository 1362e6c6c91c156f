// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mastodon/mastodon_parser.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace indelible::channels::mastodon {

constexpr int kNotificationsAtOnce = 30; ///< each may cost two threads to read
constexpr int kFirstRunPages = 10;
constexpr int kOwnPages = 10;

/// How far notifications are read. Ids above `last` are new; what is new is read from a page down to `last` before
/// `last` moves, because servers answer `min_id` in two ways: with the page just above it (Mastodon), or with the
/// newest one, so that others lie between (snac2).
struct NotificationWalk
{
    QString last;   ///< everything up to here is stored; empty = the first run
    QString newest; ///< of what this walk has seen; empty = it has just begun
    QString floor;  ///< the oldest that this walk has seen
    int pages = 0;
};

/// Everything fetch() has to remember: a round reads notifications, then our own statuses, then the newest private
/// conversations.
struct Position
{
    enum class Part { Notifications, Own, Conversations };
    Part part = Part::Notifications;
    NotificationWalk notifications;
    QString ownPage; ///< `max_id` of the next page of our own statuses; empty = the newest
    int ownPages = 0;
    QStringList seen;    ///< short hashes of (address, version) of our own newest statuses and of private ones
    QStringList threads; ///< short hashes of the names of the newest threads
};

[[nodiscard]] Cursor writePosition(const Position &position);
/// A cursor that cannot be read means the beginning: ingest folds what is known, so nothing is lost or doubled.
[[nodiscard]] Position readPosition(const Cursor &cursor);

/// Of a page, what is new and was not seen by this walk, oldest first, and the walk behind it. An empty page ends the
/// walk, and with it, where it had seen nothing at all, the part.
[[nodiscard]] std::vector<Status> takeNew(Position &position, std::vector<Notification> page);

/// The same of our own statuses; boosts are nothing that we said. A page without anything new ends the part: ids of
/// statuses are in no order on some servers, so that what is known decides.
[[nodiscard]] std::vector<Status> takeOwn(Position &position, std::vector<Status> page);

/// Of the newest words of private conversations, those that no notification brought: people clear notifications
/// elsewhere. Ends the round.
[[nodiscard]] std::vector<Status> takeConversations(Position &position, std::vector<Status> page);

[[nodiscard]] bool isKnownThread(const Position &position, const QString &uri);
void rememberThread(Position &position, const QString &uri);

} // namespace indelible::channels::mastodon
