// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

namespace indelible {

/// A file that a person names for something to be written into may be replaced only if it has that kind's ending: what
/// else has the name, the workspace's own database among it, is not ours. Rejected otherwise; nothing is touched.
[[nodiscard]] Result<void> requireReplaceable(const QString &fileName, const QString &ending);

} // namespace indelible
