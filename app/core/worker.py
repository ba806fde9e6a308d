"""A worker: for each lane of the outbox a thread that claims what is due, delivers, rests a little.

Long work has a lane of its own, so that no message waits for a spreadsheet; so has each kind of
which thousands leave at once, so that nothing waits for them.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Protocol, cast

from flask import Flask, current_app
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core import carrying, claiming, clock, duties, jobs, outbox
from app.core.db import transaction
from app.core.ledger import Ledger
from app.core.outbox import GIVEN_BACK, QUICK, SLOW, Job, OutboxRow, State

REST_SECONDS = 1.0
SECONDS_TO_STOP = 8.0  # shorter than the ten after which tools/serve.py ends what has not ended
DONE_KEPT = timedelta(days=7)

log = logging.getLogger(__name__)


class Lane(Protocol):
    """Used by one thread at a time."""

    def turn(self) -> bool:
        """Do some work; whether there was any."""

    def leave(self) -> None:
        """Bring what is under way to an end, or give it back."""


class Quick:
    """Everything that is done in a moment, one after another; plans first what the day owes."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._planned: date | None = None
        self._taken: deque[Job] = deque()
        self._ended = Ledger(_write)

    def turn(self) -> bool:
        """See `Lane`. What a failure of the database has left of a batch is done the next time."""
        self._ended.flush()
        if self._planned != clock.today():
            duties.plan_today()
            self._planned = clock.today()
        self._taken.extend([] if self._taken else claiming.claim())
        busy = bool(self._taken)
        while self._taken and not self._stop.is_set():
            job = self._taken.popleft()
            self._ended.add([(job, outbox.attempt(job))])
            self._ended.flush()
        return busy

    def leave(self) -> None:
        """See `Lane`."""
        self._ended.add([(job, GIVEN_BACK) for job in self._taken])
        self._taken.clear()
        self._ended.flush()


def _write(ended: Sequence[tuple[Job, Exception | None]]) -> None:
    with transaction() as session:
        outbox.settle_all(session, ended)


class Slow:
    """Long work, one piece at a time. It hears by itself that the worker ends."""

    def turn(self) -> bool:
        """See `Lane`."""
        return work_once(slow=True)

    def leave(self) -> None:
        """See `Lane`."""


class Shift:
    """The lanes of this process, for the present application. Several may wish to work in one; one
    at a time does."""

    def __init__(self, stop: threading.Event) -> None:
        self._app: Flask = cast(Any, current_app)._get_current_object()
        self._stop = stop
        many = {kind: carrying.Traffic(kind) for kind in sorted(outbox.MANY)}
        for one in many.values():
            one.enter()
        self.lanes: dict[str, Lane] = {QUICK: Quick(stop), SLOW: Slow(), **many}
        self._taken = {name: threading.Lock() for name in self.lanes}
        self._again = {name: threading.Event() for name in self.lanes}
        self._threads: list[threading.Thread] = []

    def begin(self, rest_seconds: float) -> None:
        """Start a thread for each lane, which looks for work that often."""
        log.info("the worker has begun: %s", ", ".join(self.lanes))
        for name in self.lanes:
            thread = threading.Thread(
                target=self._run, args=(name, rest_seconds), name=f"the lane {name}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def end(self) -> None:
        """Once `stop` is set: wait until all have brought to an end what they had taken."""
        jobs.INTERRUPTED.set()
        last = time.monotonic() + SECONDS_TO_STOP
        for thread in self._threads:
            thread.join(max(0.0, last - time.monotonic()))

    def drain(self, name: str, seconds: float = float("inf")) -> None:
        """Work in a lane until nothing is due, the time is over or `stop` is set. Whoever finds it
        taken leaves word that there may be more."""
        lane, taken, again = self.lanes[name], self._taken[name], self._again[name]
        last = time.monotonic() + seconds
        again.set()
        while again.is_set() and taken.acquire(blocking=False):
            again.clear()
            try:
                with self._app.app_context():
                    while not self._stop.is_set() and time.monotonic() < last and lane.turn():
                        pass
            finally:
                taken.release()

    def _run(self, name: str, rest_seconds: float) -> None:
        while not self._stop.is_set():
            self._safely(name, lambda: self.drain(name))
            self._stop.wait(rest_seconds)
        with self._taken[name], self._app.app_context():
            self._safely(name, self.lanes[name].leave)

    @staticmethod
    def _safely(name: str, act: Callable[[], None]) -> None:
        """A failure, as of the database, is logged and the work goes on."""
        try:
            act()
        except Exception:
            log.exception("the lane %s stumbled and goes on", name)


def run(stop: threading.Event) -> None:
    """Work until told to stop."""
    shift = Shift(stop)
    shift.begin(REST_SECONDS)
    stop.wait()
    shift.end()


def work_once(*, slow: bool = False) -> bool:
    """Deliver one batch, of long work one piece; True if there was something to do."""
    claimed = claiming.claim(1, lane=SLOW) if slow else claiming.claim()
    outbox.deliver(claimed)
    return bool(claimed)


def carry_all(kind: str) -> bool:
    """Carry what is due of one kind until all of it has ended; True if there was something."""
    traffic = carrying.Traffic(kind)
    busy = traffic.turn()
    while traffic.on_way:
        traffic.turn(more=False)
    return busy


@duties.daily("outbox.sweep")
def forget_done_rows(session: Session, day: date) -> None:
    """Drop what was delivered a week ago; dead letters stay until somebody looks at them."""
    session.execute(
        delete(OutboxRow).where(
            OutboxRow.state == State.DONE, OutboxRow.created_at < clock.now() - DONE_KEPT
        )
    )
