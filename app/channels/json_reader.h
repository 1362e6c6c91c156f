// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace indelible::channels {

/// Thrown inside a parser only; readReply() turns it into InvalidReply.
struct BadReply
{
    QString path; ///< as in "$.posts[3].author.did"
    QString problem;
};

/// A place in a JSON answer that knows its own path, so that a parser is straight code and a wrong field is named.
/// A value. What is asked for and is not there, or is of another type, throws BadReply.
class JsonReader
{
public:
    explicit JsonReader(QJsonValue value, QString path = QStringLiteral("$"));

    [[nodiscard]] JsonReader operator[](QLatin1StringView member) const;
    [[nodiscard]] bool isPresent() const { return !m_value.isUndefined() && !m_value.isNull(); }
    [[nodiscard]] bool isObject() const { return m_value.isObject(); }
    [[nodiscard]] const QString &path() const { return m_path; }

    /// Well-formed text, which may be empty.
    [[nodiscard]] QString text() const;
    /// The same where it is there; empty where the field is absent.
    [[nodiscard]] QString textOrNothing() const;
    /// A text that may not be empty: ids are taken from nothing else, because large JSON numbers lose digits.
    [[nodiscard]] QString id() const;
    [[nodiscard]] Instant instant() const;
    /// Nothing for everything that is no date: for what authors' programs write, not the server.
    [[nodiscard]] std::optional<Instant> instantOrNothing() const { return fromRfc3339(m_value.toString()); }
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] QJsonObject object() const;
    [[nodiscard]] std::vector<JsonReader> list() const;
    [[nodiscard]] std::vector<JsonReader> listOrNothing() const;
    /// The first entry of a list of texts; empty where there is none.
    [[nodiscard]] QString firstText() const;
    /// A whole number; -1 for everything else.
    [[nodiscard]] qint64 numberOrMinusOne() const;
    /// A whole number of at most 2^53 either way: a larger one has lost digits on its way.
    [[nodiscard]] qint64 integer() const;
    /// The part of "$type" behind '#', or all of it; empty where there is none.
    [[nodiscard]] QString type() const;

    [[noreturn]] void fail(const QString &problem) const;

private:
    QJsonValue m_value;
    QString m_path;
};

/// The JSON object of an answer. InvalidReply says in one sentence why it is none: a web page, cut off, nested too
/// deeply (more than 1,024 levels), a number nobody can hold.
[[nodiscard]] Result<QJsonObject> readObject(const QByteArray &bytes);

/// The same for an answer that is a list.
[[nodiscard]] Result<QJsonArray> readArray(const QByteArray &bytes);

[[nodiscard]] tl::unexpected<Error> invalidReply(const QString &problem);

template<typename Parser, typename Root>
[[nodiscard]] auto readRoot(const Result<Root> &root, Parser parser) -> Result<decltype(parser(JsonReader({})))>
{
    if (!root)
        return failure(root.error());
    try {
        return parser(JsonReader(*root));
    } catch (const BadReply &bad) {
        return invalidReply(bad.path + QStringLiteral(" ") + bad.problem);
    }
}

/// Runs a parser over an answer: bytes in, a value or InvalidReply out, no exception.
template<typename Parser>
[[nodiscard]] auto readReply(const QByteArray &bytes, Parser parser)
{
    return readRoot(readObject(bytes), std::move(parser));
}

/// The same for an answer that is a list.
template<typename Parser>
[[nodiscard]] auto readListReply(const QByteArray &bytes, Parser parser)
{
    return readRoot(readArray(bytes), std::move(parser));
}

} // namespace indelible::channels
