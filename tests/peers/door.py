# SPDX-License-Identifier: GPL-3.0-or-later
"""Doors in front of servers on this computer, which a test can shut at the worst moment."""
import contextlib
import re
import socket
import threading


class Door:
    """What stands between the program and a server, and can cut a connection. It remembers what passed, so that a test
    can tell what was asked and which secrets were handed out."""

    def __init__(self, server_port):
        self.server_port = server_port
        self.passed = bytearray()
        self.cut = None  # "before" or "after" the server has the next answer
        self.cuts = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        """All that one connection of the program's says and hears."""
        raise NotImplementedError

    def close(self):
        self.listener.close()


class HttpDoor(Door):
    """One that cuts where an answer is posted, by HTTP: all requests pass through it."""

    def __init__(self, server_port, path):
        self.answers = b"POST " + path.encode() + b" "
        super().__init__(server_port)

    def carry(self, client):
        with contextlib.suppress(OSError), client, socket.create_connection(("127.0.0.1", self.server_port)) as server:
            request = self.whole_request(client)
            cutting = self.cut if request.startswith(self.answers) else None
            if cutting:
                self.cut = None
                self.cuts += 1
            if cutting == "before":
                return
            # One request a connection: the server is told so, and the end of its answer is the end of the connection.
            head, _, body = request.partition(b"\r\n\r\n")
            head = re.sub(rb"(?i)\r\nconnection:[^\r]*", b"", head) + b"\r\nConnection: close"
            server.sendall(head + b"\r\n\r\n" + body)
            while part := server.recv(65536):
                self.passed += part
                if not cutting:
                    client.sendall(part)

    @staticmethod
    def whole_request(client):
        request = b""
        while b"\r\n\r\n" not in request:
            part = client.recv(65536)
            if not part:
                return request
            request += part
        head, _, body = request.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        missing = (int(length[1]) if length else 0) - len(body)
        while missing > 0 and (part := client.recv(65536)):
            request += part
            missing -= len(part)
        return request
