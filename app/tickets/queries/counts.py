"""How many tickets wait in each queue of an actor."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.actor import Actor
from app.tickets.models import Ticket
from app.tickets.queries.narrow import NOW
from app.tickets.queries.pieces import only, top
from app.tickets.queries.visible import Ground, grounds
from app.tickets.rules import QUEUES, QUEUES_BY_KEY, Queue, Scope

COUNTED_AT_MOST = 999


def queue_counts(
    session: Session, actor: Actor, keys: Collection[str] = QUEUES_BY_KEY.keys()
) -> list[tuple[Queue, int]]:
    """The actor's queues, or those of these, each with how many wait in it (at most 999)."""
    queues, statement = _counting(tuple(_queue_grounds(actor)), frozenset(keys))
    if not queues:
        return []
    counts = session.execute(statement, {NOW: clock.now()}).one()
    return list(zip(queues, counts, strict=True))


@lru_cache(maxsize=512)
def _counting(
    mine: tuple[Ground, ...], keys: frozenset[str]
) -> tuple[list[Queue], Select[*tuple[Any, ...]]]:
    """The queues of these grounds and the one statement that counts them all; most of the time
    of a count went into building it."""
    grounds_of = {ground.scope: ground for ground in mine}
    queues = [one for one in QUEUES if one.scope in grounds_of and one.key in keys]
    return queues, select(*(_count(grounds_of[queue.scope], queue) for queue in queues))


def _count(ground: Ground, queue: Queue) -> ColumnElement[int]:
    waiting = and_(ground.all(), Ticket.status.in_(queue.statuses), *only(queue, ground))
    capped = select(Ticket.id).where(waiting).limit(top(COUNTED_AT_MOST)).subquery()
    return select(func.count()).select_from(capped).scalar_subquery()


def _queue_grounds(actor: Actor) -> list[Ground]:
    """Grounds that make a queue: a person's own reports, and what waits for their office."""
    return [ground for ground in grounds(actor) if ground.scope is not Scope.OWNERS_ESTATE]
