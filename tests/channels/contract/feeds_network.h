// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/channels/contract/network.h"

namespace indelible::test {

/// An Atom feed with conditional requests (RFC 4287, RFC 9110): see app/channels/feeds/README.md.
[[nodiscard]] std::unique_ptr<Network> makeFeedsNetwork(const QSslConfiguration *tls);

} // namespace indelible::test
