"""Lists and counts. A list is gathered ground by ground and state by state: each piece is the top
of one index, so a page costs the same with a thousand tickets and with a hundred thousand.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
    tuple_,
    union,
)
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Invalid
from app.identity.actor import Actor
from app.identity.models import Organisation
from app.tickets.models import Ticket, TicketCo
from app.tickets.queries.visible import Ground, grounds
from app.tickets.rules import QUEUES, QUEUES_BY_KEY, Only, Queue, Reviewer, Scope, TicketStatus

MOST_PIECES = 120
COUNTED_AT_MOST = 999
SEARCHED_AT_MOST = 2000  # of each ground the latest: about two years of a community
NUMBER = re.compile(r"\d{4}-\d{4,}")
AT, ID, NOW = "after_moved_at", "after_id", "now"
NEWEST_FIRST = (Ticket.moved_at.desc(), Ticket.id.desc())

ROW = (
    Ticket.id,
    Ticket.number,
    Ticket.category,
    Ticket.text,
    Ticket.status,
    Ticket.emergency,
    Ticket.supervised,
    Ticket.duplicate_of,
    Ticket.place_text,
    Ticket.community_id,
    Ticket.building_id,
    Ticket.lead_party,
    Organisation.name.label("lead_name"),
    Ticket.reporter_id,
    Ticket.due_at,
    Ticket.warn_at,
    Ticket.created_at,
    Ticket.moved_at,
    Ticket.version,
)

Line = Row[*tuple[Any, ...]]
Cursor = tuple[datetime, UUID]
Conditions = list[ColumnElement[bool]]


@dataclass(frozen=True)
class Asked:
    """What a list is asked for. `after`: it goes on behind the parameters `AT` and `ID`."""

    status: str | None
    category: str | None
    building_id: UUID | None
    queue: str | None
    mine: bool
    words: str
    limit: int
    after: bool


def page(
    session: Session, actor: Actor, query: dict[str, Any]
) -> tuple[Sequence[Line], str | None]:
    """One page of what the actor may see, newest move first, and the cursor of the next.

    Raises Invalid for a queue that is not the actor's, or a cursor that is not ours.
    """
    asked = Asked(
        status=query.get("status"),
        category=query.get("category"),
        building_id=query.get("building_id"),
        queue=query.get("queue"),
        mine=bool(query.get("mine")),
        words=(query.get("q") or "").strip(),
        limit=query.get("limit") or 50,
        after=bool(query.get("cursor")),
    )
    values: dict[str, Any] = {NOW: clock.now()} if asked.queue else {}
    if asked.after:
        values |= zip((AT, ID), _read_cursor(query["cursor"]), strict=True)
    rows = session.execute(_listing(tuple(grounds(actor)), asked), values).all()
    following = _write_cursor(rows[asked.limit - 1]) if len(rows) > asked.limit else None
    return rows[: asked.limit], following


@lru_cache(maxsize=512)
def _listing(mine: tuple[Ground, ...], asked: Asked) -> Select[*tuple[Any, ...]]:
    """The statement of a list, one row longer than the page; kept, since building it took longer
    than running it."""
    narrowed = _filters(asked)
    most = asked.limit + 1
    pieces = [
        _searched(_all(condition, narrowed), asked.words, most)
        if asked.words
        else _latest(_all(condition, narrowed), most)
        for condition in _pieces(mine, asked)
    ]
    top = union(*(select(piece.subquery()) for piece in pieces)).subquery()
    return (
        select(*ROW)
        .join(top, top.c.id == Ticket.id)
        .join(Organisation, Organisation.id == Ticket.lead_org_id, isouter=True)
        .order_by(*NEWEST_FIRST)
        .limit(most)
    )


def _latest(condition: ColumnElement[bool], most: int) -> Select[UUID, datetime]:
    """The top of one piece of a list."""
    found = select(Ticket.id, Ticket.moved_at).where(condition)
    return found.order_by(*NEWEST_FIRST).limit(most)


def _searched(condition: ColumnElement[bool], words: str, most: int) -> Select[UUID, datetime]:
    """The top of what holds these words. A whole number is found however old it is, words among
    the latest only: no index helps with two Chinese signs in the middle of a text."""
    if NUMBER.fullmatch(words):
        return _latest(condition & (Ticket.number == words), most)
    texts = (Ticket.number, Ticket.text, Ticket.place_text)
    recent = (
        select(Ticket.id, Ticket.moved_at, *texts)
        .where(condition)
        .order_by(*NEWEST_FIRST)
        .limit(SEARCHED_AT_MOST)
        .subquery()
    )
    holds = [recent.c[text.key].contains(words, autoescape=True) for text in texts]
    return (
        select(recent.c.id, recent.c.moved_at)
        .where(or_(*holds))
        .order_by(recent.c.moved_at.desc(), recent.c.id.desc())
        .limit(most)
    )


def queue_counts(session: Session, actor: Actor) -> list[tuple[Queue, int]]:
    """The actor's queues, each with how many wait in it (at most 999)."""
    queues, statement = _counting(tuple(_queue_grounds(actor)))
    counts = session.execute(statement, {NOW: clock.now()}).one()
    return list(zip(queues, counts, strict=True))


