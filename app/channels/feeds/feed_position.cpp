// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_position.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

constexpr int kFormat = 1;
constexpr qsizetype kHashBytes = 9;
constexpr QLatin1StringView kDaily = "day"_L1;
constexpr QLatin1StringView kWeekly = "week"_L1;

// Servers may send any bytes as an ETag; JSON takes only text.
QString writeBytes(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray readBytes(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

QJsonValue writeInstant(const std::optional<Instant> &instant)
{
    return instant ? QJsonValue(toRfc3339(*instant)) : QJsonValue(QJsonValue::Null);
}

QJsonArray writeKnown(const std::vector<KnownEntry> &known)
{
    QJsonArray list;
    for (const KnownEntry &entry : known)
        list.append(QJsonArray{entry.key, entry.variant, entry.link, entry.title, entry.taken});
    return list;
}

std::vector<KnownEntry> readKnown(const QJsonArray &list)
{
    std::vector<KnownEntry> known;
    for (const auto &value : list) {
        const QJsonArray entry = value.toArray();
        known.push_back({entry.at(0).toString(), entry.at(1).toString(), entry.at(2).toString(), entry.at(3).toString(),
                         entry.at(4).toBool()});
    }
    return known;
}

} // namespace

QByteArray writeSettings(const FeedSettings &settings)
{
    QJsonObject object{{"address"_L1, settings.address.toString(QUrl::FullyEncoded)},
                       {"words"_L1, QJsonArray::fromStringList(settings.words)}};
    // Absent where there is none: a feed is named after these bytes, and those of older entries must stay as they are.
    if (settings.cadence != Cadence::AtOnce)
        object.insert("digest"_L1, settings.cadence == Cadence::Daily ? kDaily : kWeekly);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<FeedSettings> readSettings(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    FeedSettings settings;
    settings.address = QUrl(object.value("address"_L1).toString());
    const QJsonArray words = object.value("words"_L1).toArray();
    for (const auto &word : words)
        settings.words.append(word.toString());
    const QString digest = object.value("digest"_L1).toString();
    settings.cadence = digest == kDaily ? Cadence::Daily : digest == kWeekly ? Cadence::Weekly : Cadence::AtOnce;
    if (settings.address.host().isEmpty())
        return failure(
            ErrorKind::Damaged,
            u"The keychain's entry of this feed cannot be read. What was fetched stays; connect the feed again."_s);
    return settings;
}

Cursor writePosition(const Position &position)
{
    const QJsonObject object{{"format"_L1, kFormat},
                             {"of"_L1, position.of},
                             {"etag"_L1, writeBytes(position.etag)},
                             {"modified"_L1, writeBytes(position.modified)},
                             {"body"_L1, position.body},
                             {"movedTo"_L1, position.movedTo},
                             {"known"_L1, writeKnown(position.known)},
                             {"lastGood"_L1, writeInstant(position.lastGood)},
                             {"gap"_L1, position.gap},
                             {"gapSeen"_L1, writeInstant(position.gapSeen)},
                             {"pause"_L1, position.pause ? QJsonValue(static_cast<qint64>(position.pause->count()))
                                                         : QJsonValue(QJsonValue::Null)},
                             {"goneSince"_L1, writeInstant(position.goneSince)},
                             {"digest"_L1, writeDigest(position.digest)},
                             {"ended"_L1, position.ended}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Position readPosition(const Cursor &cursor)
{
    const QJsonObject object = QJsonDocument::fromJson(cursor).object();
    Position position;
    if (object.value("format"_L1).toInt() != kFormat)
        return position;
    position.of = object.value("of"_L1).toString();
    position.etag = readBytes(object.value("etag"_L1));
    position.modified = readBytes(object.value("modified"_L1));
    position.body = object.value("body"_L1).toString();
    position.movedTo = object.value("movedTo"_L1).toString();
    position.known = readKnown(object.value("known"_L1).toArray());
    position.lastGood = fromRfc3339(object.value("lastGood"_L1).toString());
    position.gap = object.value("gap"_L1).toString();
    position.gapSeen = fromRfc3339(object.value("gapSeen"_L1).toString());
    if (const QJsonValue pause = object.value("pause"_L1); pause.isDouble())
        position.pause = std::chrono::minutes(pause.toInteger());
    position.goneSince = fromRfc3339(object.value("goneSince"_L1).toString());
    position.digest = readDigest(object.value("digest"_L1).toObject());
    position.ended = object.value("ended"_L1).toString();
    return position;
}

QString shortHash(const QByteArray &bytes)
{
    const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    return QString::fromLatin1(
        hash.left(kHashBytes).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace indelible::channels::feeds
