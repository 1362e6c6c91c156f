// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QString>

#include <optional>

namespace indelible::channels::feeds {

/// A date as feeds write them: RFC 3339 and its looser cousins (a blank for the T, no zone, the day alone), RFC 822
/// with or without weekday and seconds, years of two digits, zones as numbers or by their American names, and the form
/// of asctime. A missing or unknown zone counts as UTC. Nothing for what is no date in the years 1 to 9999. Pure.
[[nodiscard]] std::optional<Instant> feedDate(const QString &text);

} // namespace indelible::channels::feeds
