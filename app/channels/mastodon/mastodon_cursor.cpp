// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_cursor.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

constexpr qsizetype kSeenRemembered = 800; ///< twice what the first run reads of our own
constexpr qsizetype kThreadsRemembered = 2000;
constexpr qsizetype kHashBytes = 9; ///< twelve letters; two alike among thousands are not to be expected

QString shortHash(const QString &text)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.first(kHashBytes).toBase64(QByteArray::Base64UrlEncoding));
}

/// Newest last; the oldest are forgotten.
void remember(QStringList &list, const QString &entry, qsizetype most)
{
    list.removeOne(entry);
    list.append(entry);
    if (list.size() > most)
        list.remove(0, list.size() - most);
}

QStringList texts(const QJsonValue &value)
{
    QStringList list;
    const QJsonArray array = value.toArray();
    for (const auto &entry : array)
        list.append(entry.toString());
    return list;
}

QString shortHash(const Status &status)
{
    return shortHash(status.item.remoteId + u'\n' + status.item.version);
}

/// Those of a page that were not seen before, as they are now; boosts are left out.
std::vector<Status> unseen(Position &position, std::vector<Status> page)
{
    std::vector<Status> fresh;
    QStringList hashes;
    for (Status &status : page) {
        if (status.isBoost)
            continue;
        hashes.prepend(shortHash(status));
        if (!position.seen.contains(hashes.first()))
            fresh.push_back(std::move(status));
    }
    for (const QString &hash : std::as_const(hashes))
        remember(position.seen, hash, kSeenRemembered);
    return fresh;
}

QLatin1StringView nameOf(Position::Part part)
{
    switch (part) {
    case Position::Part::Own:
        return "own"_L1;
    case Position::Part::Conversations:
        return "conversations"_L1;
    case Position::Part::Notifications:
        break;
    }
    return "notifications"_L1;
}

Position::Part partFrom(const QString &name)
{
    for (const Position::Part part : {Position::Part::Own, Position::Part::Conversations}) {
        if (name == nameOf(part))
            return part;
    }
    return Position::Part::Notifications;
}

void endWalk(Position &position)
{
    NotificationWalk &walk = position.notifications;
    if (walk.newest.isEmpty())
        position.part = Position::Part::Own;
    else
        walk.last = walk.newest;
    walk.newest.clear();
    walk.floor.clear();
    walk.pages = 0;
}

} // namespace

Cursor writePosition(const Position &position)
{
    const NotificationWalk &walk = position.notifications;
    const QJsonObject object{{"part"_L1, nameOf(position.part)},
                             {"last"_L1, walk.last},
                             {"newest"_L1, walk.newest},
                             {"floor"_L1, walk.floor},
                             {"pages"_L1, walk.pages},
                             {"ownPage"_L1, position.ownPage},
                             {"ownPages"_L1, position.ownPages},
                             {"seen"_L1, QJsonArray::fromStringList(position.seen)},
                             {"threads"_L1, QJsonArray::fromStringList(position.threads)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Position readPosition(const Cursor &cursor)
{
    const QJsonObject object = QJsonDocument::fromJson(cursor).object();
    Position position;
    position.part = partFrom(object.value("part"_L1).toString());
    position.notifications = {object.value("last"_L1).toString(), object.value("newest"_L1).toString(),
                              object.value("floor"_L1).toString(), object.value("pages"_L1).toInt()};
    position.ownPage = object.value("ownPage"_L1).toString();
    position.ownPages = object.value("ownPages"_L1).toInt();
    position.seen = texts(object.value("seen"_L1));
    position.threads = texts(object.value("threads"_L1));
    return position;
}

std::vector<Status> takeNew(Position &position, std::vector<Notification> page)
{
    NotificationWalk &walk = position.notifications;
    const bool isFirstRun = walk.last.isEmpty();
    // Some servers repeat the one that was named as the bound, or do not look at bounds at all.
    std::erase_if(page, [&](const Notification &entry) {
        return (!walk.last.isEmpty() && !isOlderId(walk.last, entry.id)) ||
               (!walk.floor.isEmpty() && !isOlderId(entry.id, walk.floor));
    });
    std::ranges::sort(page, isOlderId, &Notification::id);
    std::vector<Status> fresh;
    for (Notification &entry : page) {
        if (!entry.status)
            continue;
        if (entry.status->item.audience == Audience::Private)
            remember(position.seen, shortHash(*entry.status), kSeenRemembered);
        fresh.push_back(std::move(*entry.status));
    }
    ++walk.pages;
    if (!page.empty()) {
        walk.floor = page.front().id;
        if (walk.newest.isEmpty() || isOlderId(walk.newest, page.back().id))
            walk.newest = page.back().id;
    }
    if (page.empty() || (isFirstRun && walk.pages >= kFirstRunPages))
        endWalk(position);
    return fresh;
}

std::vector<Status> takeOwn(Position &position, std::vector<Status> page)
{
    const QString lowest = page.empty() ? QString() : page.back().id;
    std::vector<Status> fresh = unseen(position, std::move(page));
    ++position.ownPages;
    const bool isLast = fresh.empty() || position.ownPages >= kOwnPages;
    position.ownPage = isLast ? QString() : lowest;
    if (isLast) {
        position.ownPages = 0;
        position.part = Position::Part::Conversations;
    }
    return fresh;
}

std::vector<Status> takeConversations(Position &position, std::vector<Status> page)
{
    position.part = Position::Part::Notifications;
    return unseen(position, std::move(page));
}

bool isKnownThread(const Position &position, const QString &uri)
{
    return position.threads.contains(shortHash(uri));
}

void rememberThread(Position &position, const QString &uri)
{
    remember(position.threads, shortHash(uri), kThreadsRemembered);
}

} // namespace indelible::channels::mastodon
