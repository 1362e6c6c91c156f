#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the fuzzers that the preset "fuzz" has built, two at a time.

    run.py [--seed N] SECONDS [NAME…]      each for so long; without names all of them, without a seed by chance

Starts from corpus/NAME here and from what earlier runs found in build/fuzz/corpus/NAME. An input that breaks a promise is
kept in build/fuzz/found, and what was said about it is printed. Prints one line "result {…}" for each."""
import argparse
import concurrent.futures
import glob
import json
import os
import random
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
BUILD = os.path.join(HERE, "..", "..", "build", "fuzz")
#: Nothing that a server sends may hold the window up for longer, or take more memory.
LIMITS = ("-timeout=5", "-rss_limit_mb=1024", "-malloc_limit_mb=256", "-max_len=16384")


def names():
    return sorted(os.path.basename(path).removesuffix(".cpp") for path in glob.glob(os.path.join(HERE, "*.cpp")))


def run(name, seconds, seed):
    found = os.path.join(BUILD, "found")
    corpus = os.path.join(BUILD, "corpus", name)
    os.makedirs(found, exist_ok=True)
    os.makedirs(corpus, exist_ok=True)
    done = subprocess.run([os.path.join(BUILD, "tests", "fuzz", "fuzz_" + name), f"-max_total_time={seconds}", f"-seed={seed}",
                           *LIMITS, f"-artifact_prefix={found}/{name}-", "-print_final_stats=1", corpus,
                           os.path.join(HERE, "corpus", name)], capture_output=True, text=True, errors="replace")
    runs = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    result = {"test": "fuzz " + name, "runs": int(runs[1]) if runs else 0, "seed": seed, "failures": int(done.returncode != 0)}
    return result, "" if done.returncode == 0 else done.stderr[-3000:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int)
    parser.add_argument("seconds", type=int)
    parser.add_argument("name", nargs="*")
    asked = parser.parse_args()
    seed = asked.seed or random.randrange(1, 1 << 31)
    failed = False
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for result, log in pool.map(lambda name: run(name, asked.seconds, seed), asked.name or names()):
            print(log, "result ", json.dumps(result), sep="", flush=True)
            # A fuzzer that tried nothing proves nothing.
            failed = failed or bool(result["failures"]) or result["runs"] == 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
