#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a case that Indelible exported: that it was signed, and that since then no word of it was changed and no entry
is missing.

    python3 verify.py                 the bundle in whose folder this file lies
    python3 verify.py BUNDLE.zip      another one (or its folder)
    python3 verify.py … --key KEY     besides, that this key signed it

Python 3.8 or later, its standard library only; no network. Exit code 0: it fits; 1: refused; 2: wrong usage.
It cannot show whose key it is, nor that the business did not write its record anew before it signed.
Trust a copy of this file that you got another way: whoever changes a bundle can change the copy inside it.
"""
import argparse
import base64
import datetime
import functools
import hashlib
import io
import json
import os
import re
import struct
import sys
import zipfile

TABLE, LINES, CHECKPOINT, KEY, ANCHORS = "case.csv", "case.jsonl", "checkpoint.txt", "key.txt", "anchors.jsonl"
NEEDED = (TABLE, LINES, CHECKPOINT, KEY)
READ = NEEDED + (ANCHORS,)  # the last may be absent, which is as if it were empty
BESIDE = ("README.txt", "verify.py", "verify.html")
MOST_ZIP, MOST, UNSUSPICIOUS, MOST_RATIO = 128 << 20, 256 << 20, 16 << 20, 100
LARGEST = 999_999_999_999_999   # 15 digits: exact in every language
LATEST_MS = 253_402_300_799_999  # 9999-12-31
EARLIEST_MS = -62_135_596_800_000  # 0001-01-01
DEEPEST = 64
NONE_BEFORE = 2**64 - 1
CASE_OPEN, CASE_STATE, EXPORT, ERASE, ANCHOR = 5, 6, 12, 13, 15

SENTENCES = {
    "none": "",
    "key": "key.txt holds no key.",
    "foreign-key": "The key in key.txt is not the one you expect: somebody else signed this.",
    "note": "checkpoint.txt is no checkpoint of one record with one signature.",
    "signature": "The key in key.txt did not sign checkpoint.txt.",
    "format": "case.jsonl is not of the format si-case/1, the only one this check knows.",
    "header": "The first line of case.jsonl does not fit checkpoint.txt and the number of lines: something was taken "
              "out, added or exchanged.",
    "line": "Line {} of case.jsonl is not written as a bundle writes it: it was changed.",
    "entry": "Line {} of case.jsonl holds no entry of this record at this place.",
    "order": "Line {} of case.jsonl is out of order, or there twice.",
    "body": "The words in line {} of case.jsonl are not those that were recorded.",
    "proof": "The proof in line {} of case.jsonl does not lead to the signed checkpoint.",
    "export": "case.jsonl does not end with the entry that says that this case was exported.",
    "gap": "An entry before line {} of case.jsonl is missing, or the line does not belong here.",
    "count": "There are not as many entries as the last one says there must be.",
    "subjects": "A conversation that belongs to the case is missing.",
    "sealed": "At line {} of case.jsonl, missing words and the seals that must explain them do not match.",
    "table": "case.csv is not the table that case.jsonl makes: it was changed.",
    "anchor": "Line {} of anchors.jsonl does not show that this record begins with a checkpoint that others were given: "
              "it was changed.",
    "anchors": "anchors.jsonl does not hold what the last entry of case.jsonl says is in it.",
}

KINDS = ("", "genesis", "item seen", "item edited", "item gone", "case opened", "case changed", "assigned", "note",
         "reply intent", "reply attempt", "reply result", "export", "seal", "hold", "anchor", "key change", "restore",
         "clock", "account", "verify", "retention", "migrate", "conversation state", "coverage")


class Refused(Exception):
    """Why a bundle is not believed."""

    def __init__(self, reason, line=0):
        super().__init__(SENTENCES[reason].format(line))
        self.reason = reason
        self.line = line


class NoBundle(Exception):
    """Why a file or folder is no bundle at all."""


# --- Ed25519 (RFC 8032, 5.1.7, without the factor eight), plainly and slowly

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SMALL_ORDER = {0, 1, P - 1,
               int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
               int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little")}


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e = (x1 + y1) * (x2 + y2) - x1 * x2 - y1 * y2
    c = D * t1 * t2
    zz = z1 * z2
    f, g, h = zz - c, zz + c, y1 * y2 + x1 * x2
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, point):
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point = add(point, point)
        scalar >>= 1
    return total


def unpacked(data):
    """A point from its 32 bytes; None where they are none, or one over which implementations differ."""
    y = int.from_bytes(data, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    if y >= P or y in SMALL_ORDER:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P:
        return None
    if x & 1 != odd:
        x = P - x
    return x, y, 1, x * y % P


def packed(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | ((x & 1) << 255)).to_bytes(32, "little")


BASE = unpacked((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


@functools.lru_cache(maxsize=64)
def is_signed(key, message, signature):
    point, commitment = unpacked(key), unpacked(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if point is None or commitment is None or s >= ORDER:
        return False
    x, y, z, t = point
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return packed(add(times(s, BASE), times(k, (P - x, y, z, P - t)))) == signature[:32]


# --- the pieces

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def from_base64(text, size=None):
    """The bytes of the one spelling that would be written; None for any other."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data) == text and size in (None, len(data)) else None


