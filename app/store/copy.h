// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/store/connection.h"

#include <QString>

#include <functional>

namespace indelible::store {

/// Copies the whole database, as `source` sees it now, into the new file `file`, which needs no other file beside it
/// (no write-ahead log). Belongs into Database::scan(): the copy is then of one state, whatever is written meanwhile,
/// and neither writes nor lists wait for it. `goOn` is asked about every megabyte. On failure the file is gone again.
/// Throws StoreException: DiskFull, Storage, Damaged, Cancelled (`goOn` said false).
void copyDatabase(Connection &source, const QString &file, const std::function<bool()> &goOn = {});

/// Waits until the file, and its name in its folder, are on the disk. Errors: Storage.
[[nodiscard]] Result<void> syncToDisk(const QString &file);

/// Gives a file another name in one step; the name is on the disk when this returns. `to` must not exist. Errors:
/// Conflict, Storage.
[[nodiscard]] Result<void> moveIntoPlace(const QString &from, const QString &to);

} // namespace indelible::store
