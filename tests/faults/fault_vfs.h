// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

#include <memory>
#include <mutex>
#include <random>
#include <vector>

#include <sqlite3.h>

namespace indelible::test {

/// One fault of a disk: from the operation number `at` (from 1, among those that this kind can hit) on, or only there.
struct DiskFault
{
    enum class Kind {
        Read,       ///< EIO while reading
        Write,      ///< EIO, nothing written
        NoSpace,    ///< ENOSPC, nothing written
        ShortWrite, ///< half of it is written, then EIO
        Sync,       ///< fsync fails, and what it was to keep never reaches the disk, as on Linux
        Truncate,
        Open,
        SharedMemory ///< the index of the write-ahead log cannot be mapped
    };
    Kind kind = Kind::Write;
    qint64 at = 1;
    bool persistent = false;
};

/// What a disk holds, by path.
using DiskImage = QMap<QString, QByteArray>;

/// SQLite's door to the disk, with a disk behind it that can fail and lose its power. While it lives it is the default
/// VFS, so that QtSql opens through it; everything else is done by the system's own VFS (public API of sqlite3.h only).
/// Made before the first database is opened and ended after the last one is closed. Thread-safe.
///
/// Syncing is not handed on: what a disk would hold is kept here, for each file what was synced and the changes since.
class FaultVfs
{
public:
    FaultVfs();
    ~FaultVfs();
    FaultVfs(const FaultVfs &) = delete;
    FaultVfs &operator=(const FaultVfs &) = delete;

    /// Counts from 1 again and fails as told.
    void arm(const DiskFault &fault);
    /// Nothing fails any more. True when something did.
    bool disarm();

    /// The power goes at the `operation`-th write, sync, truncation or removal from now on: that one and all later ones
    /// of any kind fail, and nothing reaches the disk any more.
    void loseWritePowerAt(qint64 operation);
    [[nodiscard]] bool hasPower() const;
    /// Operations counted since loseWritePowerAt().
    [[nodiscard]] qint64 operations() const;
    /// What is found on the disk afterwards: all that was synced, and of each change since, by chance, the whole,
    /// nothing, some of its sectors of 512 bytes, or rubbish in its place. (A write that came later than another one
    /// may be there without it: that is how reordering shows.)
    [[nodiscard]] DiskImage remains(std::mt19937_64 &chance) const;
    /// The power is back. Files are taken as they are now, and as synced.
    void restorePower();

private:
    struct Change
    {
        qint64 offset = -1; ///< -1 = cut to `size`
        QByteArray bytes;
        qint64 size = 0;
    };
    struct File
    {
        bool durable = false; ///< its name would be there after a power loss
        QByteArray synced;
        std::vector<Change> since;
    };
    struct Handle;
    struct Calls;

    /// Counts an operation; SQLITE_OK or the code it fails with.
    int attempt(DiskFault::Kind kind, bool changesDisk);
    [[nodiscard]] bool fails(DiskFault::Kind kind);
    void opened(const QString &path);
    static void apply(QByteArray &content, const Change &change);
    static void applyByChance(QByteArray &content, Change change, std::mt19937_64 &chance);

    mutable std::mutex m_mutex;
    sqlite3_vfs *m_real;
    sqlite3_vfs m_vfs{};
    QMap<QString, File> m_files;
    DiskFault m_fault;
    bool m_armed = false;
    bool m_fired = false;
    qint64 m_hits = 0;
    bool m_power = true;
    qint64 m_powerEnds = 0; ///< 0 = never
    qint64 m_operations = 0;
};

} // namespace indelible::test
