# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program, run as a person would run its commands, beside a running private Bluesky network.

Used by the live tests; Python's standard library only. The network's description is the file that
INDELIBLE_ATPROTO_STATE names, the program the one that INDELIBLE names.
"""
import json
import os
import subprocess
import urllib.request


class Network:
    """The other people's side: what customers write, delete and see."""

    def __init__(self):
        with open(os.environ["INDELIBLE_ATPROTO_STATE"], encoding="utf-8") as file:
            self.state = json.load(file)

    def door(self, door, /, **what):
        request = urllib.request.Request(self.state["control"] + "/" + door, json.dumps(what).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def thread_texts(self, uri):
        """Every text that a customer sees below a post, the post's own included."""
        def walk(node):
            if "post" not in node:
                return []
            below = [text for reply in node.get("replies") or [] for text in walk(reply)]
            return [node["post"]["record"]["text"]] + below
        return walk(self.door("thread", uri=uri)["thread"])


class Desk:
    """One workspace and the commands on it."""

    def __init__(self, workspace):
        self.program = os.environ["INDELIBLE"]
        self.workspace = workspace

    def arguments(self, *words):
        return [self.program, *words, "--workspace", self.workspace]

    def run(self, *words, secret=None, check=True):
        done = subprocess.run(self.arguments(*words, "--json"), input=secret, capture_output=True, text=True, timeout=120)
        # A refusal may be meant; a crash never is.
        if done.returncode not in ((0,) if check else (0, 1, 2)):
            raise AssertionError(f"{words}: exit code {done.returncode}: {done.stderr or done.stdout}")
        return json.loads(done.stdout) if done.stdout.strip() else {}

    def connect(self, network, account, password="appPasswordWithDms"):
        shop = network.state["accounts"][account]
        return self.run("account", "add", "bluesky", "--handle", shop["handle"], "--server", network.state["pds"],
                        "--password-stdin", secret=shop[password] + "\n")["account"]

    def sync(self):
        return self.run("sync", "--once")["accounts"][0]

    def conversations(self, view="everything"):
        return self.run("list", "--view", view)["conversations"]

    def show(self, conversation):
        return self.run("show", conversation)

    def all_items(self):
        return [item for row in self.conversations() for item in self.show(row["id"])["items"]]

    def conversation_of(self, remote_id):
        for row in self.conversations():
            if any(item["remote_id"] == remote_id for item in self.show(row["id"])["items"]):
                return row["id"]
        raise AssertionError(f"{remote_id} is in no conversation")


def expect(truth, sentence):
    if not truth:
        raise AssertionError(sentence)
    print("ok", sentence, flush=True)
