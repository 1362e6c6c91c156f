#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that speaks Mastodon's client API, for the tests: Debian's snac2, one process, loopback only, without any
federation. Python's standard library only.

    snac.py get            fetches the package and unpacks it under $INDELIBLE_PEERS; quick when it is there. Nothing is installed
    snac.py up FOLDER      runs a server with a shop and its customers until it is interrupted, and says where it is

Ends with 77 ("skipped") where the distribution has no snac2."""
import contextlib
import glob
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), ".."))
from door import HttpDoor  # noqa: E402  found by the line above

HOME = os.path.join(os.environ.get("INDELIBLE_PEERS", os.path.expanduser("~/.cache/indelible-peers")), "snac")
PROGRAM = os.path.join(HOME, "root", "usr", "bin", "snac")
BACKPORTS = "bookworm-backports"


def archive():
    """The mirror that this machine uses already."""
    for name in glob.glob("/etc/apt/sources.list.d/*.sources") + ["/etc/apt/sources.list"]:
        with contextlib.suppress(OSError), open(name, encoding="utf-8") as file:
            found = re.search(r"^(?:URIs:|deb) +(https?://\S+/debian)/? *", file.read(), re.MULTILINE)
            if found:
                return found[1]
    return None


def download(*options):
    os.makedirs(HOME, exist_ok=True)
    return subprocess.run(["apt-get", *options, "-q", "download", "snac2"], cwd=HOME, capture_output=True, check=False).returncode == 0


def download_from_backports():
    mirror = archive()
    with open("/etc/os-release", encoding="utf-8") as file:
        if not mirror or "VERSION_CODENAME=bookworm" not in file.read():
            return False
    parts = os.path.join(HOME, "apt", "parts")
    os.makedirs(parts, exist_ok=True)
    os.makedirs(os.path.join(HOME, "apt", "lists", "partial"), exist_ok=True)
    with open(os.path.join(parts, "backports.sources"), "w", encoding="utf-8") as file:
        file.write(f"Types: deb\nURIs: {mirror}\nSuites: {BACKPORTS}\nComponents: main\n"
                   "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n")
    # The machine's own sources stay as they are.
    options = ["-o", "Dir::Etc::SourceList=/dev/null", "-o", f"Dir::Etc::SourceParts={parts}",
               "-o", f"Dir::State::Lists={HOME}/apt/lists", "-o", "APT::Sandbox::User=root"]
    updated = subprocess.run(["apt-get", *options, "-q", "update"], capture_output=True, check=False).returncode == 0
    return updated and download(*options)


def get():
    """Makes sure that the program is there; False where the distribution does not have it."""
    if os.path.exists(PROGRAM):
        return True
    if not (download() or download_from_backports()):
        return False
    package = glob.glob(os.path.join(HOME, "snac2_*.deb"))[0]
    subprocess.run(["dpkg", "-x", package, os.path.join(HOME, "root")], check=True)
    return True


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Person:
    """A customer, or the shop in its browser."""

    def __init__(self, server, name, password):
        self.server, self.name, self.password = server, name, password
        self.token = None

    def open(self, path, form=None):
        """Status, headers and body; redirects are not followed."""
        headers = {"Authorization": "Bearer " + self.token} if self.token else {}
        data = urllib.parse.urlencode(form, doseq=True).encode() if form is not None else None
        request = urllib.request.Request(self.server.address + path, data, headers)
        try:
            with urllib.request.build_opener(NoRedirect).open(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read()

    def allow(self, client_id, way_back, state):
        """Fills in the server's own page; the address to which it sends the browser."""
        _, headers, _ = self.open("/oauth/x-snac-login", {"login": self.name, "passwd": self.password, "redir": way_back,
                                                          "cid": client_id, "state": state})
        return headers["Location"]

    def sign_in(self):
        way_back = "http://127.0.0.1:9/here"
        app = json.loads(self.open("/api/v1/apps", {"client_name": "tests", "redirect_uris": way_back, "scopes": "read write"})[2])
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(self.allow(app["client_id"], way_back, "s")).query)["code"][0]
        self.token = json.loads(self.open("/oauth/token", {
            "grant_type": "authorization_code", "code": code, "client_id": app["client_id"],
            "client_secret": app["client_secret"], "redirect_uri": way_back})[2])["access_token"]

    def post(self, words, visibility="public", answers=None):
        form = {"status": words, "visibility": visibility}
        if answers:
            form["in_reply_to_id"] = answers
        return json.loads(self.open("/api/v1/statuses", form)[2])

    def below(self, status_id):
        """What this person sees below a status."""
        return json.loads(self.open(f"/api/v1/statuses/{status_id}/context")[2])["descendants"]

    def mentioned_in(self):
        """Every status whose author spoke to this person."""
        entries = json.loads(self.open("/api/v1/notifications")[2])
        return [entry["status"] for entry in entries if entry["type"] == "mention"]


class Server:
    """A running server with the people in it. The door is its address."""

    PEOPLE = ("cornerbakery", "ana", "ben")

    def __init__(self, folder):
        self.folder = os.path.join(folder, "snac")
        self.port = free_port()
        self.door = HttpDoor(self.port, "/api/v1/statuses")
        self.address = f"http://localhost:{self.door.port}"
        self.process = None
        self.people = {}

    def __enter__(self):
        self.make()
        # No federation: everything but loopback goes to a proxy that is not there.
        nowhere = "http://127.0.0.1:9"
        environment = dict(os.environ, http_proxy=nowhere, https_proxy=nowhere, no_proxy="localhost,127.0.0.1")
        with open(self.folder + ".log", "wb") as log:
            self.process = subprocess.Popen([PROGRAM, "httpd", self.folder], env=environment, stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log)
        self.wait_until_up()
        for person in self.people.values():
            person.sign_in()
        return self

    def make(self):
        answers = f"127.0.0.1\n{self.port}\nlocalhost:{self.door.port}\n\n\n"
        subprocess.run([PROGRAM, "init", self.folder], input=answers, text=True, capture_output=True, check=True)
        settings = os.path.join(self.folder, "server.json")
        with open(settings, encoding="utf-8") as file:
            values = json.load(file)
        values.update(protocol="http", disable_email_notifications=True, disable_inbox_collection=True, num_threads=4)
        with open(settings, "w", encoding="utf-8") as file:
            json.dump(values, file)
        for name in self.PEOPLE:
            said = subprocess.run([PROGRAM, "adduser", self.folder, name], stdin=subprocess.DEVNULL, text=True,
                                  capture_output=True, check=True).stdout
            self.people[name] = Person(self, name, re.search(r"^User password is (\S+)", said, re.MULTILINE)[1])

    def wait_until_up(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.people["ana"].open("/api/v1/instance")[0] == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError("snac does not answer; see " + self.folder + ".log")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.door.close()


def main():
    if not get():
        print("This distribution has no snac2.", file=sys.stderr)
        sys.exit(77)
    if sys.argv[1:2] == ["up"]:
        with Server(sys.argv[2]) as server:
            print(server.address, {name: person.password for name, person in server.people.items()}, flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                server.process.wait()


if __name__ == "__main__":
    main()
