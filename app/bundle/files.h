// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace indelible::bundle {

/// What a bundle says. (README.txt, verify.py and verify.html lie beside it and are not part of what is proven: whoever
/// changes a bundle can change them too.)
struct Files
{
    QByteArray table;      ///< case.csv, for people
    QByteArray lines;      ///< case.jsonl, the entries with their proofs
    QByteArray checkpoint; ///< checkpoint.txt, the signed note
    QByteArray key;        ///< key.txt, who signed it
    QByteArray anchors;    ///< anchors.jsonl, what others were given to keep; empty = no such file
    friend bool operator==(const Files &, const Files &) = default;
};

inline constexpr QLatin1StringView kTableName("case.csv");
inline constexpr QLatin1StringView kLinesName("case.jsonl");
inline constexpr QLatin1StringView kCheckpointName("checkpoint.txt");
inline constexpr QLatin1StringView kKeyName("key.txt");
inline constexpr QLatin1StringView kAnchorsName("anchors.jsonl");

} // namespace indelible::bundle
