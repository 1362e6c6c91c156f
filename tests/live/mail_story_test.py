#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job by e-mail, by command, on Dovecot and OpenSMTPD: what customers write arrives, is answered, and they have
the answer once; files are handed out byte for byte; reading marks nothing as read; a connection that is cut at the end of
a mail never makes two; a server that cannot prove who it is gets no password."""
import os
import signal
import subprocess
import sys
import tempfile
import time

from desk import Desk, expect

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "peers", "mail"))
import mail  # noqa: E402  found by the line above

PATIENCE = 60


def until(what, sentence):
    """Mail takes its time."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = what()
        if found:
            print("ok", sentence, flush=True)
            return found
        time.sleep(0.5)
    raise AssertionError(sentence)


def listed(desk, words):
    return [row for row in desk.conversations() if any(words in item["text"] for item in desk.show(row["id"])["items"])]


def arrived(desk, words):
    return until(lambda: desk.sync() and listed(desk, words), f"what a customer wrote is there: {words}")[0]


def move(person, subject, source, target):
    """As another program of theirs does it."""
    with person.mailbox(source, readonly=False) as imap:
        imap.create(target)
        uid = imap.uid("search", None, f'SUBJECT "{subject}"')[1][0]
        imap.uid("copy", uid, target)
        imap.uid("store", uid, "+FLAGS", "\\Deleted")
        imap.expunge()


def add(desk, server, imap, smtp, password, check=True):
    sending = ["--smtp", smtp] if smtp else []
    return desk.run("account", "add", "mail", server.people["cornerbakery"].address, "--imap", imap, *sending, "--password-stdin",
                    secret=password + "\n", check=check)


def connect(desk, server):
    shop = server.people["cornerbakery"]
    doors = f"imap://localhost:{server.imap_door.port}", f"smtp://localhost:{server.smtp_door.port}"
    refused = add(desk, server, f"localhost:{server.ports['imaps']}", f"localhost:{server.ports['smtps']}", shop.password, check=False)
    expect("prove who it is" in refused["error"]["detail"], "a certificate that nobody vouches for: " + refused["error"]["detail"])
    refused = add(desk, server, f"imap://localhost:{server.ports['imap']}", f"smtp://localhost:{server.ports['smtp']}", shop.password, check=False)
    expect("prove who it is" in refused["error"]["detail"], "nor by STARTTLS")
    refused = add(desk, server, *doors, "not-it", check=False)
    expect(refused["error"]["kind"] == "unauthorised", "a wrong password: " + refused["error"]["detail"])
    expect(bytes(server.imap_door.passed).count(b"LOGIN") == 1, "and it was tried once")
    expect(add(desk, server, *doors, shop.password)["account"]["handle"] == shop.address, "the shop is signed in")
    expect(add(desk, server, doors[0], None, shop.password)["account"]["handle"] == shop.address, "and again, without naming the server for sending")


def talk(desk, server):
    shop, ana, ben = (server.people[name] for name in mail.PEOPLE)
    first = ana.write(shop, "Order 1042 arrived squashed", "Can somebody call me? Grüße, Ana", html="<p>Can somebody <b>call</b> me?</p>")
    ben.write(shop, "Order 1042 arrived squashed", "Mine as well.")
    row = arrived(desk, "call me? Grüße")
    expect(desk.show(row["id"])["items"][0]["text"].startswith("Order 1042"), "with its subject")
    other = arrived(desk, "Mine as well")
    expect(row["id"] != other["id"], "two people with one subject are two conversations")
    expect(all("\\Seen" not in flags for flags, _ in shop.mails()), "reading marks nothing as read")
    desk.run("reply", row["id"], "--text", "So sorry, we call you today.", "--now")
    (answer,) = until(lambda: ana.with_words("we call you today"), "the customer has the answer")
    expect(answer["In-Reply-To"] == first["Message-ID"] and answer["Subject"] == "Re: Order 1042 arrived squashed", "under her mail")
    expect(len(shop.with_words("we call you today", "Sent")) == 1, "a copy lies among the sent mails")
    expect(["\\Answered" in flags for flags, each in shop.mails() if each["Message-ID"] == first["Message-ID"]] == [True], "her mail is marked")
    ana.write(shop, "Re: Order 1042 arrived squashed", "Thank you!", answers=answer)
    expect(arrived(desk, "Thank you!")["id"] == row["id"], "her answer lies in the same conversation")
    desk.sync()
    texts = [item["text"] for item in desk.show(row["id"])["items"]]
    expect(sum("we call you today" in text for text in texts) == 1, "our answer is there once")
    with shop.mailbox("Sent", readonly=False) as imap:
        imap.append("Sent", "\\Seen", None, (f"From: {shop.address}\r\nMessage-ID: <own@mail.test>\r\nIn-Reply-To: {answer['Message-ID']}\r\n"
                                             "Subject: Re: Order\r\n\r\nWritten on the telephone.\r\n").encode())
    expect(arrived(desk, "Written on the telephone")["id"] == row["id"], "what the shop wrote elsewhere is there too")
    expect(len(ana.with_words("we call you today")) == 1, "and the customer has one answer, not two")


