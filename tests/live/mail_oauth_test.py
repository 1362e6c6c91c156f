#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mailbox without a password, on Dovecot, which checks the tokens (XOAUTH2) with a provider of our own: connected on
the provider's page, read and answered; a token that is refused is renewed; a sign-in that the provider ends is said."""
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

from desk import Desk, expect

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "peers", "mail"))
import mail  # noqa: E402  found by the line above

PATIENCE = 60


def connect(desk, server):
    """As a person does it who opens the address that the command shows."""
    provider = f"http://127.0.0.1:{server.provider.port}"
    command = desk.arguments("account", "add", "mail", server.people["cornerbakery"].address, "--json",
                             "--imap", f"imap://localhost:{server.imap_door.port}", "--smtp", f"smtp://localhost:{server.smtp_door.port}",
                             "--oauth-client", "our-own", "--oauth-authorize", provider + "/authorize", "--oauth-token", provider + "/token",
                             "--oauth-scope", "mail offline_access")
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as adding:
        line = next(line for line in adding.stderr if "Open this address" in line)
        with urllib.request.urlopen(line.split()[-1], timeout=PATIENCE) as page:
            expect("go back to Indelible" in page.read().decode(), "the provider's page leads back")
        said = adding.stdout.read()
        expect(adding.wait(PATIENCE) == 0, "the mailbox is connected: " + said.strip())


def arrived(desk, words):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        desk.sync()
        for row in desk.conversations():
            if any(words in item["text"] for item in desk.show(row["id"])["items"]):
                return row
        time.sleep(0.5)
    raise AssertionError(words)


def main():
    if not mail.available():
        print("skipped: Dovecot and OpenSMTPD are not installed, or this is not root")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder, mail.Server(folder) as server:
        desk = Desk(os.path.join(folder, "workspace"))
        shop, ana = server.people["cornerbakery"], server.people["ana"]
        connect(desk, server)
        ana.write(shop, "Order 7", "Is it ready?")
        row = arrived(desk, "Is it ready?")
        desk.run("reply", row["id"], "--text", "It is, since nine.", "--now")
        deadline = time.monotonic() + PATIENCE
        while not ana.with_words("since nine") and time.monotonic() < deadline:
            time.sleep(0.5)
        expect(len(ana.with_words("since nine")) == 1, "a customer wrote, is answered and has the answer")
        expect(server.provider.refreshes == 0, "with the first token")
        server.provider.access.clear()
        expect("error" not in desk.sync() and server.provider.refreshes == 1, "a token that is refused is renewed")
        expect("error" not in desk.sync() and server.provider.refreshes == 1, "and kept")
        server.provider.access.clear()
        desk.run("reply", row["id"], "--text", "Come before six, please.", "--now")
        expect(server.provider.refreshes == 2 and len(shop.with_words("before six", "Sent")) == 1, "also where an answer goes out, once")
        server.provider.access.clear()
        server.provider.refresh.clear()
        ended = desk.run("sync", "--once", check=False)["accounts"][0]
        expect(ended["error"] == "unauthorised" and "sign in again" in ended["detail"], "a sign-in that has ended is said: " + ended["detail"])
        passed = bytes(server.imap_door.passed) + bytes(server.smtp_door.passed)
        expect(b"AUTHENTICATE XOAUTH2" in passed and b"AUTH XOAUTH2" in passed and b" LOGIN " not in passed, "no password was used anywhere")


if __name__ == "__main__":
    main()
