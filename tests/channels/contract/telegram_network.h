// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/channels/contract/network.h"

namespace indelible::test {

/// Telegram's service for a bot: people write in a group, or to the bot alone. Sources:
/// app/channels/telegram/README.md.
[[nodiscard]] std::unique_ptr<Network> makeTelegramNetwork(const QSslConfiguration *tls);

} // namespace indelible::test
