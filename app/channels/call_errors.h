// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QString>

namespace indelible::channels {

// What every channel says of a call that failed, whatever its network. Pure.

/// The kind of a status about which the network says nothing more precise.
[[nodiscard]] ErrorKind kindOfStatus(int status);

/// The error of a call that only reads, told as such: whatever the server did, nothing can be half done. `network` as
/// people say it.
[[nodiscard]] Error whileReading(Error error, const QString &network);

/// "The program is closing" and the like: somebody else ended the work.
[[nodiscard]] tl::unexpected<Error> cancelled();

} // namespace indelible::channels
