#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups by command, with a real keychain: made beside a running program, verified, thinned out; a workspace harmed and
restored, what was lost on the record, and everything that is no good backup refused. No network, no display. Run under
tests/peers/with-keyring.sh."""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from desk import Desk, expect

DAYS = 40


def refused(desk, *words):
    done = subprocess.run(desk.arguments(*words), capture_output=True, text=True, timeout=60)
    sentence = done.stderr.strip()
    expect(done.returncode == 1 and sentence and "\n" not in sentence, f"{words[0]} is refused in one sentence: {sentence}")
    return sentence


def grow(desk, folder):
    """One more entry on the record."""
    desk.run("export", "items", "--out", os.path.join(folder, "items.csv"))


def entries(desk):
    return int(desk.run("record", "head")["entries"])


def content(file):
    with open(file, "rb") as opened:
        return opened.read()


def daily(desk, folder):
    backups = os.path.join(desk.workspace, "backups")
    start = time.time()
    os.rename(backups, backups + ".away")
    findings = {finding["what"]: finding for finding in desk.run("doctor", check=False)["findings"]}
    expect(not findings["backup"]["good"] and "none yet" in findings["backup"]["say"], "as long as there is none the doctor says so")
    os.rename(backups + ".away", backups)
    for day in range(DAYS):
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(start + day * 86400))
        desk.run("sync", "--once", "--clock", moment)
        desk.run("sync", "--once", "--clock", moment)
    names = sorted(os.listdir(backups))
    expect(7 <= len(names) <= 11, f"of {DAYS} days {len(names)} backups are kept: {names}")
    expect(all(os.stat(os.path.join(backups, name)).st_mode & 0o077 == 0 for name in names), "for their owner only")
    findings = {finding["what"]: finding for finding in desk.run("doctor", "--clock", moment, check=False)["findings"]}
    expect(findings["backup"]["good"], f"the doctor: {findings['backup']['say']}")
    later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(start + (DAYS + 10) * 86400))
    findings = {finding["what"]: finding for finding in desk.run("doctor", "--clock", later, check=False)["findings"]}
    expect(not findings["backup"]["good"], f"ten days on: {findings['backup']['say']}")


def beside(desk, folder):
    running = subprocess.Popen(desk.arguments("sync"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        lock = os.path.join(desk.workspace, "indelible.lock")
        deadline = time.monotonic() + 30
        while f"process {running.pid} ".encode() not in content(lock):
            if time.monotonic() > deadline:
                raise AssertionError("waited in vain for the program to open the workspace")
            time.sleep(0.02)
        made = desk.run("backup", "--out", os.path.join(folder, "beside.sqlite"))
        expect(int(made["entries"]) == entries(desk), "a backup is made while the program has the workspace open")
        expect("already open" in refused(desk, "restore", made["file"]), "but nothing is restored meanwhile")
    finally:
        running.terminate()
        running.wait(timeout=30)


def harm_and_restore(desk, folder):
    good = os.path.join(folder, "good.sqlite")
    size = entries(desk)
    made = desk.run("backup", "--out", good)
    expect(int(made["entries"]) == size and os.path.getsize(good) == made["bytes"], f"{size} entries are backed up")
    expect("never replaces" in refused(desk, "backup", "--out", good), "a backup never replaces a file")
    expect("never replaces" in refused(desk, "backup", "--out", os.path.join(desk.workspace, "indelible.sqlite")),
           "least of all the workspace's own")
    for _ in range(3):
        grow(desk, folder)
    expect(desk.run("record", "verify")["standing"] == "open", "the record grew and is signed")

    database = os.path.join(desk.workspace, "indelible.sqlite")
    with sqlite3.connect(database) as file:
        for (trigger,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {trigger}")
        file.execute("UPDATE record_body SET body = x'7b7d' WHERE idx = 1")
    file.close()
    expect("not the one that was recorded" in refused(desk, "record", "verify"), "another program did harm, which is found")
    expect("thrown away" in refused(desk, "backup", "--out", os.path.join(folder, "bad.sqlite")), "that gives no backup")
    expect(not [name for name in os.listdir(folder) if name.startswith("bad")], "and leaves nothing")

    restored = desk.run("restore", good, "--reason", "the disk was harmed")
    expect(int(restored["lost"]) >= 3 and restored["standing"] == "open", f"the backup is in place: {restored}")
    checked = desk.run("record", "verify")
    expect(checked["good"] and checked["standing"] == "open" and int(checked["entries"]) == size + 1,
           "the record stands open again, one entry longer than the backup")
    with sqlite3.connect(database) as file:
        (body,) = file.execute("SELECT body FROM record_body WHERE idx = ?", (size,)).fetchone()
    file.close()
    expect(b'"reason":"the disk was harmed"' in body and b'"marks":[{"root"' in body, f"and says what was lost: {body.decode()}")
    with sqlite3.connect(restored["replaced"]) as file:
        (kept,) = file.execute("SELECT body FROM record_body WHERE idx = 1").fetchone()
    file.close()
    expect(kept == b"{}", "what lay there is kept as it was")
    grow(desk, folder)
    expect(desk.run("record", "verify")["standing"] == "open", "and it goes on from there")
    expect(desk.run("record", "rebuild", "--check")["good"], "its tables are what its record says")
    return good


def rolled_back(desk, folder, good):
    """The newer copy is gone for good: restoring the old one on purpose is the way on."""
    shutil.copy(good, os.path.join(desk.workspace, "indelible.sqlite"))
    for tail in ("-wal", "-shm"):
        if os.path.exists(os.path.join(desk.workspace, "indelible.sqlite" + tail)):
            os.remove(os.path.join(desk.workspace, "indelible.sqlite" + tail))
    expect("old copy" in refused(desk, "record", "verify"), "a copy brought back by hand is found out")
    desk.run("restore", good, "--reason", "nothing newer is left")
    expect(desk.run("record", "verify")["standing"] == "open", "and restored by command it stands open")


def no_good_backup(desk, folder, good):
    before = content(os.path.join(desk.workspace, "indelible.sqlite"))

    def changed(name, sql):
        copy = os.path.join(folder, name)
        shutil.copy(good, copy)
        with sqlite3.connect(copy) as file:
            file.executescript(sql)
        file.close()
        return refused(desk, "restore", copy)

    expect("newer Indelible" in changed("newer.sqlite", "PRAGMA user_version = 99"), "a backup of a newer version")
    expect("another program" in changed("foreign.sqlite", "PRAGMA application_id = 7"), "a database of something else")
    expect("cannot be restored" in changed("cut.sqlite", "DROP TRIGGER record_state_grows; UPDATE record_state SET n = 1"),
           "one whose record does not add up")
    expect("cannot be restored" in refused(desk, "restore", os.path.realpath(__file__)), "a text")
    expect("no backup" in refused(desk, "restore", os.path.join(folder, "nowhere")), "nothing at all")
    other = Desk(os.path.join(folder, "other"))
    other.run("sync", "--once", check=False)
    foreign = other.run("backup", "--out", os.path.join(folder, "other.sqlite"))["file"]
    expect("another workspace" in refused(desk, "restore", foreign), "another workspace's")
    expect(content(os.path.join(desk.workspace, "indelible.sqlite")) == before, "and nothing was changed by any of it")
    done = subprocess.run(desk.arguments("restore"), capture_output=True, text=True, timeout=60)
    expect(done.returncode == 2, "without a file it says how")


def new_computer(desk, folder):
    """Into an empty folder. From then on the copy is the workspace, and the one left behind may not go on beside it."""
    newest = os.path.join(desk.workspace, "backups", sorted(os.listdir(os.path.join(desk.workspace, "backups")))[-1])
    moved = Desk(os.path.join(folder, "moved"))
    restored = moved.run("restore", newest)
    expect(restored["standing"] == "open" and "replaced" not in restored, "a backup makes a workspace in an empty folder")
    expect(moved.run("record", "verify")["good"], "which verifies")
    expect("nothing is fetched or sent" in refused(desk, "sync", "--once"), "and the one left behind is found out")


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.path.join(folder, "state")
        desk = Desk(os.path.join(folder, "workspace"))
        desk.run("sync", "--once", check=False)
        daily(desk, folder)
        beside(desk, folder)
        good = harm_and_restore(desk, folder)
        rolled_back(desk, folder, good)
        no_good_backup(desk, folder, good)
        new_computer(desk, folder)


if __name__ == "__main__":
    main()
