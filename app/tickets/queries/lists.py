"""Lists and counts. A list is gathered ground by ground and state by state: each piece is the top
of one index, so a page costs the same with a thousand tickets and with a hundred thousand.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, literal, or_, select, true, tuple_, union
from sqlalchemy.orm import Session

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
    Ticket.due_on,
    Ticket.created_at,
    Ticket.moved_at,
    Ticket.version,
)

Line = Row[*tuple[Any, ...]]
Cursor = tuple[datetime, UUID]
Conditions = list[ColumnElement[bool]]


def page(
    session: Session, actor: Actor, query: dict[str, Any]
) -> tuple[Sequence[Line], str | None]:
    """One page of what the actor may see, newest move first, and the cursor of the next.

    Raises Invalid for a queue that is not the actor's, or a cursor that is not ours.
    """
    limit: int = query.get("limit") or 50
    narrowed = _filters(query)
    if query.get("cursor"):
        moved_at, ticket_id = _read_cursor(query["cursor"])
        place = tuple_(Ticket.moved_at, Ticket.id)
        narrowed.append(place < tuple_(literal(moved_at, Ticket.moved_at.type), ticket_id))
    words = (query.get("q") or "").strip()
    pieces = [
        _searched(_all(condition, narrowed), words, limit + 1)
        if words
        else _latest(_all(condition, narrowed), limit + 1)
        for condition in _pieces(actor, query)
    ]
    top = union(*(select(piece.subquery()) for piece in pieces)).subquery()
    rows = session.execute(
        select(*ROW)
        .join(top, top.c.id == Ticket.id)
        .join(Organisation, Organisation.id == Ticket.lead_org_id, isouter=True)
        .order_by(*NEWEST_FIRST)
        .limit(limit + 1)
    ).all()
    following = _write_cursor(rows[limit - 1]) if len(rows) > limit else None
    return rows[:limit], following


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
    mine = {ground.scope: ground for ground in _queue_grounds(actor)}
    queues = [queue for queue in QUEUES if queue.scope in mine]
    counts = [_count(mine[queue.scope], queue) for queue in queues]
    found = session.execute(select(*counts)).one()
    return list(zip(queues, found, strict=True))


def _count(ground: Ground, queue: Queue) -> ColumnElement[int]:
    waiting = _all(ground.all(), [Ticket.status.in_(queue.statuses), *_only(queue, ground)])
    capped = select(Ticket.id).where(waiting).limit(COUNTED_AT_MOST).subquery()
    return select(func.count()).select_from(capped).scalar_subquery()


def _queue_grounds(actor: Actor) -> list[Ground]:
    """Grounds that make a queue: a person's own reports, and what waits for their office."""
    return [ground for ground in grounds(actor) if ground.scope is not Scope.OWNERS_ESTATE]


def _pieces(actor: Actor, query: dict[str, Any]) -> Iterator[ColumnElement[bool]]:
    mine = grounds(actor)
    status = query.get("status")
    statuses = (TicketStatus(status),) if status else ()
    if query.get("mine"):
        mine = [ground for ground in mine if ground.scope is Scope.REPORTER]
    key = query.get("queue")
    if key is None:
        for ground in mine:
            yield from _split(ground, statuses, [])
        return
    queue = QUEUES_BY_KEY.get(key)
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


ONLY: dict[Only, ColumnElement[bool]] = {
    Only.REVIEW_BY_COMMUNITY: Ticket.review_by == Reviewer.COMMUNITY_PARTY,
    Only.REVIEW_BY_SUBDISTRICT: Ticket.review_by == Reviewer.SUBDISTRICT,
    Only.SUSPENSION_PENDING: Ticket.suspension_pending.is_(True),
    Only.SUPERVISED: Ticket.supervised == true(),
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


def _filters(query: dict[str, Any]) -> Conditions:
    narrowed: Conditions = []
    if query.get("status"):
        narrowed.append(Ticket.status == query["status"])
    if query.get("category"):
        narrowed.append(Ticket.category == query["category"])
    if query.get("building_id"):
        narrowed.append(Ticket.building_id == query["building_id"])
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
