"""Daily duties: what must be done once on each local date, whoever does it.

A duty is an outbox row keyed by its name and the date, so that many workers do it once and a
worker that dies leaves it to the next.
"""

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from app.core import clock, outbox
from app.core.db import transaction

Duty = Callable[[Session, date], None]

DUTIES: dict[str, Duty] = {}


def daily(name: str) -> Callable[[Duty], Duty]:
    """Have a function called once on each local date, in a transaction of its own."""

    def add(duty: Duty) -> Duty:
        DUTIES[name] = duty
        return duty

    return add


def plan(session: Session, day: date) -> None:
    """Put the day's duties into the outbox; planning a day again changes nothing."""
    for name in DUTIES:
        outbox.enqueue(
            session, "duty", {"name": name, "day": day.isoformat()}, f"duty:{name}:{day}"
        )


@outbox.handles("duty")
def perform(job: outbox.Job) -> None:
    """Do one duty of one day."""
    duty = DUTIES.get(job.payload["name"])
    if duty is None:
        raise outbox.GiveUp("no such duty any more")
    with transaction() as session:
        duty(session, date.fromisoformat(job.payload["day"]))


def plan_today() -> None:
    """Put today's duties into the outbox, in a transaction of its own."""
    with transaction() as session:
        plan(session, clock.today())
