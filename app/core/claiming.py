"""Which rows a worker takes: those of a lane that are due, oldest first, under a lease.

A worker that dies loses its lease, and what it held is lost once more. One of these rows may have
killed it: so they come first, few together and without any other of their lane, then one by one.
What was lost too often is set aside as a dead letter; the rows that only stood by are done by then.
"""

import logging
import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Update, and_, case, func, literal, select, update
from sqlalchemy.orm import Session

from app.core import clock, outbox
from app.core.db import transaction
from app.core.events import Event, publish
from app.core.outbox import LEASE, LONG, QUICK, SLOW, Job, OutboxRow, State

BATCH = 32
TOGETHER = {1: BATCH, 2: 1, 3: 1}  # how many of those that were lost so often
MOST_LOST = 4  # long work is begun three times and then gives up itself (`jobs`)
# Rows of other lanes that were lost with it shall not be held again just when it kills again.
RESTS = timedelta(minutes=1)
WORDS = f"WorkerDied: {MOST_LOST} times the worker ended while it held this row"

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class RowSetAside(Event):
    """A row was lost with its worker too often: nobody tries it again by themselves."""

    subject_kind: ClassVar[str] = "outbox"
    verb: ClassVar[str] = "set_aside"

    kind: str

    def details(self) -> dict[str, Any]:
        return {"kind": self.kind, "lost": MOST_LOST}


def claim(limit: int = BATCH, *, lane: str = QUICK, alone: bool = True) -> list[Job]:
    """Lease rows of one lane that are due. Unless the worker holds no other of this lane (`alone`),
    it gets nothing while there are some that were lost: it ends the others first."""
    now = clock.now()
    with transaction() as session:
        _take_back(session, lane, now)
        lost = session.scalar(_most_lost(lane, now)) or 0
        if lost and not alone:
            return []
        kinds = session.scalars(_kinds(lost)).all() if lane == QUICK else ()
        due = _due(_in_lane(lane, kinds), lost, now)
        leased = _lease(due.limit(min(limit, TOGETHER.get(lost, limit))), now)
        rows = session.execute(leased).all()
    return [Job(*row[1:]) for row in sorted(rows, key=lambda row: row.due_at)]


def _waiting(lost: int) -> ColumnElement[bool]:
    return and_(OutboxRow.state == State.WAITING, OutboxRow.lost == lost)


def _kinds(lost: int) -> Select[str]:
    """The kinds of those that wait, each by one look into the index: what is quick is found without
    passing by a quarter of a million pushes."""
    first = select(func.min(OutboxRow.kind).label("kind")).where(_waiting(lost)).cte(recursive=True)
    more = select(func.min(OutboxRow.kind)).where(_waiting(lost), OutboxRow.kind > first.c.kind)
    every = first.union_all(select(more.scalar_subquery()).where(first.c.kind.is_not(None)))
    return select(every.c.kind).where(every.c.kind.is_not(None))


def _due(in_lane: ColumnElement[bool], lost: int, now: datetime) -> Select[UUID]:
    return (
        select(OutboxRow.id)
        .where(_waiting(lost), OutboxRow.due_at <= now, in_lane)
        .order_by(OutboxRow.due_at)
        .with_for_update(skip_locked=True)
    )


def _most_lost(lane: str, now: datetime) -> Select[int]:
    """How often those were lost that come first."""
    return (
        select(OutboxRow.lost)
        .where(
            OutboxRow.state == State.WAITING,
            OutboxRow.lost > 0,
            OutboxRow.due_at <= now,
            _in_lane(lane),
        )
        .order_by(OutboxRow.lost.desc())
        .limit(1)
    )


def _lease(ids: Select[UUID], now: datetime) -> Update:
    return (
        update(OutboxRow)
        .where(OutboxRow.id.in_(ids.scalar_subquery()))
        .values(state=State.LEASED, lease_until=now + LEASE, attempts=OutboxRow.attempts + 1)
        .returning(
            OutboxRow.due_at,
            OutboxRow.id,
            OutboxRow.kind,
            OutboxRow.payload,
            OutboxRow.attempts,
            OutboxRow.created_at,
            OutboxRow.lost,
        )
        .execution_options(synchronize_session=False)
    )


def _take_back(session: Session, lane: str, now: datetime) -> None:
    """Those whose lease is over wait again, one loss more; or are set aside."""
    over = (
        select(OutboxRow.id)
        .where(OutboxRow.state == State.LEASED, OutboxRow.lease_until < now, _in_lane(lane))
        .with_for_update(skip_locked=True)
    )
    lost = OutboxRow.lost + 1
    rests = now + RESTS * random.random()  # noqa: S311 - jitter, not a secret
    taken = (
        update(OutboxRow)
        .where(OutboxRow.id.in_(over.scalar_subquery()))
        .values(
            state=case((lost < MOST_LOST, _state(State.WAITING)), else_=_state(State.DEAD)),
            due_at=case((lost.in_(range(2, MOST_LOST)), rests), else_=OutboxRow.due_at),
            last_error=case((lost < MOST_LOST, OutboxRow.last_error), else_=WORDS),
            lost=lost,
            lease_until=None,
        )
        .returning(OutboxRow.id, OutboxRow.kind, OutboxRow.state)
        .execution_options(synchronize_session=False)
    )
    for row_id, kind, state in session.execute(taken):
        if state is State.DEAD:
            log.error("a row of %s was set aside: %s %s", kind, row_id, WORDS)
            publish(session, RowSetAside(subject_id=row_id, actor_id=None, kind=kind))


def _state(state: State) -> ColumnElement[State]:
    return literal(state, OutboxRow.state.type)


def _in_lane(lane: str, kinds: Collection[str] | None = None) -> ColumnElement[bool]:
    """Quick is what is neither long nor leaves in crowds, of these kinds where they are known."""
    if lane == QUICK:
        others = LONG | outbox.MANY
        return (
            OutboxRow.kind.not_in(others)
            if kinds is None
            else OutboxRow.kind.in_({*kinds} - others)
        )
    return OutboxRow.kind.in_(LONG) if lane == SLOW else OutboxRow.kind == lane