def key_of(data):
    """(origin, id, public key) of key.txt."""
    match = re.fullmatch(rb"(indelible/[0-9a-f]{32})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})\n", data)
    key = from_base64(match[3], 33) if match else None
    if key is None or key[0] != 1 or sha(match[1], b"\n", key)[:4].hex().encode() != match[2]:
        raise Refused("key")
    return match[1], key[1:]


def note_of(data):
    """(text, origin, size, root, signed) of a checkpoint; None for anything else."""
    match = re.fullmatch(rb"((indelible/[0-9a-f]{32})\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n)\n"
                         rb"\xe2\x80\x94 (indelible/[0-9a-f]{32}) ([A-Za-z0-9+/]{91}=)\n", data)
    root = from_base64(match[4], 32) if match else None
    signed = from_base64(match[6], 68) if match else None
    if root is None or signed is None or match[2] != match[5]:
        return None
    return match[1], match[2], int(match[3]), root, signed


def checkpoint_of(data, origin, key):
    """(size, root) of checkpoint.txt, signed."""
    note = note_of(data)
    if note is None:
        raise Refused("note")
    text, named, size, root, signed = note
    if named != origin or signed[:4] != sha(origin, b"\n\x01", key)[:4] or not is_signed(key, text, signed[4:]):
        raise Refused("signature")
    return size, root


def leads_to(entry, index, size, proof, root):
    """RFC 9162, 2.1.3.2."""
    if index >= size:
        return False
    node, last, value = index, size - 1, sha(b"\x00", entry)
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            value = sha(b"\x01", sibling, value)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            value = sha(b"\x01", value, sibling)
        node >>= 1
        last >>= 1
    return last == 0 and value == root


def begins_with(first, first_root, size, root, proof):
    """RFC 9162, 2.1.4.2, for a first tree that is smaller than the second."""
    path = [first_root, *proof] if first & (first - 1) == 0 else proof
    if not path:
        return False
    node, last = first - 1, size - 1
    while node & 1:
        node >>= 1
        last >>= 1
    one = two = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            one, two = sha(b"\x01", sibling, one), sha(b"\x01", sibling, two)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            two = sha(b"\x01", two, sibling)
        node >>= 1
        last >>= 1
    return last == 0 and one == first_root and two == root


def canonical(value, depth=1):
    """The one form in which a body is written; ValueError for what it cannot hold."""
    if isinstance(value, (dict, list)) and depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, dict):
        parts = (json.dumps(key, ensure_ascii=False) + ":" + canonical(value[key], depth + 1) for key in sorted(value))
        return "{" + ",".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(part, depth + 1) for part in value) + "]"
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > 2**53):
        raise ValueError("not a whole number")
    return json.dumps(value, ensure_ascii=False)


def said_in(body):
    """The object that a body says; None where it is not written in the one form."""
    try:
        value = json.loads(body.decode())
        return value if isinstance(value, dict) and canonical(value).encode() == body else None
    except (ValueError, RecursionError):
        return None


def is_count(value, least):
    return type(value) is int and least <= value <= LARGEST


class Row:
    """An entry with its words and what they say."""

    def __init__(self, data, body):
        (self.log_id, self.idx, self.time_ms, self.kind, self.flags, self.subject, self.seq, self.actor, self.previous,
         self.commitment) = struct.unpack(">8x16sQQHH16sIIQ32s", data)
        self.body = body
        self.said = {}


