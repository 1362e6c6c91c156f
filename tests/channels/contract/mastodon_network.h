// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/channels/contract/network.h"

namespace indelible::test {

/// A server of the kind of Mastodon 4: ids in order, `min_id` answered with the page just above it, Idempotency-Key
/// remembered. Sources: app/channels/mastodon/README.md.
[[nodiscard]] std::unique_ptr<Network> makeMastodonNetwork(const QSslConfiguration *tls);

} // namespace indelible::test
