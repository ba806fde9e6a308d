"""The one way out for Web Push: encrypts messages and hands them to push services, guarded.

Many are on their way at once, on connections that are kept (`transport`). No push service holds up
another: each has a queue of its own, and one that does not answer is left alone for a while
(`rules/resting.py`). What an answer means is in `rules/retrying.py`. A worker's sender has a
process beside it that encrypts (`sealer.py`); without one, or when it has gone, it does so itself.
"""

import time
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import msgspec

from app.core.outgoing import Policy
from app.core.sealing import UNUSABLE, Letter, Sealed, sealed
from app.notifications.rules.addresses import Target, endpoint_fault, origin_of
from app.notifications.rules.resting import Health
from app.notifications.rules.retrying import Verdict, verdict_of
from app.notifications.rules.telling import TTL_SECONDS, Urgency
from app.notifications.sealer import Desk
from app.notifications.transport import Answer, Transport
from app.notifications.vapid import Signer

LARGEST_PAYLOAD = 3000  # a push service need not take more than 4096 octets, encrypted


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


@dataclass(slots=True)
class _Parcel:
    key: Hashable
    target: Target
    message: Message
    letter: Letter
    body: Sealed | None = None


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
        self._desk: Desk[_Parcel] = Desk()

    def enter(self) -> None:
        """From now on there may be thousands: have help at hand."""
        self._desk.enter()

    def begin(self, key: Hashable, target: Target, message: Message) -> None:
        """Send one message; what becomes of it comes from `turn` under this key. Never raises."""
        if endpoint_fault(target.endpoint, inner=self.policy.allow_private):
            self._end(key, Outcome(Verdict.NEVER, "the endpoint is not one we send to"))
            return
        raw = msgspec.json.encode(message.payload)
        if len(raw) > LARGEST_PAYLOAD:
            self._end(key, Outcome(Verdict.NEVER, "unusable: the payload is too large"))
            return
        letter = target.p256dh, target.auth, raw
        self._desk.put(_Parcel(key, target, message, letter), letter)

    def turn(self, seconds: float) -> list[tuple[Hashable, Outcome]]:
        """Go on for at most so long; the messages whose outcome is known now."""
        transport = self._transport
        if transport is None or transport.policy != self.policy:
            transport = self._transport = Transport(self.policy)
        for parcel, body in self._desk.ready():
            parcel.body = body
            service = self._services.setdefault(origin_of(parcel.target.endpoint), _Service())
            service.waiting.append(parcel)
        for origin, service in self._services.items():
            self._put_off_if_resting(service)
            while service.waiting and service.on_way < service.health.at_once:
                self._set_out(transport, origin, service, service.waiting.popleft())
        most = 0 if self._ended else seconds
        for (service, key), answer in transport.turn(most, self._desk.line):
            self._heard(service, key, answer)
        ended, self._ended = self._ended, []
        return ended

    def leave(self) -> None:
        """Set out with nothing more: what waits comes from `turn` as not tried."""
        left = self._desk.leave()
        for service in self._services.values():
            left += service.waiting
            service.waiting.clear()
        after = timedelta(milliseconds=1)
        for parcel in left:
            outcome = Outcome(Verdict.LATER, "the worker has ended", after, tried=False)
            self._end(parcel.key, outcome)

    def close(self) -> None:
        """Hang up; the next message starts anew."""
        self._desk.leave()
        if self._transport:
            self._transport.close()
        self._transport = None
        self._services.clear()

    def _set_out(
        self, transport: Transport, origin: str, service: _Service, parcel: _Parcel
    ) -> None:
        try:
            body = sealed(*parcel.letter) if parcel.body is None else parcel.body
            headers = self._headers(origin, parcel.message)
        except UNUSABLE as fault:
            body, headers = type(fault).__name__, {}
        if isinstance(body, str):
            self._end(parcel.key, Outcome(Verdict.NEVER, f"unusable: {body}"))
            return
        transport.begin((service, parcel.key), parcel.target.endpoint, headers, body)
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
