// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/store/connection.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace indelible::backup {

/// What a copy of a workspace holds, found by reading all of it.
struct CopyReport
{
    qint64 bytes = 0;
    int schema = 0;
    QByteArray logId;
    qint64 entries = 0;
    QByteArray root;
    QString workspaceId;
    bool practice = false;
};

/// Reads the whole file and changes nothing: SQLite's own check, every entry and body of the record, and the record
/// against its newest signed checkpoint. Any thread; `goOn` is asked now and then. Errors: Damaged (in one sentence,
/// what does not match), NewerSchema, Storage, Cancelled.
[[nodiscard]] Result<CopyReport> checkCopy(const QString &file, const std::function<bool()> &goOn = {});

/// A copy of `source` at `file`, which must not exist: written beside it, checked as by checkCopy(), brought to the
/// disk, and only then given its name. Leaves nothing behind where it fails. Errors: as checkCopy(), DiskFull,
/// Conflict.
[[nodiscard]] Result<CopyReport> makeCheckedCopy(store::Connection &source, const QString &file,
                                                 const std::function<bool()> &goOn = {});

} // namespace indelible::backup
