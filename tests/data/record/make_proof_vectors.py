#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes proofs.json: proofs, checkpoints and signed notes by a second implementation that shares no code with the program.

Written from RFC 6962 (2.1.1, 2.1.2), RFC 8032 (5.1), c2sp.org/signed-note and c2sp.org/tlog-checkpoint; Python's standard
library only. The tests compare the program with this file; the file is made once and kept.
"""
import base64
import hashlib
import json

from make_vectors import root, sha

# --- Ed25519, RFC 8032 section 5.1, plainly and slowly

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    """Points of the twisted Edwards curve in extended coordinates."""
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


def base_point():
    y = 4 * pow(5, P - 2, P) % P
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x & 1:
        x = P - x
    return x, y, 1, x * y % P


def packed(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | ((x & 1) << 255)).to_bytes(32, "little")


def private(seed):
    digest = hashlib.sha512(seed).digest()
    number = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | (1 << 254)
    return number, digest[32:]


def public(seed):
    return packed(times(private(seed)[0], base_point()))


def number_of(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % ORDER


def sign(seed, message):
    secret, prefix = private(seed)
    key = packed(times(secret, base_point()))
    r = number_of(prefix, message)
    commitment = packed(times(r, base_point()))
    s = (r + number_of(commitment, key, message) * secret) % ORDER
    return commitment + s.to_bytes(32, "little")


def unpacked(data):
    """A point from its 32 bytes; None where they are none (RFC 8032, 5.1.3)."""
    y = int.from_bytes(data, "little")
    sign_bit, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P or (x == 0 and sign_bit):
        return None
    if x & 1 != sign_bit:
        x = P - x
    return x, y, 1, x * y % P


def verify(key, message, signature):
    """RFC 8032, 5.1.7, without the factor eight, as OpenSSL does it."""
    point = unpacked(key)
    s = int.from_bytes(signature[32:], "little")
    if point is None or len(signature) != 64 or s >= ORDER:
        return False
    x, y, z, t = point
    negative = (P - x, y, z, P - t)
    k = number_of(signature[:32], key, message)
    return packed(add(times(s, base_point()), times(k, negative))) == signature[:32]


# --- proofs, as RFC 6962 defines them

def split(count):
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def path(m, leaves):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return path(m, leaves[:k]) + [root(leaves[k:])]
    return path(m - k, leaves[k:]) + [root(leaves[:k])]


def subproof(m, leaves, known):
    if m == len(leaves):
        return [] if known else [root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return subproof(m, leaves[:k], known) + [root(leaves[k:])]
    return subproof(m - k, leaves[k:], False) + [root(leaves[:k])]


def proofs(most):
    leaves = [b"leaf %d" % i for i in range(most)]
    sizes = list(range(1, 18)) + [31, 32, 33, most]
    inclusion = [dict(index=i, size=n, proof=[h.hex() for h in path(i, leaves[:n])]) for n in sizes for i in range(n)]
    consistency = [dict(earlier=m, size=n, proof=[h.hex() for h in subproof(m, leaves[:n], True)])
                   for n in sizes for m in range(1, n + 1)]
    return {"roots": [root(leaves[:n]).hex() for n in range(most + 1)], "inclusion": inclusion, "consistency": consistency}


# --- notes

def key_id(name, key):
    return sha(name.encode() + b"\n\x01" + key)[:4]


def note(text, name, seed):
    signed = key_id(name, public(seed)) + sign(seed, text.encode())
    return f"{text}\n\u2014 {name} {base64.b64encode(signed).decode()}\n"


def notes():
    made = []
    for number in range(6):
        seed = sha(b"seed %d" % number)
        origin = "indelible/" + sha(b"log %d" % number)[:16].hex()
        size = [0, 1, 7, 1042, 10**6, 2**40][number]
        top = sha(b"root %d" % number)
        text = f"{origin}\n{size}\n{base64.b64encode(top).decode()}\n"
        key = public(seed)
        verifier = f"{origin}+{key_id(origin, key).hex()}+{base64.b64encode(bytes([1]) + key).decode()}"
        made.append(dict(seed=seed.hex(), public=key.hex(), origin=origin, size=str(size), root=top.hex(), text=text,
                         note=note(text, origin, seed), verifier=verifier))
    return made


if __name__ == "__main__":
    # RFC 8032, 7.1, TEST 1: this file must agree with what was published before it is believed.
    test = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert public(test).hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert sign(test, b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
    assert verify(public(test), b"", sign(test, b"")) and not verify(public(test), b"x", sign(test, b""))
    with open("proofs.json", "w", encoding="utf-8", newline="\n") as out:
        json.dump({"tree": proofs(40), "notes": notes()}, out, indent=1, ensure_ascii=False)
        out.write("\n")
