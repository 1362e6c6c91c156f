// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_cursor.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

constexpr int kFormat = 1;
/// More than these are not remembered: their threads are fetched once more, which costs time and nothing else.
constexpr qsizetype kMostRemembered = 4000;
constexpr qsizetype kHashBytes = 6;

QJsonValue writeInstant(const std::optional<Instant> &instant)
{
    return instant ? QJsonValue(toRfc3339(*instant)) : QJsonValue(QJsonValue::Null);
}

std::optional<Instant> readInstant(const QJsonValue &value)
{
    return fromRfc3339(value.toString());
}

QStringList readTexts(const QJsonValue &value)
{
    QStringList texts;
    const QJsonArray array = value.toArray();
    for (const auto &entry : array)
        texts.append(entry.toString());
    return texts;
}

QJsonObject writeWalk(const PageWalk &walk)
{
    return {{"page"_L1, walk.page},
            {"mark"_L1, walk.mark},
            {"steps"_L1, walk.steps},
            {"power"_L1, walk.power},
            {"newest"_L1, writeInstant(walk.newest)}};
}

PageWalk readWalk(const QJsonObject &object)
{
    return {object.value("page"_L1).toString(), object.value("mark"_L1).toString(),
            object.value("steps"_L1).toInteger(), std::max<qint64>(object.value("power"_L1).toInteger(), 1),
            readInstant(object.value("newest"_L1))};
}

QString shortHash(const RemoteItem &item)
{
    const QByteArray hash =
        QCryptographicHash::hash((item.remoteId + u' ' + item.version).toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(
        hash.left(kHashBytes).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

/// The newest moment of walk and page. Not later than our clock: a date from the future must not end the next walks
/// early.
void noteNewest(PageWalk &walk, const std::vector<Instant> &times, Instant now)
{
    for (const Instant time : times) {
        const Instant believed = std::min(time, now);
        walk.newest = walk.newest ? std::max(*walk.newest, believed) : believed;
    }
}

bool allBefore(const std::vector<Instant> &times, const std::optional<Instant> &until)
{
    return until && !times.empty() &&
           std::all_of(times.begin(), times.end(), [&](Instant time) { return time < *until - kOverlap; });
}

} // namespace

Result<void> PageWalk::advance(const QString &next)
{
    if (next == page || next == mark) {
        return failure(
            ErrorKind::InvalidReply,
            u"The Bluesky server leads in circles: a page names one before it as the next. What came so far is stored; it will be tried again from there."_s);
    }
    if (++steps == power) {
        mark = next;
        power *= 2;
        steps = 0;
    }
    page = next;
    return {};
}

Cursor writePosition(const Position &position)
{
    const MessagesPosition &messages = position.messages;
    const QJsonObject chat{{"log"_L1, messages.log},
                           {"begun"_L1, messages.begun},
                           {"listing"_L1, messages.listing},
                           {"pending"_L1, QJsonArray::fromStringList(messages.pending)},
                           {"done"_L1, QJsonArray::fromStringList(messages.done)},
                           {"walk"_L1, writeWalk(messages.walk)}};
    const QJsonObject object{{"format"_L1, kFormat},
                             {"part"_L1, static_cast<int>(position.part)},
                             {"notificationsWalk"_L1, writeWalk(position.notificationsWalk)},
                             {"feedWalk"_L1, writeWalk(position.feedWalk)},
                             {"notificationsUntil"_L1, writeInstant(position.notificationsUntil)},
                             {"feedUntil"_L1, writeInstant(position.feedUntil)},
                             {"known"_L1, QJsonArray::fromStringList(position.known)},
                             {"seen"_L1, QJsonArray::fromStringList(position.seen)},
                             {"messages"_L1, chat},
                             {"feedProblem"_L1, position.feedProblem}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Position readPosition(const Cursor &cursor)
{
    const QJsonObject object = QJsonDocument::fromJson(cursor).object();
    Position position;
    const int part = object.value("part"_L1).toInt(-1);
    if (object.value("format"_L1).toInt() != kFormat || part < 0 || part > static_cast<int>(Position::Part::Messages))
        return position;
    position.part = static_cast<Position::Part>(part);
    position.notificationsWalk = readWalk(object.value("notificationsWalk"_L1).toObject());
    position.feedWalk = readWalk(object.value("feedWalk"_L1).toObject());
    position.feedProblem = object.value("feedProblem"_L1).toString();
    position.notificationsUntil = readInstant(object.value("notificationsUntil"_L1));
    position.feedUntil = readInstant(object.value("feedUntil"_L1));
    position.known = readTexts(object.value("known"_L1));
    position.seen = readTexts(object.value("seen"_L1));
    const QJsonObject chat = object.value("messages"_L1).toObject();
    position.messages = {chat.value("log"_L1).toString(),   chat.value("begun"_L1).toBool(),
                         chat.value("listing"_L1).toBool(), readTexts(chat.value("pending"_L1)),
                         readTexts(chat.value("done"_L1)),  readWalk(chat.value("walk"_L1).toObject())};
    return position;
}

std::vector<RemoteItem> takeNew(Position &position, const NotificationPage &page, Instant now)
{
    std::vector<Instant> times;
    for (const Notification &notification : page.notifications)
        times.push_back(notification.indexedAt);
    PageWalk walk = position.notificationsWalk;
    noteNewest(walk, times, now);
    const QSet<QString> known(position.known.begin(), position.known.end());
    QSet<QString> seen(position.seen.begin(), position.seen.end());
    std::vector<RemoteItem> fresh;
    for (const Notification &notification : page.notifications) {
        const bool longKnown =
            position.notificationsUntil && notification.indexedAt < *position.notificationsUntil - kOverlap;
        if (!notification.item || longKnown)
            continue;
        const QString hash = shortHash(*notification.item);
        if (seen.contains(hash))
            continue;
        if (!known.contains(hash))
            fresh.push_back(*notification.item);
        seen.insert(hash);
        const bool nextWalkReadsIt = notification.indexedAt >= *walk.newest - kOverlap;
        if (nextWalkReadsIt && position.seen.size() < kMostRemembered)
            position.seen.append(hash);
    }
    std::reverse(fresh.begin(), fresh.end());
    return fresh;
}

bool concernsPartOnly(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Timeout:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Rejected:
    case ErrorKind::ServerTrouble:
    case ErrorKind::InvalidReply:
        return true;
    case ErrorKind::Cancelled:
    case ErrorKind::Offline:
    case ErrorKind::RateLimited:
    case ErrorKind::Unauthorised:
    case ErrorKind::Storage:
    case ErrorKind::DiskFull:
    case ErrorKind::NewerSchema:
    case ErrorKind::InUse:
    case ErrorKind::Damaged:
    case ErrorKind::Secrets:
    case ErrorKind::Usage:
    case ErrorKind::Internal:
        return false;
    }
    Q_UNREACHABLE();
}

Result<void> finishPage(Position &position, const std::vector<Instant> &times, const QString &next, Instant now)
{
    const bool notifications = position.part == Position::Part::Notifications;
    std::optional<Instant> &until = notifications ? position.notificationsUntil : position.feedUntil;
    PageWalk &walk = notifications ? position.notificationsWalk : position.feedWalk;
    noteNewest(walk, times, now);
    if (!next.isEmpty() && !allBefore(times, until))
        return walk.advance(next);
    if (walk.newest)
        until = until ? std::max(*until, *walk.newest) : walk.newest;
    if (notifications)
        position.known = std::exchange(position.seen, {});
    walk = {};
    position.part = notifications ? Position::Part::Feed : Position::Part::Messages;
    return {};
}

} // namespace indelible::channels::bluesky
