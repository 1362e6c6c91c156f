// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/time_words.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace indelible::ui {

namespace {

struct TimeWords
{
    Q_DECLARE_TR_FUNCTIONS(indelible::ui::TimeWords)
};

int asInt(qint64 value)
{
    return static_cast<int>(std::clamp<qint64>(value, 0, 1'000'000'000));
}

int minutesOf(std::chrono::milliseconds span)
{
    return asInt(std::chrono::duration_cast<std::chrono::minutes>(span).count());
}

bool monthComesFirst(const QLocale &locale)
{
    return locale.dateFormat(QLocale::ShortFormat).startsWith(u'M');
}

QString dayAndMonth(const QDate &date, const Here &here, bool full)
{
    const bool otherYear = date.year() != here.local(here.now).date().year();
    const QString month = full ? u"MMMM"_s : u"MMM"_s;
    QString format = monthComesFirst(here.locale) ? month + " d"_L1 : "d "_L1 + month;
    if (otherYear)
        format += monthComesFirst(here.locale) ? ", yyyy"_L1 : " yyyy"_L1;
    return here.locale.toString(date, format);
}

QString spokenSpan(std::chrono::milliseconds span)
{
    const int minutes = minutesOf(span);
    if (minutes < 60)
        return minutes == 1 ? TimeWords::tr("1 minute") : TimeWords::tr("%n minutes", nullptr, minutes);
    const int hours = minutes / 60;
    if (hours < 24)
        return hours == 1 ? TimeWords::tr("1 hour") : TimeWords::tr("%n hours", nullptr, hours);
    const int days = hours / 24;
    return days == 1 ? TimeWords::tr("1 day") : TimeWords::tr("%n days", nullptr, days);
}

} // namespace

QLocale readersLocale()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedKingdom) : locale;
}

QString spanText(std::chrono::milliseconds span)
{
    const int minutes = minutesOf(span);
    if (minutes < 60)
        return TimeWords::tr("%1 min").arg(minutes);
    const int hours = minutes / 60;
    if (hours >= 24)
        return TimeWords::tr("%1 d", "days, short").arg(hours / 24);
    if (minutes % 60 == 0)
        return TimeWords::tr("%1 h").arg(hours);
    return TimeWords::tr("%1 h %2", "hours and minutes").arg(hours).arg(minutes % 60);
}

QString ageText(Instant then, const Here &here)
{
    const auto age = here.now - then;
    if (age < 1min)
        return TimeWords::tr("now");
    if (age < 1h)
        return spanText(age);
    if (age < 24h)
        return TimeWords::tr("%1 h").arg(minutesOf(age) / 60);
    const QDate date = here.local(then).date();
    if (date.daysTo(here.local(here.now).date()) <= 6)
        return here.locale.standaloneDayName(date.dayOfWeek(), QLocale::ShortFormat);
    return dayAndMonth(date, here, false);
}

QString spokenAge(Instant then, const Here &here)
{
    const auto age = here.now - then;
    if (age < 1min)
        return TimeWords::tr("just now");
    if (age < 24h)
        return TimeWords::tr("%1 ago", "time that has passed").arg(spokenSpan(age));
    const QDate date = here.local(then).date();
    const bool thisWeek = date.daysTo(here.local(here.now).date()) <= 6;
    return TimeWords::tr("on %1", "a day")
        .arg(thisWeek ? here.locale.standaloneDayName(date.dayOfWeek()) : dayAndMonth(date, here, true));
}

QString clockText(Instant instant, const Here &here)
{
    return here.locale.toString(here.local(instant).time(), QLocale::ShortFormat);
}

QString momentText(Instant instant, const Here &here)
{
    const QDate date = here.local(instant).date();
    if (date == here.local(here.now).date())
        return clockText(instant, here);
    return TimeWords::tr("%1, %2", "date and time").arg(dayAndMonth(date, here, false), clockText(instant, here));
}

QString dayTitle(Instant instant, const Here &here)
{
    const QDate date = here.local(instant).date();
    if (date == here.local(here.now).date())
        return TimeWords::tr("Today");
    const QString separator = monthComesFirst(here.locale) ? u", "_s : u" "_s;
    return here.locale.standaloneDayName(date.dayOfWeek()) + separator + dayAndMonth(date, here, true);
}

Countdown countdown(std::optional<Instant> due, Instant since, Instant now)
{
    if (!due)
        return {};
    const auto left = *due - now;
    if (left < 0ms) {
        return {TimeWords::tr("Late %1", "how long a reply is overdue").arg(spanText(-left)), Urgency::Late,
                TimeWords::tr("Reply late by %1.").arg(spokenSpan(-left))};
    }
    const Urgency urgency = left * 3 <= *due - since ? Urgency::Soon : Urgency::Calm;
    const auto shown = std::max<std::chrono::milliseconds>(left, 1min);
    return {left < 1h ? TimeWords::tr("%1 left", "how long until a reply is due").arg(spanText(shown))
                      : spanText(shown),
            urgency, TimeWords::tr("Reply due in %1.").arg(spokenSpan(shown))};
}

} // namespace indelible::ui
