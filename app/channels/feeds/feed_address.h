// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QString>
#include <QUrl>

namespace indelible::channels::feeds {

// Addresses of feeds and in feeds. Pure; any thread.

/// The feed's address as a person typed it, without a fragment; "feed:" and a missing scheme mean https. Rejected for
/// what is no web address and for one with a user name in it.
[[nodiscard]] Result<QUrl> feedAddress(const QString &typed);

/// True for addresses that open the feed to whoever knows them: Google Alerts, anything with a query, a long random
/// part in the path. Those are kept in the keychain alone.
[[nodiscard]] bool holdsSecret(const QUrl &address);

/// What may be shown and stored of it: the host alone where the address is a secret, else host and path.
[[nodiscard]] QString shownAddress(const QUrl &address);

/// Names the feed for good, without giving a secret away.
[[nodiscard]] QString feedId(const QUrl &address);

/// Scheme, host and port: what requests are allowed for.
[[nodiscard]] QUrl serverOf(const QUrl &address);

[[nodiscard]] bool isGoogleAlerts(const QUrl &address);

/// An address of this computer or of the network at home, as far as the address itself says so.
[[nodiscard]] bool isAtHome(const QUrl &address);

/// The page behind a redirect of Google's (www.google.com/url?url=…), taken from the address itself and never fetched;
/// every other link as it is.
[[nodiscard]] QString linkBehind(const QString &link);

/// A link without fragment and without what only counts clicks (utm_…, fbclid, gclid), to compare by.
[[nodiscard]] QString comparableLink(const QString &link);

/// Lower case, without "www."; empty where the address has none.
[[nodiscard]] QString hostOf(const QString &address);

} // namespace indelible::channels::feeds
