// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace indelible::channels::mail {

/// Bytes of a mail as text. What the mail says of its charset is a claim that is often wrong: where the bytes do not
/// fit it, or it is unknown, they are read as UTF-8, and where they are no UTF-8 either as Windows-1252, in which every
/// byte means something. Well-formed, lines end in '\n', without NUL and other control characters. Pure.
[[nodiscard]] QString decoded(const QByteArray &bytes, const QByteArray &charset);

/// The same clean-up for text that is decoded already.
[[nodiscard]] QString cleanText(QString text);

} // namespace indelible::channels::mail
