// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault_vfs.h"

#include <QFile>

#include <algorithm>
#include <cstring>
#include <new>

namespace indelible::test {

namespace {

constexpr qint64 kSector = 512;

int codeOf(DiskFault::Kind kind)
{
    switch (kind) {
    case DiskFault::Kind::Read:
        return SQLITE_IOERR_READ;
    case DiskFault::Kind::Write:
    case DiskFault::Kind::ShortWrite:
        return SQLITE_IOERR_WRITE;
    case DiskFault::Kind::NoSpace:
        return SQLITE_FULL;
    case DiskFault::Kind::Sync:
        return SQLITE_IOERR_FSYNC;
    case DiskFault::Kind::Truncate:
        return SQLITE_IOERR_TRUNCATE;
    case DiskFault::Kind::Open:
        return SQLITE_CANTOPEN;
    case DiskFault::Kind::SharedMemory:
        return SQLITE_IOERR_SHMMAP;
    }
    return SQLITE_IOERR;
}

} // namespace

/// An open file: ours in front, the system's VFS's behind it in the same memory.
struct FaultVfs::Handle
{
    sqlite3_file base;
    FaultVfs *owner;
    QString *path; ///< null where it is not followed: a temporary file
    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

/// The functions SQLite calls. All run under the owner's lock, except what cannot change the disk.
struct FaultVfs::Calls
{
    static Handle *of(sqlite3_file *file) { return reinterpret_cast<Handle *>(file); }
    static FaultVfs *of(sqlite3_vfs *vfs) { return static_cast<FaultVfs *>(vfs->pAppData); }
    static File *tracked(Handle *handle) { return handle->path ? &handle->owner->m_files[*handle->path] : nullptr; }

    static int close(sqlite3_file *file)
    {
        Handle *handle = of(file);
        const int code = handle->real()->pMethods->xClose(handle->real());
        delete handle->path;
        handle->path = nullptr;
        return code;
    }
    static int read(sqlite3_file *file, void *into, int amount, sqlite3_int64 offset)
    {
        Handle *handle = of(file);
        const std::lock_guard lock(handle->owner->m_mutex);
        if (const int code = handle->owner->attempt(DiskFault::Kind::Read, false); code != SQLITE_OK)
            return code;
        return handle->real()->pMethods->xRead(handle->real(), into, amount, offset);
    }
    static int write(sqlite3_file *file, const void *from, int amount, sqlite3_int64 offset)
    {
        Handle *handle = of(file);
        const std::lock_guard lock(handle->owner->m_mutex);
        const int code = handle->owner->attempt(DiskFault::Kind::Write, true);
        const bool power = handle->owner->m_power;
        const bool cut = code != SQLITE_OK && power && handle->owner->m_fault.kind == DiskFault::Kind::ShortWrite;
        // A write that was under way when the power went may be there in part.
        const int reaching = cut ? amount / 2 : amount;
        const bool under = !power && handle->owner->m_operations == handle->owner->m_powerEnds;
        if (File *file_ = tracked(handle); file_ && (code == SQLITE_OK || cut || under))
            file_->since.push_back({offset, QByteArray(static_cast<const char *>(from), reaching), 0});
        if (code != SQLITE_OK && !cut)
            return code;
        const int done = handle->real()->pMethods->xWrite(handle->real(), from, reaching, offset);
        return code != SQLITE_OK ? code : done;
    }
    static int truncate(sqlite3_file *file, sqlite3_int64 size)
    {
        Handle *handle = of(file);
        const std::lock_guard lock(handle->owner->m_mutex);
        if (const int code = handle->owner->attempt(DiskFault::Kind::Truncate, true); code != SQLITE_OK)
            return code;
        if (File *file_ = tracked(handle))
            file_->since.push_back({-1, {}, size});
        return handle->real()->pMethods->xTruncate(handle->real(), size);
    }
    static int sync(sqlite3_file *file, int /*flags*/)
    {
        Handle *handle = of(file);
        const std::lock_guard lock(handle->owner->m_mutex);
        const int code = handle->owner->attempt(DiskFault::Kind::Sync, true);
        File *file_ = tracked(handle);
        if (!file_ || !handle->owner->m_power)
            return code;
        if (code == SQLITE_OK) {
            for (const Change &change : file_->since)
                apply(file_->synced, change);
            file_->durable = true;
        }
        // A sync that failed is not made good by the next one: Linux counts its pages as clean.
        file_->since.clear();
        return code;
    }
    static int fileSize(sqlite3_file *file, sqlite3_int64 *size)
    {
        return of(file)->real()->pMethods->xFileSize(of(file)->real(), size);
    }
    static int lock(sqlite3_file *file, int level)
    {
        return of(file)->real()->pMethods->xLock(of(file)->real(), level);
    }
    static int unlock(sqlite3_file *file, int level)
    {
        return of(file)->real()->pMethods->xUnlock(of(file)->real(), level);
    }
    static int checkReserved(sqlite3_file *file, int *result)
    {
        return of(file)->real()->pMethods->xCheckReservedLock(of(file)->real(), result);
    }
    static int fileControl(sqlite3_file *file, int operation, void *argument)
    {
        return of(file)->real()->pMethods->xFileControl(of(file)->real(), operation, argument);
    }
    static int sectorSize(sqlite3_file *file) { return of(file)->real()->pMethods->xSectorSize(of(file)->real()); }
    static int characteristics(sqlite3_file *file)
    {
        return of(file)->real()->pMethods->xDeviceCharacteristics(of(file)->real());
    }
    static int shmMap(sqlite3_file *file, int region, int size, int extend, void volatile **memory)
    {
        Handle *handle = of(file);
        const std::lock_guard lock(handle->owner->m_mutex);
        if (const int code = handle->owner->attempt(DiskFault::Kind::SharedMemory, false); code != SQLITE_OK) {
            *memory = nullptr;
            return code;
        }
        return handle->real()->pMethods->xShmMap(handle->real(), region, size, extend, memory);
    }
    static int shmLock(sqlite3_file *file, int offset, int count, int flags)
    {
        return of(file)->real()->pMethods->xShmLock(of(file)->real(), offset, count, flags);
    }
    static void shmBarrier(sqlite3_file *file) { of(file)->real()->pMethods->xShmBarrier(of(file)->real()); }
    static int shmUnmap(sqlite3_file *file, int remove)
    {
        return of(file)->real()->pMethods->xShmUnmap(of(file)->real(), remove);
    }

