"""The one way out: encrypts a message and hands it to a push service, guarded.

No redirects, five seconds in all, a small part of the answer read, and no connection to an
address that is not public: the address is checked when the socket to it is made, so that a name
which answers differently each time gains nothing. What an answer means is in `rules/retrying.py`.
"""

import asyncio
import json
import os
import ssl
import threading
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    InvalidURL,
    TCPConnector,
)
from py_vapid import VapidException
from pywebpush import WebPusher, WebPushException

from app.core import clock
from app.core.outgoing import Policy, PrivateAddress, sockets
from app.notifications.rules.addresses import endpoint_fault, origin_of
from app.notifications.rules.retrying import Verdict, verdict_of, wait_asked
from app.notifications.rules.telling import TTL_SECONDS, Urgency
from app.notifications.vapid import Signer

SECONDS = 5
ANSWER_READ = 1024
CONNECTIONS = 256
LARGEST_PAYLOAD = 3000  # a push service need not take more than 4096 octets, encrypted

# What the two libraries raise for keys and addresses that nothing can be done with.
UNUSABLE = (WebPushException, VapidException, ValueError, IndexError)


@dataclass(frozen=True)
class Target:
    """Where a browser is reached, and how to write so that only it can read."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True)
class Message:
    """What is sent: the payload of `rules.telling.on_device`, and how pressing it is."""

    payload: dict[str, str]
    urgency: Urgency
    topic: str


@dataclass(frozen=True)
class Outcome:
    """What became of it; `after` is how long the push service asked us to wait."""

    verdict: Verdict
    reason: str
    after: timedelta | None = None


class Sender:
    """Shared by all of a process; its session lives in a thread of its own, made when needed."""

    def __init__(self, signer: Signer, policy: Policy) -> None:
        self._signer = signer
        self.policy = policy
        self._lock = threading.Lock()
        self._process = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._session: ClientSession | None = None

    def send(self, target: Target, message: Message) -> Outcome:
        """Send one message and say what became of it; never raises for what the other side does."""
        work = self.send_async(target, message)
        return asyncio.run_coroutine_threadsafe(work, self._running()).result()

    async def send_async(self, target: Target, message: Message) -> Outcome:
        """The same, from within the sender's own loop."""
        if endpoint_fault(target.endpoint, inner=self.policy.allow_private):
            return Outcome(Verdict.NEVER, "the endpoint is not one we send to")
        try:
            body = _encrypted(target, message)
            headers = self._headers(target, message)
        except UNUSABLE as fault:
            return Outcome(Verdict.NEVER, f"unusable: {type(fault).__name__}")
        try:
            return await self._post(target.endpoint, body, headers)
        except InvalidURL:
            return Outcome(Verdict.NEVER, "not an address")
        except ClientConnectorError as unreached:
            private = isinstance(unreached.os_error, PrivateAddress)
            verdict = Verdict.NEVER if private else Verdict.LATER
            return Outcome(verdict, "a private address" if private else "no connection")
        except (TimeoutError, ClientError, OSError) as broken:
            return Outcome(Verdict.LATER, type(broken).__name__)

    async def _post(self, endpoint: str, body: bytes, headers: dict[str, str]) -> Outcome:
        session = await self._opened()
        async with session.post(
            endpoint, data=body, headers=headers, allow_redirects=False
        ) as answer:
            await answer.content.read(ANSWER_READ)
            after = wait_asked(answer.headers.get("Retry-After"), clock.now())
            return Outcome(verdict_of(answer.status), f"HTTP {answer.status}", after)

    def _headers(self, target: Target, message: Message) -> dict[str, str]:
        return self._signer.headers(origin_of(target.endpoint)) | {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "Accept-Encoding": "identity",
            "TTL": str(TTL_SECONDS[message.urgency]),
            "Urgency": message.urgency.value,
            "Topic": message.topic,
        }

    async def _opened(self) -> ClientSession:
        if self._session is None:
            context = ssl.create_default_context(cafile=self.policy.ca_file)
            self._session = ClientSession(
                connector=TCPConnector(
                    limit=CONNECTIONS, ssl=context, socket_factory=sockets(self.policy)
                ),
                timeout=ClientTimeout(total=SECONDS),
                cookie_jar=DummyCookieJar(),
                auto_decompress=False,
            )
        return self._session

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None or self._process != os.getpid():
                self._process, self._session = os.getpid(), None
                self._loop = asyncio.new_event_loop()
                threading.Thread(
                    target=_turn, args=(self._loop,), name="push-sender", daemon=True
                ).start()
            return self._loop

    def close(self) -> None:
        """Hang up and stop the thread; the next `send` starts anew."""
        with self._lock:
            loop, session = self._loop, self._session
            self._loop = self._session = None
        if loop is None or self._process != os.getpid():
            return
        asyncio.run_coroutine_threadsafe(_hang_up(session), loop).result(SECONDS)
        loop.call_soon_threadsafe(loop.stop)


def _turn(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        loop.close()


async def _hang_up(session: ClientSession | None) -> None:
    if session is not None:
        await session.close()


def _encrypted(target: Target, message: Message) -> bytes:
    raw = json.dumps(message.payload, ensure_ascii=False, separators=(",", ":")).encode()
    if len(raw) > LARGEST_PAYLOAD:
        raise ValueError("the payload is too large")
    keys = {"p256dh": target.p256dh, "auth": target.auth}
    body: bytes = WebPusher({"endpoint": target.endpoint, "keys": keys}).encode(raw)["body"]
    return body
