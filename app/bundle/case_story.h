// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/case_lines.h"
#include "app/bundle/verdict.h"

#include <QHash>
#include <QSet>

namespace indelible::bundle {

/// What the entries of a bundle say together. An inclusion proof shows that an entry exists, not that none is missing:
/// that is seen here.
struct Story
{
    QString number;                 ///< of the case
    QByteArray subject;             ///< of the case
    QSet<QByteArray> subjects;      ///< the case and its conversations
    QHash<qint64, qint64> sealedBy; ///< entry without words -> the entry that says why
    bool hidesLinks = false;        ///< words were destroyed that may have named a conversation of the case
};

/// The body of the EXPORT entry with which a case's entries end: how many there are of each subject.
[[nodiscard]] QJsonObject exportBody(const QString &caseNumber, const QHash<QByteArray, qint64> &counts);

/// The entries whose words an ERASE entry says were destroyed; nothing where its body is no such list.
[[nodiscard]] std::optional<QList<qint64>> numbersOfSeal(const Row &seal);

/// Holds the rows against each other: the last is the EXPORT entry of the case, every subject that it names is there
/// from its first entry to the number stated, the case's own entries name no other conversation, and words are missing
/// exactly where a seal says so. `rows` are in order and each is proven by itself. Pure.
[[nodiscard]] Verdict tell(const std::vector<Row> &rows, Story &story);

} // namespace indelible::bundle
