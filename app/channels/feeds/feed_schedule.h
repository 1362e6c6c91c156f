// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>
#include <optional>

namespace indelible::channels::feeds {

/// What decides how long a feed is left alone.
struct Rhythm
{
    bool isGoogleAlerts = false;
    bool canSayUnchanged = false;                 ///< the server sends an ETag or Last-Modified
    std::optional<std::chrono::minutes> freshFor; ///< Cache-Control: max-age
    std::optional<std::chrono::minutes> askedFor; ///< FeedDocument::pause
};

/// How long until the feed is asked again: an hour, half an hour for Google Alerts, a day where every visit costs the
/// server the whole document; longer where the feed asks for it, but never beyond a day. `spread` in [0, 1) makes it
/// longer by up to a tenth, so that many feeds do not come due at once. Pure.
[[nodiscard]] std::chrono::milliseconds pauseAfter(const Rhythm &rhythm, double spread);

/// "max-age" of a Cache-Control header; nothing where it says none.
[[nodiscard]] std::optional<std::chrono::minutes> freshnessOf(const QByteArray &cacheControl);

} // namespace indelible::channels::feeds
