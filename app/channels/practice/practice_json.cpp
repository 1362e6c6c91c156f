// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/practice/practice_json.h"

#include "app/base/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace indelible::channels::practice {

QString JsonNode::Failure::sentence() const
{
    return u"%1: %2"_s.arg(path, what);
}

JsonNode::JsonNode(QJsonValue value, QString path)
    : m_value(std::move(value))
    , m_path(std::move(path))
{
}

JsonNode JsonNode::parse(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        throw Failure{u"$"_s, u"%1 at byte %2"_s.arg(error.errorString()).arg(error.offset)};
    if (!document.isObject())
        throw Failure{u"$"_s, u"not an object"_s};
    return {document.object(), u"$"_s};
}

JsonNode JsonNode::operator[](QLatin1String key) const
{
    std::optional<JsonNode> found = find(key);
    if (!found)
        fail(u"the field '%1' is missing"_s.arg(key));
    return *std::move(found);
}

std::optional<JsonNode> JsonNode::find(QLatin1String key) const
{
    const QJsonObject fieldsHere = object();
    const auto field = fieldsHere.constFind(key);
    if (field == fieldsHere.constEnd())
        return std::nullopt;
    return JsonNode(field.value(), u"%1.%2"_s.arg(m_path, key));
}

void JsonNode::allowOnly(std::initializer_list<QLatin1String> keys) const
{
    const QStringList present = object().keys();
    for (const QString &name : present) {
        if (std::none_of(keys.begin(), keys.end(), [&name](QLatin1String key) { return name == key; }))
            fail(u"the field '%1' is not known"_s.arg(name));
    }
}

std::vector<JsonNode> JsonNode::list() const
{
    if (!m_value.isArray())
        fail(u"not a list"_s);
    const QJsonArray array = m_value.toArray();
    std::vector<JsonNode> nodes;
    for (qsizetype index = 0; index < array.size(); ++index)
        nodes.push_back(JsonNode(array.at(index), u"%1[%2]"_s.arg(m_path).arg(index)));
    return nodes;
}

std::vector<std::pair<QString, JsonNode>> JsonNode::fields() const
{
    const QJsonObject fieldsHere = object();
    std::vector<std::pair<QString, JsonNode>> nodes;
    for (auto field = fieldsHere.begin(); field != fieldsHere.end(); ++field)
        nodes.emplace_back(field.key(), JsonNode(field.value(), u"%1.%2"_s.arg(m_path, field.key())));
    return nodes;
}

QString JsonNode::text() const
{
    QString value = textOrEmpty();
    if (value.trimmed().isEmpty())
        fail(u"an empty text"_s);
    return value;
}

QString JsonNode::textOrEmpty() const
{
    if (!m_value.isString())
        fail(u"not a text"_s);
    return wellFormed(m_value.toString());
}

int JsonNode::number(int minimum, int maximum) const
{
    const double value = m_value.toDouble(std::nan(""));
    if (!(value >= minimum && value <= maximum) || value != std::floor(value))
        fail(u"not a whole number from %1 to %2"_s.arg(minimum).arg(maximum));
    return static_cast<int>(value);
}

void JsonNode::fail(const QString &what) const
{
    throw Failure{m_path, what};
}

QJsonObject JsonNode::object() const
{
    if (!m_value.isObject())
        fail(u"not an object"_s);
    return m_value.toObject();
}

} // namespace indelible::channels::practice