def cut_answers(desk, server):
    shop, ana = server.people["cornerbakery"], server.people["ana"]
    for when, copies in (("after", 1), ("before", 0)):
        ana.write(shop, f"cake, cut {when}", f"Where is my cake, cut {when}?")
        row = arrived(desk, f"my cake, cut {when}")
        words = f"It is on its way, cut {when}."
        server.smtp_door.cut = when
        cuts = server.smtp_door.cuts
        refused = desk.run("reply", row["id"], "--text", words, "--now", check=False)
        expect(server.smtp_door.cuts == cuts + 1 and "error" in refused, f"the connection is cut {when} the server has the mail")
        for _ in range(3):
            desk.sync()
        expect(listed(desk, f"my cake, cut {when}")[0]["answer"] == "unknown", "how it ended stays a question to a person")
        if copies:
            until(lambda words=words: ana.with_words(words), "the customer has it")
        expect(len(ana.with_words(words)) == copies, f"{copies} of it, and no second one")
    # The server, or another program, kept a copy after all.
    (arrived_mail,) = ana.with_words("cut after.")
    with shop.mailbox("Sent", readonly=False) as imap:
        imap.append("Sent", "\\Seen", None, arrived_mail.as_bytes())
    until(lambda: desk.sync() and listed(desk, "my cake, cut after")[0]["answer"] is None, "a copy among the sent mails settles it")


def comes_back(desk, server):
    """An answer to an address whose mail cannot be delivered."""
    shop, ana = server.people["cornerbakery"], server.people["ana"]
    ghost = f"{mail.GHOST}@{mail.DOMAIN}"
    ana.write(shop, "flour", "Where is your flour from?", reply_to=ghost)
    row = arrived(desk, "your flour from")
    desk.run("reply", row["id"], "--text", "From the mill in the next village.", "--now")
    until(lambda: any("MAILER-DAEMON" in each["From"].upper() for _, each in shop.mails()), "the answer comes back")
    again = arrived(desk, f"Not delivered to {ghost}: ")
    expect(again["id"] == row["id"], "and lies where the answer lies")


