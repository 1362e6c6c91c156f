// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_digest.h"

#include "app/channels/feeds/feed_position.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

const QTime kMorning(7, 0);
constexpr std::size_t kMostHeld = 500;
constexpr qsizetype kMostLetters = 1'000'000;

QString nameOf(const RemoteItem &item)
{
    return shortHash((item.remoteId + u'\n' + item.version).toUtf8());
}

bool holdsSome(const Digest &digest)
{
    return !digest.held.empty() || !digest.gone.empty();
}

bool isTooLarge(const Digest &digest)
{
    qsizetype letters = 0;
    for (const RemoteItem &item : digest.held)
        letters += item.text.size();
    return digest.held.size() > kMostHeld || letters > kMostLetters;
}

/// Each version of an item on its own: an edit between two digests is one in the inbox, too.
void hold(Digest &digest, Batch &batch)
{
    for (RemoteItem &item : batch.items) {
        if (!digest.brought.contains(nameOf(item)))
            digest.held.push_back(std::move(item));
    }
    for (const RemoteGone &gone : batch.gone) {
        if (std::ranges::find(digest.gone, gone) == digest.gone.end())
            digest.gone.push_back(gone);
    }
    batch.items.clear();
    batch.gone.clear();
}

void moveHeld(Digest &digest, Batch &batch)
{
    batch.items = std::exchange(digest.held, {});
    batch.gone = std::exchange(digest.gone, {});
}

QJsonArray writeItem(const RemoteItem &item)
{
    QJsonArray links;
    for (const TextLink &link : item.links)
        links.append(QJsonArray{link.start, link.length, static_cast<int>(link.kind), link.target});
    QJsonArray media;
    for (const Media &medium : item.media)
        media.append(QJsonArray{medium.kind, medium.description, medium.address});
    return {item.remoteId,
            item.version,
            item.threadId,
            item.parentId,
            item.author.remoteId,
            item.author.handle,
            item.author.name,
            item.text,
            item.url,
            item.language,
            toMs(item.createdAt),
            links,
            media};
}

RemoteItem readItem(const QJsonArray &values)
{
    qsizetype next = 0;
    RemoteItem item;
    item.kind = ItemKind::Mention;
    item.direction = Direction::Incoming;
    item.audience = Audience::Public;
    for (QString *field : {&item.remoteId, &item.version, &item.threadId, &item.parentId, &item.author.remoteId,
                           &item.author.handle, &item.author.name, &item.text, &item.url, &item.language})
        *field = values.at(next++).toString();
    item.createdAt = fromMs(values.at(next++).toInteger());
    const QJsonArray links = values.at(next++).toArray();
    for (const auto &value : links) {
        const QJsonArray link = value.toArray();
        item.links.push_back({link.at(0).toInteger(), link.at(1).toInteger(),
                              static_cast<TextLink::Kind>(link.at(2).toInt()), link.at(3).toString()});
    }
    const QJsonArray media = values.at(next).toArray();
    for (const auto &value : media) {
        const QJsonArray medium = value.toArray();
        item.media.push_back({medium.at(0).toString(), medium.at(1).toString(), medium.at(2).toString()});
    }
    return item;
}

} // namespace

Instant nextDigest(Cadence cadence, Instant now, const QTimeZone &zone)
{
    Q_ASSERT(cadence != Cadence::AtOnce);
    QDate day = toDateTime(now).toTimeZone(zone).date();
    for (;; day = day.addDays(1)) {
        const Instant morning = fromMs(QDateTime(day, kMorning, zone).toMSecsSinceEpoch());
        if (morning > now && (cadence == Cadence::Daily || day.dayOfWeek() == Qt::Monday))
            return morning;
    }
}

bool isReady(const Digest &digest, Cadence cadence, Instant now)
{
    return holdsSome(digest) && (cadence == Cadence::AtOnce || now >= digest.due.value_or(now));
}

Batch handOver(Digest &digest)
{
    Batch batch;
    moveHeld(digest, batch);
    batch.more = true;
    return batch;
}

void holdBack(Digest &digest, Batch &batch, bool wasRead, Cadence cadence, Instant now, const QTimeZone &zone)
{
    if (cadence == Cadence::AtOnce) {
        digest = {};
        return;
    }
    QStringList names;
    for (const RemoteItem &item : batch.items)
        names.append(nameOf(item));
    const bool isDue = now >= digest.due.value_or(now);
    if (isDue)
        digest.due = nextDigest(cadence, now, zone);
    else
        hold(digest, batch);
    if (wasRead)
        digest.brought = names;
    if (isTooLarge(digest))
        moveHeld(digest, batch);
}

Instant lookAgain(const Digest &digest, Instant visit)
{
    return holdsSome(digest) ? std::min(visit, digest.due.value_or(visit)) : visit;
}

QJsonObject writeDigest(const Digest &digest)
{
    QJsonArray held;
    for (const RemoteItem &item : digest.held)
        held.append(writeItem(item));
    QJsonArray gone;
    for (const RemoteGone &each : digest.gone)
        gone.append(QJsonArray{each.remoteId, static_cast<int>(each.reason)});
    return {{"due"_L1, digest.due ? QJsonValue(toRfc3339(*digest.due)) : QJsonValue(QJsonValue::Null)},
            {"brought"_L1, QJsonArray::fromStringList(digest.brought)},
            {"held"_L1, held},
            {"gone"_L1, gone}};
}

Digest readDigest(const QJsonObject &object)
{
    Digest digest;
    digest.due = fromRfc3339(object.value("due"_L1).toString());
    const QJsonArray brought = object.value("brought"_L1).toArray();
    for (const auto &value : brought)
        digest.brought.append(value.toString());
    const QJsonArray held = object.value("held"_L1).toArray();
    for (const auto &value : held)
        digest.held.push_back(readItem(value.toArray()));
    const QJsonArray gone = object.value("gone"_L1).toArray();
    for (const auto &value : gone)
        digest.gone.push_back(
            {value.toArray().at(0).toString(), static_cast<RemoteGone::Reason>(value.toArray().at(1).toInt())});
    return digest;
}

} // namespace indelible::channels::feeds
