"""The worker's loop: plan the day's duties, claim what is due, deliver, rest a little."""

import logging
import threading
from datetime import date, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core import clock, duties, outbox
from app.core.outbox import OutboxRow, State

REST_SECONDS = 1.0
DONE_KEPT = timedelta(days=7)

log = logging.getLogger(__name__)


def run(stop: threading.Event) -> None:
    """Work until told to stop. A failure of the database is logged and tried again."""
    planned: date | None = None
    while not stop.is_set():
        try:
            if planned != clock.today():
                duties.plan_today()
                planned = clock.today()
            busy = work_once()
        except Exception:
            log.exception("the worker stumbled and goes on")
            busy = False
        if not busy:
            stop.wait(REST_SECONDS)


def work_once() -> bool:
    """Deliver one batch; True if there was something to do."""
    jobs = outbox.claim()
    outbox.deliver(jobs)
    return bool(jobs)


@duties.daily("outbox.sweep")
def forget_done_rows(session: Session, day: date) -> None:
    """Drop what was delivered a week ago; dead letters stay until somebody looks at them."""
    session.execute(
        delete(OutboxRow).where(
            OutboxRow.state == State.DONE, OutboxRow.created_at < clock.now() - DONE_KEPT
        )
    )
