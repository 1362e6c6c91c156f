// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QFile>
#include <QString>

#include <memory>

namespace indelible::store {

/// Keeps a second program, and a second user, out of a workspace. An advisory lock of the operating system on the file
/// `indelible.lock`: it ends with the process, however that ends, so a crash never leaves one behind.
class FolderLock
{
public:
    /// Errors: InUse, naming who holds it; Storage.
    [[nodiscard]] static Result<std::unique_ptr<FolderLock>> take(const QString &folder);
    ~FolderLock() = default;

    /// Whether there ever was a lock in this folder; taken or not.
    [[nodiscard]] static bool exists(const QString &folder);

private:
    explicit FolderLock(const QString &path)
        : m_file(path)
    {
    }
    QFile m_file;
};

} // namespace indelible::store
