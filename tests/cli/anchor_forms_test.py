#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms in which a checkpoint leaves, by command and with a real keychain: a page that a real browser shows and prints, whose QR
code another program reads, and the draft of a mail that Python's own parser reads. Nothing leaves the computer. Run under
tests/peers/with-keyring.sh."""
import base64
import email
import email.policy
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "bundle"))

import browser
from desk import Desk, expect

SKIP = 77
A4, LETTER = (8.27, 11.69), (8.5, 11)


def newest(desk):
    return desk.run("record", "anchors")["anchors"][0]


def scanned(picture):
    """The bytes of the only QR code in a picture, read by zbar."""
    done = subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "-Sbinary", picture],
                          capture_output=True, timeout=60)
    return done.stdout if done.returncode == 0 else b""


def refused(desk, code, *words):
    done = subprocess.run(desk.arguments(*words), capture_output=True, text=True, timeout=60)
    said = [line for line in done.stderr.splitlines() if not line.startswith("indelible.")]  # the log
    expect(done.returncode == code and len(said) == 1, f"refused in one sentence: {' '.join(said)}")
    return said[0]


def believed(desk, folder, text, sentence):
    path = os.path.join(folder, "came-back.txt")
    with open(path, "wb") as file:
        file.write(text)
    expect(desk.run("record", "check-anchor", path)["good"], sentence)


def page(desk, folder, chrome):
    path = os.path.join(folder, "checkpoint.html")
    to = "our notary <b>& Sons</b> @NOTE@"
    made = desk.run("record", "anchor", "--to", to, "--page", path)
    listed = newest(desk)
    note = listed["checkpoint"]
    expect(listed["how"] == "page" == made["how"] and listed["to"] == to and listed["entry"] == made["entry"],
           "the record says to whom it went, and as a page")
    chrome.open(path)
    shown = chrome.evaluate("document.body.innerText")
    expect(to in shown and f"\n{made['entries']}\n" in shown, "the page says to whom, and how many entries")
    lines = chrome.evaluate("[...document.querySelectorAll('pre')].map(e => [...e.children].map(l => l.textContent))")
    expect(lines[0] == note.split("\n")[:-1], "the whole note stands on it")
    expect(lines[1] == [desk.run("record", "head")["key"]], "and the key")
    loaded = [e["params"]["request"]["url"] for e in chrome.events if e["method"] == "Network.requestWillBeSent"]
    expect(loaded == ["file://" + path], f"nothing else was loaded: {loaded}")
    said = [e["params"] for e in chrome.events if e["method"] in ("Log.entryAdded", "Runtime.consoleAPICalled")]
    expect(not said, f"and the browser has nothing against it: {said}")
    picture = os.path.join(folder, "page.png")
    for theme, media in (("light", "screen"), ("dark", "screen"), ("light", "print")):
        chrome.call("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": theme}])
        chrome.picture(picture)
        code = scanned(picture)
        expect(code == note.encode(), f"another program reads the note from the QR code, byte for byte ({theme}, {media})")
    believed(desk, folder, code, "and the record begins with what was read from it")
    believed(desk, folder, code.strip().replace(b"\n", b"\r\n"), "also with other line ends and none at its end")
    chrome.evaluate("document.querySelector('svg').insertAdjacentHTML('beforeend', "
                    "'<rect x=\"30\" y=\"40\" width=\"10\" height=\"10\" fill=\"#640\"/>')")
    chrome.picture(picture)
    expect(scanned(picture) == note.encode(), "a stain does no harm")
    for name, (width, height) in (("A4", A4), ("Letter", LETTER)):
        data = chrome.call("Page.printToPDF", paperWidth=width, paperHeight=height, printBackground=False)["data"]
        sheets = re.findall(rb"/Type\s*/Page\b", base64.b64decode(data))
        expect(len(sheets) == 1, f"it is one sheet of {name}")
    changed = code.replace(b"A", b"B", 1) if b"A" in code else code.replace(b"a", b"b", 1)
    with open(os.path.join(folder, "changed.txt"), "wb") as file:
        file.write(changed)
    refused(desk, 1, "record", "check-anchor", file.name)


def draft(path):
    with open(path, "rb") as file:
        data = file.read()
    expect(b"\n" not in data.replace(b"\r\n", b"") and max(map(len, data.split(b"\r\n"))) <= 78, "lines are as mails have them")
    mail = email.message_from_bytes(data, policy=email.policy.default)
    parts = [mail, *mail.walk()]
    expect(not [defect for part in parts for defect in part.defects], "Python's parser has nothing against it")
    return mail


def mail(desk, folder):
    path = os.path.join(folder, "checkpoint.eml")
    for to, display, address in (("notary@example.org", "", "notary@example.org"),
                                 ("Notariat Łukasz Müller, \U0001f58b Köln am Rhein und anderswo <n.mueller@example.org>",
                                  "Notariat Łukasz Müller, \U0001f58b Köln am Rhein und anderswo", "n.mueller@example.org")):
        desk.run("record", "anchor", "--to", to, "--mail", path)
        mail = draft(path)
        receiver, = mail["To"].addresses
        # This parser keeps a space between two encoded words of a name (RFC 2047 says that there is none).
        expect((" ".join(receiver.display_name.split()), receiver.addr_spec) == (display, address), f"addressed to {address}")
        expect(newest(desk)["how"] == "mail" and newest(desk)["to"] == to, "the record says so")
    expect(mail["X-Unsent"] == "1" and not {"From", "Date", "Message-ID", "Bcc", "Cc"} & set(mail.keys()),
           "it is a draft, whose sender and date are not made up")
    expect(mail["Subject"].startswith("Signed checkpoint of our record, 20"), mail["Subject"])
    text = mail.get_body().get_content()
    expect(text.startswith("Hello,") and "please keep this mail" in text and "\ufffd" not in text, "it says what to do")
    attached, = mail.iter_attachments()
    expect(re.fullmatch(r"checkpoint-[\d-]{10}\.txt", attached.get_filename()) and attached.get_filename() in text,
           "with the checkpoint attached, which the text names")
    content = attached.get_content().encode()
    expect(newest(desk)["checkpoint"].encode() in content, "the note in it is that on the record")
    believed(desk, folder, content, "and the record begins with it")
    # What a program makes of it that opens the draft and sends it: new headers, other encodings, long lines.
    sent = email.message_from_bytes(mail.as_bytes(policy=email.policy.SMTP), policy=email.policy.default)
    part, = sent.iter_attachments()
    kept = part.get_content()
    part.set_content(kept, cte="quoted-printable", filename=part.get_filename())
    sent["From"] = "owner@example.com"
    again, = email.message_from_bytes(sent.as_bytes(policy=email.policy.SMTP), policy=email.policy.default).iter_attachments()
    believed(desk, folder, again.get_content().encode(), "also after it was sent")

    desk.run("record", "anchor", "--to", "our notary", "--mail", path)
    expect("To" not in draft(path), "without an address the person fills it in")
    before = desk.run("record", "anchors")["anchors"]
    os.remove(path)
    for to in ("notary@example.org\r\nBcc: all@example.org", "our notary\nBcc: all@example.org", "a@example.org\u2028x",
               "a@example.org, b@example.org", "our notary <notary@example.org", "notary@", "a@b@c.example", "a..b@example.org",
               "notary@example.org\x07", "n" * 300 + "@example.org", ""):
        refused(desk, 2, "record", "anchor", "--to", to, "--mail", path)
    expect(not os.path.exists(path) and desk.run("record", "anchors")["anchors"] == before, "nothing was written by any of them")


def usage(desk, folder):
    text, other = os.path.join(folder, "a.txt"), os.path.join(folder, "a.html")
    desk.run("record", "anchor", "--to", "our notary", "--text", text)
    with open(text, "rb") as file:
        believed(desk, folder, file.read(), "--text is a text")
    for words in (("--to", "x"), ("--to", "x", "--text", text, "--page", other), ("--text", text), ("--page", ""),
                  ("--tsa", "http://127.0.0.1:1/", "--page", other), ("--to", "x", "--page", "")):
        refused(desk, 2, "record", "anchor", *words)
    with open(os.path.join(folder, "letter.odt"), "wb") as file:
        file.write(b"mine")
    for form in ("--page", "--mail"):
        expect("letter.odt" in refused(desk, 1, "record", "anchor", "--to", "x", form, file.name), "no other file is replaced")
    listed = subprocess.run(desk.arguments("record", "anchors"), capture_output=True, text=True, timeout=60).stdout
    expect("to our notary (text)" in listed and "(page)" in listed and "(mail)" in listed, "all are listed with their form")


def main():
    if browser.chromium() is None or shutil.which("zbarimg") is None:
        print("chromium or zbarimg is not installed")
        sys.exit(SKIP)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.path.join(folder, "state")
        desk = Desk(os.path.join(folder, "workspace"))
        desk.run("sync", "--once", check=False)
        with browser.Browser() as chrome:
            page(desk, folder, chrome)
        mail(desk, folder)
        usage(desk, folder)
        expect(desk.run("record", "verify")["good"], "the record is whole")


if __name__ == "__main__":
    main()
