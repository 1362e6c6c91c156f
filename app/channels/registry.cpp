// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/registry.h"

#include "app/channels/bluesky/bluesky_channel.h"
#include "app/channels/feeds/feeds_channel.h"
#include "app/channels/mail/mail_channel.h"
#include "app/channels/mastodon/mastodon_channel.h"
#include "app/channels/practice/practice_channel.h"
#include "app/channels/telegram/telegram_channel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels {

const std::vector<ChannelType> &channelTypes()
{
    static const std::vector<ChannelType> types{
        {u"bluesky"_s, u"bluesky"_s, &bluesky::makeBlueskyChannel, false},
        {u"feed"_s, u"feeds"_s, &feeds::makeFeedsChannel, false},
        {u"mail"_s, u"email"_s, &mail::makeMailChannel, false},
        {u"mastodon"_s, u"mastodon"_s, &mastodon::makeMastodonChannel, true},
        {u"practice"_s, QString(), &practice::makePracticeChannel, false},
        {u"telegram"_s, u"telegram"_s, &telegram::makeTelegramChannel, false},
    };
    return types;
}

bool signsInByBrowser(const QString &channel)
{
    const auto &types = channelTypes();
    return std::any_of(types.begin(), types.end(),
                       [&](const ChannelType &type) { return type.id == channel && type.byBrowser; });
}

std::unique_ptr<Channel> makeChannel(const Account &account, const ChannelContext &context)
{
    const auto &types = channelTypes();
    const auto type = std::find_if(types.begin(), types.end(),
                                   [&](const ChannelType &candidate) { return candidate.id == account.channel; });
    return type != types.end() ? type->make(account, context) : nullptr;
}

} // namespace indelible::channels
