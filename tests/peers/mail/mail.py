#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail provider for the tests: Dovecot (IMAP, submission) with OpenSMTPD behind it, on free ports of loopback, for the
host mail.test, whose mail never leaves this computer. Needs root, as these servers do. Python's standard library only.

    mail.py up FOLDER      runs it with a shop and its customers until it is interrupted, and says where it is

Ends with 77 ("skipped") where the servers are not installed or this is not root."""
import base64
import contextlib
import email
import email.policy
import email.utils
import grp
import hashlib
import http.server
import imaplib
import json
import os
import secrets
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse

from email.message import EmailMessage

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), ".."))
from door import Door  # noqa: E402  found by the line above

os.environ["PATH"] += ":/usr/sbin:/sbin"
DOMAIN = "mail.test"
PEOPLE = ("cornerbakery", "ana", "ben")
GHOST = "ghost"  # whose mail is taken and then cannot be put anywhere, so that it comes back

DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap lmtp submission
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
mail_location = maildir:~/Maildir
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = {folder}/passwd
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/store/%n
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
  mailbox Archive {{
    auto = subscribe
    special_use = \\Archive
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
# Debian 12's OpenSMTPD has no TLS that works (its helper for keys fails with OpenSSL 3), so Dovecot takes what clients
# hand in and passes it on.
submission_relay_host = 127.0.0.1
submission_relay_port = {relay}
submission_relay_trusted = no
hostname = mail.test
service submission-login {{
  inet_listener submission {{
    port = {smtp}
  }}
  inet_listener submissions {{
    port = {smtps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
  unix_listener lmtp {{
    mode = 0600
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""

OAUTH2 = """
tokeninfo_url = http://127.0.0.1:{provider}/tokeninfo?access_token=
username_attribute = email
"""

SMTPD = """
table rcpt file:{folder}/rcpt
table ghost {{ "ghost@mail.test" }}
listen on 127.0.0.1 port {relay} hostname mail.test
action "in" lmtp "127.0.0.1:{lmtp}" rcpt-to virtual {{ "@mail.test" = "nobody" }}
action "lost" mda "exit 67" virtual {{ "@mail.test" = "nobody" }}
match from any for domain "mail.test" rcpt-to <ghost> action "lost"
match from any for domain "mail.test" rcpt-to <rcpt> action "in"
"""


def available():
    return os.geteuid() == 0 and shutil.which("dovecot") and shutil.which("smtpd") and os.path.exists("/usr/lib/dovecot/submission")


def free_ports(names):
    with contextlib.ExitStack() as stack:
        probes = {name: stack.enter_context(socket.create_server(("127.0.0.1", 0))) for name in names}
        return {name: probe.getsockname()[1] for name, probe in probes.items()}


class MailDoor(Door):
    """Stands between the program and one of the servers: speaks TLS with the server and plain text with the program, which
    that takes from its own computer only. It sees what passes and can cut a connection at the end of a mail."""

    def __init__(self, port, context):
        self.context = context
        super().__init__(port)

    def carry(self, client):
        with contextlib.suppress(OSError), client, \
                self.context.wrap_socket(socket.create_connection(("127.0.0.1", self.server_port)), server_hostname="localhost") as server:
            down = threading.Thread(target=self.bring_back, args=(server, client), daemon=True)
            down.start()
            seen = b""
            while part := client.recv(65536):
                self.passed += part
                seen = (seen + part)[-8:]
                if self.cut and seen.endswith(b"\r\n.\r\n"):
                    self.cut_here(part, client, server)
                    return
                server.sendall(part)
            # Closing alone would wait for the other thread, which waits for the server.
            server.shutdown(socket.SHUT_RDWR)

    def cut_here(self, part, client, server):
        when, self.cut = self.cut, None
        self.cuts += 1
        client.shutdown(socket.SHUT_WR)
        if when == "after":
            server.sendall(part)
            time.sleep(2)  # until the server has done what it does
        server.shutdown(socket.SHUT_RDWR)

    def bring_back(self, server, client):
        with contextlib.suppress(OSError):
            while part := server.recv(65536):
                client.sendall(part)
            client.shutdown(socket.SHUT_WR)


class Person:
    """A customer, or the shop with another program."""

    def __init__(self, server, name):
        self.server, self.name = server, name
        self.address, self.password = f"{name}@{DOMAIN}", f"secret-{name}"

    def write(self, to, subject, words, answers=None, html=None, reply_to=None, files=()):
        mail = EmailMessage(policy=email.policy.SMTP)
        mail["From"], mail["To"], mail["Subject"] = f"{self.name.title()} <{self.address}>", to.address, subject
        if reply_to:
            mail["Reply-To"] = reply_to
        mail["Message-ID"], mail["Date"] = email.utils.make_msgid(domain=DOMAIN), email.utils.formatdate()
        if answers:
            mail["In-Reply-To"], mail["References"] = answers["Message-ID"], answers["Message-ID"]
        mail.set_content(words)
        if html:
            mail.add_alternative(html, subtype="html")
        for name, content in files:
            mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        with smtplib.SMTP_SSL("localhost", self.server.ports["smtps"], context=self.server.trust) as smtp:
            smtp.login(self.address, self.password)
            smtp.send_message(mail)
        return mail

    @contextlib.contextmanager
    def mailbox(self, folder="INBOX", readonly=True):
        with imaplib.IMAP4_SSL("localhost", self.server.ports["imaps"], ssl_context=self.server.trust) as imap:
            imap.login(self.address, self.password)
            imap.select(folder, readonly)
            yield imap

    def mails(self, folder="INBOX"):
        """Flags and mail of everything in the folder."""
        with self.mailbox(folder) as imap:
            found = imap.uid("search", None, "ALL")[1][0].split()
            if not found:
                return []
            parts = imap.uid("fetch", b",".join(found), "(FLAGS BODY.PEEK[])")[1]
            return [(part[0].decode(), email.message_from_bytes(part[1], policy=email.policy.default)) for part in parts if isinstance(part, tuple)]

    def with_words(self, words, folder="INBOX"):
        return [mail for _, mail in self.mails(folder) if words in mail.get_body().get_content()]


class Provider:
    """Signs people in on a page and hands out tokens (OAuth 2.0 with PKCE), and tells Dovecot whose a token is. Everybody
    who opens the page allows everything."""

    def __init__(self, address):
        self.address = address
        self.codes, self.access, self.refresh = {}, set(), set()
        self.refreshes = 0
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                place = urllib.parse.urlsplit(self.path)
                asked = {name: values[0] for name, values in urllib.parse.parse_qs(place.query).items()}
                if place.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", provider.allow(asked))
                    self.end_headers()
                else:
                    known = asked.get("access_token") in provider.access
                    self.answer(200 if known else 401, {"email": provider.address} if known else {"error": "invalid_token"})

            def do_POST(self):
                form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                tokens = provider.give({name: values[0] for name, values in form.items()})
                self.answer(200 if tokens else 400, tokens or {"error": "invalid_grant", "error_description": "not any more"})

            def answer(self, status, content):
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def allow(self, asked):
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return asked["redirect_uri"] + "?" + urllib.parse.urlencode({"code": code, "state": asked["state"]})

    def give(self, form):
        """Tokens for a code, once, or for a refresh token, once."""
        if form["grant_type"] == "authorization_code":
            asked = self.codes.pop(form["code"], None)
            proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
            if not asked or asked["code_challenge"] != proof or asked["redirect_uri"] != form["redirect_uri"]:
                return None
        elif form.get("refresh_token") not in self.refresh:
            return None
        else:
            self.refresh.discard(form["refresh_token"])
            self.refreshes += 1
        access, refresh = secrets.token_hex(16), secrets.token_hex(16)
        self.access.add(access)
        self.refresh.add(refresh)
        return {"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": 3600}

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Server:
    """A running provider with the people in it. One at a time on a computer: OpenSMTPD has one control socket and one
    queue, wherever its configuration lies. Tests say so by their RESOURCE_LOCK."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "mail")
        self.ports = free_ports(("imap", "imaps", "smtp", "smtps", "relay", "lmtp"))
        self.people = {name: Person(self, name) for name in PEOPLE}
        self.processes = []
        self.trust = None
        self.imap_door = self.smtp_door = None
        self.provider = Provider(self.people[PEOPLE[0]].address)
        self.ports["provider"] = self.provider.port

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.make()
        with open(os.path.join(self.folder, "out.log"), "wb") as log:
            for command in (["dovecot", "-F", "-c", "dovecot.conf"], ["smtpd", "-d", "-f", "smtpd.conf"]):
                self.processes.append(subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log))
        self.trust = ssl.create_default_context(cafile=os.path.join(self.folder, "cert.pem"))
        for name in ("imaps", "smtps", "relay"):
            self.wait_for(self.ports[name])
        self.imap_door, self.smtp_door = MailDoor(self.ports["imaps"], self.trust), MailDoor(self.ports["smtps"], self.trust)

    def make(self):
        os.makedirs(os.path.join(self.folder, "run"))
        os.makedirs(os.path.join(self.folder, "store"))
        # The servers' own users have to come through.
        place = self.folder
        while place.startswith("/tmp/"):
            os.chmod(place, 0o755)
            place = os.path.dirname(place)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
                       cwd=self.folder, capture_output=True, check=True)
        self.put("dovecot.conf", DOVECOT)
        self.put("smtpd.conf", SMTPD)
        self.put("oauth2.conf", OAUTH2)
        self.put("passwd", "".join(f"{each.address}:{{{{PLAIN}}}}{each.password}\n" for each in self.people.values()))
        self.put("rcpt", "".join(f"{each.address}\n" for each in self.people.values()))
        os.chmod(os.path.join(self.folder, "smtpd.conf"), 0o600)
        os.chown(os.path.join(self.folder, "passwd"), 0, grp.getgrnam("dovecot").gr_gid)
        os.chmod(os.path.join(self.folder, "passwd"), 0o640)
        shutil.chown(os.path.join(self.folder, "store"), "nobody", "nogroup")

    def put(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text.format(folder=self.folder, **self.ports))

    def wait_for(self, port):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and all(process.poll() is None for process in self.processes):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            time.sleep(0.1)
        with open(os.path.join(self.folder, "out.log"), encoding="utf-8", errors="replace") as log:
            raise RuntimeError("the mail servers do not answer; they said: " + log.read()[-1000:])

    def stop(self):
        for door in (self.imap_door, self.smtp_door, self.provider):
            if door:
                door.close()
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main():
    if not available():
        print("Dovecot and OpenSMTPD are not installed, or this is not root.", file=sys.stderr)
        sys.exit(77)
    if sys.argv[1:2] == ["up"]:
        with Server(sys.argv[2]) as server:
            print(server.ports, "doors", server.imap_door.port, server.smtp_door.port, {each.address: each.password for each in server.people.values()}, flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                server.processes[0].wait()


if __name__ == "__main__":
    main()
