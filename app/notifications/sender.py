"""The one way out for Web Push: encrypts messages and hands them to push services, guarded.

Many are on their way at once, on connections that are kept (`transport`). No push service holds up
another: each has a queue of its own, and one that does not answer is left alone for a while
(`rules/resting.py`). What an answer means is in `rules/retrying.py`.
"""

import json
import time
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from py_vapid import VapidException
from pywebpush import WebPusher, WebPushException

from app.core.outgoing import Policy
from app.notifications.rules.addresses import Target, endpoint_fault, origin_of
from app.notifications.rules.resting import Health
from app.notifications.rules.retrying import Verdict, verdict_of
from app.notifications.rules.telling import TTL_SECONDS, Urgency
from app.notifications.transport import Answer, Transport
from app.notifications.vapid import Signer

LARGEST_PAYLOAD = 3000  # a push service need not take more than 4096 octets, encrypted

# What the two libraries raise for keys and addresses that nothing can be done with.
UNUSABLE = (WebPushException, VapidException, ValueError, IndexError)


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: the payload of `rules.telling.on_device`, and how pressing it is."""

    payload: dict[str, Any]
    urgency: Urgency
    topic: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it; `after` is how long to wait, `tried` whether anything was sent at all."""

    verdict: Verdict
    reason: str
    after: timedelta | None = None
    tried: bool = True


@dataclass(frozen=True, slots=True)
class _Parcel:
    key: Hashable
    target: Target
    message: Message


@dataclass(slots=True)
class _Service:
    """One push service: what waits for it, how much is on its way, how well it answers."""

    waiting: deque[_Parcel] = field(default_factory=deque)
    on_way: int = 0
    health: Health = field(default_factory=Health)


class Sender:
    """Used by one thread: `begin` many, and `turn` until every one of them has its outcome."""

    def __init__(self, signer: Signer, policy: Policy) -> None:
        self._signer = signer
        self.policy = policy
        self._transport: Transport | None = None
        self._services: dict[str, _Service] = {}
        self._ended: list[tuple[Hashable, Outcome]] = []

    def begin(self, key: Hashable, target: Target, message: Message) -> None:
        """Send one message; what becomes of it comes from `turn` under this key. Never raises."""
        if endpoint_fault(target.endpoint, inner=self.policy.allow_private):
            self._end(key, Outcome(Verdict.NEVER, "the endpoint is not one we send to"))
            return
        service = self._services.setdefault(origin_of(target.endpoint), _Service())
        service.waiting.append(_Parcel(key, target, message))

    def turn(self, seconds: float) -> list[tuple[Hashable, Outcome]]:
        """Go on for at most so long; the messages whose outcome is known now."""
        for origin, service in self._services.items():
            self._put_off_if_resting(service)
            while service.waiting and service.on_way < service.health.at_once:
                self._set_out(origin, service, service.waiting.popleft())
        if self._transport:
            for (service, key), answer in self._transport.turn(0 if self._ended else seconds):
                self._heard(service, key, answer)
        ended, self._ended = self._ended, []
        return ended

    def leave(self) -> None:
        """Set out with nothing more: what waits comes from `turn` as not tried."""
        after = timedelta(milliseconds=1)
        for service in self._services.values():
            for parcel in service.waiting:
                outcome = Outcome(Verdict.LATER, "the worker has ended", after, tried=False)
                self._end(parcel.key, outcome)
            service.waiting.clear()

    def close(self) -> None:
        """Hang up; the next message starts anew."""
        if self._transport:
            self._transport.close()
        self._transport = None
        self._services.clear()

    def _set_out(self, origin: str, service: _Service, parcel: _Parcel) -> None:
        try:
            body = _encrypted(parcel.target, parcel.message)
            headers = self._headers(origin, parcel.message)
        except UNUSABLE as fault:
            self._end(parcel.key, Outcome(Verdict.NEVER, f"unusable: {type(fault).__name__}"))
            return
        if self._transport is None or self._transport.policy != self.policy:
            self._transport = Transport(self.policy)
        self._transport.begin((service, parcel.key), parcel.target.endpoint, headers, body)
        service.on_way += 1

    def _heard(self, service: _Service, key: Hashable, answer: Answer) -> None:
        service.on_way -= 1
        if answer.status:
            service.health.answered()
            verdict = verdict_of(answer.status)
            self._end(key, Outcome(verdict, f"HTTP {answer.status}", answer.wait))
        elif answer.final:
            self._end(key, Outcome(Verdict.NEVER, answer.reason))
        else:
            service.health.missed(time.monotonic())
            self._end(key, Outcome(Verdict.LATER, answer.reason))

    def _put_off_if_resting(self, service: _Service) -> None:
        if service.waiting and (rest := service.health.rest(time.monotonic())):
            after = timedelta(seconds=rest)
            for parcel in service.waiting:
                reason = "this push service does not answer"
                self._end(parcel.key, Outcome(Verdict.LATER, reason, after, tried=False))
            service.waiting.clear()

    def _end(self, key: Hashable, outcome: Outcome) -> None:
        self._ended.append((key, outcome))

    def _headers(self, origin: str, message: Message) -> dict[str, str]:
        return self._signer.headers(origin) | {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(TTL_SECONDS[message.urgency]),
            "Urgency": message.urgency.value,
            "Topic": message.topic,
        }


def _encrypted(target: Target, message: Message) -> bytes:
    raw = json.dumps(message.payload, ensure_ascii=False, separators=(",", ":")).encode()
    if len(raw) > LARGEST_PAYLOAD:
        raise ValueError("the payload is too large")
    keys = {"p256dh": target.p256dh, "auth": target.auth}
    body: bytes = WebPusher({"endpoint": target.endpoint, "keys": keys}).encode(raw)["body"]
    return body
