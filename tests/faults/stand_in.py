# SPDX-License-Identifier: GPL-3.0-or-later
"""A server on loopback that speaks as much of Bluesky as `indelible sync` needs, and ends or spoils a conversation where
it is told to. Ours, and so no evidence of how Bluesky is; the official servers are in tests/live. Standard library only."""
import base64
import datetime
import http.server
import json
import socket
import threading
import urllib.parse

SHOP = {"did": "did:plc:shop", "handle": "shop.test", "displayName": "The Shop"}
ANA = {"did": "did:plc:ana", "handle": "ana.test", "displayName": "Ana"}
#: What can become of a post: (is it kept, how it is answered).
BEHAVIOURS = {
    "ok": (True, "ok"),
    "429": (False, "429"),
    "500 not stored": (False, "500"),
    "500 stored": (True, "500"),
    "reset not stored": (False, "reset"),
    "reset stored": (True, "reset"),
    "truncated": (True, "truncated"),
    "garbage": (True, "garbage"),
}
#: Where the program is ended while it posts: before the body is read, in the middle of it, with the whole of it kept or
#: not, and in the middle of the answer.
MOMENTS = ("C5 connected", "C6 half the body", "C7 not stored", "C7 stored", "C8 status line")


def token(scope):
    part = base64.urlsafe_b64encode(json.dumps({"scope": scope}).encode()).rstrip(b"=").decode()
    return f"h.{part}.s"


class StandIn(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Door)
        self.lock = threading.Lock()
        self.mentions = []  # post views, oldest first
        self.messages = []  # of direct conversations, one with each message of theirs, oldest first
        self.records = {}   # by key: what is kept
        self.stored = []    # texts, as often as they were kept
        self.behaviour = "ok"
        self.moment = None  # one of MOMENTS
        self.victim = None  # the process that the moment ends
        self.on_post = lambda: None
        self.requests = 0
        self.ahead = 0      # its clock, in seconds: that of the program, which is moved
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://localhost:{self.server_address[1]}"

    def mention(self, number):
        time = f"2026-10-20T09:{number // 60 % 60:02d}:{number % 60:02d}.000Z"
        view = {"uri": f"at://{ANA['did']}/app.bsky.feed.post/m{number:06d}", "cid": f"cid{number}", "author": ANA,
                "record": {"$type": "app.bsky.feed.post", "text": f"@shop.test question {number}", "createdAt": time},
                "indexedAt": time}
        self.mentions.append(view)
        return view["uri"]

    def message(self, number):
        """A customer's private message, in a conversation of its own."""
        view = self.keep_message(f"convo{number:06d}", ANA, f"private question {number}")
        return f"chat:convo{number:06d}/{view['id']}"

    def keep_message(self, convo, sender, text):
        with self.lock:
            number = len(self.messages) + 1
            time = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=self.ahead)
            view = {"$type": "chat.bsky.convo.defs#messageView", "id": f"m{number:06d}", "rev": f"r{number:06d}", "text": text,
                    "sender": {"did": sender["did"]}, "sentAt": time.isoformat(timespec="milliseconds")}
            self.messages.append((convo, view))
            return view

    def handle_error(self, request, client_address):
        pass  # the other side is killed on purpose


