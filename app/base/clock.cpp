// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/clock.h"

#include <QTimeZone>

namespace indelible {

QDateTime toDateTime(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(instant)).toUTC();
}

QString toRfc3339(Instant instant)
{
    return toDateTime(instant).toString(Qt::ISODateWithMs);
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
