"""The one way to ask a foreign server for something: guarded.

No redirects, a few seconds in all, no more bytes than wanted, and no connection to an address
that is not public: the address is checked when the socket to it is made, so that a name which
answers differently each time gains nothing. Web Push has a sender of its own with these sockets.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    InvalidURL,
    TCPConnector,
)
from flask import Flask, current_app

from app.core.addresses import PrivateAddress, is_inner_number, is_public

SECONDS = 10
LONGEST_URL = 1000
ANSWER_READ = 4096


class Unreached(Exception):
    """Nothing usable came back. `final`: asking again would not help."""

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True)
class Policy:
    """What an installation allows. The defaults are those of an open network."""

    allow_private: bool = False
    ca_file: str | None = None


def sockets(policy: Policy) -> Callable[[Any], socket.socket]:
    """Makes the socket to one resolved address; PrivateAddress instead of one that leads inside."""

    def make(found: Any) -> socket.socket:
        family, kind, protocol, _, address = found
        if not (policy.allow_private or is_public(str(address[0]))):
            raise PrivateAddress
        return socket.socket(family, kind, protocol)

    return make


def url_fault(url: str) -> str | None:
    """What is wrong with an address that others gave us, in Chinese; None if nothing is."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "网址读不懂。"
    if len(url) > LONGEST_URL:
        return f"网址太长了，最多 {LONGEST_URL} 个字符。"
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        return "网址读不懂。"
    if not url.isascii() or not url.isprintable() or " " in url:
        return "网址里有不能用的字符。"
    if is_inner_number(host):
        return "网址指向内部网络，不能使用。"
    return None


def prepare(app: Flask) -> None:
    """OUTGOING_ALLOW_PRIVATE is for tests: it opens plain http and inner addresses."""
    app.config.setdefault("OUTGOING_ALLOW_PRIVATE", False)


def policy_here() -> Policy:
    """What the current application allows."""
    return Policy(allow_private=bool(current_app.config["OUTGOING_ALLOW_PRIVATE"]))


def fetch(url: str, *, most: int, policy: Policy) -> bytes:
    """What lies at an address, if it is not longer than wanted. Raises Unreached."""
    return asyncio.run(_fetch(url, most, policy))


def post(url: str, body: bytes, headers: dict[str, str], *, policy: Policy) -> int:
    """Hand something over; the status of the answer, whose body nobody reads. Raises Unreached."""
    return asyncio.run(_post(url, body, headers, policy, 0))[0]


def ask(url: str, body: bytes, headers: dict[str, str], *, policy: Policy) -> tuple[int, bytes]:
    """Hand something over; the status of the answer and how it begins. Raises Unreached."""
    return asyncio.run(_post(url, body, headers, policy, ANSWER_READ))


async def _fetch(url: str, most: int, policy: Policy) -> bytes:
    with _told_apart():
        async with (
            _session(policy) as session,
            session.get(url, allow_redirects=False) as answer,
        ):
            if answer.status != 200:
                later = answer.status in {408, 425, 429} or answer.status >= 500
                raise Unreached(f"HTTP {answer.status}", final=not later)
            raw = bytearray()
            async for piece in answer.content.iter_chunked(64 * 1024):
                raw += piece
                if len(raw) > most:
                    raise Unreached("too large", final=True)
            return bytes(raw)


async def _post(
    url: str, body: bytes, headers: dict[str, str], policy: Policy, most: int
) -> tuple[int, bytes]:
    with _told_apart():
        async with (
            _session(policy) as session,
            session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            raw = bytearray()
            while len(raw) < most and (piece := await answer.content.read(most - len(raw))):
                raw += piece
            return answer.status, bytes(raw)


@contextmanager
def _told_apart() -> Iterator[None]:
    """Whatever goes wrong on the way is Unreached, for now or for good."""
    try:
        yield
    except InvalidURL as wrong:
        raise Unreached("not an address", final=True) from wrong
    except (TimeoutError, ClientError, OSError) as broken:
        inside = isinstance(getattr(broken, "os_error", broken), PrivateAddress)
        reason = "a private address" if inside else type(broken).__name__
        raise Unreached(reason, final=inside) from broken


def _session(policy: Policy) -> ClientSession:
    context = ssl.create_default_context(cafile=policy.ca_file)
    return ClientSession(
        connector=TCPConnector(ssl=context, socket_factory=sockets(policy)),
        timeout=ClientTimeout(total=SECONDS),
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
        headers={"Accept-Encoding": "identity", "User-Agent": "Honglin"},
    )
