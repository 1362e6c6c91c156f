// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QString>

#include <utility>
#include <vector>

namespace indelible::channels {

// What every channel says of a call, and of one that failed, whatever its network. Pure.

/// Names and values as a query or the body of a form has them: both percent-encoded, as they are.
[[nodiscard]] QString encodedPairs(const std::vector<std::pair<QString, QString>> &pairs);

/// The kind of a status about which the network says nothing more precise.
[[nodiscard]] ErrorKind kindOfStatus(int status);

/// The error of a call that only reads, told as such: whatever the server did, nothing can be half done. `network` as
/// people say it.
[[nodiscard]] Error whileReading(Error error, const QString &network);

/// Of what failed before a call left: the call itself was certainly not made.
[[nodiscard]] Error beforeTheCall(Error error);

/// "The program is closing" and the like: somebody else ended the work.
[[nodiscard]] tl::unexpected<Error> cancelled();

} // namespace indelible::channels
