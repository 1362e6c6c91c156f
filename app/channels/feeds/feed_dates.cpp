// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_dates.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

using Minutes = std::chrono::minutes;

/// What was read of a date; the parts that were not found keep their first value.
struct Parts
{
    int year = 0;
    int month = 0;
    int day = 0;
    Minutes time{0};
    std::chrono::milliseconds seconds{0};
    Minutes offset{0}; ///< east of Greenwich
};

std::optional<Instant> instantOf(const Parts &parts)
{
    const std::chrono::year_month_day date{std::chrono::year(parts.year),
                                           std::chrono::month(static_cast<unsigned>(parts.month)),
                                           std::chrono::day(static_cast<unsigned>(parts.day))};
    constexpr std::chrono::milliseconds kLongestMinute = std::chrono::seconds(61); // a leap second
    if (parts.year < 1 || parts.year > 9999 || !date.ok() || parts.time >= std::chrono::hours(24) + Minutes(1) ||
        parts.seconds >= kLongestMinute)
        return std::nullopt;
    const Instant instant = std::chrono::sys_days(date) + parts.time + parts.seconds - parts.offset;
    constexpr std::chrono::sys_days kFirstDay(std::chrono::year(1) / 1 / 1); // a zone can lead before it
    return instant < kFirstDay ? std::nullopt : std::optional(instant);
}

int monthOf(const QString &word)
{
    static const QStringList names = u"jan feb mar apr may jun jul aug sep oct nov dec"_s.split(u' ');
    return word.size() < 3 ? 0 : static_cast<int>(names.indexOf(word.left(3).toLower())) + 1;
}

int yearOf(const QString &digits)
{
    constexpr int kPivot = 70; // RFC 2822, 4.3 has 50; no feed is older than 1970
    const int year = digits.toInt();
    return digits.size() > 2 ? year : year + (year < kPivot ? 2000 : 1900);
}

Minutes zoneOf(const QString &word)
{
    static const QRegularExpression number(u"^([+-])(\\d{1,2}):?(\\d{2})$"_s);
    const QRegularExpressionMatch match = number.match(word);
    if (match.hasMatch()) {
        const Minutes offset = std::chrono::hours(match.captured(2).toInt()) + Minutes(match.captured(3).toInt());
        return match.captured(1) == "-"_L1 ? -offset : offset;
    }
    struct Named
    {
        const char *name;
        int hours;
    };
    constexpr std::array kNamed{Named{"EST", -5}, Named{"EDT", -4}, Named{"CST", -6}, Named{"CDT", -5},
                                Named{"MST", -7}, Named{"MDT", -6}, Named{"PST", -8}, Named{"PDT", -7},
                                Named{"CET", 1},  Named{"CEST", 2}, Named{"BST", 1},  Named{"JST", 9}};
    const auto known = std::ranges::find_if(kNamed, [&](const Named &zone) {
        return word.compare(QLatin1StringView(zone.name), Qt::CaseInsensitive) == 0;
    });
    return known == kNamed.end() ? Minutes(0) : Minutes(std::chrono::hours(known->hours));
}

bool takeTime(const QString &text, Parts *parts)
{
    static const QRegularExpression form(u"^(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?$"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return false;
    parts->time = std::chrono::hours(match.captured(1).toInt()) + Minutes(match.captured(2).toInt());
    parts->seconds = std::chrono::seconds(match.captured(3).toInt());
    if (!match.captured(4).isEmpty())
        parts->seconds += std::chrono::milliseconds(match.captured(4).leftJustified(3, u'0').left(3).toInt());
    return true;
}

/// "2026-11-20T08:00:00+01:00" and what is near to it.
std::optional<Instant> isoDate(const QString &text)
{
    static const QRegularExpression form(
        u"^(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})(?:[Tt ]\\s*([\\d:.,]+)\\s*(Z|z|[+-]\\d{1,2}:?\\d{2}|[A-Za-z]{1,5})?)?$"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    Parts parts;
    parts.year = match.captured(1).toInt();
    parts.month = match.captured(2).toInt();
    parts.day = match.captured(3).toInt();
    if (!match.captured(4).isEmpty() && !takeTime(match.captured(4), &parts))
        return std::nullopt;
    parts.offset = zoneOf(match.captured(5));
    return instantOf(parts);
}

/// "Fri, 20 Nov 2026 08:00:00 +0100" and what is near to it, word by word: the order of day and month does not matter.
std::optional<Instant> wordyDate(const QString &text)
{
    Parts parts;
    QString cleaned = text;
    const QStringList words = cleaned.replace(u',', u' ').replace(u'-', u" -"_s).simplified().split(u' ');
    for (QString word : words) {
        const bool isZone = parts.year > 0 && (word.startsWith(u'+') || word.startsWith(u'-'));
        if (word.startsWith(u'-') && !isZone)
            word.remove(0, 1); // 20-Nov-26
        const bool isNumber = !word.isEmpty() && std::ranges::all_of(word, [](QChar unit) { return unit.isDigit(); });
        if (word.contains(u':') && !isZone) {
            if (!takeTime(word, &parts))
                return std::nullopt;
        } else if (isNumber && parts.day == 0 && word.size() <= 2) {
            parts.day = word.toInt();
        } else if (isNumber && parts.year == 0 && word.size() <= 4) {
            parts.year = yearOf(word);
        } else if (parts.month == 0 && monthOf(word) > 0) {
            parts.month = monthOf(word);
        } else if (parts.month > 0) {
            const Minutes offset = zoneOf(word); // weekdays stand in front of the month
            parts.offset = offset != Minutes(0) ? offset : parts.offset;
        }
    }
    return parts.month > 0 && parts.day > 0 && parts.year > 0 ? instantOf(parts) : std::nullopt;
}

} // namespace

std::optional<Instant> feedDate(const QString &text)
{
    constexpr qsizetype kLongestDate = 80;
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > kLongestDate)
        return std::nullopt;
    if (const std::optional<Instant> exact = isoDate(trimmed))
        return exact;
    return wordyDate(trimmed);
}

} // namespace indelible::channels::feeds
