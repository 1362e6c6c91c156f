#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One person's complaint by Mastodon (snac2) and by e-mail (Dovecot, OpenSMTPD), both answered, is one story in one
case."""
import csv
import os
import sys
import tempfile

import mail_story_test as by_mail
import mastodon_story_test as by_mastodon
from desk import Desk, expect


def desk_sync(desk):
    """Every account once."""
    return not any("error" in account for account in desk.run("sync", "--once")["accounts"])


def arrived(desk, words):
    return by_mail.until(lambda: desk_sync(desk) and by_mail.listed(desk, words), f"arrived: {words}")[0]


def main():
    if not by_mail.mail.available() or not by_mastodon.snac.get():
        print("skipped: snac2, Dovecot or OpenSMTPD are not there")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder, by_mastodon.snac.Server(folder) as social, \
            by_mail.mail.Server(folder) as post:
        desk = Desk(os.path.join(folder, "workspace"))
        by_mastodon.connect(desk, social)
        shop, ana = post.people["cornerbakery"], post.people["ana"]
        by_mail.add(desk, post, f"imap://localhost:{post.imap_door.port}", f"smtp://localhost:{post.smtp_door.port}", shop.password)
        social.people["ana"].post("@cornerbakery my order 1042 arrived squashed")
        public = arrived(desk, "arrived squashed")
        ana.write(shop, "Order 1042", "As I said on Mastodon: squashed. Can you call me?")
        private = arrived(desk, "Can you call me?")
        desk.run("reply", public["id"], "--text", "So sorry, Ana, we write to you.", "--now")
        desk.run("reply", private["id"], "--text", "We bring a new one today.", "--now")
        expect(ana.with_words("We bring a new one") or by_mail.until(lambda: ana.with_words("We bring a new one"), "the letter is answered"), "by mail")
        by_mail.until(lambda: by_mastodon.answer_in(social.people["ana"].mentioned_in(), "we write to you"), "and the post")
        number = desk.run("case", "open", public["id"], "--title", "Order 1042 squashed")["case"]
        case = desk.run("case", "link", number, private["id"])["case"]
        expect([(step["network"], step["direction"]) for step in case["story"]]
               == [("mastodon", "in"), ("email", "in"), ("mastodon", "out"), ("email", "out")], "one story, in the order of time")
        expect("squashed" in case["story"][0]["text"] and "call me" in case["story"][1]["text"] and "new one" in case["story"][3]["text"],
               "with the words of each")
        expect({desk.show(row["id"])["conversation"]["case"] for row in (public, private)} == {number}, "both conversations show the case")
        table = os.path.join(folder, "items.csv")
        desk.run("export", "items", "--out", table)
        with open(table, encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row.get("case") == number]
        expect(len(rows) == 4, f"the export has the four under the case: {len(rows)}")
        expect(desk.run("record", "verify")["good"] and desk.run("record", "rebuild", "--check")["good"], "the record verifies")


if __name__ == "__main__":
    main()
