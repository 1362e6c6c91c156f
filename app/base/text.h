// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace indelible {

/// Replaces lone surrogates by U+FFFD: QString keeps them, and toUtf8() would turn them into '?' unseen. Everything
/// from outside passes through here before it is stored.
[[nodiscard]] QString wellFormed(QString text);

/// Number of grapheme clusters (UAX 29), which is what people call characters and what Bluesky counts.
[[nodiscard]] qsizetype graphemeCount(const QString &text);

/// The first part of `text` on one line, at most `graphemes` long, for lists. Runs of white space become one space and
/// more than four combining marks on one letter are cut, so that a hostile post cannot paint over its neighbours.
[[nodiscard]] QString snippetOf(const QString &text, qsizetype graphemes);

/// `text` with runs of combining marks cut at four and control and direction-override characters shown as U+FFFD.
/// For painting remote text; what is stored stays as it came.
[[nodiscard]] QString displayText(const QString &text);

/// `text` between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, so that a name of another script direction does
/// not turn the sentence round it.
[[nodiscard]] QString isolated(const QString &text);

/// Of a script written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese): there each letter counts as a
/// word.
[[nodiscard]] bool isUnspaced(char32_t letter);

} // namespace indelible
