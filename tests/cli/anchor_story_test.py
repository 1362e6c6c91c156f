#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checkpoints that others keep, by command, with a real keychain: as a text, and stamped by OpenSSL's own time server; and what
is found out by them. Nothing but loopback, no display. Run under tests/peers/with-keyring.sh."""
import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "data", "record"))

from desk import Desk, expect
from make_proof_vectors import verify
from time_server import Authority, TimeServer


def refused(desk, *words, code=1):
    done = subprocess.run(desk.arguments(*words), capture_output=True, text=True, timeout=60)
    said = [line for line in done.stderr.splitlines() if not line.startswith("indelible.")]  # the log
    expect(done.returncode == code and len(said) == 1, f"{' '.join(words[:2])} is refused in one sentence: {' '.join(said)}")
    return said[0]


def as_text(desk, folder):
    path = os.path.join(folder, "anchor.txt")
    made = desk.run("record", "anchor", "--to", "our notary", "--out", path)
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    note = text.split("-----BEGIN CHECKPOINT-----\n")[1].split("-----END CHECKPOINT-----\n")[0]
    body, signature = note.split("\n\n")
    key = base64.b64decode(text.split("Key: ")[1].strip().split("+", 2)[2])[1:]
    signed = base64.b64decode(signature.strip().split(" ")[2])
    expect(verify(key, (body + "\n").encode(), signed[4:]), "the note in it is signed, says a second implementation")
    expect(body.splitlines()[1] == made["entries"] and body.splitlines()[2] == made["root"], "over what the command says")
    expect(hashlib.sha256(note.encode()).hexdigest() == made["digest"], "the digest is that of the note")
    listed, = desk.run("record", "anchors")["anchors"]
    expect(listed["to"] == "our notary" and listed["how"] == "text" and listed["checkpoint"] == note
           and listed["entry"] == made["entry"], "the record says to whom it went")
    head = desk.run("record", "head")
    expect(int(head["entries"]) == int(made["entry"]) + 1 and f"\n{head['entries']}\n" in head["checkpoint"],
           "and that is signed too")
    proof = desk.run("record", "check-anchor", path)
    expect(proof["good"] and proof["anchored_entries"] == made["entries"] and proof["entries"] == head["entries"],
           "the record of now begins with what was anchored")
    return path


def stamped(desk, folder, authority, server):
    path = os.path.join(folder, "anchor.tsr")
    order = ["record", "anchor", "--tsa", server.url, "--tsa-ca", authority.ca, "--out", path]
    done = subprocess.run(desk.arguments(*order), capture_output=True, text=True, timeout=60, check=True)
    first, second = done.stdout.splitlines()[:2]
    expect("Only the SHA-256" in first and "32 bytes" in first and "127.0.0.1" in first, f"said before it is sent: {first}")
    listed = desk.run("record", "anchors")["anchors"][0]
    digest = hashlib.sha256(listed["checkpoint"].encode()).digest()
    (kind, query, headers), = server.queries
    expect(kind == "application/timestamp-query" and digest in query and len(query) < 100,
           f"the server was told the digest and little else: {len(query)} bytes")
    names = {name.lower() for name, _ in headers}
    expect(not names & {"cookie", "authorization", "referer", "from"}, f"nor do the headers tell: {sorted(names)}")
    with open(path, "rb") as file:
        receipt = file.read()
    expect(listed["how"] == "rfc3161" and listed["to"] == server.url and base64.b64decode(listed["receipt"]) == receipt,
           "the receipt is on the record as it came")
    expect(listed["stamped"] in second, f"with its time: {second}")
    check = subprocess.run(["openssl", "ts", "-verify", "-in", path, "-digest", digest.hex(), "-CAfile", authority.ca],
                           capture_output=True, text=True)
    expect(check.returncode == 0 and "Verification: OK" in check.stdout + check.stderr, "OpenSSL's own program believes it")
    expect(desk.run("record", "verify")["good"], "the record is whole")


def not_believed(desk, folder, authority, server):
    path = os.path.join(folder, "none.tsr")
    before = desk.run("record", "anchors")["anchors"]
    order = ["record", "anchor", "--tsa", server.url, "--out", path, "--tsa-ca"]
    stranger = Authority(os.path.join(folder, "stranger"))
    old = []

    def replayed(query):
        old.append(authority.reply(query))
        return old[0]

    def flipped(query):
        answer = bytearray(authority.reply(query))
        answer[-5] ^= 1
        return bytes(answer)

    for what, answer, words in (
            ("for something else", lambda _: authority.stamp_of(b"something else"), "for something else"),
            ("for the same but asked by somebody else", authority.stamp_again, "another question"),
            ("truncated", lambda query: authority.reply(query)[:-1], "not whole"),
            ("cut in the middle", lambda query: authority.reply(query)[:300], "not whole"),
            ("followed by more", lambda query: authority.reply(query) + b"\0", "not whole"),
            ("with a signature that is not good", flipped, "not signed as it must be"),
            ("refused by the server", lambda query: authority.reply(query, "other"), "refused to stamp it"),
            ("HTML", lambda _: (200, "text/html", b"<h1>Welcome</h1>"), "text/html, not with a time stamp"),
            ("HTML that calls itself a reply", lambda _: b"<h1>Welcome</h1>", "no time stamp"),
            ("not found", lambda _: (404, "text/plain", b"no"), "status 404"),
            ("from somebody else's authority", stranger.reply, "does not lead to one that is trusted")):
        server.answer = answer
        expect(words in refused(desk, *order, authority.ca), f"a time stamp {what}")
    server.answer = authority.reply
    expect("does not lead" in refused(desk, *order[:-1]), "without --tsa-ca the system's authorities decide")
    expect("holds no certificates" in refused(desk, *order, path), "a file that is no certificate")
    asked = len(server.queries)
    for url in (server.url.replace("127.0.0.1", "192.0.2.7"), "http://example.invalid/", "file:///etc/passwd"):
        refused(desk, "record", "anchor", "--tsa", url, "--out", path)
    expect(len(server.queries) == asked and not os.path.exists(path), "no file was left")
    expect(desk.run("record", "anchors")["anchors"] == before, "and nothing of it is on the record")
    refused(desk, "record", "anchor", "--out", path, code=2)
    refused(desk, "record", "anchor", "--to", "x", "--tsa", server.url, "--out", path, code=2)

    server.answer = replayed
    desk.run("record", "anchor", "--tsa", server.url, "--tsa-ca", authority.ca, "--out", path)
    expect("for something else" in refused(desk, *order, authority.ca), "an old answer does not fit the record of now")


def found_out(desk, folder, text):
    newer, old = os.path.join(folder, "newer"), os.path.join(folder, "old")
    shutil.copytree(desk.workspace, old)
    later = os.path.join(folder, "later.txt")
    desk.run("export", "items", "--out", os.path.join(folder, "items.csv"))
    desk.run("record", "anchor", "--to", "our notary", "--out", later)
    os.rename(desk.workspace, newer)
    os.rename(old, desk.workspace)
    shutil.rmtree(os.path.join(folder, "state"))  # the marks, as somebody with the whole computer would
    expect(desk.run("record", "check-anchor", text)["good"], "an old copy still begins with the old anchor")
    expect("cut or rolled back" in refused(desk, "record", "check-anchor", later), "but not with the later one")

    other = Desk(os.path.join(folder, "other"))
    other.run("sync", "--once", check=False)
    expect("another workspace" in refused(other, "record", "check-anchor", text), "nor is another workspace's record it")
    with open(text, encoding="utf-8", newline="") as file:
        good = file.read()
    made = os.path.join(folder, "made.txt")
    for what, words, lie in (
            ("a note with two origins", "several signatures",
             good.replace("-----END", good.split("\n\n\u2014 ")[1].split("\n")[0].join(("\u2014 ", "\n-----END")).replace(
                 "indelible/", "indelible/0", 1), 1)),
            ("a number of entries that is not the signed one", "not good", good.replace("\n" + good.split("CHECKPOINT-----\n")[
                1].split("\n")[1] + "\n", "\n1\n")),
            ("no anchor at all", "not exactly one checkpoint", "hello\n")):
        with open(made, "w", encoding="utf-8", newline="") as file:
            file.write(lie)
        expect(words in refused(desk, "record", "check-anchor", made), what)
    expect("cannot be read" in refused(desk, "record", "check-anchor", made + ".none"), "a file that is not there")


def main():
    if shutil.which("openssl") is None:
        print("openssl is not installed")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.path.join(folder, "state")
        desk = Desk(os.path.join(folder, "workspace"))
        desk.run("sync", "--once", check=False)
        expect(desk.run("record", "anchors")["anchors"] == [], "nothing is kept elsewhere at first")
        text = as_text(desk, folder)
        authority = Authority(os.path.join(folder, "authority"))
        server = TimeServer(authority)
        try:
            stamped(desk, folder, authority, server)
            not_believed(desk, folder, authority, server)
        finally:
            server.close()
        found_out(desk, folder, text)


if __name__ == "__main__":
    main()
