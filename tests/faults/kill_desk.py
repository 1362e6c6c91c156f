# SPDX-License-Identifier: GPL-3.0-or-later
"""The program beside the stand-in server: what the tests that kill it share."""
import collections
import json
import os
import sqlite3
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "live"))

from desk import Desk
from stand_in import SHOP, uri_of

#: The states of an answer (app/domain/conversation.h).
QUEUED, SENT, UNKNOWN = 1, 3, 5
#: A kill leaves to the system what was written, so a file system in memory does as well as a disk, and faster.
PLACE = "/dev/shm" if os.path.isdir("/dev/shm") else None
#: Jumps over every pause that a server's trouble has brought.
LATER = 1800


class KillDesk(Desk):
    """A workspace connected to a stand-in of its own. Its clock is moved by libfaketime, its end by stop_at_commit."""

    def __init__(self, folder, server):
        super().__init__(os.path.join(folder, "workspace"))
        self.server = server
        self.commits = os.path.join(folder, "commits")
        self.ahead = 0
        self.promised = []
        # The environment of every process that is started from here on.
        os.environ["XDG_STATE_HOME"] = os.path.join(folder, "state")
        self.run("account", "add", "bluesky", "--handle", SHOP["handle"], "--server", server.url, "--password-stdin",
                 secret="app-password\n")

    def environment(self, stop=None):
        self.server.ahead = self.ahead
        preload = [os.environ["INDELIBLE_STOP_AT_COMMIT"]]
        there = dict(os.environ, INDELIBLE_COMMITS=self.commits)
        if stop:
            there["INDELIBLE_STOP"] = stop
        if self.ahead:
            preload.append(os.environ["INDELIBLE_FAKETIME"])
            if "FAKETIME_TIMESTAMP_FILE" not in there:
                there["FAKETIME"] = f"{self.ahead:+d}s"
            there.update(FAKETIME_DONT_FAKE_MONOTONIC="1", FAKETIME_NO_CACHE="1")
        there["LD_PRELOAD"] = ":".join(preload)
        return there

    def start(self, *words, stop=None):
        if os.path.exists(self.commits):
            os.remove(self.commits)
        return subprocess.Popen(self.arguments(*words, "--json"), env=self.environment(stop), stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)

    def commits_so_far(self):
        return os.path.getsize(self.commits) if os.path.exists(self.commits) else 0

    def ended(self, *words, stop=None):
        """The exit code; -9 where it was killed."""
        return self.start(*words, stop=stop).wait(timeout=120)

    def query(self, sql, *values):
        """What the file says, without the program. The workspace is closed, or was just killed."""
        file = urllib.parse.quote(os.path.join(self.workspace, "indelible.sqlite"))
        database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            return database.execute(sql, values).fetchall()
        finally:
            database.close()

    def queue(self, mention, text, stop=None):
        """Answers a mention. The exit code; 0 is a promise."""
        found = self.query("SELECT conversation_id FROM item WHERE remote_id = ?", mention)
        code = self.ended("reply", str(found[0][0]), "--text", text, stop=stop)
        if code == 0:
            self.promised.append(text)
        return code

    def outbox(self):
        """The state of each answer by its text."""
        rows = self.query("SELECT o.state, b.body FROM outbox o JOIN record_body b ON b.idx = o.intent ORDER BY o.id")
        states = {}
        for state, body in rows:
            text = json.loads(body)["text"]
            if text in states:
                raise AssertionError(f"'{text}' is in the outbox twice")
            states[text] = state
        return states

    def settle(self):
        """With a server in good health and time gone by, nothing is left to do."""
        self.server.behaviour, self.server.moment = "ok", None
        # A round that was interrupted is ended first; what came meanwhile is for the next one.
        for number in range(5):
            self.ahead += LATER
            self.ended("sync", "--once")
            if number > 0 and all(state in (SENT, UNKNOWN) for state in self.outbox().values()):
                return

    def problems(self, settled=False):
        """What does not hold of what was promised: nothing is lost, doubled, or called sent that is not."""
        found = []
        states = self.outbox()
        copies = collections.Counter(self.server.stored)
        found += [f"'{text}' was promised and is forgotten" for text in self.promised if text not in states]
        for text, state in states.items():
            if copies[text] > 1:
                found.append(f"'{text}' is on the server {copies[text]} times")
            if state == SENT and not copies[text]:
                found.append(f"'{text}' is called sent and is not on the server")
            if state == QUEUED and copies[text]:
                found.append(f"'{text}' is on the server and would go out again")
            # A private message has no key: one that cannot be found waits for a person.
            open_ = state == UNKNOWN and not copies[text] and text.startswith("private")
            if settled and not open_ and (state != SENT or copies[text] != 1):
                found.append(f"'{text}' is in state {state} and on the server {copies[text]} times")
        if settled:
            items = collections.Counter(row[0] for row in self.query("SELECT remote_id FROM item"))
            wanted = [view["uri"] for view in self.server.mentions] + [uri_of(key) for key in self.server.records]
            wanted += [f"chat:{convo}/{view['id']}" for convo, view in self.server.messages]
            found += [f"{uri} is in the inbox {items[uri]} times" for uri in wanted if items[uri] != 1]
            if not self.run("record", "verify")["good"]:
                found.append("the record does not verify")
        return found
