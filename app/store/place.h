// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArrayView>
#include <QString>

#include <functional>
#include <optional>

namespace indelible::store {

// Where a workspace may lie, and whether there is room. Any thread.

/// Room on the disk under which `doctor` warns, and under which nothing more is fetched (answers still go out).
inline constexpr qint64 kLowRoom = 500LL * 1024 * 1024;
inline constexpr qint64 kTooLittleRoom = 100LL * 1024 * 1024;

/// Whether a file system of this type (as in /proc/mounts: "ext4", "nfs4", "fuse.sshfs") may lie on another computer,
/// or is of a kind (FUSE) of which that cannot be told. Write-ahead logging needs memory that all who have the file
/// open share, which is only so on one computer (sqlite.org/wal.html). Pure.
[[nodiscard]] bool isNetworkFileSystem(QByteArrayView type);

/// The type of the file system that has this number in the kernel's list of mounts (the text of /proc/self/mountinfo,
/// proc(5)); empty where the list does not name it. Pure.
[[nodiscard]] QByteArray mountedType(const QByteArray &mountinfo, quint64 mount);

/// The type of file system where the folder, or the one it would be made in, lies on a network drive; else empty.
[[nodiscard]] QString networkDriveOf(const QString &folder);

/// Errors: Rejected where the folder lies, or would lie, on a network drive.
[[nodiscard]] Result<void> requireLocalFolder(const QString &folder);

/// As requireLocalFolder(), for the folder of a workspace that is to be written. What came to lie on such a drive all
/// the same may be read there; the sentence then says how it gets away from it.
[[nodiscard]] Result<void> requireWritablePlace(const QString &folder);

/// The name of the service that copies this folder to other computers behind our back ("Dropbox"), which has been seen
/// to damage open databases; empty where none is recognised. `exists` says whether a file or folder is there.
[[nodiscard]] QString syncServiceOf(const QString &folder, const std::function<bool(const QString &)> &exists);

/// Bytes that may still be written to where `folder` is; nothing where it cannot be told.
[[nodiscard]] std::optional<qint64> freeBytes(const QString &folder);

} // namespace indelible::store
