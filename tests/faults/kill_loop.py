#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of `indelible sync` at random moments against a server that misbehaves at random.

    kill_loop.py CYCLES [SEED]      a workspace of its own for each 100 cycles, at whose end everything has to fit;
                                    several workspaces at once, since a cycle is waiting for the most part"""
import concurrent.futures
import json
import random
import subprocess
import sys
import tempfile

from kill_desk import PLACE, KillDesk
from stand_in import BEHAVIOURS, StandIn

RUN = 100
LANES = 5


class Loop:
    def __init__(self, folder, chance):
        self.server = StandIn()
        self.desk = KillDesk(folder, self.server)
        self.chance = chance
        self.unanswered = []
        self.answered = 0
        # Kills fall anywhere in a round, and one round in three is to finish: the window follows how long rounds take.
        self.whole = 0.5
        self.killed = self.finished = 0

    def cycle(self):
        chance = self.chance
        if chance.random() < 0.5:
            private = chance.random() < 0.4
            say = self.server.message if private else self.server.mention
            self.unanswered.append(say(len(self.unanswered) + self.answered + 1))
        known = {row[0] for row in self.desk.query("SELECT remote_id FROM item")}
        ready = [mention for mention in self.unanswered if mention in known]
        if ready and chance.random() < 0.5:
            self.unanswered.remove(ready[0])
            self.answered += 1
            self.desk.queue(ready[0], f"{'private ' if ready[0].startswith('chat:') else ''}answer to {ready[0]}")
        self.server.behaviour = chance.choice(list(BEHAVIOURS))
        self.desk.ahead += chance.choice((0, 5, 100))
        sync = self.desk.start("sync", "--once")
        try:
            sync.wait(timeout=chance.uniform(0, self.whole))
            self.finished += 1
            self.whole *= 0.94
        except subprocess.TimeoutExpired:
            sync.kill()
            sync.wait()
            self.killed += 1
            self.whole = min(20.0, self.whole * 1.05)
        return self.desk.problems()


def run(cycles, seed):
    """What one workspace goes through, counted; and what was wrong."""
    with tempfile.TemporaryDirectory(dir=PLACE) as folder:
        loop = Loop(folder, random.Random(seed))
        found = []
        for _ in range(cycles):
            found += loop.cycle()
        loop.desk.settle()
        found += loop.desk.problems(settled=True)
        counts = {"cycles": cycles, "killed": loop.killed, "finished": loop.finished,
                  "arrived": loop.answered + len(loop.unanswered), "answers": len(loop.desk.promised),
                  "failures": len(found)}
    return counts, found


def main():
    cycles = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    print(f"seed {seed}", flush=True)
    totals = dict.fromkeys(("cycles", "killed", "finished", "arrived", "answers", "failures"), 0)
    with concurrent.futures.ThreadPoolExecutor(LANES) as lanes:
        runs = [lanes.submit(run, min(RUN, cycles - first), seed + first) for first in range(0, cycles, RUN)]
        for each in concurrent.futures.as_completed(runs):
            counts, found = each.result()
            for name, number in counts.items():
                totals[name] += number
            for problem in found[:10]:
                print("FAILED", problem, flush=True)
    print("result", json.dumps({"test": "kill loop", **totals, "seed": seed}), flush=True)
    sys.exit(1 if totals["failures"] or not totals["killed"] or not totals["answers"] else 0)


if __name__ == "__main__":
    main()
