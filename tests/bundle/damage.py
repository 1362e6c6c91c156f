# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles damaged in every way that the tests of the verifiers try, and bundles that lie and are signed all the same.

All of it is drawn from one random number generator, so that a printed seed brings a run back.
"""
import base64
import json
import os
import struct
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(ROOT, "resources", "bundle"))
sys.path.insert(0, os.path.join(ROOT, "tests", "data", "record"))

import verify
from make_proof_vectors import note, path, public, key_id
from make_vectors import root

CASE, SOUP, BREAD, OTHERS, SYSTEM = (bytes([letter]) * 16 for letter in (99, 97, 98, 120, 0))


def verdict(files):
    """As the program prints it: reason and line, and "blind" where a conversation may be missing."""
    try:
        return "none 0 blind" if verify.check(files)["hides_links"] else "none 0"
    except verify.Refused as refused:
        return f"{refused.reason} {refused.line}"


def is_accepted(verdict_on):
    return verdict_on.startswith("none 0")


def encoded(files):
    return b" ".join(base64.b64encode(files[name]) for name in verify.NEEDED)


def flip(files, name, bit):
    data = bytearray(files[name])
    data[bit // 8] ^= 1 << bit % 8
    return {**files, name: bytes(data)}


def flips(rng, files, count):
    """Single bits: every one of the two small files, and others drawn."""
    for name in (verify.KEY, verify.CHECKPOINT):
        for bit in range(8 * len(files[name])):
            yield flip(files, name, bit)
    for _ in range(count):
        name = rng.choice((verify.LINES, verify.LINES, verify.TABLE))
        yield flip(files, name, rng.randrange(8 * len(files[name])))


def with_lines(files, lines):
    """The lines, and a first one that fits them."""
    text = files[verify.CHECKPOINT].decode().replace("\n", "\\n")
    header = f'{{"checkpoint":"{text}","count":{len(lines)},"format":"si-case/1"}}'.encode()
    return {**files, verify.LINES: b"\n".join([header, *lines]) + b"\n"}


def classes(rng, files, foreign):
    """(what is done, files): each class of damage once or more. `foreign`: another bundle."""
    lines = files[verify.LINES].split(b"\n")[1:-1]
    for i in range(len(lines)):
        yield "a line is missing", with_lines(files, lines[:i] + lines[i + 1:])
        yield "a line is there twice", with_lines(files, lines[:i] + [lines[i]] + lines[i:])
    for i in range(len(lines) - 1):
        yield "two lines are exchanged", with_lines(files, lines[:i] + [lines[i + 1], lines[i]] + lines[i + 2:])
    for name in verify.NEEDED:
        yield "a file has something behind its end", {**files, name: files[name] + b"\n"}
        yield "a file has something behind its end", {**files, name: files[name] + b"x"}
        yield "a file is cut off", {**files, name: files[name][:-1]}
        yield "a file is empty", {**files, name: b""}
        yield "a file is of another bundle", {**files, name: foreign[name]}
        yield "a file has Windows line ends", {**files, name: files[name].replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")}
        yield "a file begins with a byte order mark", {**files, name: b"\xef\xbb\xbf" + files[name]}
    signature = files[verify.CHECKPOINT].split(b"\n\n")[1]
    yield "the note has two signatures", {**files, verify.CHECKPOINT: files[verify.CHECKPOINT] + signature}
    other = b"indelible/" + b"0" * 32
    yield "the note has two origins", {**files, verify.CHECKPOINT: files[verify.CHECKPOINT].replace(
        b"\xe2\x80\x94 " + signature.split(b" ")[1], b"\xe2\x80\x94 " + other)}
    stranger = public(bytes(32))
    origin = files[verify.KEY].split(b"+")[0].decode()
    yield "the key is somebody else's", {**files, verify.KEY: key_line(origin, stranger)}
    for name in verify.NEEDED:
        for _ in range(40):
            data = bytearray(files[name])
            at = rng.randrange(len(data))
            action = rng.randrange(3)
            if action == 0:
                del data[at:at + rng.randrange(1, 9)]
            elif action == 1:
                data[at:at] = rng.randbytes(rng.randrange(1, 9))
            else:
                data[at:at] = data[rng.randrange(len(data)):][:rng.randrange(1, 99)]
            yield "bytes are taken out, put in or copied", {**files, name: bytes(data)}


def key_line(origin, key):
    return f"{origin}+{key_id(origin, key).hex()}+{base64.b64encode(bytes([1]) + key).decode()}\n".encode()


def weak_keys(files):
    """Keys and signatures over which implementations differ: points of small order, and numbers in a longer form."""
    text, size, top, _, line, _ = files[verify.CHECKPOINT].decode().split("\n")
    message = f"{text}\n{size}\n{top}\n"
    points = sorted(verify.SMALL_ORDER) + [verify.P, verify.P + 1, 2**255 - 1]
    encodings = [(y | sign << 255).to_bytes(32, "little") for y in points for sign in (0, 1)]
    good = base64.b64decode(line.split(" ")[2])[4:]
    true_key = base64.b64decode(files[verify.KEY].decode().strip().split("+", 2)[2])[1:]
    longer = good[:32] + (int.from_bytes(good[32:], "little") + verify.ORDER).to_bytes(32, "little")
    pairs = [(key, r + bytes(32)) for key in encodings for r in encodings] + [(key, good) for key in encodings]
    # Under a key of order one this would sign every text.
    pairs += [(key, (4 * pow(5, -1, verify.P) % verify.P).to_bytes(32, "little") + (1).to_bytes(32, "little"))
              for key in encodings]
    for key, signature in pairs + [(true_key, longer), (true_key, encodings[0] + good[32:])]:
        signed = base64.b64encode(key_id(text, key) + signature).decode()
        yield {**files, verify.KEY: key_line(text, key),
               verify.CHECKPOINT: f"{message}\n\u2014 {text} {signed}\n".encode()}


class Forger:
    """Whoever has a key and can write any entry. Signs whatever it is told to."""

    seed = bytes(range(32))

    def __init__(self, rng):
        self.rng = rng
        self.log_id = rng.randbytes(16)
        self.rows = []
        self.heads = {}

    def append(self, kind, subject, body, words=True, **lies):
        seq, previous = self.heads.get(subject, (0, 2**64 - 1))
        salt = self.rng.randbytes(32)
        if isinstance(body, dict):
            body = verify.canonical(body).encode()
        fields = dict(log_id=self.log_id, idx=len(self.rows), time_ms=1795338000000 + 61001 * len(self.rows), kind=kind,
                      flags=1, subject=subject, seq=seq, actor=len(self.rows) % 3, previous=previous,
                      commitment=verify.sha(b"SIBODY1", salt, struct.pack(">Q", len(body)), body))
        fields.update(lies)
        self.heads[subject] = seq + 1, len(self.rows)
        self.rows.append((struct.pack(">8s16sQQHH16sIIQ32s", b"SIAUDIT1", *fields.values()), salt if words else None, body))
        return len(self.rows) - 1

    def export(self, **lies):
        body = {"what": "case", "case": "7", "subjects": {
            subject.hex(): self.heads.get(subject, (0,))[0] + (subject == CASE) for subject in (CASE, SOUP, BREAD)}}
        body.update(lies)
        return self.append(verify.EXPORT, CASE, {key: value for key, value in body.items() if value is not None})

    def bundle(self, numbers):
        origin = "indelible/" + self.log_id.hex()
        leaves = [data for data, _, _ in self.rows]
        text = f"{origin}\n{len(leaves)}\n{base64.b64encode(root(leaves)).decode()}\n"
        lines = []
        for number in numbers:
            data, salt, body = self.rows[number]
            line = {"entry": data, "idx": number, "proof": path(number, leaves)}
            if salt is not None:
                line.update(body=body, salt=salt)
            lines.append(json.dumps(line, sort_keys=True, separators=(",", ":"),
                                    default=lambda value: base64.b64encode(value).decode()).encode())
        files = {verify.KEY: key_line(origin, public(self.seed)), verify.CHECKPOINT: note(text, origin, self.seed).encode(),
                 verify.TABLE: b""}
        files = with_lines(files, lines)
        files[verify.TABLE] = self.table(numbers)
        return files

    def table(self, numbers):
        """What the rows make where they fit together."""
        try:
            rows = []
            for number in numbers:
                data, salt, body = self.rows[number]
                rows.append(verify.Row(data, body if salt is not None else None))
                rows[-1].said = (verify.said_in(body) or {}) if salt is not None else {}
            name, stated = verify.stated_counts(rows)
            return verify.table_of(rows, name, rows[-1].subject, stated, verify.match_seals(rows, stated))
        except (verify.Refused, ValueError, OverflowError):
            return b""


def nested(depth):
    return b'{"a":' + b"[" * depth + b"]" * depth + b"}"


ODD_BODIES = [
    b"{}", b"", b"null", b"[]", b"1", b'""', b"{", b"{}\n", b" {}", b"\xef\xbb\xbf{}", b'{"a":1.0}', b'{"a":1.5}',
    b'{"a":1e2}', b'{"a":1e999}', b'{"a":-0}', b'{"a":NaN}', b'{"a":Infinity}', b'{"a":01}', b'{"a":+1}', b'{"a":1,}',
    b'{"a":9007199254740992}', b'{"a":9007199254740993}', b'{"a":-9007199254740992}', b'{"a":-9007199254740993}',
    b'{"a":9223372036854775807}', b'{"a":-9223372036854775808}', b'{"a":18446744073709551616}',
    b'{"a":1,"a":2}', b'{"a":1,"a":1}', b'{"b":1,"a":1}', b'{"a": 1}', b"{'a':1}", b'{a:1}',
    b'{"a":"\\u0041"}', b'{"a":"\\u001F"}', b'{"a":"\\u001f"}', b'{"a":"\\u0000"}', b'{"a":"\\/"}', b'{"a":"/"}',
    b'{"a":"\\ud800"}', b'{"a":"\\ud83c\\udf72"}', b'{"a":"\xed\xa0\x80"}', b'{"a":"\xff"}', b'{"a":"\xc0\x80"}',
    b'{"a":"\xf4\x90\x80\x80"}', b'{"a":"\x01"}', b'{"a":"\t"}', b'{"a":"\x7f"}', '{"a":"\u2028\ufeff\ufffe"}'.encode(),
    '{"\U0001f372":1,"\uffff":2}'.encode(), '{"\uffff":2,"\U0001f372":1}'.encode(), b'{"10":1,"9":2}', b'{"9":1,"10":2}',
    b'{"":1}', b'{"__proto__":{"text":"x"},"text":"y"}', b'{"constructor":"x","toString":"y"}', b'{"a":tru}',
    b'{"text":"' + b"x" * 70000 + b'"}', nested(63), nested(64), nested(900), nested(5000),
]
ODD_TEXTS = ["=1+1", "'=1", "''", "'", "", "-5", "+5", "@x", "\tx", "\rx", "\0x", "'\0", "\uff1dx", "\uff0bx", "\uff0dx",
             "\uff20x", "a\"b\"", "a\nb", "a\r\nb", "\U0001f372", "\u202eabc", " =1", "e\u0301" * 9, "\ufeff=1", "\u2028", ","]
ODD_VALUES = [None, True, False, 0, -1, 1, 2**53, -(2**53), [], {}, "x", ["x"], {"name": 1, "handle": "=h", "id": "-1"},
              {"name": "@n"}, {"name": None, "extra": [1]}, 253402300799999, 253402300800000, -62135596800000,
              -62135596800001, -1, 951782400000, 1709164800000, -2208988800001]


def odd_body(rng):
    if rng.random() < 0.4:
        return rng.choice(ODD_BODIES)
    body = {key: rng.choice(ODD_VALUES) for key in rng.sample(["a", "text", "author", "created_ms", "linked", "entries", "case"],
                                                              rng.randrange(4))}
    if rng.random() < 0.7:
        body["text"] = rng.choice(ODD_TEXTS)
    if rng.random() < 0.3:
        body["author"] = {key: rng.choice(ODD_TEXTS) for key in ("name", "handle", "id")}
    return body


def odd_field(rng):
    return rng.choice([
        dict(kind=rng.choice([0, 2, 5, 6, 12, 13, 23, 24, 65535])), dict(flags=rng.choice([0, 2, 4, 7, 8, 65535])),
        dict(actor=rng.choice([0, 1, 2**32 - 1])), dict(seq=rng.choice([0, 1, 2**32 - 1])),
        dict(time_ms=rng.choice([0, 1, 951782400000, 253402300799999, 253402300800000, 2**63, 2**64 - 1])),
        dict(previous=rng.choice([0, 1, 2**53, 2**64 - 1])), dict(log_id=bytes(16)), dict(commitment=bytes(32)),
        dict(idx=rng.choice([0, 2**64 - 1]))])


def odd_export(rng):
    two = {CASE.hex(): 1, SOUP.hex(): 1}
    return rng.choice([
        dict(what=rng.choice(["items", 1, None])),
        dict(case=rng.choice(["", "0", "07", "7x", "\u0667", "9" * 15, "9" * 16, 7, None, "7\n"])),
        dict(subjects=rng.choice([None, [], {}, "x", two, {**two, BREAD.hex(): 0}, {**two, BREAD.hex(): True},
                                  {**two, BREAD.hex(): "1"}, {**two, BREAD.hex(): -1}, {**two, BREAD.hex().upper(): 1},
                                  {**two, "": 1}, {**two, BREAD.hex() + "00": 1}, {**two, BREAD.hex(): 2**53},
                                  {SOUP.hex(): 1}, {**two, BREAD.hex() + "\n": 1}])),
        dict(extra=[1, {"b": None}])])


def odd_seal(rng, size):
    return rng.choice([
        {"entries": rng.choice([None, 1, "1", {}, [True], ["1"], [-1], [2**53], [[1]], [1, 1]])}, {},
        {"entries": [rng.randrange(size) for _ in range(rng.randrange(4))], "reason": "art-17"},
        {"entries": [rng.randrange(size)]}])


def forged(rng):
    """A bundle whose signature and proofs are right, and that is right otherwise, or not."""
    forger = Forger(rng)
    odd = rng.choice(["body", "body", "field", "export", "seal", "seal", "link", "rows", "nothing"])
    link = SOUP.hex()
    forger.append(1, SYSTEM, {"format": "indelible-record/1"})
    forger.append(2, SOUP, {"text": rng.choice(ODD_TEXTS), "author": {"name": "Ana"}, "created_ms": 1795337000000})
    forger.append(2, OTHERS, {"text": "somebody else"})
    forger.append(2, BREAD, odd_body(rng) if odd == "body" else {"text": "x"})
    forger.append(5, CASE, {"conversation": link, "text": rng.choice(ODD_TEXTS)})
    forger.append(6, CASE, {"linked": rng.choice([OTHERS.hex(), "", 1, None, link.upper(), link + "\n", {}])
                            if odd == "link" else BREAD.hex()})
    forger.append(**{"kind": 3, "subject": BREAD, "body": {"text": "later"}, **(odd_field(rng) if odd == "field" else {})})
    beside = []
    if odd == "seal":
        gone = rng.randrange(1, 7)
        data, _, body = forger.rows[gone]
        forger.rows[gone] = data, (None if rng.random() < 0.7 else bytes(32)), body
        for _ in range(rng.choice([0, 1, 1, 1, 2])):
            body = {"entries": [gone, 10**9]} if rng.random() < 0.5 else odd_seal(rng, 12)
            beside.append(forger.append(13, rng.choice([SYSTEM, SYSTEM, BREAD, CASE]), body, words=rng.random() < 0.9))
    forger.export(**(odd_export(rng) if odd == "export" else {}))
    ours = (CASE, SOUP, BREAD)
    numbers = [i for i, (data, _, _) in enumerate(forger.rows) if data[44:60] in ours or i in beside]
    if odd == "rows":
        forger.append(8, CASE, {"text": "after"})
        numbers = sorted(set(numbers) ^ set(rng.sample(range(len(forger.rows)), rng.randrange(3))))
    return forger.bundle(numbers)


def blind(rng):
    """A bundle that is whole, but the words are destroyed that linked a conversation to the case."""
    forger = Forger(rng)
    forger.append(1, SYSTEM, {"format": "indelible-record/1"})
    forger.append(2, SOUP, {"text": "soup"})
    forger.append(2, BREAD, {"text": "bread"})
    forger.append(5, CASE, {"conversation": SOUP.hex()})
    link = forger.append(6, CASE, {"linked": OTHERS.hex()}, words=False)
    forger.append(13, SYSTEM, {"entries": [link], "reason": "art-17"})
    forger.export()
    return forger.bundle(range(1, 7))