def told(desk, server):
    """A mail is there without a visit being due: whoever is told waits minutes between two visits."""
    shop, ana = server.people["cornerbakery"], server.people["ana"]
    before = len(bytes(server.imap_door.passed))
    running = subprocess.Popen(desk.arguments("sync"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: bytes(server.imap_door.passed)[before:].count(b" IDLE\r\n"), "the program asks to be told")
        time.sleep(8)  # it has looked once more, for what came before it was told
        visits = bytes(server.imap_door.passed).count(b"EXAMINE")
        time.sleep(6)
        expect(bytes(server.imap_door.passed).count(b"EXAMINE") == visits, "and looks at nothing while nothing comes")
        ana.write(shop, "candles", "Do you have candles as well?")
        until(lambda: shop.with_words("candles as well"), "a mail is in the mailbox")
        start = time.monotonic()
        until(lambda: listed(desk, "candles as well"), "and in the program")
        took = time.monotonic() - start
        expect(took < 5, f"within seconds: {took:.1f}")
    finally:
        start = time.monotonic()
        running.send_signal(signal.SIGINT)
        running.wait(10)
    expect(time.monotonic() - start < 2, "the program ends at once all the same")


def attachments(desk, server):
    shop, ana = server.people["cornerbakery"], server.people["ana"]
    files = (("bill.pdf", os.urandom(3_000_000)), ("../../.profile", b"export X=1\n"), ("gr\u00fc\u00dfe.txt", b"\r\n.\r\nFrom here\n\0\xff"))
    ana.write(shop, "The bill", "See the files.\n\nOn 20/11/2026 09:00, the shop wrote:\n> Send it!\n> Please.", files=files)
    row = arrived(desk, "See the files")
    expect(row["snippet"] == "The bill See the files.", "the list shows the new words")
    item = desk.show(row["id"])["items"][0]
    expect(item["text"].endswith("> Please."), "what it quotes is there")
    expect([media["description"] for media in item["media"]] == [name for name, _ in files], "its files are named")
    out = os.path.join(server.folder, "out")
    os.makedirs(out)
    for number, (name, content) in enumerate(files, 1):
        saved = desk.run("attachment", item["id"], str(number), "--out", out)
        with open(saved["file"], "rb") as file:
            expect(file.read() == content and saved["bytes"] == len(content), f"{name} is in {os.path.basename(saved['file'])}, byte for byte")
        expect(os.stat(saved["file"]).st_mode & 0o777 == 0o600, "for its owner alone")
    expect(sorted(os.listdir(out)) == sorted(["bill.pdf", "profile", "gr\u00fc\u00dfe.txt"]), "in the folder that was named and nowhere else")
    bill = os.path.join(out, "bill.pdf")
    refused = desk.run("attachment", item["id"], "2", "--out", bill, check=False)
    expect(refused["error"]["kind"] == "rejected", "nothing is replaced: " + refused["error"]["detail"])
    desk.run("attachment", item["id"], "2", "--out", bill, "--force")
    with open(bill, "rb") as file:
        expect(file.read() == files[1][1], "unless it was asked for")
    expect(desk.run("attachment", item["id"], "4", "--out", out, check=False)["error"]["kind"] == "not-found", "there is no fourth file")
    expect(all("\\Seen" not in flags for flags, each in shop.mails() if each["Subject"] == "The bill"), "and the mail is not marked as read")
    # A person puts it away, in another program: as archived, into a folder of their own, and at last away.
    for number, (here, there) in enumerate((("INBOX", "Archive"), ("Archive", "Bills"))):
        move(shop, "The bill", here, there)
        desk.sync()
        expect(not desk.show(row["id"])["items"][0].get("gone"), f"what was put into {there} is not gone")
        kept = desk.run("attachment", item["id"], "1", "--out", os.path.join(out, f"kept {number}"))
        expect(kept["bytes"] == len(files[0][1]), "and its files are still handed out")
    move(shop, "The bill", "Bills", "Trash")
    desk.sync()
    expect(desk.show(row["id"])["items"][0].get("gone"), "what was thrown away is")
    gone = desk.run("attachment", item["id"], "1", "--out", os.path.join(out, "again.pdf"), check=False)
    expect(gone["error"]["kind"] == "not-found", "with its files: " + gone["error"]["detail"])


def main():
    if not mail.available():
        print("skipped: Dovecot and OpenSMTPD are not installed, or this is not root")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder, mail.Server(folder) as server:
        desk = Desk(os.path.join(folder, "workspace"))
        connect(desk, server)
        talk(desk, server)
        cut_answers(desk, server)
        comes_back(desk, server)
        told(desk, server)
        attachments(desk, server)
        expect(desk.run("record", "verify")["good"], "the record verifies")
        expect(desk.run("record", "rebuild", "--check")["good"], "and every table is what it says")
        for place, _, files in os.walk(desk.workspace):
            for name in files:
                with open(os.path.join(place, name), "rb") as file:
                    expect(b"secret-cornerbakery" not in file.read(), f"no password in {name}")
        for word in (b"EXPUNGE", b"CLOSE", b"DELETE", b"\\Deleted", b"MOVE"):
            expect(word not in bytes(server.imap_door.passed), f"never sent: {word}")


if __name__ == "__main__":
    main()
