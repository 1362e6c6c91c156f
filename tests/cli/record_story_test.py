#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record's signature by command, with a real keychain: signed at the end of what writes, checked here by a second
implementation, and an old copy of the workspace found out. No network, no display. Run under tests/peers/with-keyring.sh."""
import base64
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "data", "record"))

from desk import Desk, expect
from make_proof_vectors import key_id, verify


def refused(desk, *words):
    done = subprocess.run(desk.arguments(*words), capture_output=True, text=True, timeout=60)
    expect(done.returncode == 1, f"{' '.join(words)}: exit code {done.returncode}")
    return done.stderr.strip()


def checkpoint_of(desk):
    """(origin, size, root) of the newest checkpoint, its signature checked with the key that the record names."""
    head = desk.run("record", "head")
    text, signature = head["checkpoint"].split("\n\n")
    text += "\n"
    origin, size, top = text.splitlines()
    dash, name, data = signature.strip().split(" ")
    signed = base64.b64decode(data)
    key = base64.b64decode(head["key"].split("+", 2)[2])[1:]
    expect(dash == "\u2014" and name == origin == head["key"].split("+")[0], f"the note is signed by {origin}")
    expect(signed[:4] == key_id(origin, key), "under the key's own id")
    expect(verify(key, text.encode(), signed[4:]), "and the signature is good, says a second implementation")
    return origin, int(size), top


def story(folder):
    desk = Desk(os.path.join(folder, "workspace"))
    os.environ["XDG_STATE_HOME"] = os.path.join(folder, "state")
    desk.run("sync", "--once", check=False)
    _, size, top = checkpoint_of(desk)
    checked = desk.run("record", "verify")
    expect(checked["standing"] == "open" and int(checked["entries"]) == size and checked["root"] == top,
           f"the whole record of {size} entries is signed")

    old = os.path.join(folder, "old")
    shutil.copytree(desk.workspace, old)
    desk.run("export", "items", "--out", os.path.join(folder, "items.csv"))
    _, later, _ = checkpoint_of(desk)
    expect(later > size, "what was added is signed too")

    newer = os.path.join(folder, "newer")
    os.rename(desk.workspace, newer)
    shutil.copytree(old, desk.workspace)
    expect("old copy" in refused(desk, "record", "verify"), "an old copy of the workspace is found out")
    expect("nothing is fetched or sent" in refused(desk, "sync", "--once"), "and nothing is fetched with it")
    expect(desk.run("list")["conversations"] == [], "it can be read")
    findings = {finding["what"]: finding["good"] for finding in desk.run("doctor", check=False)["findings"]}
    expect(findings["signature"] is False and findings["database"], "the doctor says so")

    shutil.rmtree(desk.workspace)
    os.rename(newer, desk.workspace)
    expect(desk.run("record", "verify")["standing"] == "open", "the true copy stands as before")

    marks = os.path.join(folder, "state", "indelible", "marks")
    expect(len(os.listdir(marks)) == 1, "one mark lies outside the workspace")
    desk.run("export", "items", "--out", os.path.join(folder, "items.csv"))
    expect(desk.run("record", "verify")["good"], "and goes on growing")


def main():
    with tempfile.TemporaryDirectory() as folder:
        story(folder)


if __name__ == "__main__":
    main()
