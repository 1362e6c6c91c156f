// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace indelible::bundle {

/// Why a bundle is refused. verify.py and verify.html give the same reasons in the same order of checks.
enum class Fault {
    None,
    Key,        ///< key.txt is no key
    ForeignKey, ///< not the key that was expected
    Note,       ///< checkpoint.txt is no note with one signature of one record
    Signature,
    Format, ///< another format of bundle
    Header, ///< first line of case.jsonl
    Line,   ///< not written as bundles write it
    Entry,
    Order,
    Body,
    Proof,
    Export,
    Gap,
    Count,
    Subjects,
    Sealed,
    Table,   ///< case.csv
    Anchor,  ///< a line of anchors.jsonl
    Anchors, ///< not those that the last entry names
};

/// The answer of a check.
struct Verdict
{
    Fault fault = Fault::None;
    qint64 line = 0; ///< of case.jsonl, with Anchor of anchors.jsonl, from 1; 0 = none in particular

    [[nodiscard]] bool isGood() const { return fault == Fault::None; }
    friend bool operator==(const Verdict &, const Verdict &) = default;
};

/// "none", "key", "foreign-key" and so on: the same words as in verify.py and verify.html.
[[nodiscard]] QString toString(Fault fault);

/// What is wrong, in one English sentence; empty where nothing is.
[[nodiscard]] QString sentenceOn(const Verdict &verdict);

} // namespace indelible::bundle
