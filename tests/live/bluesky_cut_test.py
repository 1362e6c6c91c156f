#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers on the official Bluesky servers while the connection is lost in the middle of them: never two, and what was
not clear is found out."""
import os
import sys
import tempfile
import time
import urllib.parse

from desk import Desk, Network, expect

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "peers"))
from door import HttpDoor  # noqa: E402  found by the line above


def waiting(desk, conversation):
    return next(row["answer"] for row in desk.conversations() if row["id"] == conversation)


def main():
    network = Network()
    door = HttpDoor(urllib.parse.urlsplit(network.state["pds"]).port, "/xrpc/com.atproto.repo.putRecord")
    shop = network.door("account", key="cutshop", name="Cut Shop", handle="cutshop.test")
    network.state["pds"] = f"http://localhost:{door.port}"
    network.state["accounts"]["cutshop"] = shop
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(folder)
        desk.connect(network, "cutshop")
        for when in ("after", "before"):
            post = network.door("post", **{"as": "ana", "text": f"@cutshop.test where is my cake, cut {when}?"})
            network.door("settle")
            desk.sync()
            conversation = desk.conversation_of(post["uri"])
            words = f"It is on its way, cut {when}."
            cuts = door.cuts
            door.cut = when
            refused = desk.run("reply", conversation, "--text", words, "--now", check=False)
            expect(door.cuts == cuts + 1, f"the connection is cut {when} the server has the answer: {refused.get('error', refused)}")
            deadline = time.monotonic() + 60
            while waiting(desk, conversation) is not None and time.monotonic() < deadline:
                desk.sync()
                time.sleep(1)
            network.door("settle")
            copies = network.thread_texts(post["uri"]).count(words)
            state = waiting(desk, conversation)
            expect(copies == 1 or (copies == 0 and state == "unknown"), f"the customer has {copies} of it, here it is {state or 'sent'}")
            desk.sync()
            expect(sum(item["text"] == words for item in desk.show(conversation)["items"]) == copies, "and it is here as often")
        expect(desk.run("record", "verify")["good"], "the record verifies")
    door.close()


if __name__ == "__main__":
    main()
