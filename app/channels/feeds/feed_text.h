// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>

namespace indelible::channels::feeds {

// From the bytes of an answer to text that a reader can take. Pure; any thread.

/// The text of a document: encoding by byte order mark, else the XML declaration, else `charset` (of the answer's
/// Content-Type; may be empty), else UTF-8. ISO 8859-1 is read as Windows-1252, which is what those who write it mean.
/// Bytes that mean nothing in it become U+FFFD. InvalidReply for an encoding that nobody here knows.
[[nodiscard]] Result<QString> decodedDocument(const QByteArray &bytes, const QByteArray &charset);

/// "charset" of a Content-Type as it came; empty where it says none.
[[nodiscard]] QByteArray charsetOf(const QByteArray &contentType);

/// The same XML without the small faults that many producers make and that would cost the whole document: blank lines
/// before the declaration, control characters and references to them, a bare '&'.
[[nodiscard]] QString mendedXml(const QString &xml);

/// What stands for &name; in HTML, where feeds use it without declaring it. Empty for names not in the small table.
[[nodiscard]] QString htmlEntity(const QString &name);

/// True where a text that does not say what it is holds tags or references, and so is HTML.
[[nodiscard]] bool looksLikeHtml(const QString &text);

/// The error of a document that cannot be read.
[[nodiscard]] tl::unexpected<Error> unreadable(const QString &problem);

} // namespace indelible::channels::feeds
