// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/channels/channel.h"
#include "app/channels/telegram/telegram_parser.h"

#include <QString>

#include <chrono>
#include <optional>

namespace indelible::channels::telegram {

/// The service keeps what nobody fetched for so long, and then forgets it without a word.
constexpr std::chrono::hours kKeptByService{24};

/// Everything fetch() has to remember. Asking for the updates from a number on tells the service to forget those below
/// it, so `next` is never more than what the stored cursor says: everything below is committed.
struct Position
{
    qint64 next = 0;              ///< the number behind the highest that is stored; 0 = none yet
    std::optional<Instant> heard; ///< when an update came last
    std::optional<Instant> asked; ///< when the service was asked last
    QString notice;               ///< that something may be missing: one English sentence
    std::optional<Instant> noticed;
};

[[nodiscard]] Cursor writePosition(const Position &position);
/// A cursor that cannot be read means the beginning: what the service still has comes again, and ingest folds it.
[[nodiscard]] Position readPosition(const Cursor &cursor);

/// From which number on to ask; nothing = for whatever is there. After a day without an update nothing below is there
/// any more, and after a week numbers begin anew, lower ones too.
[[nodiscard]] std::optional<qint64> offsetFor(const Position &position, Instant now);

/// The position behind a page that was asked for with `offset`. True where there may be more: the page brought
/// something that this position had not.
bool advance(Position &position, const Updates &page, std::optional<qint64> offset, Instant now);

/// What is to be said for a day after something may have been lost; empty = nothing.
[[nodiscard]] QString noticeFor(const Position &position, Instant now);

} // namespace indelible::channels::telegram
