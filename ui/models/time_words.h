// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QLocale>
#include <QString>
#include <QTimeZone>

namespace indelible::ui {

/// Where and when the reader is: what times are said in. A value, so that the sentences can be tested.
struct Here
{
    Instant now;
    QLocale locale;
    QTimeZone zone;

    [[nodiscard]] QDateTime local(Instant instant) const { return toDateTime(instant).toTimeZone(zone); }
};

/// The default locale; British English where that is the C locale, whose dates and numbers nobody reads.
[[nodiscard]] QLocale readersLocale();

/// Age on a card: "25 min", "3 h", "Mon" within the last six days, "3 Oct", "3 Oct 2024". A moment in the future (an
/// author's clock may lie) is "now".
[[nodiscard]] QString ageText(Instant then, const Here &here);

/// The same for screen readers: "25 minutes ago", "1 hour ago", "on Monday", "on 3 October".
[[nodiscard]] QString spokenAge(Instant then, const Here &here);

/// "09:58", or as the locale writes a time.
[[nodiscard]] QString clockText(Instant instant, const Here &here);

/// The same day only the time, else "3 Oct, 09:58".
[[nodiscard]] QString momentText(Instant instant, const Here &here);

/// Title of a day in a conversation: "Today", "Monday 13 October", with the year where it is not this one.
[[nodiscard]] QString dayTitle(Instant instant, const Here &here);

/// Lasting time in the two greatest units of hours and minutes: "46 min", "1 h 35", "2 d".
[[nodiscard]] QString spanText(std::chrono::milliseconds span);

/// How urgent a reply is. Soon = a third or less of the time from `since` to `due` is left.
enum class Urgency { None, Calm, Soon, Late };

/// The countdown of a card: "1 h 35", "46 min left", "Late 12 min".
struct Countdown
{
    QString text;
    Urgency urgency = Urgency::None;
    QString spoken; ///< "Reply due in 46 minutes."
    friend bool operator==(const Countdown &, const Countdown &) = default;
};
[[nodiscard]] Countdown countdown(std::optional<Instant> due, Instant since, Instant now);

} // namespace indelible::ui
