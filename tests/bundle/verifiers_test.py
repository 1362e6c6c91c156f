#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program and verify.py, two implementations that share no code, give the same verdict for the same reason on every
bundle: damaged by bits, lines and bytes, and forged by somebody who has a key. No damaged one is accepted."""
import collections
import os
import random
import subprocess
import sys
import tempfile

import damage
from damage import verify

FLIPS = 6_000  # of each of the two bundles, besides every bit of the small files
FORGED = 800


def program_verdicts(bundles):
    done = subprocess.run([os.environ["BUNDLE_VERDICTS"], "check"], input=b"\n".join(map(damage.encoded, bundles)) + b"\n",
                          capture_output=True, check=True)
    return done.stdout.decode().splitlines()


def compare(what, bundles, accepts=None):
    """Both verdicts on each; `accepts`: how many must be good, None = any number."""
    theirs = program_verdicts(bundles)
    ours = [damage.verdict(files) for files in bundles]
    differing = [(i, a, b) for i, (a, b) in enumerate(zip(theirs, ours)) if a != b]
    if len(theirs) != len(ours) or differing:
        raise AssertionError(f"{what}: program and verify.py differ on {len(differing)}, first (number, program, "
                             f"verify.py): {differing[:3]}")
    good = sum(map(damage.is_accepted, ours))
    if accepts is not None and good != accepts:
        raise AssertionError(f"{what}: {good} of {len(ours)} accepted, {accepts} must be; first: "
                             f"{[i for i, verdict in enumerate(ours) if damage.is_accepted(verdict)][:5]}")
    reasons = collections.Counter(verdict.split()[0] for verdict in ours)
    print(f"ok {what}: {len(ours)}, {good} accepted, no verdict differs;",
          ", ".join(f"{reason} {count}" for reason, count in reasons.most_common()), flush=True)
    return reasons


def main():
    seed = int(os.environ.get("SEED", random.randrange(10**9)))
    rng = random.Random(seed)
    print("seed", seed, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([os.environ["BUNDLE_VERDICTS"], "make", folder], check=True)
        little, sealed = (verify.files_at(os.path.join(folder, name)) for name in ("little", "sealed"))
    compare("whole bundles", [little, sealed], accepts=2)
    if program_verdicts([damage.blind(rng)]) != ["none 0 blind"]:
        raise AssertionError("that a conversation may be missing was not told")
    compare("a bundle whose links were destroyed", [damage.blind(rng)], accepts=1)
    for name, files, other in (("the little bundle", little, sealed), ("the sealed bundle", sealed, little)):
        compare(f"single bits of {name}", list(damage.flips(rng, files, FLIPS)), accepts=0)
        damaged = [made for _, made in damage.classes(rng, files, other)]
        # A file of the other bundle can be the same, and so can bytes that are copied.
        compare(f"other damage to {name}", damaged, accepts=damaged.count(files))
        compare(f"weak keys for {name}", list(damage.weak_keys(files)), accepts=0)
    reasons = compare("forged bundles", [damage.forged(rng) for _ in range(FORGED)])
    missing = {"none", "entry", "body", "export", "gap", "count", "subjects", "sealed"} - set(reasons)
    if missing:
        raise AssertionError(f"the forger did not bring about: {missing}")


if __name__ == "__main__":
    sys.exit(main())
