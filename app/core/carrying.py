"""What leaves by the thousand: many are on their way side by side, and what became of them is
written down in one transaction for many.

Each such kind has a carrier and a lane of its own. A carrier never waits for one who is slow; the
rows stay leased until they are settled, so that what a dead worker had taken goes to the next one.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any, Protocol, cast

from flask import Flask, current_app
from sqlalchemy.orm import Session

from app.core import outbox
from app.core.db import transaction
from app.core.outbox import Job, PutOff

MOST_ON_WAY = 1024
CLAIMED = 256  # fewer than this are not worth a claim while others are on their way
TURN_SECONDS = 0.05
WAITS_SECONDS = 100.0  # well before the lease ends
PUT_OFF = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Ended:
    """How one row ended, as a handler would have said it; `found` is for its carrier's notes."""

    job: Job
    failed: Exception | None
    found: Any = None


class Carrier(Protocol):
    """Takes rows out of the house. Used by one thread."""

    def begin(self, jobs: Sequence[Job]) -> list[Ended]:
        """Set out with these; those that end at once."""

    def turn(self, seconds: float) -> list[Ended]:
        """Go on with what is on its way, for about so long; those that have ended."""

    def note(self, session: Session, ended: Sequence[Ended]) -> None:
        """Write down what was found out, in the transaction that settles the rows."""


CARRIERS: dict[str, Callable[[], Carrier]] = {}


def carries(kind: str, make: Callable[[], Carrier]) -> None:
    """Have rows of this kind carried by what `make` makes, once for each lane that runs."""
    CARRIERS[kind] = make
    outbox.MANY.add(kind)


class Pool:
    """A carrier of rows that have a plain handler: each runs in one of a few threads, so that
    whoever is slow makes few others wait. What could not begin in time goes back untried."""

    def __init__(self, handler: outbox.Handler, threads: int) -> None:
        self._handler = handler
        self._threads = ThreadPoolExecutor(threads)
        self._app: Flask = cast(Any, current_app)._get_current_object()
        self._on_way: dict[Future[None], Job] = {}

    def begin(self, jobs: Sequence[Job]) -> list[Ended]:
        """See `Carrier`."""
        begun = monotonic()
        self._on_way |= {self._threads.submit(self._run, job, begun): job for job in jobs}
        return []

    def turn(self, seconds: float) -> list[Ended]:
        """See `Carrier`."""
        done, _ = wait(self._on_way, seconds, FIRST_COMPLETED)
        return [
            Ended(self._on_way.pop(one), cast(Exception | None, one.exception())) for one in done
        ]

    def note(self, session: Session, ended: Sequence[Ended]) -> None:
        """Nothing: handlers write down what they find themselves."""

    def _run(self, job: Job, begun: float) -> None:
        if monotonic() - begun > WAITS_SECONDS:
            raise PutOff("others take long", PUT_OFF)
        with self._app.app_context():
            self._handler(job)


def in_threads(kind: str, threads: int) -> Callable[[outbox.Handler], outbox.Handler]:
    """Have a function deliver the rows of this kind in a lane of its own, a few side by side."""

    def add(handler: outbox.Handler) -> outbox.Handler:
        carries(kind, lambda: Pool(handler, threads))
        return handler

    return add


class Traffic:
    """Everything of one kind that this process carries."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._carrier = CARRIERS[kind]()
        self.on_way = 0

    def turn(self, *, more: bool = True) -> bool:
        """Claim if there is room and `more` is wanted, go on, settle; True if there was work."""
        ended: list[Ended] = []
        claimed: list[Job] = []
        if more and MOST_ON_WAY - self.on_way >= CLAIMED:
            claimed = outbox.claim(MOST_ON_WAY - self.on_way, only=self._kind)
            self.on_way += len(claimed)
            ended += self._carrier.begin(claimed)
        if self.on_way > len(ended):
            ended += self._carrier.turn(TURN_SECONDS)
        if ended:
            self._settle(ended)
        return bool(claimed or ended or self.on_way)

    def _settle(self, ended: Sequence[Ended]) -> None:
        self.on_way -= len(ended)
        with transaction() as session:
            self._carrier.note(session, ended)
            outbox.settle_all(session, [(one.job, one.failed) for one in ended])
