// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/history.h"
#include "ui/models/time_words.h"

#include <QString>

namespace indelible::ui {

/// One line of the record as it is painted and read out. All words are displayText(): control characters are seen.
struct RecordLine
{
    qint64 idx = 0;
    QString number; ///< "18,193"
    QString time;   ///< "10:21", "14 Oct, 10:21"
    QString who;
    QString whoSeed; ///< of the avatar; empty = the program, which has an icon
    QString whoIcon;
    QString what;
    QString whatIcon;
    bool isNotable = false; ///< something was changed or taken away by others, or refused
    QString about;
    QString network; ///< Network::id of its badge; empty = none
    QString seal;    ///< "2bb8 470a"
    QString accessibleText;
    friend bool operator==(const RecordLine &, const RecordLine &) = default;
};

/// Pure.
[[nodiscard]] RecordLine recordLine(const record::EntryView &entry, const Here &here);

/// The line of an entry that must be there and is not, or is none any more. Pure.
[[nodiscard]] RecordLine missingLine(qint64 idx, const Here &here);

/// What an entry says happened: "Edited by author, both kept".
struct EntryWords
{
    QString what;
    QString icon;
    bool isNotable = false;
};
[[nodiscard]] EntryWords entryWords(const record::EntryView &entry);

/// The moment with its day and seconds, local: "Tue 14 October 2025, 10:21:37".
[[nodiscard]] QString fullMoment(Instant instant, const Here &here);

/// Beginning of a hash in groups of four: "2bb8 470a".
[[nodiscard]] QString shortHash(const QByteArray &hash, int groups);

} // namespace indelible::ui
