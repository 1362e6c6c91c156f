#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places where a workspace cannot lie, and one with too little room, for real: file systems that only this test sees.

    place_test.py            runs itself again inside a namespace of its own; ends with 77 where that is not allowed
"""
import os
import subprocess
import sys
import tempfile

from desk import Desk, expect

START = "2026-11-22T09:00:00Z"
LATER = "2026-11-22T09:05:00Z"
MEGABYTE = 1024 * 1024


def mount(*words):
    return subprocess.run(["mount", *words], stderr=subprocess.DEVNULL).returncode == 0


def refused(desk, *words, before=()):
    done = subprocess.run([*before, *desk.arguments(*words)], capture_output=True, text=True, timeout=60)
    sentence = done.stderr.strip()
    expect(done.returncode == 1 and sentence and "\n" not in sentence, f"{' '.join(words)[:30]} is refused in one sentence: {sentence}")
    return sentence


def leave_free(place, megabytes):
    """A file that takes the room but for so much."""
    status = os.statvfs(place)
    with open(os.path.join(place, "filler"), "wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, status.f_bavail * status.f_frsize - megabytes * MEGABYTE)


def hidden(desk):
    return [name for name in os.listdir(desk.workspace) if name.startswith(".")]


def little_room(place):
    desk = Desk(os.path.join(place, "workspace"))
    desk.run("practice", "--no-window", "--clock", START)
    before = len(desk.all_items())
    row = next(row for row in desk.conversations("needs-reply") if row["network"] == "bluesky")
    desk.run("reply", row["id"], "--text", "Thank you for telling us.", "--clock", START)

    leave_free(place, 60)
    said = desk.run("sync", "--once", "--clock", LATER, check=False)["accounts"]
    expect(said and all("nearly full" in account["detail"] and account["error"] == "disk-full" for account in said),
           f"with 60 MB free nothing is fetched: {said[0]}")
    shown = desk.show(row["id"])
    expect(shown["items"][-1]["text"] == "Thank you for telling us.", "but the answer went out")
    expect(len(desk.all_items()) == before + 1, "and nothing else changed")
    findings = {finding["what"]: finding for finding in desk.run("doctor", check=False)["findings"]}
    expect(not findings["disk"]["good"], f"the doctor says so: {findings['disk']['say']}")

    sentence = refused(desk, "record", "rebuild", "--check")
    expect("no room" in sentence and not hidden(desk), "a comparison asks for room before it begins")

    os.remove(os.path.join(place, "filler"))
    desk.run("sync", "--once", "--clock", LATER)
    expect(len(desk.all_items()) > before + 1, "with room again it goes on")
    return desk


def read_only(desk, place):
    files = {name: os.stat(os.path.join(desk.workspace, name)).st_mtime_ns for name in os.listdir(desk.workspace)}
    expect(mount("-o", "remount,ro", place), "the folder is read-only now")
    sentence = refused(desk, "note", "1", "--text", "words")
    expect("cannot be written" in sentence, "which is what the sentence says")
    expect(desk.conversations(), "it can be read")
    expect(mount("-o", "remount,rw", place), "and now it is not")
    expect(files == {name: os.stat(os.path.join(desk.workspace, name)).st_mtime_ns for name in os.listdir(desk.workspace)},
           "nothing was changed")
    expect(desk.conversations(), "and it is there as before")


def showing(place, folder, *lines):
    """A command in front of another one, to which the list of mounts says `lines` of the place instead of the truth."""
    shown = os.path.join(folder, "mounts")
    with open("/proc/self/mountinfo", encoding="utf-8") as mounts, open(shown, "w", encoding="utf-8") as changed:
        for line in mounts:
            number = line.split()[0]
            changed.write("".join(text.format(number=number, place=place) + "\n" for text in lines) if f" {place} " in line else line)
    return ["sh", "-c", f'mount --bind "{shown}" /proc/$$/mountinfo && exec "$@"', "sh"]


def network_drive(desk, place, folder):
    """What lies there can be read and taken away, and is not written."""
    pretend = showing(place, folder, "{number} 1 0:99 / {place} rw - fuse.sshfs ana@server: rw")
    if subprocess.run([*pretend, "true"], stderr=subprocess.DEVNULL).returncode != 0:
        print("the list of mounts cannot be covered here")
        return
    sentence = refused(desk, "note", "1", "--text", "words", before=pretend)
    expect("network drive (fuse.sshfs)" in sentence and "indelible restore" in sentence, "a network drive and the way out are named")
    nowhere = Desk(os.path.join(place, "new"))
    refused(nowhere, "sync", "--once", before=pretend)
    expect(not os.path.exists(nowhere.workspace), "and no workspace is made there")

    def read(*words, code=0):
        done = subprocess.run([*pretend, *desk.arguments(*words)], capture_output=True, text=True, timeout=60)
        expect(done.returncode == code, f"{' '.join(words)[:30]} reads all the same: {done.stderr}")
        return done.stdout
    before = read("list")
    expect("LOOK place:" in read("doctor", code=1), "the doctor says where it lies")
    copy = os.path.join(folder, "copy.sqlite")
    read("backup", "--out", copy)
    here = Desk(os.path.join(folder, "here"))
    here.run("restore", copy)
    expect(subprocess.run([*pretend, *here.arguments("list")], capture_output=True, text=True, timeout=60).stdout == before,
           "the way that the sentence names leads out")


def mounted_when_looked_at(desk, place, folder):
    """Two mounts at one place: what counts is what was mounted over the one that waits for somebody to look."""
    waiting = "9999 1 0:98 / {place} rw - autofs systemd-1 rw,direct"
    drive = "{number} 9999 0:99 / {place} rw - nfs4 server:/shop rw"
    disk = "{number} 9999 254:9 / {place} rw - ext4 /dev/vdb1 rw"
    for lines, good in (((waiting, drive), False), ((drive, waiting), False), ((waiting, disk), True), ((disk, waiting), True)):
        pretend = showing(place, folder, *lines)
        if subprocess.run([*pretend, "true"], stderr=subprocess.DEVNULL).returncode != 0:
            return
        done = subprocess.run([*pretend, *desk.arguments("note", "1", "--text", "words")], capture_output=True, text=True, timeout=60)
        expect(("network drive (nfs4)" in done.stderr) != good and (done.returncode == 0) == good, f"looked through: {done.stderr}")


def synchronised(folder):
    desk = Desk(os.path.join(folder, "Nextcloud", "shop"))
    desk.run("practice", "--no-window", "--clock", START)
    done = subprocess.run(desk.arguments("doctor"), capture_output=True, text=True, timeout=60)
    expect("LOOK place: Nextcloud keeps the folder" in done.stdout, "a synchronised folder is warned of by the doctor")


def inside(place):
    with tempfile.TemporaryDirectory() as folder:
        desk = little_room(place)
        read_only(desk, place)
        network_drive(desk, place, folder)
        mounted_when_looked_at(desk, place, folder)
        synchronised(folder)


def main():
    if len(sys.argv) > 1:
        place = sys.argv[1]
        if not mount("-t", "tmpfs", "-o", "size=180m", "tmpfs", place):
            sys.exit(77)
        inside(place)
        return
    with tempfile.TemporaryDirectory() as place:
        if subprocess.run(["unshare", "-rm", "true"], stderr=subprocess.DEVNULL).returncode != 0:
            print("no namespaces here")
            sys.exit(77)
        sys.exit(subprocess.run(["unshare", "-rm", sys.executable, "-B", __file__, os.path.realpath(place)]).returncode)


if __name__ == "__main__":
    main()
