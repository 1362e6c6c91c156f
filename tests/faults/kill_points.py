#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of the real program at the named points of an answer's life, each followed by a start against a server that
behaves in some way. After each step: no promise forgotten, nothing twice on the server, nothing called sent that is not.

    kill_points.py [some | all] [SEED]     some = each point and each behaviour at least once, by chance; all = each pair

Answers are public ones, which have a key on the network, and private messages, which have none, in turn.

C1 before the intent's commit, C2 after it; C3 before the attempt's commit, C4 after it; C5 connected, C6 half the body
sent, C7 all of it (kept by the server or not), C8 amid the answer; C9 before the result's commit, C10 after it; each
commit also in the middle of being written."""
import concurrent.futures
import json
import random
import sys
import tempfile

from kill_desk import PLACE, KillDesk
from stand_in import BEHAVIOURS, MOMENTS, StandIn

KILLED = -9
#: Where in `reply` and in `sync` a commit is stopped; the attempt is the last commit before the post.
OF_INTENT = {"C1 before": "before", "C1 within": "within", "C2 after": "after"}
OF_ATTEMPT = {"C3 before": "before", "C3 within": "within", "C4 after": "after"}
OF_RESULT = {"C9 before": "before", "C9 within": "within", "C10 after": "after"}
POINTS = (*OF_INTENT, *OF_ATTEMPT, *MOMENTS, *OF_RESULT)
CASES_PER_WORKSPACE = 12
LANES = 4


class Trial:
    def __init__(self, folder, private):
        self.private = private
        self.server = StandIn()
        self.desk = KillDesk(folder, self.server)
        self.number = 0
        self.commits_before_post = self.measure()

    def measure(self):
        """How many commits a round makes before it posts: the last of them is the attempt's."""
        seen = []
        self.server.on_post = lambda: seen.append(self.desk.commits_so_far())
        self.answer_something(self.words("first"))
        self.desk.ended("sync", "--once")
        if len(seen) != 1 or not seen[0]:
            raise AssertionError(f"one post was expected after a commit, seen {seen}")
        self.server.on_post = lambda: None
        return seen[0]

    def words(self, which):
        return ("private answer " if self.private else "answer ") + which

    def answer_something(self, text, stop=None):
        self.number += 1
        self.newest = self.server.message(self.number) if self.private else self.server.mention(self.number)
        # The first round that reads messages lists them; what comes later is in the log.
        self.desk.ended("sync", "--once")
        return self.desk.queue(self.newest, text, stop)

    def kill_at(self, point, text):
        """Lets the program work towards `text` until it is killed; its exit code."""
        if point in OF_INTENT:
            code = self.answer_something(text, f"{OF_INTENT[point]} 1")
            # Nothing was promised, so that a person tries again where it is not there.
            if code == KILLED and text not in self.desk.outbox():
                self.desk.queue(self.newest, text)
            return code
        self.answer_something(text)
        if point in MOMENTS:
            sync = self.desk.start("sync", "--once")
            self.server.moment, self.server.victim = point, sync
            return sync.wait(timeout=120)
        number = self.commits_before_post + (point in OF_RESULT)
        return self.desk.ended("sync", "--once", stop=f"{(OF_ATTEMPT | OF_RESULT)[point]} {number}")

    def run(self, point, behaviour):
        text = self.words(str(self.number + 1))
        self.server.behaviour, self.server.moment = "ok", None
        if (code := self.kill_at(point, text)) != KILLED:
            return [f"it was not killed, exit code {code}"]
        found = self.desk.problems()
        self.server.behaviour = behaviour
        self.desk.ended("sync", "--once")
        found += self.desk.problems()
        self.desk.settle()
        return found + self.desk.problems(settled=True)


def pairs(which, chance):
    if which == "all":
        every = [(point, behaviour) for point in POINTS for behaviour in BEHAVIOURS]
        return every + every
    some = [(point, chance.choice(list(BEHAVIOURS))) for point in POINTS]
    some += [(chance.choice(POINTS), behaviour) for behaviour in BEHAVIOURS]
    chance.shuffle(some)
    return some


def run(cases, private):
    """What becomes of these cases in one workspace: a line for each, and how many failed."""
    lines, failed = [], 0
    with tempfile.TemporaryDirectory(dir=PLACE) as folder:
        trial = Trial(folder, private)
        for point, behaviour in cases:
            found = trial.run(point, behaviour)
            failed += bool(found)
            lines.append(" ".join(("FAILED" if found else "ok", f"{point}, then {behaviour},",
                                   "private" if private else "public", *found)))
    return lines, failed


def main():
    which = sys.argv[1] if len(sys.argv) > 1 else "some"
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    print(f"seed {seed}", flush=True)
    cases = pairs(which, random.Random(seed))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(LANES) as lanes:
        # Every other workspace is of private messages; with "all", the second half swaps the two.
        runs = [lanes.submit(run, cases[first:first + CASES_PER_WORKSPACE], first // CASES_PER_WORKSPACE % 2 == 1)
                for first in range(0, len(cases), CASES_PER_WORKSPACE)]
        for each in concurrent.futures.as_completed(runs):
            lines, wrong = each.result()
            failed += wrong
            print(*lines, sep="\n", flush=True)
    print("result", json.dumps({"test": "kill points", "cases": len(cases), "failures": failed, "seed": seed}))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
