#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A case leaves as a bundle by command, with a real keychain; the program and verify.py inside it believe it, and neither
believes what was made of it. No network, no display. Run under tests/peers/with-keyring.sh."""
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "bundle"))

import damage
from damage import verify
from desk import Desk, expect

NAMES = {"case.csv", "case.jsonl", "checkpoint.txt", "key.txt", "README.txt", "verify.py", "verify.html"}


def check(desk, path, *options):
    """(exit code, answer) of `record check`, which needs no workspace."""
    done = subprocess.run([desk.program, "record", "check", path, *options, "--json"], capture_output=True, text=True, timeout=60)
    return done.returncode, json.loads(done.stdout), done.stderr.strip()


def refused(desk, *words, code=1):
    done = subprocess.run(desk.arguments(*words), capture_output=True, text=True, timeout=60)
    said = [line for line in done.stderr.splitlines() if not line.startswith("indelible.")]  # the log
    expect(done.returncode == code and done.stdout == "" and len(said) == 1,
           f"{' '.join(words[:3])} is refused in one sentence: {' '.join(said)}")
    return said[0]


def save(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def whole(desk, folder):
    path = os.path.join(folder, "case-1.zip")
    made = desk.run("record", "bundle", "1", "--out", path)
    head = desk.run("record", "head")
    expect(made["key"] == head["key"] and made["entries"] == 3, "the bundle names the record's key and its entries")
    with zipfile.ZipFile(path) as archive:
        expect(set(archive.namelist()) == NAMES, "it holds the files that it must and no other")
        archive.extractall(os.path.join(folder, "unpacked"))
    code, answer, _ = check(desk, path)
    expect(code == 0 and answer["good"] and answer["case"] == "1" and answer["record_size"] == head["entries"],
           "the program believes it, up to the newest signature")
    expect(check(desk, path, "--key", made["key"])[0] == 0, "also when told whose it must be")
    inside = [sys.executable, "-I", os.path.join(folder, "unpacked", "verify.py")]
    done = subprocess.run(inside, capture_output=True, text=True, timeout=60)
    expect(done.returncode == 0 and done.stdout.startswith("THE BUNDLE FITS ITSELF. No key was compared yet.\nCase 1, 3 entries")
           and "write its record anew" in done.stdout, "verify.py inside it believes it, and says what it cannot show")
    done = subprocess.run([*inside, path, "--key", made["key"]], capture_output=True, text=True, timeout=60)
    expect(done.returncode == 0 and done.stdout.startswith("WHOLE, AND SIGNED BY THE KEY YOU GAVE."), "and believes the zip and the key")
    for options, words in ([], "This bundle fits itself; no key was compared yet. Case 1, 3 entries"), \
                          (["--key", made["key"]], "This bundle is whole, and signed by the key you gave. Case 1, 3 entries"):
        done = subprocess.run([desk.program, "record", "check", path, *options], capture_output=True, text=True, timeout=60)
        expect(done.returncode == 0 and done.stdout.startswith(words) and "write its record anew" in done.stdout
               and "cannot be told" not in done.stdout,
               f"the program says so too: {words}")
    for key in ("", " ", "\n"):
        done = subprocess.run([desk.program, "record", "check", path, "--key", key], capture_output=True, text=True, timeout=60)
        expect(done.returncode == 2 and done.stdout == "" and "nothing to compare" in done.stderr,
               f"the key {key!r} is wrong usage: {done.stderr.strip()}")
        done = subprocess.run([*inside, path, "--key", key], capture_output=True, text=True, timeout=60)
        expect(done.returncode == 2 and done.stdout == "" and "nothing to compare" in done.stderr, "in verify.py too")
    with open(os.path.join(folder, "unpacked", "case.csv"), encoding="utf-8", newline="") as file:
        table = file.read()
    expect('"\'=cold(soup)"' in table and "Others" not in table, "the table has the case's words, guarded, and nobody else's")
    return path, made["key"]


def lies(desk, folder, path, key):
    with open(path, "rb") as file:
        files = verify.files_in_zip(file.read())
    other = os.path.join(folder, "other.zip")
    for what, made in {
            "another word in the table": {**files, verify.TABLE: files[verify.TABLE].replace(b"soup", b"SOUP", 1)},
            "a key that is none": {**files, verify.KEY: b"no key\n"},
            "a note with two origins": {**files, verify.CHECKPOINT: files[verify.CHECKPOINT] +
                                        files[verify.CHECKPOINT].split(b"\n\n")[1].replace(b"indelible/", b"indelible/0")},
            "a line less": damage.with_lines(files, files[verify.LINES].split(b"\n")[2:-1]),
            "a bit": damage.flip(files, verify.LINES, 4000)}.items():
        save(other, made)
        code, answer, said = check(desk, other)
        ours = damage.verdict(made)
        expect(code == 1 and f"{answer['reason']} {answer['line']}" == ours and not damage.is_accepted(ours), f"{what}: {said}")
    code, answer, said = check(desk, path, "--key", damage.key_line(key.split("+")[0], bytes(32)).decode().strip())
    expect(code == 1 and answer["reason"] == "foreign-key", f"a foreign key: {said}")

    bomb = {**files, verify.LINES: bytes(60 << 20)}
    for what, made, words in (("a zip bomb", bomb, "unpacks to more"), ("a stray file", {**files, "x.exe": b""}, "x.exe in it"),
                              ("too few files", {verify.KEY: files[verify.KEY]}, "case.csv is missing")):
        save(other, made)
        code, answer, said = check(desk, other)
        with open(other, "rb") as file:
            try:
                verify.files_in_zip(file.read())
                ours = ""
            except verify.NoBundle as problem:
                ours = str(problem)
        expect(code == 1 and words in said and said == ours, f"{what}: {said}")
    save(other, damage.blind(random.Random(1)))
    for words in ([desk.program, "record", "check", other],
                  [sys.executable, "-I", os.path.join(folder, "unpacked", "verify.py"), other]):
        done = subprocess.run(words, capture_output=True, text=True, timeout=60)
        expect(done.returncode == 0 and "whether a conversation is missing cannot be told" in done.stdout,
               "that a conversation may be missing is told")
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"x"
    expect("no zip file" in check(desk, path)[2], "nor may anything stand behind its end")
    with open(other, "wb") as file:
        file.write(b"no zip at all")
    expect("no zip file" in check(desk, other)[2], "what is no zip is said so")
    expect("cannot be read" in check(desk, other + ".none")[2], "and what is not there")


def no_bundle(desk, folder):
    size = desk.run("record", "head")["entries"]
    nowhere = os.path.join(folder, "nowhere.zip")
    expect("no case 9" in refused(desk, "record", "bundle", "9", "--out", nowhere), "a case that is not there")
    expect("no key to sign with" in refused(desk, "record", "bundle", "1", "--out", nowhere, "--session-secrets"),
           "without the key there is no bundle")
    expect("could not be written" in refused(desk, "record", "bundle", "1", "--out", os.path.join(folder, "a", "b.zip")),
           "nor where it cannot be written")
    refused(desk, "record", "bundle", "1", code=2)
    expect(desk.run("record", "head")["entries"] == size and not os.path.exists(nowhere), "nothing was written for all that")

    with sqlite3.connect(os.path.join(desk.workspace, "indelible.sqlite")) as database:
        database.execute("DROP TRIGGER record_body_stays")
        body, = database.execute("SELECT body FROM record_body WHERE instr(body, CAST('cold(soup)' AS BLOB))").fetchone()
        database.execute("UPDATE record_body SET body = ? WHERE body = ?", (body.replace(b"cold", b"fine"), body))
    database.close()
    expect("does not match" in refused(desk, "record", "bundle", "1", "--out", nowhere) and not os.path.exists(nowhere),
           "and nothing leaves a record that was changed")


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.path.join(folder, "state")
        desk = Desk(os.path.join(folder, "workspace"))
        subprocess.run([os.environ["BUNDLE_VERDICTS"], "workspace", desk.workspace], check=True)
        path, key = whole(desk, folder)
        lies(desk, folder, path, key)
        no_bundle(desk, folder)


if __name__ == "__main__":
    main()
