// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/feeds/feed_document.h"

#include <QString>

#include <vector>

namespace indelible::channels::feeds {

/// Words as people read them, with the links in them.
struct Prose
{
    QString text;
    std::vector<TextLink> links;
};

/// Plain text of what a feed says, with redirects undone. Pure.
[[nodiscard]] Prose proseOf(const FeedText &words);

/// Title, a blank line, content. The title is left out where the content begins with it, as on networks whose posts
/// have none and whose feeds make one up.
[[nodiscard]] Prose joined(const Prose &title, Prose content);

} // namespace indelible::channels::feeds
