#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes vectors.json: the record's formats computed by a second implementation that shares no code with the program.

The tests compare the program with this file; the file is made once and kept. Python's standard library only.
"""
import hashlib
import json
import struct


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def commitment(salt: bytes, body: bytes) -> bytes:
    return sha(b"SIBODY1" + salt + struct.pack(">Q", len(body)) + body)


def entry(log_id, idx, time_ms, kind, flags, subject, seq, actor, prev, commit) -> bytes:
    packed = b"SIAUDIT1" + log_id + struct.pack(">QQHH", idx, time_ms, kind, flags) + subject
    packed += struct.pack(">IIQ", seq, actor, prev) + commit
    assert len(packed) == 108
    return packed


def root(leaves) -> bytes:
    """RFC 6962 section 2.1, written as the RFC defines it: recursively."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return sha(b"\x00" + leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha(b"\x01" + root(leaves[:split]) + root(leaves[split:]))


def rfc_vectors():
    # The leaf inputs that Certificate Transparency's own tests use.
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [bytes.fromhex(text) for text in inputs]
    return {"inputs": inputs, "roots": [root(leaves[:size]).hex() for size in range(len(leaves) + 1)]}


def entry_vectors():
    log_id = bytes(range(16))
    last = {}
    made = []
    for idx in range(40):
        salt = sha(b"salt%d" % idx)
        subject = bytes(16) if idx % 5 == 0 else sha(b"subject%d" % (idx % 3))[:16]
        body = json.dumps({"n": idx, "text": "word \u00e9\u4e2d " * (idx % 4)}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        seq, prev = last.get(subject, (0, 2**64 - 1))
        commit = commitment(salt, body)
        fields = dict(idx=idx, time_ms=1795338000000 + idx * 1000, kind=1 + idx % 23, flags=idx % 8, seq=seq, actor=idx % 4, prev=str(prev))
        packed = entry(log_id, idx, fields["time_ms"], fields["kind"], fields["flags"], subject, seq, fields["actor"], prev, commit)
        last[subject] = (seq + 1, idx)
        made.append(dict(fields, subject=subject.hex(), salt=salt.hex(), body=body.decode(), commit=commit.hex(), entry=packed.hex()))
    packed = [bytes.fromhex(e["entry"]) for e in made]
    return {"log_id": log_id.hex(), "entries": made, "roots": [root(packed[:size]).hex() for size in range(len(packed) + 1)]}


if __name__ == "__main__":
    with open("vectors.json", "w", encoding="utf-8", newline="\n") as out:
        json.dump({"rfc6962": rfc_vectors(), "record": entry_vectors()}, out, indent=1, ensure_ascii=False)
        out.write("\n")
