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


def network_drive(desk, place, folder):
    """The list of mounts, as this process and what it becomes are shown it, says that the place is on another computer."""
    shown = os.path.join(folder, "mounts")
    with open("/proc/self/mountinfo", encoding="utf-8") as mounts, open(shown, "w", encoding="utf-8") as changed:
        for line in mounts:
            changed.write(line.replace(" - tmpfs ", " - fuse.sshfs ") if f" {place} " in line else line)
    pretend = ["sh", "-c", f'mount --bind "{shown}" /proc/$$/mountinfo && exec "$@"', "sh"]
    if subprocess.run([*pretend, "true"], stderr=subprocess.DEVNULL).returncode != 0:
        print("the list of mounts cannot be covered here")
        return
    sentence = refused(desk, "list", before=pretend)
    expect("network drive (fuse.sshfs)" in sentence, "a network drive is named")
    nowhere = Desk(os.path.join(place, "new"))
    refused(nowhere, "sync", "--once", before=pretend)
    expect(not os.path.exists(nowhere.workspace), "and no workspace is made there")


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
