#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job on a real server that speaks Mastodon's API (snac2), by command: the shop signs in through its browser,
what customers write arrives, is answered, and they have the answer; a connection that is cut in the middle of an answer
never makes two."""
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from desk import Desk, expect

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "peers", "mastodon"))
import snac  # noqa: E402  found by the line above

PATIENCE = 90


def until(what, sentence):
    """The server delivers when it finds the time."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = what()
        if found:
            print("ok", sentence, flush=True)
            return found
        time.sleep(0.5)
    raise AssertionError(sentence)


def browser(address):
    """What a browser shows behind an address; its page, whatever the status."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.read().decode()


def connect(desk, server):
    """Signs the shop in as a person does: opens the address that is printed, allows it, is led back."""
    with subprocess.Popen(desk.arguments("account", "add", "mastodon", server.address, "--json"), text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        # What the program logs stands there, too.
        found, lines = None, []
        while not found and (line := command.stderr.readline()):
            lines.append(line)
            found = re.search(r"http\S+/oauth/authorize\S+", line)
        expect(found, "an address is printed: " + "".join(lines))
        page = found[0]
        asked = {name: values[0] for name, values in urllib.parse.parse_qs(urllib.parse.urlsplit(page).query).items()}
        expect("passwd" in browser(page), "the address that is printed is the server's own page")
        back = server.people["cornerbakery"].allow(asked["client_id"], asked["redirect_uri"], asked["state"])
        shown = browser(back)
        expect("go back to Indelible" in shown and "code" not in shown, "the browser is led back and shows no code")
        said, wrong = command.communicate(timeout=60)
        expect(command.returncode == 0, "the shop is signed in " + wrong)
        return said


def listed(desk, words):
    return [row for row in desk.conversations() if any(words in item["text"] for item in desk.show(row["id"])["items"])]


def arrived(desk, words):
    def look():
        desk.sync()
        return listed(desk, words)
    return until(look, f"what a customer wrote is there: {words}")[0]


def answer_in(statuses, words):
    return [status for status in statuses if words in status["content"]]


def talk_in_public(desk, server):
    ana = server.people["ana"]
    post = ana.post("@cornerbakery the *soup* was cold, see https://example.org/menu")
    row = arrived(desk, "soup was cold")
    first = desk.show(row["id"])["items"][0]
    expect(first["remote_id"] == post["uri"] and row["audience"] == "public", "under its address, as something public")
    expect(first["text"].endswith("the soup was cold, see https://example.org/menu"), "with its words: " + first["text"])
    expect(desk.sync()["new"] == 0, "a second round adds nothing")
    desk.run("reply", row["id"], "--text", "So sorry, Ana. A warm one is on us.", "--now")
    seen = until(lambda: answer_in(ana.mentioned_in(), "A warm one is on us"), "the customer is told of the answer")
    expect(len(seen) == 1 and seen[0]["in_reply_to_id"] == post["id"], "once, under her post")
    for _ in range(2):
        desk.sync()
    items = desk.show(row["id"])["items"]
    expect([item["direction"] for item in items] == ["in", "out"], "our answer coming back is no second bubble")
    expect(desk.show(row["id"])["conversation"]["turn"] == "waiting", "it is their turn now")
    ana.post("@cornerbakery thank you!", answers=seen[0]["id"])
    expect(arrived(desk, "thank you!")["id"] == row["id"], "what she says to that is in the same conversation")


def talk_in_private(desk, server):
    ben = server.people["ben"]
    ben.post("@cornerbakery my number is 555 0100", visibility="direct")
    row = arrived(desk, "555 0100")
    expect(row["audience"] == "private", "a private message is private")
    desk.run("reply", row["id"], "--text", "Thank you, we are calling.", "--now")
    seen = until(lambda: answer_in(ben.mentioned_in(), "we are calling"), "the customer has the answer")
    stranger = snac.Person(server, "nobody", "")
    # Not the page of the answer itself: snac2 2.75 shows its words there to whoever knows the address.
    _, _, page = stranger.open("/cornerbakery")
    expect(b"warm one is on us" in page and b"we are calling" not in page, "and nobody who looks at the shop's page")
    expect(not answer_in(server.people["ana"].mentioned_in(), "we are calling"), "not even another customer")


def cut_answers(desk, server):
    ana = server.people["ana"]
    for when, copies in (("after", 1), ("before", 0)):
        post = ana.post(f"@cornerbakery where is my cake, cut {when}?")
        row = arrived(desk, f"cut {when}")
        words = f"It is on its way, cut {when}."
        cuts = server.door.cuts
        server.door.cut = when
        refused = desk.run("reply", row["id"], "--text", words, "--now", check=False)
        expect(server.door.cuts == cuts + 1 and "error" in refused, f"the connection is cut {when} the server has the answer")
        expect(listed(desk, f"cut {when}")[0]["answer"] == "unknown", "how it ended is not known: " + refused["error"]["detail"])
        if copies:
            until(lambda: desk.sync() and listed(desk, f"cut {when}")[0]["answer"] is None, "it is found on the server")
        else:
            for _ in range(3):
                desk.sync()
            expect(listed(desk, f"cut {when}")[0]["answer"] == "unknown", "what is not found stays a question to a person")
        there = answer_in(server.people["cornerbakery"].below(post["id"]), f"on its way, cut {when}")
        expect(len(there) == copies, f"the server has {copies} of it, and no second one")
    seen = until(lambda: answer_in(ana.mentioned_in(), "on its way"), "the customer has what arrived")
    expect(len(seen) == 1, "once")


def main():
    if not snac.get():
        print("skipped: this distribution has no snac2")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder, snac.Server(folder) as server:
        desk = Desk(os.path.join(folder, "workspace"))
        wrong = desk.run("account", "add", "mastodon", f"http://localhost:{snac.free_port()}", check=False)
        expect("error" in wrong, "a server that is not there is said in one sentence: " + wrong["error"]["detail"])
        connect(desk, server)
        talk_in_public(desk, server)
        talk_in_private(desk, server)
        cut_answers(desk, server)
        expect(desk.run("record", "verify")["good"], "the record verifies")
        secrets = set(re.findall(rb'"(?:access_token|client_secret)": ?"([^"]+)"', bytes(server.door.passed)))
        expect(secrets, "the server handed out secrets")
        secrets.add(server.people["cornerbakery"].password.encode())
        for place, _, files in os.walk(desk.workspace):
            for name in files:
                with open(os.path.join(place, name), "rb") as file:
                    data = file.read()
                expect(not any(secret in data for secret in secrets), f"no secret in {name}")
        shop = server.people["cornerbakery"]
        others = {person.token for person in server.people.values()}
        (shop.token,) = {token.decode() for token in re.findall(rb'"access_token": ?"([^"]+)"', bytes(server.door.passed))} - others
        account = desk.run("account", "list")["accounts"][0]
        expect(shop.open("/api/v1/notifications")[0] == 200, "the token works until the account is left")
        desk.run("account", "disconnect", account["id"])
        expect(shop.open("/api/v1/notifications")[0] == 401, "and not after that")


if __name__ == "__main__":
    main()
