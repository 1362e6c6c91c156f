// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/json_reader.h"

#include "app/base/text.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace indelible::channels {

JsonReader::JsonReader(QJsonValue value, QString path)
    : m_value(std::move(value))
    , m_path(std::move(path))
{
}

JsonReader JsonReader::operator[](QLatin1StringView member) const
{
    if (!m_value.isObject())
        fail(isPresent() ? u"is not an object"_s : u"is missing"_s);
    return JsonReader(m_value.toObject().value(member), m_path + u'.' + member);
}

QString JsonReader::text() const
{
    if (!m_value.isString())
        fail(isPresent() ? u"is not a text"_s : u"is missing"_s);
    return wellFormed(m_value.toString());
}

QString JsonReader::textOrNothing() const
{
    return isPresent() ? text() : QString();
}

QString JsonReader::id() const
{
    QString value = text();
    if (value.isEmpty())
        fail(u"is empty"_s);
    return value;
}

Instant JsonReader::instant() const
{
    const std::optional<Instant> value = fromRfc3339(text());
    if (!value)
        fail(u"is not a date"_s);
    return *value;
}

bool JsonReader::boolean() const
{
    if (!m_value.isBool())
        fail(isPresent() ? u"is neither true nor false"_s : u"is missing"_s);
    return m_value.toBool();
}

QJsonObject JsonReader::object() const
{
    if (!m_value.isObject())
        fail(isPresent() ? u"is not an object"_s : u"is missing"_s);
    return m_value.toObject();
}

std::vector<JsonReader> JsonReader::list() const
{
    if (!m_value.isArray())
        fail(isPresent() ? u"is not a list"_s : u"is missing"_s);
    const QJsonArray array = m_value.toArray();
    std::vector<JsonReader> entries;
    entries.reserve(static_cast<size_t>(array.size()));
    for (qsizetype i = 0; i < array.size(); ++i)
        entries.emplace_back(array.at(i), u"%1[%2]"_s.arg(m_path).arg(i));
    return entries;
}

std::vector<JsonReader> JsonReader::listOrNothing() const
{
    return isPresent() ? list() : std::vector<JsonReader>();
}

QString JsonReader::firstText() const
{
    return wellFormed(m_value.toArray().at(0).toString());
}

qint64 JsonReader::numberOrMinusOne() const
{
    return m_value.toInteger(-1);
}

qint64 JsonReader::integer() const
{
    constexpr qint64 kExact = 1LL << 53;
    constexpr qint64 kNone = kExact + 1;
    const qint64 number = m_value.toInteger(kNone);
    if (number < -kExact || number > kExact)
        fail(isPresent() ? u"is not a whole number"_s : u"is missing"_s);
    return number;
}

QString JsonReader::type() const
{
    const QJsonValue value = m_value.isObject() ? m_value.toObject().value("$type"_L1) : QJsonValue();
    const QString name = value.toString();
    return name.mid(name.indexOf(u'#') + 1);
}

void JsonReader::fail(const QString &problem) const
{
    // The path of a thread's node repeats itself hundreds of times; its two ends say enough.
    constexpr qsizetype kEnd = 60;
    const QString shown = m_path.size() > 3 * kEnd ? m_path.left(kEnd) + QChar(0x2026) + m_path.right(kEnd) : m_path;
    throw BadReply{shown, problem};
}

tl::unexpected<Error> invalidReply(const QString &problem)
{
    return failure(
        ErrorKind::InvalidReply,
        u"The server's answer could not be read: %1. Nothing of it was taken over; it will be asked for again."_s.arg(
            problem));
}

namespace {

/// Why an answer is not what was asked for.
tl::unexpected<Error> notReadable(const QByteArray &bytes, QJsonParseError::ParseError problem,
                                  const QString &wrongKind)
{
    if (bytes.trimmed().startsWith('<'))
        return invalidReply(
            u"it is a web page, not data; the address may be wrong, or a page of the network in between"_s);
    switch (problem) {
    case QJsonParseError::DeepNesting:
        return invalidReply(u"it is nested too deeply"_s);
    case QJsonParseError::IllegalNumber:
    case QJsonParseError::TerminationByNumber:
        return invalidReply(u"it holds a number that is out of range or cut off"_s);
    case QJsonParseError::NoError:
        return invalidReply(wrongKind);
    default:
        return invalidReply(bytes.trimmed().isEmpty() ? u"it is empty"_s : u"it is cut off or damaged"_s);
    }
}

} // namespace

Result<QJsonObject> readObject(const QByteArray &bytes)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (problem.error == QJsonParseError::NoError && document.isObject())
        return document.object();
    return notReadable(bytes, problem.error, u"it is not an object"_s);
}

Result<QJsonArray> readArray(const QByteArray &bytes)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (problem.error == QJsonParseError::NoError && document.isArray())
        return document.array();
    return notReadable(bytes, problem.error, u"it is not a list"_s);
}

} // namespace indelible::channels
