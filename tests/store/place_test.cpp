// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/place.h"
#include "tests/support/catch.h"

#include <QSet>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::store;

TEST_CASE("file systems of other computers are told from those of this one")
{
    for (const char *type :
         {"nfs",       "nfs4",       "cifs",        "smb3",           "9p",          "ceph",
          "glusterfs", "afs",        "davfs",       "vboxsf",         "virtiofs",    "prl_fs",
          "autofs",    "fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.davfs2", "fuse.gvfsd-fuse",
          "fuse.",     "fuse"}) {
        INFO(type);
        CHECK(isNetworkFileSystem(type));
    }
    for (const char *type : {"ext2",
                             "ext4",
                             "btrfs",
                             "xfs",
                             "zfs",
                             "f2fs",
                             "vfat",
                             "exfat",
                             "ntfs",
                             "ntfs3",
                             "fuseblk",
                             "fuse.ntfs-3g",
                             "fuse.gocryptfs",
                             "fuse.fuse-overlayfs",
                             "tmpfs",
                             "ramfs",
                             "overlay",
                             "squashfs",
                             "ecryptfs",
                             ""}) {
        INFO(type);
        CHECK_FALSE(isNetworkFileSystem(type));
    }
}

TEST_CASE("of several mounts at one place the one that counts is found by its number, whatever the order")
{
    const QByteArray mounts = "36 35 0:33 / /net/shop rw,relatime shared:9 - autofs systemd-1 rw,fd=51,direct\n"
                              "136 36 0:52 / /net/shop rw shared:77 master:3 - nfs4 server:/shop rw,vers=4.2\n"
                              "35 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n"
                              "37 35 0:34 / /mnt/a\\040-\\040b rw - fuse.sshfs ana@server: rw\n";
    CHECK(mountedType(mounts, 136) == "nfs4");
    CHECK(mountedType(mounts, 36) == "autofs");
    CHECK(mountedType(mounts, 35) == "ext4");
    CHECK(mountedType(mounts, 37) == "fuse.sshfs");
    CHECK(mountedType(mounts, 3).isEmpty());
    CHECK(mountedType("nonsense\n- -\n - \n", 0).isEmpty());
    CHECK(mountedType({}, 1).isEmpty());
}

TEST_CASE("a local folder is accepted, also one that is still to be made")
{
    QTemporaryDir folder;
    CHECK(requireLocalFolder(folder.path()).has_value());
    CHECK(requireLocalFolder(folder.filePath(u"not/yet/there"_s)).has_value());
    CHECK(requireLocalFolder(u"/"_s).has_value());
}

TEST_CASE("folders that others keep alike on several computers are recognised by name or by what lies in them")
{
    const QSet<QString> markers{u"/data/team/.stfolder"_s, u"/srv/cloud/.nextcloudsync.log"_s, u"/m/.dropbox.cache"_s,
                                u"/g/.tmp.drivedownload"_s};
    const auto service = [&markers](const QString &folder) {
        return syncServiceOf(folder, [&markers](const QString &path) { return markers.contains(path); });
    };
    CHECK(service(u"/home/ana/Dropbox/shop"_s) == u"Dropbox"_s);
    CHECK(service(u"/home/ana/Dropbox (Bakery)/shop"_s) == u"Dropbox"_s);
    CHECK(service(u"/m/shop"_s) == u"Dropbox"_s);
    CHECK(service(u"/home/ana/OneDrive - Bakery/a/b"_s) == u"OneDrive"_s);
    CHECK(service(u"/home/ana/Nextcloud"_s) == u"Nextcloud"_s);
    CHECK(service(u"/srv/cloud/deep/below/shop"_s) == u"Nextcloud"_s);
    CHECK(service(u"/data/team/shop"_s) == u"Syncthing"_s);
    CHECK(service(u"/home/ana/Google Drive/shop/"_s) == u"Google Drive"_s);
    CHECK(service(u"/g/a"_s) == u"Google Drive"_s);
    CHECK(service(u"/home/ana/.local/share/indelible/workspace"_s).isEmpty());
    CHECK(service(u"/home/ana/Dropboxes/shop"_s).isEmpty());
    CHECK(service(u"/data"_s).isEmpty());
    CHECK(service(u"/"_s).isEmpty());
}

TEST_CASE("room is told where there is a folder and only there")
{
    QTemporaryDir folder;
    CHECK(freeBytes(folder.path()).value_or(0) > 0);
    CHECK_FALSE(freeBytes(folder.filePath(u"nowhere"_s)));
}