class Door(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, value, status=200, content="application/json"):
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", content)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.server.requests += 1
        url = urllib.parse.urlsplit(self.path)
        asked = urllib.parse.parse_qs(url.query)
        name = url.path.removeprefix("/xrpc/")
        server = self.server
        with server.lock:
            mentions = list(server.mentions)
            records = dict(server.records)
        if name == "com.atproto.identity.resolveHandle":
            return self.answer({"did": SHOP["did"]})
        if name == "app.bsky.actor.getProfile":
            return self.answer(SHOP)
        if name == "app.bsky.notification.listNotifications":
            end = int(asked.get("cursor", [len(mentions)])[0])
            begin = max(0, end - 25)
            page = [dict(view, reason="mention", isRead=False) for view in reversed(mentions[begin:end])]
            return self.answer({"notifications": page, **({"cursor": str(begin)} if begin else {})})
        if name == "app.bsky.feed.getAuthorFeed":
            return self.answer({"feed": []})
        if name == "app.bsky.feed.getPostThread":
            return self.answer({"thread": thread(asked["uri"][0], mentions, records)})
        if name == "app.bsky.feed.getPosts":
            wanted = asked["uris"]
            everything = mentions + [view_of(key, record) for key, record in records.items()]
            return self.answer({"posts": [view for view in everything if view["uri"] in wanted]})
        if name == "com.atproto.repo.getRecord":
            key = asked["rkey"][0]
            if key not in records:
                return self.answer({"error": "RecordNotFound", "message": "no such record"}, 400)
            return self.answer({"uri": uri_of(key), "cid": "c" + key, "value": records[key]})
        if name.startswith("chat.bsky.convo."):
            return self.read_messages(name.removeprefix("chat.bsky.convo."), asked)
        return self.answer({"error": "MethodNotImplemented"}, 501)

    def read_messages(self, name, asked):
        with self.server.lock:
            messages = list(self.server.messages)
        convo = asked.get("convoId", [""])[0]
        view = {"id": convo, "rev": "r", "members": [SHOP, ANA], "muted": False, "unreadCount": 0}
        if name == "getConvo":
            return self.answer({"convo": view})
        if name == "listConvos":
            return self.answer({"convos": [dict(view, id=each) for each in sorted({convo for convo, _ in messages})]})
        if name == "getMessages":
            return self.answer({"messages": [each for of, each in reversed(messages) if of == convo]})
        if name == "getLog":
            begin = int(asked.get("cursor", [len(messages)])[0])
            logs = [{"$type": "chat.bsky.convo.defs#logCreateMessage", "rev": each["rev"], "convoId": of, "message": each}
                    for of, each in messages[begin:]]
            return self.answer({"logs": logs, "cursor": str(len(messages))})
        return self.answer({"error": "MethodNotImplemented"}, 501)

    def do_POST(self):
        name = urllib.parse.urlsplit(self.path).path.removeprefix("/xrpc/")
        if name == "com.atproto.server.createSession":
            self.rfile.read(int(self.headers["Content-Length"]))
            return self.answer(dict(SHOP, accessJwt=token("com.atproto.appPassPrivileged"), refreshJwt=token("refresh")))
        if name == "com.atproto.repo.putRecord":
            return self.post(self.keep_record)
        if name == "chat.bsky.convo.sendMessage":
            return self.post(self.keep_message)
        return self.answer({"error": "MethodNotImplemented"}, 501)

    def die_at(self, moment):
        if self.server.moment == moment and self.server.victim:
            self.server.victim.kill()
            self.server.victim.wait()
            self.server.moment = None
            raise ConnectionAbortedError(moment)

    def post(self, keep):
        """Reads what is posted, keeps it or not, and answers, as far as the script lets it."""
        server = self.server
        server.on_post()
        self.die_at("C5 connected")
        length = int(self.headers["Content-Length"])
        begin = self.rfile.read(length // 2)
        self.die_at("C6 half the body")
        said = json.loads(begin + self.rfile.read(length - len(begin)))
        self.die_at("C7 not stored")
        kept, way = BEHAVIOURS[server.behaviour]
        value = keep(said, kept)
        self.die_at("C7 stored")
        if value is None:
            return self.answer({"error": "InvalidSwap", "message": "Record was there"}, 400)
        if server.moment == "C8 status line":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-")
            self.die_at("C8 status line")
        return self.reply(way, value)

    def keep_record(self, said, kept):
        """As a real server: at most one record under a key. Nothing where there was one."""
        key = said["rkey"]
        with self.server.lock:
            if key in self.server.records:
                return None
            if kept:
                self.server.records[key] = said["record"]
                self.server.stored.append(said["record"]["text"])
        return {"uri": uri_of(key), "cid": "c" + key}

    def keep_message(self, said, kept):
        """As a real server: every message that comes, the same words again too."""
        text = said["message"]["text"]
        if not kept:
            return {}
        self.server.stored.append(text)
        return self.server.keep_message(said["convoId"], SHOP, text)

    def reply(self, way, value):
        if way == "ok":
            return self.answer(value)
        if way == "429":
            return self.answer({"error": "RateLimitExceeded"}, 429)
        if way == "500":
            return self.answer({"error": "InternalServerError"}, 500)
        if way == "garbage":
            return self.answer(b"<html>Welcome to the hotel's network</html>", content="text/html")
        if way == "truncated":
            body = json.dumps(value).encode()
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body))
            self.wfile.write(body[:len(body) // 2])
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)
        return None


def uri_of(key):
    return f"at://{SHOP['did']}/app.bsky.feed.post/{key}"


def view_of(key, record):
    return {"uri": uri_of(key), "cid": "c" + key, "author": SHOP, "record": record, "indexedAt": record["createdAt"]}


def thread(uri, mentions, records):
    def node(view):
        below = [view_of(key, record) for key, record in records.items()
                 if record.get("reply", {}).get("parent", {}).get("uri") == view["uri"]]
        return {"$type": "app.bsky.feed.defs#threadViewPost", "post": view, "replies": [node(each) for each in below]}
    for view in mentions + [view_of(key, record) for key, record in records.items()]:
        if view["uri"] == uri:
            return node(view)
    return {"$type": "app.bsky.feed.defs#notFoundPost", "uri": uri, "notFound": True}