    static int open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *outFlags)
    {
        // Version 2: without the calls for memory-mapped files, which the store does not use.
        static constexpr sqlite3_io_methods kMethods{
            2,         &close,         &read,        &write,      &truncate,        &sync,   &fileSize, &lock,
            &unlock,   &checkReserved, &fileControl, &sectorSize, &characteristics, &shmMap, &shmLock,  &shmBarrier,
            &shmUnmap, nullptr,        nullptr};
        FaultVfs *self = of(vfs);
        auto *handle = new (file) Handle{};
        handle->owner = self;
        const std::lock_guard lock(self->m_mutex);
        if (const int code = self->attempt(DiskFault::Kind::Open, false); code != SQLITE_OK)
            return code;
        const bool followed = name && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL));
        if (followed)
            self->opened(QString::fromUtf8(name));
        const int code = self->m_real->xOpen(self->m_real, name, handle->real(), flags, outFlags);
        // SQLite closes what has methods, also after an error.
        if (!handle->real()->pMethods)
            return code;
        handle->path = followed ? new QString(QString::fromUtf8(name)) : nullptr;
        handle->base.pMethods = &kMethods;
        return code;
    }
    static int remove(sqlite3_vfs *vfs, const char *name, int syncDirectory)
    {
        FaultVfs *self = of(vfs);
        const std::lock_guard lock(self->m_mutex);
        if (const int code = self->attempt(DiskFault::Kind::Truncate, true); code != SQLITE_OK)
            return SQLITE_IOERR_DELETE;
        self->m_files.remove(QString::fromUtf8(name));
        return self->m_real->xDelete(self->m_real, name, syncDirectory);
    }
    static int access(sqlite3_vfs *vfs, const char *name, int flags, int *result)
    {
        return of(vfs)->m_real->xAccess(of(vfs)->m_real, name, flags, result);
    }
    static int fullPath(sqlite3_vfs *vfs, const char *name, int room, char *path)
    {
        return of(vfs)->m_real->xFullPathname(of(vfs)->m_real, name, room, path);
    }
    static int randomness(sqlite3_vfs *vfs, int room, char *bytes)
    {
        return of(vfs)->m_real->xRandomness(of(vfs)->m_real, room, bytes);
    }
    static int sleep(sqlite3_vfs *vfs, int microseconds)
    {
        return of(vfs)->m_real->xSleep(of(vfs)->m_real, microseconds);
    }
    static int currentTime(sqlite3_vfs *vfs, double *time)
    {
        return of(vfs)->m_real->xCurrentTime(of(vfs)->m_real, time);
    }
    static int lastError(sqlite3_vfs *vfs, int room, char *text)
    {
        return of(vfs)->m_real->xGetLastError(of(vfs)->m_real, room, text);
    }
    static int currentTimeMs(sqlite3_vfs *vfs, sqlite3_int64 *time)
    {
        return of(vfs)->m_real->xCurrentTimeInt64(of(vfs)->m_real, time);
    }
};

