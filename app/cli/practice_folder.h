// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QString>

namespace indelible::cli {

/// Takes a practice workspace away, so that the practice can begin anew. Only ever one that says of itself that it is
/// practice: real data is never removed. Succeeds where there is none. Errors: Rejected, InUse, Storage.
[[nodiscard]] Result<void> removePracticeWorkspace(const QString &folder);

} // namespace indelible::cli
