#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of `indelible sync` at random moments, while customers write and answers are queued, on the official Bluesky
servers. Usage: kill_cycles.py CYCLES [SEED]. A workspace and an account of their own for each 200 cycles; at their end every
post is in the inbox once, every answer is on the network once, and the record verifies; it was verified after each kill."""
import os
import random
import subprocess
import sys
import tempfile
import time

from desk import Desk, Network


RUN = 200


def main():
    cycles = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    print(f"seed {seed}", flush=True)
    network = Network()
    for first in range(0, cycles, RUN):
        one_run(network, min(RUN, cycles - first), seed + first)
    print(f"{cycles} cycles: nothing lost, nothing doubled", flush=True)


def one_run(network, cycles, seed):
    chance = random.Random(seed)
    key = f"k{seed % 100000}x{int(time.time()) % 100000}"
    shop = network.door("account", key=key, name="Kill Test", handle=f"{key}.test")
    network.state["accounts"][key] = shop
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(os.path.join(folder, "workspace"))
        desk.connect(network, key)
        # Kills fall anywhere in a round, and one round in three is to finish: the window follows how long rounds take.
        whole = 1.0
        posted, answered, killed, finished = {}, {}, 0, 0
        for cycle in range(cycles):
            if chance.random() < 0.3:
                text = f"@{shop['handle']} cycle {cycle}"
                posted[network.door("post", **{"as": "ana", "text": text})["uri"]] = text
            if posted and chance.random() < 0.3:
                rows = [row for row in desk.conversations("needs-reply") if not row["answer"]]
                if rows:
                    row = chance.choice(rows)
                    text = f"answer {cycle}"
                    desk.run("reply", row["id"], "--text", text)
                    answered[text] = row["thread"]
            sync = subprocess.Popen(desk.arguments("sync", "--once"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                sync.wait(timeout=chance.uniform(0, whole))
                finished += 1
                whole *= 0.94
            except subprocess.TimeoutExpired:
                sync.kill()
                sync.wait()
                killed += 1
                whole = min(20.0, whole * 1.03)
            if not desk.run("record", "verify")["good"]:
                raise AssertionError(f"cycle {cycle}: the record does not verify (seed {seed})")
        for _ in range(40):
            desk.sync()
            if not any(row["answer"] for row in desk.conversations()):
                break
            time.sleep(1)
        network.door("settle")
        items = [item["remote_id"] for item in desk.all_items()]
        lost = [uri for uri in posted if items.count(uri) != 1]
        wrong = {text: n for text, thread in answered.items() if (n := network.thread_texts(thread).count(text)) != 1}
        bubbles = [item["text"] for item in desk.all_items()]
        doubled = [text for text in answered if bubbles.count(text) != 1]
        good = desk.run("record", "verify")["good"]
        print(f"cycles {cycles}, killed {killed}, finished {finished}, posts {len(posted)}, answers {len(answered)}, "
              f"lost or doubled posts {len(lost)}, answers not exactly once on the network {len(wrong)}, "
              f"not exactly once in the inbox {len(doubled)}, record {'good' if good else 'BAD'}, seed {seed}", flush=True)
        if lost or wrong or doubled or not good or not killed or not finished or not answered:
            raise AssertionError(f"lost {lost[:5]} wrong {list(wrong.items())[:5]} doubled {doubled[:5]} seed {seed}")


if __name__ == "__main__":
    main()
