// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_digest.h"

#include "app/channels/feeds/feed_position.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

const QTime kMorning(7, 0);
constexpr std::size_t kMostHeld = 500;
constexpr qsizetype kMostBytes = 1'000'000;
constexpr std::chrono::days kLongest(8); ///< a week and the hour that a change of the clocks adds

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
    return digest.held.size() + digest.gone.size() > kMostHeld ||
           QJsonDocument(writeDigest(digest)).toJson(QJsonDocument::Compact).size() > kMostBytes;
}

/// Also where it would be due in a time that no digest is: a clock was wrong when that was said.
bool isDue(const Digest &digest, Instant now)
{
    return !digest.due || now >= *digest.due || *digest.due > now + kLongest;
}

/// It is what is held last of the same item.
bool isHeld(const Digest &digest, const RemoteItem &item)
{
    const auto last = std::find_if(digest.held.rbegin(), digest.held.rend(),
                                   [&item](const RemoteItem &held) { return held.remoteId == item.remoteId; });
    return last != digest.held.rend() && last->version == item.version;
}

/// Each version of an item on its own: an edit between two digests is one in the inbox, too. What is shown again is not
/// gone any more.
void hold(Digest &digest, Batch &batch)
{
    for (RemoteItem &item : batch.items) {
        std::erase_if(digest.gone, [&item](const RemoteGone &gone) { return gone.remoteId == item.remoteId; });
        if (!digest.brought.contains(nameOf(item)) && !isHeld(digest, item))
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
    // Qt knows fewer zones than the C library, which TZ is written for; a date in an unknown one is none.
    const QTimeZone known = zone.isValid() ? zone : QTimeZone::utc();
    QDate day = toDateTime(now).toTimeZone(known).date();
    for (;; day = day.addDays(1)) {
        const Instant morning = fromMs(QDateTime(day, kMorning, known).toMSecsSinceEpoch());
        if (morning > now && (cadence == Cadence::Daily || day.dayOfWeek() == Qt::Monday))
            return morning;
    }
}

bool isReady(const Digest &digest, Cadence cadence, Instant now)
{
    return holdsSome(digest) && (cadence == Cadence::AtOnce || isDue(digest, now));
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
    // Behind what is held: it can have become due while the feed was asked.
    hold(digest, batch);
    if (wasRead)
        digest.brought = names;
    const bool due = isDue(digest, now);
    if (due)
        digest.due = nextDigest(cadence, now, zone);
    if (due || isTooLarge(digest))
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
