// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace indelible::html {

/// The words of HTML that nobody parses: tags and comments are left out, paragraphs and breaks become lines, the
/// commonest character references are read. In one pass, whatever comes. Pure; any thread.
[[nodiscard]] QString withoutTags(const QString &html);

} // namespace indelible::html
