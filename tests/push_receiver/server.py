"""The receiver itself: an HTTP(S) server that takes POSTs as a push service does."""

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from uuid import uuid4

from tests.push_receiver.keys import BrowserKeys
from tests.push_receiver.message import opened
from tests.push_receiver.vapid import Vouched, vouched

LARGEST_BODY = 4096


@dataclass(frozen=True)
class Got:
    """One message that passed every check, opened."""

    plain: bytes
    headers: dict[str, str]
    vouched: Vouched


@dataclass
class Answer:
    """What the receiver says back. `never` keeps the line open and is silent; `held` says it when
    that is set, though the message has arrived."""

    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    never: bool = False
    held: threading.Event | None = None


@dataclass
class Browser:
    """One subscribed browser: its address here, its keys, what reached it and what was wrong."""

    endpoint: str
    keys: BrowserKeys
    answer: Answer = field(default_factory=Answer)
    got: list[Got] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    asked: int = 0

    def as_json(self) -> dict[str, object]:
        return {"endpoint": self.endpoint, "keys": self.keys.as_json()}


class PushReceiver:
    """`with PushReceiver() as receiver: browser = receiver.browser()`; then send to it.

    `now` is the clock by which tokens are checked; a test that sets the time lends its own.
    """

    def __init__(
        self,
        tls: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
        now: Callable[[], float] = time.time,
    ) -> None:
        self.now = now
        self._server = _Quiet(("127.0.0.1", 0), _handler(self))
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        scheme = "http" if tls is None else "https"
        self.origin = f"{scheme}://{host}:{self._server.server_address[1]}"
        self.browsers: dict[str, Browser] = {}
        self.closing = threading.Event()

    def browser(self, answer: Answer | None = None) -> Browser:
        path = f"/push/{uuid4().hex}"
        browser = Browser(self.origin + path, BrowserKeys(), answer or Answer())
        self.browsers[path] = browser
        return browser

    def __enter__(self) -> "PushReceiver":
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256  # as many may knock at once as we send at once

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up in the middle of an answer is part of what we test."""


def _handler(receiver: PushReceiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            browser = receiver.browsers.get(self.path)
            if browser is None:
                self._say(Answer(404))
                return
            browser.asked += 1
            if browser.answer.never:
                self.close_connection = True
                receiver.closing.wait(30)
                return
            self._say(_taken(receiver, browser, dict(self.headers), body))

        def do_GET(self) -> None:
            self.do_POST()

        def _say(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Silence: the test says what it needs to."""

    return Handler


def _taken(
    receiver: PushReceiver, browser: Browser, headers: dict[str, str], body: bytes
) -> Answer:
    """Check everything; a message that fails is noted, refused, and never counted as received."""
    named = {name.lower(): value for name, value in headers.items()}
    if browser.answer.status != 201:
        return browser.answer
    try:
        _check_headers(named, body)
        proof = vouched(named.get("authorization"), receiver.origin, receiver.now())
        plain = opened(body, browser.keys)
    except Exception as wrong:
        browser.wrong.append(f"{type(wrong).__name__}: {wrong}")
        return Answer(400)
    browser.got.append(Got(plain, named, proof))
    if browser.answer.held:
        browser.answer.held.wait(30)
    return browser.answer


def _check_headers(headers: dict[str, str], body: bytes) -> None:
    if headers.get("content-encoding") != "aes128gcm":
        raise ValueError("Content-Encoding is not aes128gcm")
    if not headers.get("ttl", "").isdigit():
        raise ValueError("TTL is missing or not a number")
    if headers.get("urgency", "normal") not in {"very-low", "low", "normal", "high"}:
        raise ValueError("Urgency is none of the four words")
    topic = headers.get("topic", "x")
    if len(topic) > 32 or not topic.replace("-", "").replace("_", "").isalnum():
        raise ValueError("Topic is longer than 32 or not base64url")
    if len(body) > LARGEST_BODY:
        raise ValueError("a push service need not take more than 4096 octets")


def wait_for(happened: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether it happened in time; looks every 20 ms."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if happened():
            return True
        time.sleep(0.02)
    return happened()
