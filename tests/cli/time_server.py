# SPDX-License-Identifier: GPL-3.0-or-later
"""A time server (RFC 3161) on loopback: OpenSSL's own `openssl ts -reply` behind a few lines of HTTP, with an authority made on
the spot. It can be told to answer badly. Python's standard library and the openssl program only.

    time_server.py FOLDER    makes its authority there (ca.pem), prints its address, and answers until its input ends
"""
import http.server
import os
import subprocess
import sys
import threading

CONFIGURATION = """
[ tsa ]
default_tsa = here
[ here ]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/ca.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def openssl(*words):
    return subprocess.run(["openssl", *words], check=True, capture_output=True).stdout


class Authority:
    """A certificate authority, and one server of time stamps under it."""

    def __init__(self, folder):
        os.makedirs(folder)
        self.folder = folder
        self.ca = os.path.join(folder, "ca.pem")
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                "/CN=Test authority", "-keyout", self.path("ca.key"), "-out", self.ca)
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=Test time",
                "-keyout", self.path("tsa.key"), "-out", self.path("tsa.csr"))
        with open(self.path("extensions"), "w", encoding="ascii") as file:
            file.write("extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n")
        openssl("x509", "-req", "-in", self.path("tsa.csr"), "-CA", self.ca, "-CAkey", self.path("ca.key"), "-CAcreateserial",
                "-days", "2", "-extfile", self.path("extensions"), "-out", self.path("tsa.pem"))
        with open(self.path("serial"), "w", encoding="ascii") as file:
            file.write("01\n")
        for name, digests in (("usual", "sha256"), ("other", "sha512")):
            with open(self.path(name + ".conf"), "w", encoding="ascii") as file:
                file.write(CONFIGURATION.format(folder=folder, digests=digests))

    def path(self, name):
        return os.path.join(self.folder, name)

    def reply(self, query, configuration="usual"):
        """The answer to a query. One that is refused is an answer too."""
        with open(self.path("query.tsq"), "wb") as file:
            file.write(query)
        openssl("ts", "-reply", "-config", self.path(configuration + ".conf"), "-queryfile", self.path("query.tsq"), "-out",
                self.path("reply.tsr"))
        with open(self.path("reply.tsr"), "rb") as file:
            return file.read()

    def stamp_again(self, query):
        """An honest time stamp of the same digest, asked for with another nonce."""
        digest = query.split(b"\x04\x20", 1)[1][:32]
        openssl("ts", "-query", "-digest", digest.hex(), "-sha256", "-cert", "-out", self.path("again.tsq"))
        with open(self.path("again.tsq"), "rb") as file:
            return self.reply(file.read())

    def stamp_of(self, data):
        """An honest time stamp of something else."""
        with open(self.path("data"), "wb") as file:
            file.write(data)
        openssl("ts", "-query", "-data", self.path("data"), "-sha256", "-cert", "-out", self.path("data.tsq"))
        with open(self.path("data.tsq"), "rb") as file:
            return self.reply(file.read())


class TimeServer:
    """Answers with what `answer(query)` gives: bytes, or (status, type, bytes)."""

    def __init__(self, authority):
        self.answer = authority.reply
        self.queries = []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802 (the name is that of the standard library)
                query = self.rfile.read(int(self.headers["Content-Length"]))
                server.queries.append((self.headers["Content-Type"], query, self.headers.items()))
                made = server.answer(query)
                status, kind, body = made if isinstance(made, tuple) else (200, "application/timestamp-reply", made)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.http = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/tsr"
        self.thread = threading.Thread(target=self.http.serve_forever)
        self.thread.start()

    def close(self):
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()


def main():
    server = TimeServer(Authority(sys.argv[1]))
    try:
        print(server.url, flush=True)
        sys.stdin.read()
    finally:
        server.close()


if __name__ == "__main__":
    main()
