"""The outbox: what must leave the process, or be done later, is a row written in the transaction
that caused it. A worker claims rows in batches under a lease (`claiming`) and delivers them at
least once.

The row is the truth. A worker that dies loses its lease, and the row goes to the next one.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock, hints
from app.core.among import among
from app.core.db import Base, enum_type, transaction, uuid7
from app.core.upsert import Together

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
    """One thing to deliver. `lost`: how many workers died in a row while they held it."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "state", "lost", "kind", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[str] = mapped_column(String(32))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    dedup_key: Mapped[str] = mapped_column(String(160), unique=True)
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Text)
    state: Mapped[State] = mapped_column(enum_type(State, "state"), default=State.WAITING)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


ENQUEUE = Together(
    OutboxRow.__table__,
    lambda insert: insert.on_conflict_do_nothing(index_elements=[OutboxRow.dedup_key]),
)


@dataclass(frozen=True)
class Job:
    """What a handler gets."""

    id: UUID
    kind: str
    payload: dict[str, Any]
    attempts: int
    created_at: datetime
    lost: int = 0


class Retry(Exception):
    """Not now: try again, after the given time or by exponential back-off."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class PutOff(Retry):
    """It was not even tried: come back after the given time, as if it had never been claimed."""


GIVEN_BACK = PutOff("the worker has ended", timedelta(milliseconds=1))


class GiveUp(Exception):
    """Never: the row becomes a dead letter that an administrator sees."""


Handler = Callable[[Job], None]

HANDLERS: dict[str, Handler] = {}
# Lanes: that of everything quick, that of long work, and one for each kind that leaves in crowds.
QUICK, SLOW = "quick", "slow"
LONG: set[str] = set()
MANY: set[str] = set()  # see `carrying`


def handles(kind: str, *, slow: bool = False) -> Callable[[Handler], Handler]:
    """Have a function deliver the rows of this kind; it runs outside any transaction."""

    def add(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        if slow:
            LONG.add(kind)
        return handler

    return add


def enqueue(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    dedup_key: str,
    due_at: datetime | None = None,
) -> None:
    """Add a row in the present transaction, unless one with this key was there before."""
    enqueue_all(session, kind, {dedup_key: payload}, due_at)


def enqueue_all(
    session: Session,
    kind: str,
    payloads: Mapping[str, dict[str, Any]],
    due_at: datetime | None = None,
) -> None:
    """Add rows by their keys in the present transaction, but for those that were there before."""
    now = clock.now()
    due = due_at or now
    rows = [
        {"id": uuid7(), "kind": kind, "payload": payload, "dedup_key": key, "due_at": due}
        for key, payload in payloads.items()
    ]
    if rows:
        ENQUEUE.run(session, rows)
        if due <= now:
            hints.note(session, lane_of(kind))


def lane_of(kind: str) -> str:
    """The name of the lane in which rows of this kind go."""
    if kind in MANY:
        return kind
    return SLOW if kind in LONG else QUICK


def backlog(session: Session) -> list[tuple[str, State, int, datetime]]:
    """What is due and not delivered, by kind and state: how many, and since when the oldest is."""
    rows = session.execute(
        select(OutboxRow.kind, OutboxRow.state, func.count(), func.min(OutboxRow.due_at))
        .where(OutboxRow.state != State.DONE, OutboxRow.due_at <= clock.now())
        .group_by(OutboxRow.kind, OutboxRow.state)
        .order_by(OutboxRow.kind, OutboxRow.state)
    )
    return [(kind, state, number, since) for kind, state, number, since in rows]


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
    with transaction() as session:
        settle_all(session, [(job, failed)])


def settle_all(session: Session, ended: Iterable[tuple[Job, Exception | None]]) -> None:
    """The same for many attempts, in the caller's transaction."""
    done: dict[int, list[UUID]] = {}
    for job, failed in ended:
        if failed is None:
            done.setdefault(job.attempts, []).append(job.id)
        else:
            _write(session, [job.id], job.attempts, _after(job, failed))
    for attempts, ids in done.items():
        _write(session, ids, attempts, {"state": State.DONE, "last_error": None})


def _write(session: Session, ids: Sequence[UUID], attempts: int, values: dict[str, Any]) -> None:
    session.execute(
        update(OutboxRow)
        .where(
            among(OutboxRow.id, ids, session),
            OutboxRow.state == State.LEASED,
            OutboxRow.attempts == attempts,
        )
        .values(lease_until=None, lost=0, **values),
        execution_options={"synchronize_session": False},
    )


def _after(job: Job, failed: Exception) -> dict[str, Any]:
    """What a failed attempt makes of its row."""
    put_off = isinstance(failed, PutOff)
    if isinstance(failed, GiveUp) or (job.attempts >= MOST_ATTEMPTS and not put_off):
        return {"state": State.DEAD, "last_error": _words(failed)}
    wait = (failed.after if isinstance(failed, Retry) else None) or back_off(job.attempts)
    return {
        "state": State.WAITING,
        "due_at": clock.now() + wait,
        "last_error": _words(failed),
        "attempts": job.attempts - put_off,
    }


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 2, 4, 8 … seconds with jitter, 6 hours at most."""
    wait = min(timedelta(seconds=2.0 ** min(attempts, 20)), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret


def _words(failed: Exception) -> str:
    return f"{type(failed).__name__}: {failed}".replace("\0", "")[:500]  # PostgreSQL takes no NUL
