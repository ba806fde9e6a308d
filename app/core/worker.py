"""The worker's loop: plan the day's duties, claim what is due, deliver, rest a little.

Long work runs beside it in a thread of its own, so that no message waits for a spreadsheet; so does
each kind of which thousands leave at once, so that nothing waits for them.
"""

import logging
import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core import carrying, clock, duties, jobs, outbox
from app.core.outbox import OutboxRow, State

REST_SECONDS = 1.0
SECONDS_TO_STOP = 5
DONE_KEPT = timedelta(days=7)

log = logging.getLogger(__name__)


def run(stop: threading.Event) -> None:
    """Work until told to stop. A failure of the database is logged and tried again."""
    app: Flask = cast(Any, current_app)._get_current_object()
    lanes = [
        threading.Thread(target=_run_lane, args=(app, stop, lane, name), name=name, daemon=True)
        for name, lane in _lanes_beside().items()
    ]
    for thread in lanes:
        thread.start()
    _run_lane(app, stop, Daily(), "the worker")
    jobs.INTERRUPTED.set()
    for thread in lanes:
        thread.join(SECONDS_TO_STOP)


Lane = Callable[[], bool]  # does some work; whether there was any


def _lanes_beside() -> dict[str, Lane]:
    lanes: dict[str, Lane] = {"the slow lane": lambda: work_once(slow=True)}
    return lanes | {f"the lane of {kind}": carrying.Traffic(kind).turn for kind in outbox.MANY}


def _run_lane(app: Flask, stop: threading.Event, lane: Lane, name: str) -> None:
    with app.app_context():
        while not stop.is_set():
            try:
                busy = lane()
            except Exception:
                log.exception("%s stumbled and goes on", name)
                busy = False
            if not busy:
                stop.wait(REST_SECONDS)


class Daily:
    """The lane of everything quick, which first plans what the day owes."""

    def __init__(self) -> None:
        self._planned: date | None = None

    def __call__(self) -> bool:
        if self._planned != clock.today():
            duties.plan_today()
            self._planned = clock.today()
        return work_once()


def work_once(*, slow: bool = False) -> bool:
    """Deliver one batch, of long work one piece; True if there was something to do."""
    claimed = outbox.claim(1, slow=True) if slow else outbox.claim()
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
