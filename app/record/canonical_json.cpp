// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/canonical_json.h"

#include "app/base/text.h"

#include <QJsonArray>
#include <QJsonValue>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

constexpr qint64 kLargestInteger = qint64(1) << 53;

bool isEscaped(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void writeEscape(QByteArray &out, char c)
{
    static constexpr char kHex[] = "0123456789abcdef";
    static constexpr QByteArrayView kNamed("\"\\\n\r\t\b\f");
    static constexpr QByteArrayView kNames("\"\\nrtbf");
    out += '\\';
    if (const qsizetype at = kNamed.indexOf(c); at >= 0) {
        out += kNames.at(at);
        return;
    }
    out += "u00";
    out += kHex[(c >> 4) & 0xf];
    out += kHex[c & 0xf];
}

/// Escapes only what JSON demands (RFC 8259 section 7), each in its one shortest form. What needs none goes over in
/// one piece: this is most of what appending an entry costs.
void writeString(QByteArray &out, const QString &text)
{
    const QByteArray utf8 = wellFormed(text).toUtf8();
    out += '"';
    for (const char *from = utf8.begin(); from != utf8.end();) {
        const char *to = std::find_if(from, utf8.end(), &isEscaped);
        out.append(from, to - from);
        if (to != utf8.end())
            writeEscape(out, *to++);
        from = to;
    }
    out += '"';
}

bool writeNumber(QByteArray &out, const QJsonValue &value)
{
    const double number = value.toDouble();
    if (!std::isfinite(number) || std::floor(number) != number ||
        std::abs(number) > static_cast<double>(kLargestInteger) || std::abs(value.toInteger()) > kLargestInteger)
        return false;
    out += QByteArray::number(value.toInteger());
    return true;
}

bool writeValue(QByteArray &out, const QJsonValue &value);

bool writeArray(QByteArray &out, const QJsonArray &array)
{
    out += '[';
    bool first = true;
    for (const auto &value : array) {
        if (!std::exchange(first, false))
            out += ',';
        if (!writeValue(out, value))
            return false;
    }
    out += ']';
    return true;
}

bool writeObject(QByteArray &out, const QJsonObject &object)
{
    std::vector<std::pair<QByteArray, QString>> keys;
    keys.reserve(static_cast<size_t>(object.size()));
    for (auto it = object.begin(); it != object.end(); ++it)
        keys.emplace_back(wellFormed(it.key()).toUtf8(), it.key());
    std::sort(keys.begin(), keys.end());
    // Two names that differ only in lone surrogates would become one.
    const auto sameName = [](const auto &left, const auto &right) { return left.first == right.first; };
    if (std::adjacent_find(keys.begin(), keys.end(), sameName) != keys.end())
        return false;
    out += '{';
    bool first = true;
    for (const auto &[utf8, key] : keys) {
        if (!std::exchange(first, false))
            out += ',';
        writeString(out, key);
        out += ':';
        if (!writeValue(out, object.value(key)))
            return false;
    }
    out += '}';
    return true;
}

bool writeValue(QByteArray &out, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        out += "null";
        return true;
    case QJsonValue::Bool:
        out += value.toBool() ? "true" : "false";
        return true;
    case QJsonValue::Double:
        return writeNumber(out, value);
    case QJsonValue::String:
        writeString(out, value.toString());
        return true;
    case QJsonValue::Array:
        return writeArray(out, value.toArray());
    case QJsonValue::Object:
        return writeObject(out, value.toObject());
    }
    Q_UNREACHABLE();
}

} // namespace

Result<QByteArray> canonicalJson(const QJsonObject &object)
{
    QByteArray out;
    if (!writeObject(out, object))
        return failure(
            ErrorKind::Rejected,
            u"A record body may only hold whole numbers up to 2^53, and each name once. Nothing was stored."_s);
    return out;
}

} // namespace indelible::record
