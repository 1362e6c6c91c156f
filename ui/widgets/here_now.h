// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "ui/models/time_words.h"

namespace indelible::ui {

/// The reader's present moment, language and time zone.
[[nodiscard]] inline Here hereNow(const Clock &clock)
{
    return {clock.now(), readersLocale(), QTimeZone::systemTimeZone()};
}

} // namespace indelible::ui
