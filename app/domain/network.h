// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace indelible {

/// A kind of service as people know it. A network is data, not a code path: what it can do is said by Capabilities.
struct Network
{
    QString id;              ///< stable, stored: "bluesky", "mastodon", "google-reviews"
    QString name;            ///< as people say it; a proper name, not translated
    QString badge;           ///< two letters, painted on avatars
    quint32 badgeColour = 0; ///< 0xRRGGBB, white on it has 5.2:1 or better
    /// What people write there ends in what they answer, put there by their programs: see quoted_text.h.
    bool quotesBelow = false;
    /// What comes from there is signed by sites, whose names tell nothing about who writes.
    bool ofSites = false;
};

/// Every network the program can show, in the order of lists.
[[nodiscard]] const std::vector<Network> &networks();

/// The network of an id; for an id this version does not know, one with that id as its name and a grey badge.
[[nodiscard]] Network network(const QString &id);

} // namespace indelible
