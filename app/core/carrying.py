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

from app.core import claiming, outbox
from app.core.db import transaction
from app.core.ledger import Ledger
from app.core.outbox import GIVEN_BACK, Job, PutOff

MOST_ON_WAY = 1024
CLAIMED = 512  # fewer than this are not worth a claim while others are on their way
SETTLED = 256  # nor a transaction of their own while more end, for as long as this:
SETTLED_SECONDS = 0.5
TURN_SECONDS = 0.05
WAITS_SECONDS = 100.0  # well before the lease ends
PUT_OFF = timedelta(seconds=30)
SECONDS_TO_LEAVE = 6.0  # a carrier of pushes knows within five what became of a message


@dataclass(frozen=True, slots=True)
class Ended:
    """How one row ended, as a handler would have said it; `found` is for its carrier's notes."""

    job: Job
    failed: Exception | None
    found: Any = None


class Carrier(Protocol):
    """Takes rows out of the house. Used by one thread."""

    def enter(self) -> None:
        """A worker begins: what is worth having at hand for thousands is made ready."""

    def begin(self, jobs: Sequence[Job]) -> list[Ended]:
        """Set out with these; those that end at once. When it raises, none has set out."""

    def turn(self, seconds: float) -> list[Ended]:
        """Go on with what is on its way, for about so long; those that have ended."""

    def leave(self) -> list[Ended]:
        """The worker ends: those that have not set out yet go back; `turn` goes on with others."""

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

    def enter(self) -> None:
        """See `Carrier`."""

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

    def leave(self) -> list[Ended]:
        """See `Carrier`."""
        return [Ended(self._on_way.pop(one), GIVEN_BACK) for one in [*self._on_way] if one.cancel()]

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
        self._claimed = Ledger(self._begin)
        self._carried = 0
        self._ended = Ledger(self._write)
        self._suspects = False  # one of those on their way may kill us: no other joins them
        self._since = 0.0  # when the first of those that have ended did

    @property
    def on_way(self) -> int:
        """How many are claimed and not settled."""
        return len(self._claimed) + self._carried + len(self._ended)

    def turn(self, *, more: bool = True) -> bool:
        """Claim if there is room and `more` is wanted, go on, settle; True if there was work."""
        if not self.on_way:
            self._suspects = False
        if more and not self._suspects and MOST_ON_WAY - self.on_way >= CLAIMED:
            self._claim()
        busy = self.on_way > 0
        self._claimed.flush()
        ended = self._carrier.turn(TURN_SECONDS) if self._carried else []
        self._put_down(ended)
        late = monotonic() - self._since > SETTLED_SECONDS
        if not ended or not self._carried or late or len(self._ended) >= SETTLED:
            self._ended.flush()
        return busy

    def enter(self) -> None:
        """The worker begins."""
        self._carrier.enter()

    def leave(self) -> None:
        """Take no more, and wait for what is on its way; what takes longer keeps its lease."""
        last = monotonic() + SECONDS_TO_LEAVE
        self._put_down(self._carrier.leave())
        while self.on_way and monotonic() < last:
            self.turn(more=False)

    def _claim(self) -> None:
        most = MOST_ON_WAY - self.on_way
        jobs = claiming.claim(most, lane=self._kind, alone=not self.on_way)
        self._suspects = any(job.lost for job in jobs)
        self._claimed.add(jobs)

    def _begin(self, jobs: Sequence[Job]) -> None:
        at_once = self._carrier.begin(jobs)
        self._carried += len(jobs)
        self._put_down(at_once)

    def _put_down(self, ended: Sequence[Ended]) -> None:
        if ended and not self._ended:
            self._since = monotonic()
        self._carried -= len(ended)
        self._ended.add(ended)

    def _write(self, ended: Sequence[Ended]) -> None:
        with transaction() as session:
            self._carrier.note(session, ended)
            outbox.settle_all(session, [(one.job, one.failed) for one in ended])
