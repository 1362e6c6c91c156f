#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job on the official Bluesky servers, by command: what customers write arrives, is answered, and they have the
answer; nothing is lost when somebody deletes; the record verifies. Direct messages are served by our stand-in."""
import csv
import os
import tempfile

from desk import Desk, Network, expect


def main():
    network = Network()
    posts = network.state["posts"]
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(os.path.join(folder, "workspace"))

        wrong = desk.run("account", "add", "bluesky", "--handle", "marigold.test", "--server", network.state["pds"],
                         "--password-stdin", secret="not-the-password\n", check=False)
        expect(wrong["error"]["kind"] == "unauthorised", "a wrong password is refused in one sentence: " + wrong["error"]["detail"])
        unknown = desk.run("account", "add", "bluesky", "--handle", "nobody.test", "--server", network.state["pds"],
                           "--password-stdin", secret="x\n", check=False)
        expect("error" in unknown, "an unknown handle is refused in one sentence: " + unknown["error"]["detail"])

        desk.connect(network, "shop")
        first = desk.sync()
        expect(first["new"] >= 8, f"the first round brings everything ({first['new']} items)")
        items = {item["remote_id"]: item for item in desk.all_items()}
        for name in ("mention", "mentionWithPicture", "mentionInChinese", "reply", "nested", "quote", "root"):
            expect(posts[name]["uri"] in items, f"the {name} is there")
        expect(items[posts["nested"]["uri"]]["parent"] == posts["reply"]["uri"], "the context of a reply to a reply is complete")
        expect(any(item["audience"] == "private" and item["direction"] == "in" for item in items.values()),
               "the direct message is there (from our stand-in for the chat service)")

        again = desk.sync()
        expect((again["new"], again["revisions"], again["gone"]) == (0, 0, 0), "a second round adds nothing")

        conversation = desk.conversation_of(posts["mention"]["uri"])
        words = "Ana, we are so sorry. We are calling you now: https://marigold.example/help @ana.test"
        desk.run("reply", conversation, "--text", words, "--now")
        network.door("settle")
        expect(network.thread_texts(posts["mention"]["uri"]).count(words) == 1, "the customer has the answer, once")
        own = desk.sync()
        expect(own["new"] == 0, "our own answer coming back is no second bubble")
        expect(desk.show(conversation)["conversation"]["turn"] == "waiting", "it is their turn now")

        message = next(row for row in desk.conversations() if row["audience"] == "private")
        desk.run("reply", message["id"], "--text", "Thank you, we are calling.", "--now")
        expect(desk.show(message["id"])["items"][-1]["text"] == "Thank you, we are calling.", "a direct message is answered (our stand-in)")

        network.door("delete", **{"as": "ana", "uri": posts["nested"]["uri"]})
        gone = desk.sync()
        expect(gone["gone"] == 1, "a deletion is noticed")
        kept = {item["remote_id"]: item for item in desk.all_items()}[posts["nested"]["uri"]]
        expect(kept["gone"] == "deleted-by-author" and kept["text"], "the deleted post stays, with its words, marked")

        case = desk.run("case", "open", conversation, "--title", "Cake came squashed")["case"]
        desk.run("case", "set", case, "--status", "promised", "--note", "New cake at four")
        desk.run("done", conversation)
        file = os.path.join(folder, "items.csv")
        desk.run("export", "items", "--out", file)
        with open(file, newline="", encoding="utf-8") as text:
            rows = {row["remote id"]: row for row in csv.DictReader(text)}
        for remote_id, item in items.items():
            cell = rows[remote_id]["text"]
            plain = cell[1:] if cell.startswith("'") else cell
            expect(plain == item["text"], f"the CSV holds every word of {remote_id[-13:]}")
        cases = os.path.join(folder, "cases.csv")
        desk.run("export", "cases", "--out", cases)
        with open(cases, newline="", encoding="utf-8") as text:
            expect(list(csv.DictReader(text))[0]["title"] == "Cake came squashed", "the case is in the CSV")
        expect(desk.run("record", "verify")["good"], "the record verifies")

        limited = Desk(os.path.join(folder, "without messages"))
        account = limited.connect(network, "shop", password="appPassword")
        expect(account["state"] == "limited" and account["state_detail"], "without the right to messages the account says so: " + account["state_detail"])
        expect(limited.sync()["new"] >= 7, "and everything else works")

        for place, _, files in os.walk(folder):
            for name in files:
                with open(os.path.join(place, name), "rb") as file_:
                    data = file_.read()
                for key in ("appPassword", "appPasswordWithDms", "password"):
                    expect(network.state["accounts"]["shop"][key].encode() not in data, f"no {key} in {name}")
                expect(b"eyJ" not in data, f"no token in {name}")


if __name__ == "__main__":
    main()
