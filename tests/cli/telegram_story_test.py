#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Telegram bot as an account of the real program: connected with its token, fetched, answered, left."""
import http.server
import json
import os
import subprocess
import tempfile
import threading
import time
import urllib.parse

from desk import Desk, expect

SECRET = "CANARYaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
TOKEN = "123456:" + SECRET
BOT = {"id": 123456, "is_bot": True, "first_name": "Corner Bakery", "username": "cornerbakery_bot"}
ANA = {"id": 5551000, "is_bot": False, "first_name": "Ana"}
CHAT = {"id": 5551000, "type": "private", "first_name": "Ana"}


class Service(http.server.BaseHTTPRequestHandler):
    waiting = []
    sent = []

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        offset = int(dict(urllib.parse.parse_qsl(url.query)).get("offset", 0))
        if url.path == f"/bot{TOKEN}/getMe":
            self.answer(BOT)
        elif url.path == f"/bot{TOKEN}/getUpdates":
            Service.waiting = [each for each in Service.waiting if each["update_id"] >= offset]
            self.answer(Service.waiting)
        else:
            self.answer(None, 401)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Service.sent.append(body)
        self.answer(message(900 + len(Service.sent), BOT, body["text"]))

    def answer(self, result, status=200):
        said = {"ok": True, "result": result} if status == 200 else {"ok": False, "error_code": status,
                                                                     "description": "Unauthorized"}
        data = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words):
        pass


def message(number, who, text):
    return {"message_id": number, "date": int(time.time()), "chat": CHAT, "from": who, "text": text}


def contents(folder):
    whole = b""
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                whole += file.read()
    return whole


def story(desk, server):
    add = ("account", "add", "telegram", "--server", server, "--password-stdin")
    done = subprocess.run(desk.arguments(*add), input="123456:REVOKEDaaaaaaaaaaaaaaaaaaaaaa\n", capture_output=True,
                          text=True, timeout=60)
    expect(done.returncode == 1 and "does not accept" in done.stderr and "REVOKED" not in done.stderr + done.stdout,
           f"a token that was revoked is refused: {done.stderr.strip()}")
    account = desk.run(*add, secret=TOKEN + "\n")["account"]
    expect(account["network"] == "telegram" and account["handle"] == "cornerbakery_bot", "the bot is connected by name")

    Service.waiting.append({"update_id": 9001, "message": message(57, ANA, "Is the cake ready?")})
    desk.sync()
    expect(Service.waiting == [], "what is stored, and only that, is confirmed to the service")
    row = desk.conversations()[0]["id"]
    expect([item["text"] for item in desk.show(row)["items"]] == ["Is the cake ready?"], "the message is there")

    desk.run("reply", row, "--text", "It is.", "--now")
    desk.sync()
    expect([body["text"] for body in Service.sent] == ["It is."], "the answer went out once")
    expect(Service.sent[0]["reply_parameters"]["message_id"] == 57, "below what it answers")
    desk.sync()
    expect(len(desk.show(row)["items"]) == 2, "and is known as sent")

    expect(SECRET.encode() not in contents(desk.workspace), "the token is nowhere in the workspace")
    desk.run("account", "disconnect", str(account["id"]))
    expect(len(desk.all_items()) == 2, "what was received stays when the bot is left")


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        story(Desk(os.path.join(folder, "desk")), f"http://localhost:{server.server_port}")
    server.shutdown()


if __name__ == "__main__":
    main()
