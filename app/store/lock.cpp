// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/lock.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSysInfo>

#include <sys/file.h>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

constexpr QLatin1StringView kName("indelible.lock");

} // namespace

Result<std::unique_ptr<FolderLock>> FolderLock::take(const QString &folder)
{
    std::unique_ptr<FolderLock> lock(new FolderLock(QDir(folder).filePath(kName)));
    QFile &file = lock->m_file;
    if (!file.open(QIODevice::ReadWrite))
        return failure(
            ErrorKind::Storage,
            u"The folder %1 cannot be written (%2). Nothing was changed; check its permissions or choose another with --workspace."_s
                .arg(folder, file.errorString()));
    if (flock(file.handle(), LOCK_EX | LOCK_NB) != 0) {
        const QString holder = QString::fromUtf8(file.read(200)).simplified();
        return failure(
            ErrorKind::InUse,
            u"This workspace is already open (%1). Nothing was changed; use the window that has it, or close that first."_s
                .arg(holder.isEmpty() ? u"by another program"_s : holder));
    }
    file.resize(0);
    file.write(
        u"process %1 on %2\n"_s.arg(QString::number(QCoreApplication::applicationPid()), QSysInfo::machineHostName())
            .toUtf8());
    file.flush();
    return lock;
}

bool FolderLock::exists(const QString &folder)
{
    return QFileInfo::exists(QDir(folder).filePath(kName));
}

} // namespace indelible::store
