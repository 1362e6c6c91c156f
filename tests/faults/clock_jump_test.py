#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The computer's clock jumps back a day and forward ten years, between commands and while the program works (libfaketime):
everything arrives and goes out once, the record keeps its order and says that the clock went back, and nothing runs hot."""
import os
import struct
import tempfile
import time

from kill_desk import KillDesk
from stand_in import StandIn

from desk import expect

DAY = 86400
JUMPS = (0, -DAY, 3650 * DAY, 0)
BACKWARDS = 2  # the flag of an entry, app/record/README.md
WATCHED_SECONDS = 3


def cpu_seconds(process):
    with open(f"/proc/{process.pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def headers(desk):
    """(index, time, flags) of each entry, in the order of the record."""
    return [(struct.unpack(">Q", entry[24:32])[0], struct.unpack(">Q", entry[32:40])[0], struct.unpack(">H", entry[42:44])[0])
            for (entry,) in desk.query("SELECT entry FROM record_entry ORDER BY idx")]


def between_commands(desk):
    for number, ahead in enumerate(JUMPS):
        desk.ahead = ahead
        mention = desk.server.mention(number)
        desk.ended("sync", "--once")
        expect(desk.queue(mention, f"answer {number}") == 0, f"an answer is queued {ahead / DAY:+.0f} days away")
        desk.ended("sync", "--once")
        expect(not desk.problems(settled=True), "it is there once, as everything before it, and the record is whole")
    entries = headers(desk)
    expect([index for index, _, _ in entries] == list(range(len(entries))), "the record keeps its order")
    back = [index for index, when, flags in entries[1:] if flags & BACKWARDS]
    jumped = [index for index, (_, when, _) in enumerate(entries) if index and when < entries[index - 1][1]]
    expect(len(jumped) == 2 and back == jumped, "and says of two entries that the clock had gone back")


def while_working(desk, folder):
    """The program works by itself while the clock jumps under it."""
    desk.ahead = 0
    moved = os.path.join(folder, "time")
    with open(moved, "w", encoding="ascii") as file:
        file.write("+0")
    os.environ["FAKETIME_TIMESTAMP_FILE"] = moved
    desk.ahead = 1  # libfaketime is there; the file says how far
    sync = desk.start("sync")
    try:
        for ahead in JUMPS:
            with open(moved, "w", encoding="ascii") as file:
                file.write(f"{ahead:+d}")
            asked, used = desk.server.requests, cpu_seconds(sync)
            time.sleep(WATCHED_SECONDS)
            expect(sync.poll() is None, f"it works on {ahead / DAY:+.0f} days away")
            used = cpu_seconds(sync) - used
            expect(used < WATCHED_SECONDS / 3, f"and uses {used / WATCHED_SECONDS:.0%} of a processor")
            asked = desk.server.requests - asked
            expect(asked < 40, f"and asks the server {asked} times in {WATCHED_SECONDS} s")
    finally:
        sync.terminate()
        sync.wait()
        del os.environ["FAKETIME_TIMESTAMP_FILE"]
    expect(desk.run("record", "verify")["good"], "the record is whole")


def main():
    with tempfile.TemporaryDirectory() as folder:
        desk = KillDesk(folder, StandIn())
        between_commands(desk)
        while_working(desk, folder)


if __name__ == "__main__":
    main()