LINE = re.compile(rb'\{(?:"body":"([A-Za-z0-9+/=]*)",)?"entry":"([A-Za-z0-9+/]{144})","idx":(0|[1-9][0-9]{0,14}),'
                  rb'"proof":\[((?:"[A-Za-z0-9+/]{43}="(?:,"[A-Za-z0-9+/]{43}=")*)?)\](?:,"salt":"([A-Za-z0-9+/]{43}=)")?\}')


def row_of(line, number, origin, size, root, before):
    match = LINE.fullmatch(line)
    if not match or (match[1] is None) != (match[5] is None):
        raise Refused("line", number)
    data = from_base64(match[2], 108)
    proof = [from_base64(text[1:-1], 32) for text in match[4].split(b",")] if match[4] else []
    body = salt = None
    if match[1] is not None:
        body, salt = from_base64(match[1]), from_base64(match[5], 32)
    if data is None or None in proof or (match[1] is not None and None in (body, salt)):
        raise Refused("line", number)
    row = Row(data, body)
    if (not data.startswith(b"SIAUDIT1") or row.flags & ~7 or row.idx != int(match[3]) or row.time_ms > LATEST_MS
            or b"indelible/" + row.log_id.hex().encode() != origin):
        raise Refused("entry", number)
    if before is not None and before.idx >= row.idx:
        raise Refused("order", number)
    if body is not None:
        row.said = said_in(body)
        if sha(b"SIBODY1", salt, struct.pack(">Q", len(body)), body) != row.commitment or row.said is None:
            raise Refused("body", number)
    if not leads_to(data, row.idx, size, proof, root):
        raise Refused("proof", number)
    return row


ANCHOR_LINE = re.compile(rb'\{"anchor":(\{[^{}]*\}),"consistency":\[((?:"[A-Za-z0-9+/]{43}="(?:,"[A-Za-z0-9+/]{43}=")*)?)\]\}')


def anchor_of(line, origin, size, root, before):
    """(row, entries covered) of a line of anchors.jsonl; None where it does not hold."""
    match = ANCHOR_LINE.fullmatch(line)
    try:
        row = row_of(match[1], 0, origin, size, root, before) if match else None
    except Refused:
        row = None
    said = row.said.get("checkpoint") if row and row.kind == ANCHOR else None
    note = note_of(said.encode()) if isinstance(said, str) else None
    proof = [from_base64(text[1:-1], 32) for text in match[2].split(b",")] if match and match[2] else []
    if note is None or None in proof or note[1] != origin or not 0 < note[2] <= row.idx:
        return None
    return (row, note[2]) if begins_with(note[2], note[3], size, root, proof) else None


def anchors_of(data, exported, origin, size, root):
    """[(row, entries covered)]: what the last entry says was given to others to keep."""
    lines = data.split(b"\n")
    anchors = []
    for number, line in enumerate(lines[:-1], 1):
        anchor = anchor_of(line, origin, size, root, anchors[-1][0] if anchors else None)
        if anchor is None:
            raise Refused("anchor", number)
        anchors.append(anchor)
    stated = exported.said.get("anchors", [])
    if lines[-1] or not isinstance(stated, list) or not all(is_count(number, 0) for number in stated) or stated != [
            row.idx for row, _ in anchors]:
        raise Refused("anchors")
    return anchors


# --- what the entries say together

def stated_counts(rows):
    """(number of the case, count of entries of each subject) by the EXPORT entry at the end."""
    last = rows[-1] if rows else None
    if last is None or last.kind != EXPORT or last.said.get("what") != "case":
        raise Refused("export")
    number, counts = last.said.get("case"), last.said.get("subjects")
    if not isinstance(number, str) or not re.fullmatch("[1-9][0-9]{0,14}", number) or not isinstance(counts, dict):
        raise Refused("export")
    if not all(re.fullmatch("[0-9a-f]{32}", name) and is_count(count, 1) for name, count in counts.items()):
        raise Refused("export")
    stated = {bytes.fromhex(name): count for name, count in counts.items()}
    if last.subject not in stated:
        raise Refused("export")
    return number, stated


def follow_subjects(rows, stated):
    heads = {}
    for line, row in enumerate(rows, 2):
        if row.subject not in stated and row.kind == ERASE:
            continue
        count, last = heads.get(row.subject, (0, NONE_BEFORE))
        if (row.seq, row.previous) != (count, last):
            raise Refused("gap", line)
        heads[row.subject] = count + 1, row.idx
    if {subject: count for subject, (count, _) in heads.items()} != stated:
        raise Refused("count")


