// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTime>

#include <chrono>
#include <optional>

namespace indelible::sync {

/// What decides how long an account is left alone between two visits.
struct Situation
{
    /// Since something came in or went out there; nothing = not since the program was started.
    std::optional<std::chrono::milliseconds> sinceActivity;
    QTime localTime;        ///< on the wall, where the program runs
    bool isMetered = false; ///< the connection of this computer is paid for by the amount
    bool isTold = false;    ///< the network says by itself when something has come
};

/// How long until an account is visited again: half a minute while people talk there, a minute for some hours after,
/// two minutes on a quiet day; three times that at night (22:00 to 7:00) and four times on a metered connection, except
/// while people talk. Where the network tells by itself five minutes are enough, also while people talk. Never
/// more than half an hour. `spread` in
/// [0, 1) makes it longer by up to a fifth, so that many accounts do not come due at once. Networks that want more time
/// say so themselves (channels::Batch::notBefore, a server's Retry-After). Pure.
[[nodiscard]] std::chrono::milliseconds visitPause(const Situation &situation, double spread);

/// When the visits of `count` accounts begin that are all due at the same moment (the program starts, the computer
/// wakes up): the first at once, the last within half a minute. Returns the offset of the one at `index`. Pure.
[[nodiscard]] std::chrono::milliseconds startOffset(int index, int count);

} // namespace indelible::sync
