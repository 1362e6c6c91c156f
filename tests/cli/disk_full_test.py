#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A full disk, for real: the workspace is on a small file system in memory, mounted where only this test sees it.

    disk_full_test.py            runs itself again inside a namespace of its own; ends with 77 where that is not allowed
"""
import os
import subprocess
import sys
import tempfile

from desk import Desk, expect

START = "2026-11-22T09:00:00Z"
LATER = "2026-11-22T09:05:00Z"
SIZE = "110m"


def fill(place):
    """Takes all the room there is."""
    with open(os.path.join(place, "filler"), "wb", buffering=0) as filler:
        for size in (65536, 4096, 1):
            while True:
                try:
                    filler.write(b"\0" * size)
                except OSError:
                    break


def refused(desk, *words):
    done = subprocess.run(desk.arguments(*words), capture_output=True, text=True, timeout=60)
    expect(done.returncode == 1, f"{' '.join(words)[:30]} is refused, exit code {done.returncode}")
    sentence = done.stderr.strip()
    expect("full" in sentence and "\n" not in sentence, f"in one sentence: {sentence}")


def inside(place):
    desk = Desk(os.path.join(place, "workspace"))
    desk.run("practice", "--no-window", "--clock", START)
    before = desk.all_items()
    entries = desk.run("record", "head")["entries"]
    conversation = desk.conversations()[0]["id"]
    fill(place)
    refused(desk, "note", conversation, "--text", "long words " * 2000)
    refused(desk, "reply", conversation, "--text", "Thank you for telling us.")
    expect(desk.all_items() == before, "everything can still be read while the disk is full")

    os.remove(os.path.join(place, "filler"))
    expect(desk.run("record", "head")["entries"] == entries and desk.run("record", "verify")["good"],
           "nothing was half stored and the record is whole")
    desk.run("note", conversation, "--text", "There is room again.")
    desk.run("reply", conversation, "--text", "Thank you for telling us.", "--now", "--clock", START)
    desk.run("sync", "--once", "--clock", LATER)
    expect(len(desk.all_items()) > len(before), "with room again it goes on where it was")


def main():
    if len(sys.argv) > 1:
        place = sys.argv[1]
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place]).returncode != 0:
            sys.exit(77)
        inside(place)
        return
    with tempfile.TemporaryDirectory() as place:
        if subprocess.run(["unshare", "-rm", "true"], stderr=subprocess.DEVNULL).returncode != 0:
            print("no namespaces here")
            sys.exit(77)
        sys.exit(subprocess.run(["unshare", "-rm", sys.executable, "-B", __file__, place]).returncode)


if __name__ == "__main__":
    main()