FaultVfs::FaultVfs()
    : m_real(sqlite3_vfs_find(nullptr))
{
    m_vfs.iVersion = 2;
    m_vfs.szOsFile = static_cast<int>(sizeof(Handle)) + m_real->szOsFile;
    m_vfs.mxPathname = m_real->mxPathname;
    m_vfs.zName = "indelible-faults";
    m_vfs.pAppData = this;
    m_vfs.xOpen = &Calls::open;
    m_vfs.xDelete = &Calls::remove;
    m_vfs.xAccess = &Calls::access;
    m_vfs.xFullPathname = &Calls::fullPath;
    m_vfs.xRandomness = &Calls::randomness;
    m_vfs.xSleep = &Calls::sleep;
    m_vfs.xCurrentTime = &Calls::currentTime;
    m_vfs.xGetLastError = &Calls::lastError;
    m_vfs.xCurrentTimeInt64 = &Calls::currentTimeMs;
    sqlite3_vfs_register(&m_vfs, 1);
}

FaultVfs::~FaultVfs()
{
    sqlite3_vfs_unregister(&m_vfs);
    sqlite3_vfs_register(m_real, 1);
}

void FaultVfs::arm(const DiskFault &fault)
{
    const std::lock_guard lock(m_mutex);
    m_fault = fault;
    m_armed = true;
    m_fired = false;
    m_hits = 0;
}

bool FaultVfs::disarm()
{
    const std::lock_guard lock(m_mutex);
    m_armed = false;
    return m_fired;
}

bool FaultVfs::fails(DiskFault::Kind kind)
{
    const DiskFault::Kind wanted = m_fault.kind;
    const bool concerned =
        kind == wanted || (kind == DiskFault::Kind::Write &&
                           (wanted == DiskFault::Kind::NoSpace || wanted == DiskFault::Kind::ShortWrite));
    if (!m_armed || !concerned)
        return false;
    ++m_hits;
    const bool now = m_fault.persistent ? m_hits >= m_fault.at : m_hits == m_fault.at;
    m_fired = m_fired || now;
    return now;
}

int FaultVfs::attempt(DiskFault::Kind kind, bool changesDisk)
{
    if (changesDisk && ++m_operations == m_powerEnds)
        m_power = false;
    if (!m_power)
        return codeOf(kind);
    return fails(kind) ? codeOf(m_fault.kind) : SQLITE_OK;
}

void FaultVfs::opened(const QString &path)
{
    if (m_files.contains(path))
        return;
    File &file = m_files[path];
    QFile there(path);
    // What was there before counts as synced; what is made now is nameless until it is.
    if (there.open(QIODevice::ReadOnly)) {
        file.durable = true;
        file.synced = there.readAll();
    }
}

void FaultVfs::loseWritePowerAt(qint64 operation)
{
    const std::lock_guard lock(m_mutex);
    m_powerEnds = operation;
    m_operations = 0;
    m_power = true;
}

bool FaultVfs::hasPower() const
{
    const std::lock_guard lock(m_mutex);
    return m_power;
}

qint64 FaultVfs::operations() const
{
    const std::lock_guard lock(m_mutex);
    return m_operations;
}

void FaultVfs::restorePower()
{
    const std::lock_guard lock(m_mutex);
    m_power = true;
    m_powerEnds = 0;
    m_files.clear();
}

void FaultVfs::apply(QByteArray &content, const Change &change)
{
    if (change.offset < 0) {
        content.resize(change.size, '\0');
        return;
    }
    const qint64 end = change.offset + change.bytes.size();
    if (content.size() < end)
        content.resize(end, '\0');
    std::copy(change.bytes.cbegin(), change.bytes.cend(), content.begin() + change.offset);
}

void FaultVfs::applyByChance(QByteArray &content, Change change, std::mt19937_64 &chance)
{
    const auto sectors = [&](auto spoil) {
        const qint64 length = change.bytes.size();
        for (qint64 at = 0; at < length; at += kSector)
            spoil(at, std::min(kSector, length - at));
    };
    switch (chance() % 8) {
    case 0: // torn: some sectors are there
        sectors([&](qint64 at, qint64 length) {
            if (chance() % 2)
                apply(content, {change.offset + at, change.bytes.mid(at, length), 0});
        });
        break;
    case 1: // rubbish in some sectors
        sectors([&](qint64 at, qint64 length) {
            const bool rubbish = chance() % 2;
            for (qint64 i = at; rubbish && i < at + length; ++i)
                change.bytes[i] = static_cast<char>(chance());
        });
        apply(content, change);
        break;
    default:
        apply(content, change);
    }
}

DiskImage FaultVfs::remains(std::mt19937_64 &chance) const
{
    const std::lock_guard lock(m_mutex);
    DiskImage image;
    const quint64 keeps = chance() % 5; // of 4: how much of what was not synced is there
    for (auto it = m_files.cbegin(); it != m_files.cend(); ++it) {
        const File &file = it.value();
        if (!file.durable && chance() % 2)
            continue;
        QByteArray content = file.synced;
        for (const Change &change : file.since) {
            const bool cut = change.offset < 0;
            if (chance() % 4 >= keeps)
                continue;
            if (cut)
                apply(content, change);
            else
                applyByChance(content, change, chance);
        }
        image.insert(it.key(), content);
    }
    return image;
}

} // namespace indelible::test
