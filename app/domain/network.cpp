// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/network.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible {

const std::vector<Network> &networks()
{
    static const std::vector<Network> all{
        {u"bluesky"_s, u"Bluesky"_s, u"Bl"_s, 0x1F6FB2},       {u"mastodon"_s, u"Mastodon"_s, u"Ma"_s, 0x5B4BB7},
        {u"google-reviews"_s, u"Google"_s, u"Gr"_s, 0x2F7A4C}, {u"facebook"_s, u"Facebook"_s, u"Fb"_s, 0x3557A6},
        {u"instagram"_s, u"Instagram"_s, u"Ig"_s, 0xB23A6B},   {u"youtube"_s, u"YouTube"_s, u"Yt"_s, 0xB3322B},
        {u"reddit"_s, u"Reddit"_s, u"Rd"_s, 0xB04A17},         {u"telegram"_s, u"Telegram"_s, u"Tg"_s, 0x22739F},
        {u"email"_s, u"E-mail"_s, u"Em"_s, 0x5C6470, true},    {u"feeds"_s, u"Feeds"_s, u"Rs"_s, 0x7A5A16, false, true},
        {u"trustpilot"_s, u"Trustpilot"_s, u"Tp"_s, 0x1C7566},
    };
    return all;
}

Network network(const QString &id)
{
    const auto &all = networks();
    const auto found =
        std::find_if(all.begin(), all.end(), [&id](const Network &candidate) { return candidate.id == id; });
    return found != all.end() ? *found : Network{id, id, id.left(2), 0x5C6470};
}

} // namespace indelible
