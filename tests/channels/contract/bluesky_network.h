// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/channels/contract/network.h"

namespace indelible::test {

/// After the lexicons of app.bsky and chat.bsky: see app/channels/bluesky/README.md.
[[nodiscard]] std::unique_ptr<Network> makeBlueskyNetwork(const QSslConfiguration *tls);

} // namespace indelible::test
