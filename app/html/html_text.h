// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/item.h"

#include <QString>

#include <optional>
#include <vector>

namespace indelible::html {

/// What somebody wrote, without its HTML.
struct HtmlText
{
    QString text;                ///< well-formed; lines end in '\n', none at the end
    std::vector<TextLink> links; ///< all of them Kind::Web, in order, none inside another

    friend bool operator==(const HtmlText &, const HtmlText &) = default;
};

/// The words and links of remote HTML. `p`, `blockquote`, `pre`, `ul` and `ol` stand between blank lines; `br`, list
/// items and other blocks make lines; of every other element the text alone stays, of scripts, styles and the like
/// nothing. Pure; any thread. Takes any input and never fails: what is larger than kLargestTree or needs more memory
/// than its tree may have loses its links and keeps its words.
[[nodiscard]] HtmlText textOfHtml(const QString &html);

/// Where a link leads, as it is stored: http and https only, with a host and without a user name; nothing for anything
/// else.
[[nodiscard]] std::optional<QString> linkTarget(const QString &href);

} // namespace indelible::html
