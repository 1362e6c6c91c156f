// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace indelible {

/// Where the part of a mail begins that its author's program put below the new words: lines marked with '>' together
/// with the line that says who wrote them, Outlook's "Original Message", or its block of From, Sent and Subject. The
/// size of `text` where there is no such part, and wherever there is doubt: answers between quoted lines, words behind
/// them, a mail that was passed on, a mail that says nothing of its own. Pure; linear in the length of `text`.
[[nodiscard]] qsizetype quoteStart(const QString &text);

/// The same for an item of this network (Network::id): its whole size where programs quote nothing below.
[[nodiscard]] qsizetype quoteStart(const QString &text, const QString &network);

/// What its author wrote now; for lists and other places with room for a few words.
[[nodiscard]] QString newWords(const QString &text, const QString &network);

} // namespace indelible
