"""How many tickets wait in each queue of an actor."""

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import ColumnElement, Integer, Select, and_, func, literal_column, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.prepared import Prepared
from app.identity.actor import Actor
from app.tickets.models import Ticket
from app.tickets.queries.narrow import NOW
from app.tickets.queries.pieces import only, top
from app.tickets.queries.visible import Ground, grounds, shared
from app.tickets.rules import QUEUES, QUEUES_BY_KEY, Queue, Scope

COUNTED_AT_MOST = 999


def queue_counts(
    session: Session, actor: Actor, keys: Collection[str] = QUEUES_BY_KEY.keys()
) -> list[tuple[Queue, int]]:
    """The actor's queues, or those of these, each with how many wait in it (at most 999)."""
    mine, values = shared(_queue_grounds(actor))
    queues, statement = _counting(mine, frozenset(keys))
    if not queues:
        return []
    counts = statement.first(session, {NOW: clock.now(), **values})
    return list(zip(queues, counts, strict=True))


@lru_cache(maxsize=512)
def _counting(mine: tuple[Ground, ...], keys: frozenset[str]) -> tuple[list[Queue], Prepared]:
    """The queues of these grounds and the one statement that counts them all; most of the time
    of a count went into building it."""
    grounds_of = {ground.scope: ground for ground in mine}
    queues = [one for one in QUEUES if one.scope in grounds_of and one.key in keys]
    counts = [_count(grounds_of[one.scope], one).label(one.key) for one in queues]
    return queues, Prepared(select(*counts), one_plan=True)


def _count(ground: Ground, queue: Queue) -> ColumnElement[int]:
    waiting = and_(ground.all(), Ticket.status.in_(queue.statuses), *only(queue, ground))
    return capped(waiting)


def capped(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many meet it, at most 999. No column is asked for, so that any index is enough."""
    found: Select[int] = select(literal_column("1", Integer)).select_from(Ticket).where(condition)
    first = found.limit(top(COUNTED_AT_MOST)).subquery()
    return select(func.count()).select_from(first).scalar_subquery()


def _queue_grounds(actor: Actor) -> list[Ground]:
    """Grounds that make a queue: a person's own reports, and what waits for their office."""
    return [ground for ground in grounds(actor) if ground.scope is not Scope.OWNERS_ESTATE]
