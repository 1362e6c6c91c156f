// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <initializer_list>
#include <optional>
#include <vector>

namespace indelible::channels::practice {

/// A JSON value that knows where in its document it stands, so that whatever is wrong with it can be named by its path
/// ("$.people[3].name"). For the two parsers of this folder: everything here throws Failure, which they catch and turn
/// into a Result. A value type; any thread.
class JsonNode
{
public:
    /// Why a document is not what it should be.
    struct Failure
    {
        QString path;
        QString what;
        [[nodiscard]] QString sentence() const;
    };

    /// The root object of a document.
    [[nodiscard]] static JsonNode parse(const QByteArray &json);

    /// A field that must be there.
    [[nodiscard]] JsonNode operator[](QLatin1String key) const;
    /// A field that may be missing.
    [[nodiscard]] std::optional<JsonNode> find(QLatin1String key) const;
    /// Refuses fields that nobody reads: a misspelt name would otherwise be lost unseen.
    void allowOnly(std::initializer_list<QLatin1String> keys) const;

    [[nodiscard]] std::vector<JsonNode> list() const;
    /// The fields of an object, each as name and value.
    [[nodiscard]] std::vector<std::pair<QString, JsonNode>> fields() const;
    [[nodiscard]] QString text() const; ///< a string that is not empty
    [[nodiscard]] QString textOrEmpty() const;
    [[nodiscard]] int number(int minimum, int maximum) const;

    [[noreturn]] void fail(const QString &what) const;

private:
    JsonNode(QJsonValue value, QString path);
    [[nodiscard]] QJsonObject object() const;

    QJsonValue m_value;
    QString m_path;
};

} // namespace indelible::channels::practice
