// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <chrono>

namespace indelible {

/// How soon a first answer is owed: one goal for public and private alike, whoever writes (rule R7).
inline constexpr std::chrono::milliseconds kReplyGoal = std::chrono::hours(2);

/// "Due soon": a third of the goal or less is left.
inline constexpr std::chrono::milliseconds kDueSoon = kReplyGoal / 3;

} // namespace indelible
