// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/entry.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace indelible::bundle {

// case.jsonl and anchors.jsonl, byte for byte; the format is in README.md. Pure. What is read is only what would be
// written: there is one spelling of each line, so that no byte of a file can change unseen and every verifier reads the
// same.

/// Whole numbers up to here (15 digits) are exact in every language.
inline constexpr qint64 kLargestNumber = 999'999'999'999'999;

/// An entry of the case with what proves it.
struct Row
{
    record::Entry entry;
    std::optional<QByteArray> salt; ///< salt and body are both there, or the entry was sealed
    std::optional<QByteArray> body;
    QJsonObject said;              ///< the body, read
    std::vector<QByteArray> proof; ///< lowest first
};

/// Without the line feed.
[[nodiscard]] QByteArray headerLine(const QByteArray &checkpoint, qint64 count);
[[nodiscard]] QByteArray rowLine(const Row &row);

/// A line as spelled, before its meaning is looked at.
struct RowText
{
    qint64 idx = 0;
    QByteArray entry; ///< 108 bytes
    std::optional<QByteArray> salt;
    std::optional<QByteArray> body;
    std::vector<QByteArray> proof;
};
[[nodiscard]] std::optional<RowText> rowTextFromLine(const QByteArray &line);

/// An ANCHOR entry, and that the record begins with the checkpoint it names (RFC 9162, 2.1.4).
struct AnchorRow
{
    Row row;
    std::vector<QByteArray> consistency;
};
[[nodiscard]] QByteArray anchorLine(const AnchorRow &anchor);

/// As RowText.
struct AnchorRowText
{
    RowText row;
    std::vector<QByteArray> consistency;
};
[[nodiscard]] std::optional<AnchorRowText> anchorRowTextFromLine(const QByteArray &line);

/// The body as the object it says; nothing where it is not written in the one canonical form (record::canonicalJson())
/// or goes deeper than 64 levels.
[[nodiscard]] std::optional<QJsonObject> objectFromBody(const QByteArray &body);

} // namespace indelible::bundle
