// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/clock.h"

#include <QTimeZone>

namespace indelible {

namespace {

constexpr std::chrono::sys_days kFirstDay(std::chrono::year(1) / 1 / 1);
constexpr std::chrono::sys_days kLastDay(std::chrono::year(9999) / 12 / 31);

/// The number's digits, the last of them at `last`.
void putDigits(QByteArray &text, qsizetype last, int number)
{
    for (qsizetype at = last; number > 0; --at, number /= 10)
        text[at] = static_cast<char>('0' + number % 10);
}

} // namespace

QDateTime toDateTime(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(instant)).toUTC();
}

QString toRfc3339(Instant instant)
{
    // By hand: QDateTime takes as long for it as reading a row takes, and an export writes several times a row.
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    if (day < kFirstDay || day > kLastDay)
        return toDateTime(instant).toString(Qt::ISODateWithMs);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    QByteArray text("0000-00-00T00:00:00.000Z");
    putDigits(text, 3, static_cast<int>(date.year()));
    putDigits(text, 6, static_cast<int>(static_cast<unsigned>(date.month())));
    putDigits(text, 9, static_cast<int>(static_cast<unsigned>(date.day())));
    putDigits(text, 12, static_cast<int>(time.hours().count()));
    putDigits(text, 15, static_cast<int>(time.minutes().count()));
    putDigits(text, 18, static_cast<int>(time.seconds().count()));
    putDigits(text, 22, static_cast<int>(time.subseconds().count()));
    return QString::fromLatin1(text);
}

std::optional<Instant> fromRfc3339(const QString &text)
{
    // A date without a zone is not RFC 3339; Qt would read it as local time.
    const bool hasZone = text.endsWith(u'Z') || text.endsWith(u'z') ||
                         (text.size() > 19 && (text.indexOf(u'+', 19) > 0 || text.indexOf(u'-', 19) > 0));
    const QDateTime parsed = hasZone ? QDateTime::fromString(text.toUpper(), Qt::ISODateWithMs) : QDateTime();
    if (!parsed.isValid() || parsed.date().year() < 1 || parsed.date().year() > 9999)
        return std::nullopt;
    return fromMs(parsed.toMSecsSinceEpoch());
}

Instant SystemClock::now() const
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

} // namespace indelible
