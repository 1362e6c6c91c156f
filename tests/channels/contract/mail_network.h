// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/channels/contract/network.h"

namespace indelible::test {

[[nodiscard]] std::unique_ptr<Network> makeMailNetwork(const QSslConfiguration *tls);

} // namespace indelible::test
