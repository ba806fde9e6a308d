"""The wire between a phone and the server, byte by byte: raw sockets, and the headers that a
browser really sends. What TCP and TLS add is not counted, nor what HTTP/2 would save."""

import gzip
import json
import socket
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.server import Visitor

# As Chromium 156 on a telephone sends them; `cache: 'no-store'` adds the last two.
BROWSER = {
    "sec-ch-ua-platform": '"Android"',
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/156.0.0.0 Mobile Safari/537.36",
    "sec-ch-ua": '"Chromium";v="156", "Google Chrome";v="156", "Not?A_Brand";v="24"',
    "sec-ch-ua-mobile": "?1",
    "Accept": "application/json",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Pragma": "no-cache",
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True)
class Reply:
    """One answer, and how many bytes it was on the wire."""

    status: int
    headers: dict[str, str]
    body: bytes
    size: int

    def json(self) -> Any:
        return json.loads(self.body) if self.body else None


@dataclass(frozen=True)
class Line:
    """A connection for each request, as our workers close it."""

    port: int

    def exchange(self, raw: bytes) -> Reply:
        """Send, read to the end."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(raw)
            pieces = []
            while piece := connection.recv(65536):
                pieces.append(piece)
        return _reply(b"".join(pieces))


def _reply(raw: bytes) -> Reply:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return Reply(int(first.split()[1]), headers, body, len(raw))


@dataclass
class Phone:
    """A volunteer's phone; every byte is counted under what it was for."""

    visitor: Visitor
    purpose: str = ""
    bytes: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    plain: int = 0  # as much, had nothing been compressed
    requests: int = 0

    def get(self, path: str) -> Any:
        return self._ask("GET", path, {}, b"").json()

    def send(self, method: str, path: str, body: object, version: int | None = None) -> Any:
        """A write as the client sends it; the answer, or None."""
        headers = {
            "X-CSRF-Token": self.visitor.csrf,
            "Idempotency-Key": str(uuid4()),
            "Content-Type": "application/json",
            "Origin": f"http://127.0.0.1:{self.visitor.port}",
        }
        if version is not None:
            headers["If-Match"] = str(version)
        raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        reply = self._ask(method, path, headers, raw)
        return reply.json() if reply.body else None

    def look_for_new_version(self) -> None:
        """The browser asks for the service worker at every opening; mostly nothing is new."""
        worker = "/app/sw.js"
        known = Visitor(self.visitor.port).send("GET", worker, None, {})
        self._ask("GET", worker, {"If-Modified-Since": known.headers["last-modified"]}, b"")

    def _ask(self, method: str, path: str, more: dict[str, str], body: bytes) -> Reply:
        address = f"127.0.0.1:{self.visitor.port}"
        whole = path if path.startswith("/app/") else f"/api/v1{path}"
        headers = {
            "Host": address,
            "Connection": "keep-alive",
            **BROWSER,
            "Referer": f"http://{address}/app/today",
            "Cookie": self.visitor.cookie,
            **more,
        }
        if body:
            headers["Content-Length"] = str(len(body))
        lines = [f"{name}: {value}" for name, value in headers.items()]
        raw = "\r\n".join([f"{method} {whole} HTTP/1.1", *lines, "", ""]).encode() + body
        reply = Line(self.visitor.port).exchange(raw)
        if not (200 <= reply.status < 300 or reply.status == 304):
            raise RuntimeError(f"{method} {path}: {reply.status} {reply.body.decode()[:300]}")
        self.requests += 1
        self.bytes[self.purpose] += len(raw) + reply.size
        packed = int(reply.headers.get("content-length", 0))
        self.plain += len(raw) + reply.size + max(0, len(reply.body) - packed)
        return reply
