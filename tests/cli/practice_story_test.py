#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's commands on the practice inbox: no display, no network, no keychain. Right use and wrong use."""
import csv
import os
import subprocess
import tempfile

from desk import Desk, expect

START = "2026-11-22T09:00:00Z"
LATER = "2026-11-22T09:05:00Z"


def code_of(desk, *words):
    done = subprocess.run(desk.arguments(*words), capture_output=True, text=True, timeout=60)
    return done.returncode, (done.stderr or done.stdout).strip()


def right_use(desk, folder):
    made = desk.run("practice", "--no-window", "--clock", START)
    expect(made["needs_reply"] >= 10, f"{made['needs_reply']} conversations need a reply")
    rows = desk.conversations()
    expect(len(rows) >= 40, f"{len(rows)} conversations are there")
    expect({row["kind"] for row in rows} == {"mention", "review", "comment", "message"}, "of every kind")
    items = desk.all_items()
    expect(len({item["language"] for item in items if item["language"]}) >= 6, "in six languages or more")
    expect(any(len(item["revisions"]) > 1 for item in items), "an edited one shows both versions")
    expect(any(item["gone"] for item in items), "a deleted one is kept")
    found = desk.run("list", "--search", "wedding cake")["conversations"]
    expect(found, "search finds words")

    first = next(row for row in desk.conversations("needs-reply") if row["audience"] == "public" and row["network"] == "bluesky")
    answer = desk.run("reply", first["id"], "--text", "Es tut uns leid. Ab morgen steht die Zeit richtig da.", "--now", "--clock", START)
    expect(answer["state"] == "sent", "an answer is sent")
    desk.run("sync", "--once", "--clock", LATER)
    shown = desk.show(first["id"])
    expect(shown["items"][-1]["direction"] == "in" and shown["conversation"]["turn"] == "needs-reply", "and they answer back")
    desk.run("note", first["id"], "--text", "Sign corrected")
    case = desk.run("case", "open", first["id"], "--title", "Wrong opening hours")["case"]
    desk.run("case", "set", case, "--status", "promised", "--owner", "Tomasz", "--note", "New sign ordered")
    expect(desk.run("case", "show", case)["case"]["notes"][0]["text"] == "New sign ordered", "a case keeps its notes")
    private = next(row for row in desk.conversations() if row["audience"] == "private")
    story = desk.run("case", "link", case, private["id"])["case"]["story"]
    expect({step["conversation"] for step in story} == {first["id"], private["id"]} and [step["at"] for step in story] == sorted(step["at"] for step in story),
           "a case tells what was said in all its conversations, in the order of time")
    desk.run("done", first["id"])
    expect(desk.show(first["id"])["conversation"]["turn"] == "done", "done is done")

    for what in ("items", "cases"):
        file = os.path.join(folder, what + ".csv")
        rows = desk.run("export", what, "--out", file, "--bom")["rows"]
        with open(file, newline="", encoding="utf-8-sig") as text:
            expect(len(list(csv.DictReader(text))) == rows, f"{rows} rows of {what} in the CSV")
    expect(desk.run("record", "verify")["good"], "the record verifies")
    rebuilt = desk.run("record", "rebuild", "--check")
    rows = {table["table"]: table["rows"] for table in rebuilt["tables"]}
    expect(rebuilt["good"] and all(rows[table] for table in ("conversation", "item", "revision", "event", "case_file", "outbox")),
           f"and every table is what it says: {rows}")
    expect(all(finding["good"] for finding in desk.run("doctor")["findings"]), "the doctor finds nothing")

    again = desk.run("practice", "--no-window", "--clock", LATER)
    expect(desk.show(first["id"])["conversation"]["turn"] == "done" and again, "opening it again keeps everything")
    desk.run("practice", "--no-window", "--reset", "--clock", START)
    expect(not desk.run("case", "list")["cases"], "reset begins anew")


