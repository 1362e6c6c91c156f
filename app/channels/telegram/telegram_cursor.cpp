// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_cursor.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::channels::telegram {

namespace {

QString shown(Instant instant)
{
    return toRfc3339(instant).left(16).replace(u'T', u' ') + u" UTC"_s;
}

QJsonValue written(const std::optional<Instant> &instant)
{
    return instant ? QJsonValue(toMs(*instant)) : QJsonValue();
}

std::optional<Instant> momentOf(const QJsonValue &value)
{
    return value.isDouble() ? std::make_optional(fromMs(value.toInteger())) : std::nullopt;
}

bool isOlder(const std::optional<Instant> &moment, Instant now)
{
    return moment && now - *moment > kKeptByService;
}

void notice(Position &position, const QString &sentence, Instant now)
{
    position.notice = sentence + u" Look in Telegram whether something is missing here."_s;
    position.noticed = now;
}

} // namespace

Cursor writePosition(const Position &position)
{
    const QJsonObject object{{"next"_L1, position.next},
                             {"heard"_L1, written(position.heard)},
                             {"asked"_L1, written(position.asked)},
                             {"notice"_L1, position.notice},
                             {"noticed"_L1, written(position.noticed)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Position readPosition(const Cursor &cursor)
{
    const QJsonObject object = QJsonDocument::fromJson(cursor).object();
    Position position;
    position.next = object.value("next"_L1).toInteger();
    position.heard = momentOf(object.value("heard"_L1));
    position.asked = momentOf(object.value("asked"_L1));
    position.notice = object.value("notice"_L1).toString();
    position.noticed = momentOf(object.value("noticed"_L1));
    return position;
}

std::optional<qint64> offsetFor(const Position &position, Instant now)
{
    // A negative offset would throw away what waits.
    const bool isKnown = position.next > 0 && position.heard && !isOlder(position.heard, now);
    return isKnown ? std::make_optional(position.next) : std::nullopt;
}

bool advance(Position &position, const Updates &page, std::optional<qint64> offset, Instant now)
{
    if (isOlder(position.asked, now))
        notice(position,
               u"Nobody fetched this bot's messages from %1 to %2, and Telegram keeps them for a day only."_s.arg(
                   shown(*position.asked), shown(now)),
               now);
    else if (offset && page.first && *page.first > *offset)
        notice(position,
               u"Telegram's numbers have a gap (%1 to %2): another program may have fetched messages of this bot."_s
                   .arg(*offset)
                   .arg(*page.first - 1),
               now);
    if (page.unreadable > 0)
        notice(position, u"%1 of Telegram's messages could not be read."_s.arg(page.unreadable), now);
    position.asked = now;
    const bool isNew = page.last && (!offset || *page.last >= *offset);
    if (isNew) {
        position.next = *page.last + 1;
        position.heard = now;
    }
    return isNew;
}

QString noticeFor(const Position &position, Instant now)
{
    return position.noticed && !isOlder(position.noticed, now) ? position.notice : QString();
}

} // namespace indelible::channels::telegram
