"""The outbox: what must leave the process, or be done later, is a row written in the transaction
that caused it. A worker claims rows in batches under a lease and delivers them at least once.

The row is the truth. A worker that dies loses its lease, and the row goes to the next one.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock
from app.core.db import Base, enum_type, transaction, uuid7
from app.core.upsert import Upsert

LEASE = timedelta(seconds=300)
MOST_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=6)


class State(StrEnum):
    """Where a row stands."""

    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    DEAD = "dead"


class OutboxRow(Base):
    """One thing to deliver."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[str] = mapped_column(String(32))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    dedup_key: Mapped[str] = mapped_column(String(160), unique=True)
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Text)
    state: Mapped[State] = mapped_column(enum_type(State, "state"), default=State.WAITING)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


ENQUEUE = Upsert(
    OutboxRow.__table__,
    lambda insert: insert.on_conflict_do_nothing(index_elements=[OutboxRow.dedup_key]).returning(
        OutboxRow.id
    ),
)


@dataclass(frozen=True)
class Job:
    """What a handler gets."""

    id: UUID
    kind: str
    payload: dict[str, Any]
    attempts: int


class Retry(Exception):
    """Not now: try again, after the given time or by exponential back-off."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class GiveUp(Exception):
    """Never: the row becomes a dead letter that an administrator sees."""


Handler = Callable[[Job], None]

HANDLERS: dict[str, Handler] = {}
SLOW: set[str] = set()  # the kinds that have a lane of their own, so that nothing waits for them


def handles(kind: str, *, slow: bool = False) -> Callable[[Handler], Handler]:
    """Have a function deliver the rows of this kind; it runs outside any transaction."""

    def add(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        if slow:
            SLOW.add(kind)
        return handler

    return add


def enqueue(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    dedup_key: str,
    due_at: datetime | None = None,
) -> bool:
    """Add a row in the present transaction; False if one with this key was there before."""
    row = {
        "id": uuid7(),
        "kind": kind,
        "payload": payload,
        "dedup_key": dedup_key,
        "due_at": due_at or clock.now(),
    }
    return bool(ENQUEUE.run(session, [row]))


def claim(limit: int = 32, *, slow: bool = False) -> list[Job]:
    """Lease the rows of one lane that are due, oldest first; expired leases count as due."""
    now = clock.now()
    lane = OutboxRow.kind.in_(SLOW) if slow else OutboxRow.kind.not_in(SLOW)
    with transaction() as session:
        rows = session.scalars(
            select(OutboxRow)
            .where(
                lane,
                or_(
                    (OutboxRow.state == State.WAITING) & (OutboxRow.due_at <= now),
                    (OutboxRow.state == State.LEASED) & (OutboxRow.lease_until < now),
                ),
            )
            .order_by(OutboxRow.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            row.state = State.LEASED
            row.lease_until = now + LEASE
            row.attempts += 1
        return [Job(row.id, row.kind, row.payload, row.attempts) for row in rows]


def deliver(jobs: Sequence[Job]) -> None:
    """Run the handlers of claimed jobs and write down how each ended."""
    for job in jobs:
        settle(job, attempt(job))


def attempt(job: Job) -> Exception | None:
    """Run one handler; the exception it ended with, or None."""
    handler = HANDLERS.get(job.kind)
    if handler is None:
        return GiveUp(f"nobody handles {job.kind!r}")
    try:
        handler(job)
    except Exception as failed:
        return failed
    return None


def settle(job: Job, failed: Exception | None) -> None:
    """Write down the outcome of one attempt, unless the lease has gone to another worker."""
    changes: dict[str, Any] = {"lease_until": None}
    if failed is None:
        changes |= {"state": State.DONE, "last_error": None}
    elif isinstance(failed, GiveUp) or job.attempts >= MOST_ATTEMPTS:
        changes |= {"state": State.DEAD, "last_error": _words(failed)}
    else:
        wait = (failed.after if isinstance(failed, Retry) else None) or back_off(job.attempts)
        changes |= {
            "state": State.WAITING,
            "due_at": clock.now() + wait,
            "last_error": _words(failed),
        }
    with transaction() as session:
        session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.id == job.id,
                OutboxRow.state == State.LEASED,
                OutboxRow.attempts == job.attempts,
            )
            .values(changes)
        )


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 2, 4, 8 … seconds with jitter, 6 hours at most."""
    wait = min(timedelta(seconds=2.0 ** min(attempts, 20)), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret


def _words(failed: Exception) -> str:
    return f"{type(failed).__name__}: {failed}"[:500]
