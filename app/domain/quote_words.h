// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace indelible {

// How mail programs begin what they quote, in the languages that they speak. Lines are given without white space and
// direction marks at their ends. Pure.

/// "On Thu, 20 Nov 2026 at 09:00, Ana <ana@example> wrote:", with a date or an address, up to the colon.
[[nodiscard]] bool isAttribution(QStringView line);
/// The end of one that was broken into lines: "<ana@example> wrote:", "schrieb Ana <ana@example>:".
[[nodiscard]] bool continuesAttribution(QStringView line);
/// Could be the beginning of one that goes on in the next line: no sentence that ends there, and a date in it.
[[nodiscard]] bool mayBeginAttribution(QStringView line);

/// "-----Original Message-----".
[[nodiscard]] bool isOriginalMark(QStringView line);

/// "---------- Forwarded message ---------", "Begin forwarded message:": what follows is meant to be read.
[[nodiscard]] bool isForwardMark(QStringView line);

/// "Fwd: Order 1042".
[[nodiscard]] bool isForwardSubject(QStringView line);

/// The lines of one language that Outlook and others put above a mail that is answered.
class QuoteHeader
{
public:
    /// Begins with "From: …" of some language.
    [[nodiscard]] bool begin(QStringView line);
    /// Takes the next line; true once date and subject were there as well.
    [[nodiscard]] bool take(QStringView line);

private:
    quint64 m_languages = 0; ///< those whose "From" it was, one bit each
    quint64 m_dated = 0;
    quint64 m_named = 0;
};

} // namespace indelible
