// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/copy.h"

#include "app/store/rewrite.h"

#include <QFile>
#include <QFileInfo>

#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

constexpr int kPagesAtOnce = 256;

struct Close
{
    void operator()(sqlite3 *file) const { sqlite3_close(file); }
};
struct Finish
{
    void operator()(sqlite3_backup *backup) const { sqlite3_backup_finish(backup); }
};

[[noreturn]] void fail(sqlite3 *file, const QString &name)
{
    const int code = sqlite3_errcode(file) & 0xff;
    const QString said = QString::fromUtf8(sqlite3_errmsg(file));
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        throw StoreException(ErrorKind::Damaged, u"What is to be copied is damaged or no database (%1)."_s.arg(said));
    throw StoreException(
        code == SQLITE_FULL ? ErrorKind::DiskFull : ErrorKind::Storage,
        u"The copy %1 could not be written (%2). The workspace is as it was; make room or give another place."_s.arg(
            name, said));
}

void copyPages(Connection &source, const QString &file, const std::function<bool()> &goOn)
{
    sqlite3 *opened = nullptr;
    const int made = sqlite3_open_v2(file.toUtf8().constData(), &opened,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_PRIVATECACHE, nullptr);
    const std::unique_ptr<sqlite3, Close> copy(opened);
    // The copy counts only once it was verified and synced as a whole; until then its pages may wait.
    if (made != SQLITE_OK || sqlite3_exec(copy.get(), "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF", nullptr,
                                          nullptr, nullptr) != SQLITE_OK)
        fail(copy.get(), file);
    std::unique_ptr<sqlite3_backup, Finish> backup(sqlite3_backup_init(copy.get(), "main", source.handle(), "main"));
    if (!backup)
        fail(copy.get(), file);
    int step = SQLITE_OK;
    while ((step = sqlite3_backup_step(backup.get(), kPagesAtOnce)) == SQLITE_OK) {
        if (goOn && !goOn())
            throw StoreException(ErrorKind::Cancelled, u"The copy was stopped before its end."_s);
    }
    backup.reset();
    // The pages say "write-ahead log", as those of the workspace do; a copy is one file that needs no other.
    // A copy of pages also copies what their unused parts hold.
    if (step != SQLITE_DONE ||
        sqlite3_exec(copy.get(), "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr) != SQLITE_OK ||
        !rewriteCopy(copy.get()))
        fail(copy.get(), file);
}

bool syncPath(const QString &path, int flags)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    return synced;
}

} // namespace

void copyDatabase(Connection &source, const QString &file, const std::function<bool()> &goOn)
{
    try {
        copyPages(source, file, goOn);
    } catch (...) {
        QFile::remove(file);
        throw;
    }
}

Result<void> syncToDisk(const QString &file)
{
    if (syncPath(file, O_RDONLY) && syncPath(QFileInfo(file).absolutePath(), O_RDONLY | O_DIRECTORY))
        return {};
    return failure(ErrorKind::Storage,
                   u"The disk did not confirm that %1 was written. Do not rely on it; check the disk."_s.arg(file));
}

Result<void> moveIntoPlace(const QString &from, const QString &to)
{
    if (QFileInfo::exists(to))
        return failure(
            ErrorKind::Conflict,
            u"There is a file %1 already, which is never replaced. Nothing was changed; give another name."_s.arg(to));
    if (std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return failure(
            ErrorKind::Storage,
            u"%1 could not be given the name %2 (%3). Nothing was lost; check the folder's permissions."_s.arg(
                from, to, qt_error_string()));
    return syncToDisk(to);
}

} // namespace indelible::store