def check_links(rows, case, stated):
    for row in rows:
        key = {CASE_OPEN: "conversation", CASE_STATE: "linked"}.get(row.kind)
        if row.subject != case or key not in row.said:
            continue
        named = row.said[key]
        if not isinstance(named, str) or not re.fullmatch("[0-9a-f]{32}", named) or bytes.fromhex(named) not in stated:
            raise Refused("subjects")


def hides_links(rows, case):
    """Whether words were destroyed that may have named a conversation of the case."""
    return any(row.body is None and row.subject == case and row.kind in (CASE_OPEN, CASE_STATE) for row in rows)


def match_seals(rows, stated):
    """{entry without words: the seal that says why}"""
    place = {row.idx: i for i, row in enumerate(rows)}
    sealed_by = {}
    for i, row in enumerate(rows):
        if row.kind != ERASE:
            continue
        numbers = row.said.get("entries")
        if not isinstance(numbers, list) or not all(is_count(number, 0) for number in numbers):
            raise Refused("sealed", i + 2)
        concerns_us = row.subject in stated
        for number in numbers:
            if number not in place:
                continue
            if place[number] >= i or rows[place[number]].body is not None or number in sealed_by:
                raise Refused("sealed", i + 2)
            sealed_by[number] = row.idx
            concerns_us = True
        if not concerns_us:
            raise Refused("sealed", i + 2)
    for i, row in enumerate(rows):
        if row.body is None and row.idx not in sealed_by:
            raise Refused("sealed", i + 2)
    return sealed_by


# --- case.csv, made anew

TRIGGERS = "=+-@\t\r\0\uff1d\uff0b\uff0d\uff20"


def cell(text):
    """Text that a spreadsheet could run as a formula has one apostrophe in front."""
    bare = text.lstrip("'")
    return "'" + text if bare and bare[0] in TRIGGERS else text


def csv_row(cells):
    return (",".join('"' + text.replace('"', '""') + '"' for text in cells) + "\r\n").encode()


def time_text(ms):
    if not EARLIEST_MS <= ms <= LATEST_MS:
        return str(ms)
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=ms)
    return f"{moment.year:04}-{moment:%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def table_of(rows, number, case, stated, sealed_by):
    table = [csv_row(["entry", "time (UTC)", "what", "about", "by", "author", "handle", "author id", "written (UTC)",
                      "text", "other", "sealed by entry"])]
    conversations = {}
    for row in rows:
        if row.subject == case:
            about = "case " + number
        elif row.subject in stated:
            about = f"conversation {conversations.setdefault(row.subject, len(conversations) + 1)}"
        else:
            about = "record"
        said = dict(row.said)
        author = said.pop("author") if isinstance(said.get("author"), dict) else {}
        who = [author[key] if isinstance(author.get(key), str) else "" for key in ("name", "handle", "id")]
        written = time_text(said.pop("created_ms")) if type(said.get("created_ms")) is int else ""
        text = said.pop("text") if isinstance(said.get("text"), str) else ""
        what = KINDS[row.kind] if 0 < row.kind < len(KINDS) else f"kind {row.kind}"
        by = f"member {row.actor}" if row.actor else "program"
        texts = [time_text(row.time_ms), what, about, by, *who, written, text, canonical(said) if said else ""]
        table.append(csv_row([str(row.idx), *map(cell, texts), str(sealed_by.get(row.idx, ""))]))
    return b"".join(table)


# --- the whole

def check(files, expected_key=None):
    """Raises Refused, or says what is proven. `files`: the bytes of each of READ."""
    origin, key = key_of(files[KEY])
    if expected_key and expected_key.strip().encode() + b"\n" != files[KEY]:
        raise Refused("foreign-key")
    size, root = checkpoint_of(files[CHECKPOINT], origin, key)
    lines = files[LINES].split(b"\n")
    if not lines[0].endswith(b',"format":"si-case/1"}'):
        raise Refused("format")
    note = files[CHECKPOINT].replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    if lines[-1] or lines[0] != b'{"checkpoint":"%b","count":%d,"format":"si-case/1"}' % (note, len(lines) - 2):
        raise Refused("header")
    rows = []
    for line in lines[1:-1]:
        rows.append(row_of(line, len(rows) + 2, origin, size, root, rows[-1] if rows else None))
    number, stated = stated_counts(rows)
    case = rows[-1].subject
    follow_subjects(rows, stated)
    check_links(rows, case, stated)
    sealed_by = match_seals(rows, stated)
    if table_of(rows, number, case, stated, sealed_by) != files[TABLE]:
        raise Refused("table")
    anchors = [{"to": row.said["to"] if isinstance(row.said.get("to"), str) else "", "at": time_text(row.time_ms), "covers": covered}
               for row, covered in anchors_of(files[ANCHORS], rows[-1], origin, size, root)]
    return {"case": number, "entries": len(rows), "sealed": len(sealed_by), "hides_links": hides_links(rows, case),
            "anchors": anchors, "record_size": size, "exported": time_text(rows[-1].time_ms), "key": files[KEY].decode().strip()}


