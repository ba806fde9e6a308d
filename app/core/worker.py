"""The worker's loop: plan the day's duties, claim what is due, deliver, rest a little.

Long work runs beside it in a thread of its own, so that no message waits for a spreadsheet.
"""

import logging
import threading
from datetime import date, timedelta
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.core import clock, duties, jobs, outbox
from app.core.outbox import OutboxRow, State

REST_SECONDS = 1.0
SECONDS_TO_STOP = 5
DONE_KEPT = timedelta(days=7)

log = logging.getLogger(__name__)


def run(stop: threading.Event) -> None:
    """Work until told to stop. A failure of the database is logged and tried again."""
    app: Flask = cast(Any, current_app)._get_current_object()
    beside = threading.Thread(target=_run_slow_lane, args=(app, stop), daemon=True)
    beside.start()
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
    jobs.INTERRUPTED.set()
    beside.join(SECONDS_TO_STOP)


def _run_slow_lane(app: Flask, stop: threading.Event) -> None:
    with app.app_context():
        while not stop.is_set():
            try:
                busy = work_once(slow=True)
            except Exception:
                log.exception("the slow lane stumbled and goes on")
                busy = False
            if not busy:
                stop.wait(REST_SECONDS)


def work_once(*, slow: bool = False) -> bool:
    """Deliver one batch, of long work one piece; True if there was something to do."""
    claimed = outbox.claim(1, slow=True) if slow else outbox.claim()
    outbox.deliver(claimed)
    return bool(claimed)


@duties.daily("outbox.sweep")
def forget_done_rows(session: Session, day: date) -> None:
    """Drop what was delivered a week ago; dead letters stay until somebody looks at them."""
    session.execute(
        delete(OutboxRow).where(
            OutboxRow.state == State.DONE, OutboxRow.created_at < clock.now() - DONE_KEPT
        )
    )
