// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mail/mail_threads.h"

#include <vector>

namespace indelible::channels::mail {

/// How far one folder was read. UIDs grow with arrival and mean something only together with UIDVALIDITY (RFC 3501,
/// 2.3.1.1).
struct FolderPosition
{
    quint32 validity = 0; ///< 0 = never read
    quint32 last = 0;     ///< everything up to here is stored
};

/// Everything fetch() has to remember. A round reads our own mails first, so that a copy of one of them that lies in
/// the inbox is known as ours.
struct Position
{
    enum class Part { Sent, Inbox };
    Part part = Part::Sent;
    FolderPosition sent;
    FolderPosition inbox;
    MailThreads threads;

    [[nodiscard]] FolderPosition &folder() { return part == Part::Sent ? sent : inbox; }
};

[[nodiscard]] Cursor writePosition(const Position &position);
/// A cursor that cannot be read means the beginning: ingest folds what is known, so nothing is lost or doubled.
[[nodiscard]] Position readPosition(const Cursor &cursor);

constexpr size_t kMailsAtOnce = 25;

/// The next UIDs to fetch, lowest first. "n:*" means at least the highest that there is, so that a server names the
/// last mail again when nothing is new: what is not above `last` is left out.
[[nodiscard]] std::vector<quint32> nextUids(std::vector<quint32> found, quint32 last);

} // namespace indelible::channels::mail