def files_in_zip(data):
    """The files of a bundle; NoBundle for anything that is none, before more than a bundle's size is unpacked."""
    end = data[-22:]
    try:
        if len(data) > MOST_ZIP or len(end) != 22 or not end.startswith(b"PK\x05\x06") or end[20:] != b"\0\0":
            raise zipfile.BadZipFile
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            total = sum(entry.file_size for entry in entries)
            for name in names:
                if name not in READ + BESIDE or names.count(name) > 1:
                    raise NoBundle(f"This zip is no bundle: the file {name} in it does not belong there.")
            for name in NEEDED:
                if name not in names:
                    raise NoBundle(f"This zip is no bundle: the file {name} is missing.")
            if total > MOST or (total > UNSUSPICIOUS and total > MOST_RATIO * len(data)):
                raise NoBundle("This zip unpacks to more than a bundle can hold. Nothing was unpacked.")
            return {name: read_at_most(archive, name) if name in names else b"" for name in READ}
    except NoBundle:
        raise
    except Exception as error:  # whatever a damaged zip makes the library say
        raise NoBundle("This is no zip file, or it is damaged. Nothing was unpacked.") from error


def read_at_most(archive, name):
    size = archive.getinfo(name).file_size
    with archive.open(name) as file:
        data = file.read(size + 1)
    if len(data) != size:
        raise zipfile.BadZipFile
    return data


def files_at(path):
    try:
        if os.path.isdir(path):
            files = {}
            for name in NEEDED:
                with open(os.path.join(path, name), "rb") as file:
                    files[name] = file.read(MOST)
            files[ANCHORS] = b""
            if os.path.exists(os.path.join(path, ANCHORS)):
                with open(os.path.join(path, ANCHORS), "rb") as file:
                    files[ANCHORS] = file.read(MOST)
            return files
        with open(path, "rb") as file:
            return files_in_zip(file.read(MOST_ZIP + 1))
    except OSError as error:
        raise NoBundle(f"{error.filename or path} cannot be read ({error.strerror}).") from error


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", nargs="?", default=os.path.dirname(os.path.realpath(__file__)))
    parser.add_argument("--key", help="the key that must have signed it, as you got it another way")
    arguments = parser.parse_args()
    if arguments.key is not None and not arguments.key.strip():
        parser.error("The key after --key is empty, so there is nothing to compare. Give the key, or leave --key out.")
    try:
        proven = check(files_at(arguments.bundle), arguments.key)
    except (Refused, NoBundle) as problem:
        print("REFUSED. " + str(problem))
        return 1
    print("WHOLE, AND SIGNED BY THE KEY YOU GAVE." if arguments.key else "THE BUNDLE FITS ITSELF. No key was compared yet.")
    print("Case {case}, {entries} entries, none missing and none changed since they were signed with the key below, exported "
          "{exported} from a record of {record_size} entries.".format(**proven))
    if proven["sealed"]:
        print("The words of {sealed} of them were destroyed, as the record says.".format(**proven))
    if proven["hides_links"]:
        print("Words were destroyed that may have named a conversation of the case: whether a conversation is missing cannot "
              "be told.")
    for anchor in proven["anchors"]:
        print("The record says that on {at} it gave a checkpoint over its first {covers} entries to {to}, and begins with that "
              "checkpoint. Ask there: what it covers is at least as old.".format(**anchor))
    print("This cannot show that the business did not write its record anew before it signed: only a checkpoint or a "
          "bundle that you got earlier does.")
    print("It is signed by the key you gave:" if arguments.key else
          "It is signed by this key; compare it with one that you got another way:")
    print(proven["key"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