@lru_cache(maxsize=512)
def _counting(mine: tuple[Ground, ...]) -> tuple[list[Queue], Select[*tuple[Any, ...]]]:
    """The queues of these grounds and the one statement that counts them all; most of the time
    of a count went into building it."""
    grounds_of = {ground.scope: ground for ground in mine}
    queues = [queue for queue in QUEUES if queue.scope in grounds_of]
    return queues, select(*(_count(grounds_of[queue.scope], queue) for queue in queues))


def _count(ground: Ground, queue: Queue) -> ColumnElement[int]:
    waiting = _all(ground.all(), [Ticket.status.in_(queue.statuses), *_only(queue, ground)])
    capped = select(Ticket.id).where(waiting).limit(COUNTED_AT_MOST).subquery()
    return select(func.count()).select_from(capped).scalar_subquery()


def _queue_grounds(actor: Actor) -> list[Ground]:
    """Grounds that make a queue: a person's own reports, and what waits for their office."""
    return [ground for ground in grounds(actor) if ground.scope is not Scope.OWNERS_ESTATE]


def _pieces(mine: Sequence[Ground], asked: Asked) -> Iterator[ColumnElement[bool]]:
    statuses = (TicketStatus(asked.status),) if asked.status else ()
    if asked.mine:
        mine = [ground for ground in mine if ground.scope is Scope.REPORTER]
    if asked.queue is None:
        for ground in mine:
            yield from _split(ground, statuses, [])
        return
    queue = QUEUES_BY_KEY.get(asked.queue)
    chosen = [ground for ground in mine if queue and ground.scope is queue.scope]
    if queue is None or not chosen:
        raise Invalid(errors={"queue": ["您没有这个列表。"]})
    for ground in chosen:
        yield from _queue_pieces(ground, queue)


def _queue_pieces(ground: Ground, queue: Queue) -> Iterator[ColumnElement[bool]]:
    return _split(ground, queue.statuses, _only(queue, ground))


def _split(
    ground: Ground, statuses: tuple[TicketStatus, ...], only: Conditions
) -> Iterator[ColumnElement[bool]]:
    """A ground as conditions that are each one equality of an index, unless they grow too many."""
    narrow: Conditions = list(only)
    if len(ground.values) * max(len(statuses), 1) > MOST_PIECES:
        if statuses:
            narrow.append(Ticket.status.in_(statuses))
        yield _all(ground.all(), narrow)
        return
    for value in sorted(ground.values):
        if not statuses:
            yield _all(ground.one(value), narrow)
        for status in statuses:
            yield _all(ground.one(value), [*narrow, Ticket.status == status])


def _all(first: ColumnElement[bool], others: Conditions) -> ColumnElement[bool]:
    condition = first
    for other in others:
        condition = condition & other
    return condition


_NOW = bindparam(NOW, type_=Ticket.due_at.type)  # statements are kept longer than a moment
ONLY: dict[Only, ColumnElement[bool]] = {
    Only.REVIEW_BY_COMMUNITY: Ticket.review_by == Reviewer.COMMUNITY_PARTY,
    Only.REVIEW_BY_SUBDISTRICT: Ticket.review_by == Reviewer.SUBDISTRICT,
    Only.SUSPENSION_PENDING: Ticket.suspension_pending.is_(True),
    Only.SUPERVISED: Ticket.supervised == true(),
    Only.OVERDUE: Ticket.due_at <= _NOW,
    Only.NEARLY_DUE: and_(Ticket.warn_at <= _NOW, Ticket.due_at > _NOW),
}


def _only(queue: Queue, ground: Ground) -> Conditions:
    if queue.only is None:
        return []
    if queue.only is Only.PART_OPEN:
        unfinished = select(TicketCo.ticket_id).where(
            TicketCo.organisation_id.in_(ground.values), TicketCo.done_at.is_(None)
        )
        return [Ticket.id.in_(unfinished)]
    return [ONLY[queue.only]]


def _filters(asked: Asked) -> Conditions:
    narrowed: Conditions = []
    if asked.status:
        narrowed.append(Ticket.status == asked.status)
    if asked.category:
        narrowed.append(Ticket.category == asked.category)
    if asked.building_id:
        narrowed.append(Ticket.building_id == asked.building_id)
    if asked.after:
        place = tuple_(Ticket.moved_at, Ticket.id)
        last = (bindparam(AT, type_=Ticket.moved_at.type), bindparam(ID, type_=Ticket.id.type))
        narrowed.append(place < tuple_(*last))
    return narrowed


def _write_cursor(row: Line) -> str:
    raw = f"{row.moved_at.isoformat()} {row.id}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> Cursor:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moved_at, _, ticket_id = raw.partition(" ")
        moment = datetime.fromisoformat(moved_at)
        if moment.tzinfo is None:
            raise ValueError("a naive moment")
        return moment, UUID(ticket_id)
    except (ValueError, binascii.Error) as bad:
        raise Invalid(errors={"cursor": ["这一页找不到了，请从头再看。"]}) from bad
