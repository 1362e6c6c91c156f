// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/entry.h"

#include "app/record/hash.h"

#include <QtEndian>

#include <array>

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

constexpr QByteArrayView kMagic("SIAUDIT1");
constexpr QByteArrayView kBodyTag("SIBODY1");

template<typename Number>
void put(QByteArray &bytes, Number number)
{
    const Number big = qToBigEndian(number);
    bytes.append(reinterpret_cast<const char *>(&big), sizeof big);
}

template<typename Number>
Number take(const QByteArray &bytes, qsizetype at)
{
    return qFromBigEndian<Number>(bytes.constData() + at);
}

} // namespace

QString kindName(quint16 kind)
{
    static const std::array<QString, 25> names{
        QString(),       u"genesis"_s,      u"item seen"_s,     u"item edited"_s,
        u"item gone"_s,  u"case opened"_s,  u"case changed"_s,  u"assigned"_s,
        u"note"_s,       u"reply intent"_s, u"reply attempt"_s, u"reply result"_s,
        u"export"_s,     u"seal"_s,         u"hold"_s,          u"anchor"_s,
        u"key change"_s, u"restore"_s,      u"clock"_s,         u"account"_s,
        u"verify"_s,     u"retention"_s,    u"migrate"_s,       u"conversation state"_s,
        u"coverage"_s};
    return kind > 0 && kind < names.size() ? names.at(kind) : u"kind %1"_s.arg(kind);
}

QByteArray Entry::toBytes() const
{
    Q_ASSERT(logId.size() == kIdBytes && subject.size() == kIdBytes && commitment.size() == kHashBytes);
    QByteArray bytes;
    bytes.reserve(kEntryBytes);
    bytes.append(kMagic);
    bytes.append(logId);
    put(bytes, idx);
    put(bytes, timeMs);
    put(bytes, kind);
    put(bytes, flags);
    bytes.append(subject);
    put(bytes, subjectSeq);
    put(bytes, actor);
    put(bytes, previous);
    bytes.append(commitment);
    return bytes;
}

std::optional<Entry> Entry::fromBytes(const QByteArray &bytes)
{
    if (bytes.size() != kEntryBytes || !bytes.startsWith(kMagic))
        return std::nullopt;
    Entry entry;
    entry.logId = bytes.mid(8, kIdBytes);
    entry.idx = take<quint64>(bytes, 24);
    entry.timeMs = take<quint64>(bytes, 32);
    entry.kind = take<quint16>(bytes, 40);
    entry.flags = take<quint16>(bytes, 42);
    entry.subject = bytes.mid(44, kIdBytes);
    entry.subjectSeq = take<quint32>(bytes, 60);
    entry.actor = take<quint32>(bytes, 64);
    entry.previous = take<quint64>(bytes, 68);
    entry.commitment = bytes.mid(76, kHashBytes);
    if ((entry.flags & ~kKnownFlags) != 0)
        return std::nullopt;
    return entry;
}

QByteArray commitment(const QByteArray &salt, const QByteArray &body)
{
    const quint64 length = qToBigEndian(static_cast<quint64>(body.size()));
    return sha256({kBodyTag, salt, QByteArrayView(reinterpret_cast<const char *>(&length), sizeof length), body});
}

} // namespace indelible::record
