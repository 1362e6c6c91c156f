// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QSaveFile>

#include <memory>

namespace indelible {

// Files that a person names for something to be written into. They appear whole or not at all.

/// May go from one thread to another, as the work on it does.
using OutputFile = std::shared_ptr<QSaveFile>;

/// A file that a person names for something to be written into may be replaced only if it has that kind's ending: what
/// else has the name, the workspace's own database among it, is not ours. Rejected otherwise; nothing is touched.
[[nodiscard]] Result<void> requireReplaceable(const QString &fileName, const QString &ending);

/// Errors: DiskFull, Storage.
[[nodiscard]] Result<OutputFile> openOutput(const QString &fileName);

/// What stopped the writing, for the person: DiskFull or Storage.
[[nodiscard]] Error notWritten(const QSaveFile &file);

} // namespace indelible
