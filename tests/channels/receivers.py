"""A mail server and an https server of our own, on loopback: they take what comes, or refuse it."""

import json
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Mail:
    """One letter, as its reader sees it."""

    to: str
    subject: str
    text: str


@dataclass
class MailServer:
    """`refuse` answers RCPT with this instead; `hang` answers nothing at all until it is over."""

    port: int = 0
    refuse: str = ""
    hang: threading.Event | None = None
    got: list[Mail] = field(default_factory=list)


class _Smtp(socketserver.StreamRequestHandler):
    """As much SMTP as is needed; `mails` is set by who makes a class of this."""

    mails: MailServer

    def handle(self) -> None:
        if self.mails.hang:
            self.mails.hang.wait(60)
            return
        self.say("220 mail.example.test")
        to = ""
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self.say(self.mails.refuse or "250 ok")
            elif verb == "DATA":
                self.take(to)
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def take(self, to: str) -> None:
        self.say("354 go on")
        raw = b""
        while (line := self.rfile.readline()) != b".\r\n":
            raw += line
        letter = message_from_string(raw.decode())
        part = next(each for each in letter.walk() if not each.is_multipart())
        payload = part.get_payload(decode=True)
        subject = str(make_header(decode_header(letter["Subject"])))
        self.mails.got.append(Mail(to, subject, bytes(payload or b"").decode()))
        self.say("250 taken")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """The server, while it runs."""
    mails = MailServer()
    handler = type("Handler", (_Smtp,), {"mails": mails})
    with _serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)) as running:
        mails.port = running.server_address[1]
        yield mails
        if mails.hang:
            mails.hang.set()


@dataclass
class Hooks:
    """An https server: every POST is kept; the next answers in `answers`, else 200 and `usual`."""

    port: int = 0
    answers: list[tuple[int, Any]] = field(default_factory=list)
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    usual: Any = field(default_factory=dict)


@contextmanager
def https_server(context: ssl.SSLContext) -> Iterator[Hooks]:
    """The server, while it runs."""
    hooks = Hooks()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            hooks.bodies.append(body)
            hooks.got.append((self.path, json.loads(body)))
            status, said = hooks.answers.pop(0) if hooks.answers else (200, hooks.usual)
            answer = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with _serving(server) as running:
        hooks.port = running.server_address[1]
        yield hooks


@contextmanager
def _serving(server: Any) -> Iterator[Any]:
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
