#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A feed as an account of the real program: connected with words, fetched, edited, never answered, left."""
import datetime
import http.server
import os
import subprocess
import tempfile
import threading

from desk import Desk, expect

TOKEN = "8f4b1c9e"


class Site(http.server.BaseHTTPRequestHandler):
    items = {}
    asked = []

    def do_GET(self):
        Site.asked.append(self.headers.get("If-None-Match"))
        entries = "".join(f"<item><guid>{key}</guid><title>{title}</title><link>https://quay.example/{key}</link></item>"
                          for key, title in Site.items.items())
        tag = f'"{hash(entries)}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        body = f"<rss version='2.0'><channel><title>Quay Post</title>{entries}</channel></rss>".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def contents(folder):
    whole = b""
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                whole += file.read()
    return whole


def story(desk, address):
    Site.items = {"1": "Corner Bakery opens", "2": "Weather", "3": "A walk to the CORNER  bakery"}
    account = desk.run("account", "add", "feed", "-", "--words", "corner bakery, rye", secret=address + "\n")["account"]
    expect(account["network"] == "feeds" and account["name"] == "Quay Post", "the feed is connected under its title")

    desk.sync()
    texts = sorted(item["text"] for item in desk.all_items())
    expect(texts == ["A walk to the CORNER bakery", "Corner Bakery opens"], f"only what has the words came in: {texts}")
    desk.sync()
    expect(Site.asked[-1] is not None, "the next visit asks whether anything has changed")
    expect(len(desk.all_items()) == 2, "and an unchanged feed brings nothing")

    Site.items["1"] = "Corner Bakery opens late"
    desk.sync()
    row = desk.conversation_of("1")
    expect(len(desk.show(row)["items"][0]["revisions"]) == 2, "an edit is kept beside what was said before")

    done = subprocess.run(desk.arguments("reply", row, "--text", "Thank you"), capture_output=True, text=True, timeout=60)
    expect(done.returncode == 1 and "takes no answers" in done.stderr, f"an answer is refused: {done.stderr.strip()}")
    desk.sync()
    expect(len(desk.show(row)["items"]) == 1, "nothing is ever sent to a feed")

    expect(TOKEN.encode() not in contents(desk.workspace), "the feed's secret address is nowhere in the workspace")
    desk.run("account", "disconnect", str(account["id"]))
    expect(len(desk.all_items()) == 2, "what was received stays when the feed is left")


def digest(desk, address):
    Site.items = {"1": "Corner Bakery opens"}
    desk.run("account", "add", "feed", "-", "--digest", "day", secret=address + "\n")
    desk.sync()
    expect(len(desk.all_items()) == 1, "what a feed held when it was connected comes in at once")
    Site.items["2"] = "Corner Bakery closes"
    desk.sync()
    Site.items = {"3": "Corner Bakery is sold"}
    desk.sync()
    expect(len(desk.all_items()) == 1, "what is found later waits for the morning")
    after = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=2)
    desk.run("sync", "--once", "--clock", after.strftime("%Y-%m-%dT%H:%M:%SZ"))
    expect(sorted(item["remote_id"] for item in desk.all_items()) == ["1", "2", "3"],
           "then all of it comes in, also what has left the feed")


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        story(Desk(os.path.join(folder, "desk")), f"http://localhost:{server.server_port}/feed?key={TOKEN}")
        digest(Desk(os.path.join(folder, "digest")), f"http://localhost:{server.server_port}/feed")
        refused = Desk(os.path.join(folder, "desk"))
        done = subprocess.run(refused.arguments("account", "add", "feed", "file:///etc/passwd"), capture_output=True,
                              text=True, timeout=60)
        expect(done.returncode == 1 and done.stderr.count("\n") == 1, f"what is no feed is refused: {done.stderr.strip()}")
        done = subprocess.run(refused.arguments("account", "add", "feed", "http://localhost/feed", "--digest", "month"),
                              capture_output=True, text=True, timeout=60)
        expect(done.returncode == 2 and "'day' or 'week'" in done.stderr and len(done.stderr.splitlines()) == 1,
               f"a digest of another kind is refused: {done.stderr.strip()}")
    server.shutdown()


if __name__ == "__main__":
    main()
