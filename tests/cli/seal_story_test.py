#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that the law wants gone, by command, with a real keychain: held and refused, sealed with a typed number, not fetched
again, proven in a bundle, kept sealed by a restore, and what is held on one person handed to them. No network, no display.
Run under tests/peers/with-keyring.sh."""
import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

from desk import Desk, expect

START = "2026-11-22T09:00:00Z"
LATER = "2026-11-22T09:30:00Z"
WORDS = "cold(soup)"


def refused(desk, *words, code=1):
    done = subprocess.run(desk.arguments(*words), capture_output=True, text=True, timeout=60)
    said = [line for line in done.stderr.splitlines() if not line.startswith("indelible.")]  # the log
    expect(done.returncode == code and done.stdout == "" and len(said) == 1,
           f"{' '.join(words[:2])} is refused in one sentence: {' '.join(said)}")
    return said[0]


def files_with(folder, words):
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                if words.encode() in file.read():
                    found.append(name)
    return found


def no_byte(desk, words):
    expect(not files_with(desk.workspace, words), f"{words!r} is in no byte of any file of the workspace")


def whole(desk):
    expect(desk.run("record", "verify")["good"], "the record verifies")
    expect(desk.run("record", "rebuild", "--check")["good"], "and every table is what it says")


def access(desk, folder):
    file = os.path.join(folder, "person.zip")
    made = desk.run("people", "export", "bluesky:ana.example", "--out", file)
    with zipfile.ZipFile(file) as archive:
        expect(archive.namelist() == ["README.txt", "items.csv", "person.json"], "what is held on a person is one file")
        held = json.loads(archive.read("person.json"))
        rows = list(csv.DictReader(archive.read("items.csv").decode().splitlines()))
    texts = [item["text"] for conversation in held["conversations"] for item in conversation["items"]]
    expect(made["items"] == len(texts) == len(rows) == 2 and any(WORDS in text for text in texts), "with all of their words")
    expect("never replaced" in refused(desk, "people", "export", "bluesky:ana.example", "--out", file), "and replaces none")
    refused(desk, "people", "export", "bluesky:nobody", "--out", os.path.join(folder, "other.zip"))
    refused(desk, "people", "export", "ana.example", "--out", file, code=2)


def hold(desk):
    placed = desk.run("record", "hold", "--case", "1", "--reason", "lawsuit 7", "--review", "2099-01-31")["hold"]
    sentence = refused(desk, "record", "seal", "--item", "1", "--reason", "objection", "--confirm", "1")
    expect("lawsuit 7" in sentence and "2099-01-31" in sentence, "a hold says why, and when it is looked at again")
    expect(desk.run("record", "hold", "list")["holds"][0]["hold"] == placed, "it is listed")
    desk.run("record", "hold", "release", placed)
    expect(not desk.run("record", "hold", "list")["holds"], "until it is released")


def seal(desk):
    plan = desk.run("record", "seal", "--item", "1")
    expect(not plan["sealed"] and plan["confirm"] == 1 and plan["items"] == 1, "without a number it only shows what would go")
    refused(desk, "record", "seal", "--item", "1", "--reason", "objection", "--confirm", "2")
    refused(desk, "record", "seal", "--item", "1", "--reason", "because", "--confirm", "1", code=2)
    refused(desk, "record", "seal", "--item", "1", "--person", "bluesky:ana.example", code=2)
    expect(files_with(desk.workspace, WORDS), "and nothing went")
    done = desk.run("record", "seal", "--item", "1", "--reason", "objection", "--confirm", "1")
    expect(done["sealed"] and done["traceless"] and done["entries"] == 1, "with the number it is sealed")
    no_byte(desk, WORDS)
    whole(desk)
    shown = subprocess.run(desk.arguments("show", "1"), capture_output=True, text=True, timeout=60).stdout
    expect("erased as the law requires on" in shown, "the conversation says so")
    return done["entry"]


def export(desk, folder, entry):
    table = os.path.join(folder, "items.csv")
    desk.run("export", "items", "--out", table)
    with open(table, encoding="utf-8", newline="") as file:
        text = next(row["text"] for row in csv.DictReader(file) if row["item"] == "1")
    expect("erased as the law requires on" in text and "objection" in text and f"entry {entry}" in text, f"an export too: {text}")


def bundle(desk, folder):
    path = os.path.join(folder, "case.zip")
    key = desk.run("record", "bundle", "1", "--out", path)["key"]
    done = subprocess.run([desk.program, "record", "check", path, "--key", key, "--json"], capture_output=True, text=True, timeout=60)
    answer = json.loads(done.stdout)
    expect(done.returncode == 0 and answer["good"] and answer["sealed"] == 1, "a bundle with sealed words is good, and says so")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(os.path.join(folder, "bundle"))
    done = subprocess.run([sys.executable, "-I", os.path.join(folder, "bundle", "verify.py"), path, "--key", key],
                          capture_output=True, text=True, timeout=60)
    expect(done.returncode == 0 and "were destroyed" in done.stdout, f"verify.py agrees: {done.stdout}")
    expect(not files_with(os.path.join(folder, "bundle"), WORDS), "and the words are not in it")


def restore(desk, before):
    expect(files_with(os.path.dirname(before), WORDS), "a backup from before still has the words")
    made = desk.run("restore", before, "--reason", "disk lost")
    expect(made, "it is restored")
    left = [name for name in files_with(desk.workspace, WORDS)]
    expect(not left, f"and sealed again before it opens: {left}")
    whole(desk)


def everything(desk):
    def copies():
        return {name for name in os.listdir(os.path.join(desk.workspace, "backups")) if name.startswith("indelible-")}

    before = copies()
    plan = desk.run("record", "seal", "--person", "bluesky:ana.example")
    done = desk.run("record", "seal", "--person", "bluesky:ana.example", "--reason", "objection", "--confirm", str(plan["confirm"]))
    expect(done["traceless"] and copies() - before, "everything from a person is sealed after a backup")
    whole(desk)


def practice(folder):
    desk = Desk(os.path.join(folder, "practice"))
    desk.run("practice", "--no-window", "--clock", START)
    row = next(row for row in desk.conversations("needs-reply") if row["audience"] == "public" and row["network"] == "bluesky")
    item = next(item for item in desk.show(row["id"])["items"] if item["direction"] == "in")
    person = "bluesky:" + item["author"]["handle"]
    plan = desk.run("record", "seal", "--person", person)
    done = desk.run("record", "seal", "--person", person, "--reason", "consent-withdrawn", "--confirm", str(plan["confirm"]))
    expect(done["traceless"], f"{done['entries']} entries of {person} are sealed")
    before = len(desk.all_items())
    with sqlite3.connect(os.path.join(desk.workspace, "indelible.sqlite")) as database:
        database.execute("UPDATE account SET cursor = x''")  # as if everything were fetched for the first time
    database.close()
    desk.run("sync", "--once", "--clock", LATER)
    texts = [item["text"] for item in desk.all_items()]
    expect(len(texts) >= before and item["text"] not in texts, "the next sync, from the very beginning, brings nothing of it back")
    no_byte(desk, item["text"])
    refused(desk, "record", "seal", "--person", person)
    account = desk.run("account", "list")["accounts"][0]["id"]
    plan = desk.run("record", "seal", "--account", account, "--rule", "older:1", "--clock", "2027-11-22T09:00:00Z")
    done = desk.run("record", "seal", "--account", account, "--rule", "older:1", "--confirm", str(plan["confirm"]),
                    "--clock", "2027-11-22T09:00:00Z")
    expect(done["traceless"] and done["entries"] == plan["confirm"] > 5, f"by a rule {done['entries']} entries are sealed")
    expect(desk.run("record", "seal", "--account", account, "--rule", "older:1", "--clock", "2027-11-22T09:00:00Z")["confirm"] == 0,
           "and then there is nothing left")
    refused(desk, "record", "seal", "--account", account, "--rule", "older:never", code=2)
    whole(desk)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.path.join(folder, "state")
        desk = Desk(os.path.join(folder, "workspace"))
        subprocess.run([os.environ["BUNDLE_VERDICTS"], "workspace", desk.workspace], check=True)
        access(desk, folder)
        os.mkdir(os.path.join(folder, "elsewhere"))
        before = os.path.join(folder, "elsewhere", "before.sqlite")
        desk.run("backup", "--out", before)
        hold(desk)
        entry = seal(desk)
        export(desk, folder, entry)
        bundle(desk, folder)
        restore(desk, before)
        everything(desk)
        practice(folder)


if __name__ == "__main__":
    main()
