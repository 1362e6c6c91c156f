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

/// Escapes only what JSON demands (RFC 8259 section 7), each in its one shortest form.
void writeString(QByteArray &out, const QString &text)
{
    static constexpr char kHex[] = "0123456789abcdef";
    out += '"';
    const QByteArray utf8 = wellFormed(text).toUtf8();
    for (const char c : utf8) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                out += "\\u00";
                out += kHex[(c >> 4) & 0xf];
                out += kHex[c & 0xf];
            } else {
                out += c;
            }
        }
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
        return failure(ErrorKind::Rejected,
                       u"A record body may only hold whole numbers up to 2^53. Nothing was stored."_s);
    return out;
}

} // namespace indelible::record
