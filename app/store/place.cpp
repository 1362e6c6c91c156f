// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/place.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>
#include <QStringList>

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

/// FUSE drivers of disks in this computer, and layers over local folders. Of all others it cannot be told.
constexpr std::array<QByteArrayView, 19> kLocalFuse{"ntfs",      "ntfs-3g", "lowntfs-3g",     "exfat",    "exfat-fuse",
                                                    "ext2",      "ext4",    "fuse-ext2",      "zfs",      "apfs",
                                                    "gocryptfs", "encfs",   "cryfs",          "securefs", "bindfs",
                                                    "mergerfs",  "unionfs", "fuse-overlayfs", "ecryptfs"};

/// Those of another computer, of several computers at once, and of the host of a virtual machine. "autofs" is what is
/// left where a drive that is mounted when somebody looks did not come; "fuse" is a driver that names itself not.
constexpr std::array<QByteArrayView, 29> kNetwork{
    "nfs",        "nfs3",     "nfs4",  "cifs",   "smb",    "smb2",      "smb3",   "smbfs",  "9p",    "afs",
    "auristorfs", "ceph",     "coda",  "davfs",  "gfs2",   "glusterfs", "gpfs",   "lustre", "ncpfs", "ocfs2",
    "beegfs",     "orangefs", "pvfs2", "vboxsf", "vmhgfs", "virtiofs",  "prl_fs", "autofs", "fuse"};

/// How a service that keeps folders alike on several computers is recognised.
struct SyncService
{
    QLatin1StringView name;
    QList<QLatin1StringView> folders; ///< a folder so named, or so with " (…" or " - …" behind it
    QList<QLatin1StringView> markers; ///< files it leaves in the folder it keeps
};

const std::array<SyncService, 5> &syncServices()
{
    static const std::array<SyncService, 5> services{
        SyncService{"Dropbox"_L1, {"Dropbox"_L1}, {".dropbox.cache"_L1}},
        SyncService{"OneDrive"_L1, {"OneDrive"_L1}, {}},
        SyncService{"Nextcloud"_L1, {"Nextcloud"_L1, "ownCloud"_L1}, {".nextcloudsync.log"_L1, ".owncloudsync.log"_L1}},
        SyncService{"Syncthing"_L1, {}, {".stfolder"_L1}},
        SyncService{"Google Drive"_L1,
                    {"Google Drive"_L1, "GoogleDrive"_L1, "My Drive"_L1},
                    {".tmp.drivedownload"_L1, ".tmp.driveupload"_L1}}};
    return services;
}

bool isNamed(const QString &folder, QLatin1StringView name)
{
    return folder == name || folder.startsWith(name + " ("_L1) || folder.startsWith(name + " - "_L1);
}

bool keeps(const SyncService &service, const QDir &folder, const std::function<bool(const QString &)> &exists)
{
    const QString name = folder.dirName();
    return std::ranges::any_of(service.folders, [&name](QLatin1StringView known) { return isNamed(name, known); }) ||
           std::ranges::any_of(service.markers,
                               [&](QLatin1StringView marker) { return exists(folder.filePath(marker)); });
}

/// The kernel's number of the mount that `folder` lies on. Looking into a folder (which the "." at the end is) brings
/// up a drive that is mounted when somebody looks (autofs).
std::optional<quint64> mountOf(const QString &folder)
{
    const int descriptor = ::open(QFile::encodeName(folder + u"/."_s).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return std::nullopt;
    struct statx status
    {
    };
    const bool known =
        ::statx(descriptor, "", AT_EMPTY_PATH, STATX_MNT_ID, &status) == 0 && (status.stx_mask & STATX_MNT_ID) != 0;
    ::close(descriptor);
    return known ? std::optional<quint64>(status.stx_mnt_id) : std::nullopt;
}

/// By the mount itself: by its path alone, what is mounted over another mount (nfs over autofs) cannot be told from it.
QByteArray fileSystemOf(const QString &folder)
{
    const std::optional<quint64> mount = mountOf(folder);
    QFile mounts(u"/proc/self/mountinfo"_s);
    if (mount && mounts.open(QIODevice::ReadOnly)) {
        if (QByteArray type = mountedType(mounts.readAll(), *mount); !type.isEmpty())
            return type;
    }
    // A container may not show what its folders are mounted from.
    return QStorageInfo(folder).fileSystemType();
}

} // namespace

QByteArray mountedType(const QByteArray &mountinfo, quint64 mount)
{
    for (const QByteArray &line : mountinfo.split('\n')) {
        const qsizetype type = line.indexOf(" - ");
        if (type > 0 && line.left(line.indexOf(' ')).toULongLong() == mount)
            return line.mid(type + 3).split(' ').first();
    }
    return {};
}

bool isNetworkFileSystem(QByteArrayView type)
{
    if (type.startsWith("fuse.")) {
        const QByteArrayView driver = type.sliced(5);
        return std::ranges::find(kLocalFuse, driver) == kLocalFuse.end();
    }
    return std::ranges::find(kNetwork, type) != kNetwork.end();
}

QString networkDriveOf(const QString &folder)
{
    QFileInfo place(QDir::cleanPath(QDir(folder).absolutePath()));
    while (!place.exists() && !place.isRoot())
        place = QFileInfo(place.path());
    const QByteArray type = fileSystemOf(place.filePath());
    return isNetworkFileSystem(type) ? QString::fromLatin1(type) : QString();
}

Result<void> requireLocalFolder(const QString &folder)
{
    const QString type = networkDriveOf(folder);
    if (type.isEmpty())
        return {};
    return failure(
        ErrorKind::Rejected,
        u"The folder %1 is on a network drive (%2), where a database can be damaged. Nothing was changed; choose a folder on this computer's own disk with --workspace, and keep backups on the drive instead."_s
            .arg(folder, type));
}

Result<void> requireWritablePlace(const QString &folder)
{
    const QString type = networkDriveOf(folder);
    if (type.isEmpty() || !QFileInfo::exists(QDir(folder).filePath(u"indelible.sqlite"_s)))
        return requireLocalFolder(folder);
    return failure(
        ErrorKind::Rejected,
        u"The workspace %1 is on a network drive (%2), where writing can damage it, so that it can only be read. Nothing was changed; move it to this computer's own disk with 'indelible backup --workspace %1 --out F.sqlite' and 'indelible restore F.sqlite --workspace FOLDER'."_s
            .arg(folder, type));
}

QString syncServiceOf(const QString &folder, const std::function<bool(const QString &)> &exists)
{
    for (QDir place(QDir::cleanPath(folder)); !place.path().isEmpty();) {
        for (const SyncService &service : syncServices()) {
            if (keeps(service, place, exists))
                return service.name;
        }
        const QString above = QFileInfo(place.path()).path();
        if (above == place.path())
            break;
        place.setPath(above);
    }
    return {};
}

std::optional<qint64> freeBytes(const QString &folder)
{
    // QStorageInfo knows only what is in the list of mounts, which a container may not show.
    std::error_code error;
    const std::filesystem::space_info space = std::filesystem::space(folder.toStdString(), error);
    return error ? std::nullopt : std::optional(static_cast<qint64>(space.available));
}

} // namespace indelible::store
