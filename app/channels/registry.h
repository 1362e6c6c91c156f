// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/channels/channel.h"
#include "app/domain/account.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace indelible::net {
class HttpClient;
}
namespace indelible::secrets {
class SecretStore;
}

namespace indelible::channels {

/// What a channel is built from. Everything outlives the channel.
struct ChannelContext
{
    const Clock *clock = nullptr;
    net::HttpClient *http = nullptr;
    secrets::SecretStore *secrets = nullptr;
    QString secretKey;  ///< prefix of this account's entries in the keychain
    QString pauseGroup; ///< of this account's requests
    QString dataFolder; ///< where the practice network keeps its side; empty for real networks
    /// Of a sign-in alone: the prefix under which the same account had its entries before; empty = it is new here.
    QString earlierKey = {};
};

struct ChannelType
{
    QString id;      ///< Account::channel
    QString network; ///< Network::id, for accounts made by hand
    std::function<std::unique_ptr<Channel>(const Account &, const ChannelContext &)> make;
    bool byBrowser = false; ///< see signsInByBrowser()
};

/// Every connector of this build. Adding a network = one folder and one line here.
[[nodiscard]] const std::vector<ChannelType> &channelTypes();

/// True where the person signs in on the network's own page (SignIn::openPage) and only the server is asked for here.
[[nodiscard]] bool signsInByBrowser(const QString &channel);

/// The channel of an account; null for an id that this build does not know.
[[nodiscard]] std::unique_ptr<Channel> makeChannel(const Account &account, const ChannelContext &context);

} // namespace indelible::channels