def wrong_use(desk, folder):
    for words, code, part in (
            (("list", "--help"), 0, "Lists conversations"),
            (("show", "99999"), 1, "no conversation 99999"),
            (("show", "abc"), 2, "Say which conversation"),
            (("reply", "1"), 2, "--text"),
            (("reply", "1", "--text", "  "), 1, "needs words"),
            (("reply", "1", "--text", "x" * 5000), 1, "longer than this network takes"),
            (("case", "show", "77"), 1, "no case 77"),
            (("case", "link", "77", "1"), 1, "no case 77"),
            (("case", "link", "77"), 2, "which conversation"),
            (("case", "set", "1", "--status", "lost"), 2, "heard, owned"),
            (("list", "--view", "lost"), 2, "--view takes"),
            (("list", "--no-such-option"), 2, "no-such-option"),
            (("attachment", "1"), 2, "--out"),
            (("attachment", "1", "x", "--out", folder), 2, "which of its files"),
            (("attachment", "99999", "--out", folder), 1, "no item 99999"),
            (("account", "add", "bluesky"), 2, "--handle"),
            (("account", "add", "telegram"), 2, "--password-stdin"),
            (("record", "rebuild"), 2, "--check"),
            (("backup",), 2, "--out"),
            (("restore",), 2, "which backup"),
            (("account", "pause", "nobody"), 1, "no account 'nobody'"),
            (("export", "items", "--out", os.path.join(folder, "none", "x.csv")), 1, "could not be written"),
    ):
        got, said = code_of(desk, *words)
        expect(got == code and part in said, f"{' '.join(words)[:40]}: exit code {got}, {said[:100]}")
    cake = next(item for item in desk.all_items() if len(item["media"]) == 2)
    got, said = code_of(desk, "attachment", cake["id"], "2", "--out", os.path.join(folder, "cake.jpg"))
    expect(got == 1 and "Files are not fetched from this network" in said and not os.path.exists(os.path.join(folder, "cake.jpg")), said)
    plain = next(item for item in desk.all_items() if not item["media"])
    got, said = code_of(desk, "attachment", plain["id"], "--out", folder)
    expect(got == 1 and "came without a file" in said, said)
    nowhere = Desk(os.path.join(folder, "nowhere"))
    got, said = code_of(nowhere, "list")
    expect(got == 1 and "no workspace" in said, f"a folder without a workspace: {said}")
    got, said = code_of(nowhere, "note", "1", "--text", "x")
    expect(got == 1 and "no workspace" in said and not os.path.exists(nowhere.workspace), "a mistyped folder stays away")
    database = os.path.join(desk.workspace, "indelible.sqlite")
    got, said = code_of(desk, "export", "items", "--out", database)
    expect(got == 1 and "no .csv" in said and desk.conversations(), f"the workspace is not exported over: {said}")
    expect(os.stat(database).st_mode & 0o077 == 0, "what people wrote is for its owner only")
    paused = next(row for row in desk.conversations("needs-reply") if row["audience"] == "public")
    desk.run("account", "pause", paused["account"])
    expect(desk.run("reply", paused["id"], "--text", "Soon", "--now")["state"] == "queued", "a paused account sends nothing")
    desk.run("account", "resume", paused["account"])
    real = Desk(os.path.join(folder, "real"))
    code_of(real, "sync", "--once")
    got, said = code_of(real, "practice", "--no-window")
    expect(got == 1 and "never mixed" in said, f"practice in a real workspace: {said}")
    got, said = code_of(real, "practice", "--no-window", "--reset")
    expect(got == 1 and os.path.exists(os.path.join(folder, "real", "indelible.sqlite")), f"reset of a real workspace: {said}")


def pictures(desk, folder):
    for name, options in (("light", []), ("dark", ["--theme", "dark", "--size", "1024x700"]), ("settings", ["--area", "settings"]), ("first", ["--area", "first-run"])):
        file = os.path.join(folder, name + ".png")
        done = subprocess.run([desk.program, "screenshot", "--out", file, "--now", START, *options], capture_output=True, text=True, timeout=60)
        expect(done.returncode == 0 and os.path.getsize(file) > 20_000, f"a picture of {name} (exit code {done.returncode}) {done.stderr[-400:] if done.returncode else ''}")


def main():
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        os.environ.pop(variable, None)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(os.path.join(folder, "practice"))
        right_use(desk, folder)
        wrong_use(desk, folder)
        pictures(desk, folder)


if __name__ == "__main__":
    main()
