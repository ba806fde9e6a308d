"""What stands on a board: the first of each queue, and an office's own work of the day. Each is one
statement, kept for all who have the same grounds, and each of its pieces is the top of one index.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from app.core import clock
from app.core.prepared import Prepared
from app.identity.actor import Actor
from app.identity.models import Organisation, Person
from app.places.models import Place
from app.tickets.models import Ticket, TicketClock, TicketPhoto
from app.tickets.queries.asked import Asked
from app.tickets.queries.counts import capped
from app.tickets.queries.lists import ROW, Line
from app.tickets.queries.narrow import NEVER, NOW
from app.tickets.queries.pieces import only, pieces, top, unseen
from app.tickets.queries.visible import Ground, grounds, shared
from app.tickets.rules import (
    QUEUES_BY_KEY,
    ClockKind,
    Holder,
    Only,
    PhotoPhase,
    Queue,
    Scope,
    TicketStatus,
)
from app.tickets.rules.boards import end_of_day

FIRST = 3
MOST_WORK = 120
NEWEST = 60
AT_WORK = (TicketStatus.DISPATCHED, TicketStatus.IN_PROGRESS)
PRESSING = (Only.OVERDUE, Only.NEARLY_DUE)
NIGHT = "night"
_NIGHT = bindparam(NIGHT, type_=Ticket.due_at.type)

Tops = Select[*tuple[Any, ...]]


def firsts(session: Session, actor: Actor, keys: Sequence[str]) -> dict[str, list[Line]]:
    """The first tickets of these queues of the actor: what has waited longest."""
    slots, values = shared(grounds(actor))
    scopes = {one.scope for one in slots}
    wanted = tuple(
        key for key in keys if key in QUEUES_BY_KEY and QUEUES_BY_KEY[key].scope in scopes
    )
    found: dict[str, list[Line]] = {key: [] for key in wanted}
    if wanted:
        for row in _firsts(slots, wanted).all(session, {NOW: clock.now(), **values}):
            if len(found[row.part]) < FIRST:
                found[row.part].append(row)
    return found


@lru_cache(maxsize=512)
def _firsts(mine: tuple[Ground, ...], keys: tuple[str, ...]) -> Prepared:
    tops = [one for key in keys for one in _tops(mine, QUEUES_BY_KEY[key])]
    firsts = union_all(*(select(one.subquery()) for one in tops)).subquery()
    return Prepared(
        select(*ROW, firsts.c.part)
        .join(firsts, firsts.c.id == Ticket.id)
        .join(Organisation, Organisation.id == Ticket.lead_org_id, isouter=True)
        .join(Person, Person.id == Ticket.duty_person_id, isouter=True)
        .order_by(firsts.c.part, firsts.c.since, Ticket.id),
        one_plan=True,
    )


def _tops(mine: tuple[Ground, ...], queue: Queue) -> Iterator[Tops]:
    """The first of each piece of a queue. What presses is few: it is found by its time, in
    whatever state."""
    since = Ticket.due_at if queue.only in PRESSING else Ticket.moved_at
    for condition in _conditions(mine, queue):
        yield (
            select(Ticket.id, literal(queue.key).label("part"), since.label("since"))
            .where(condition)
            .order_by(since, Ticket.id)
            .limit(top(FIRST))
        )


def _conditions(mine: tuple[Ground, ...], queue: Queue) -> Iterator[ColumnElement[bool]]:
    here = tuple(one for one in mine if one.scope is queue.scope)
    if queue.only not in PRESSING:
        yield from pieces(here, Asked(queue=queue.key))
        return
    for ground in here:
        states = (Ticket.status.in_(queue.statuses), *only(queue, ground))
        for value in ground.values:
            yield and_(ground.one(value), *states)


@dataclass(frozen=True)
class Work:
    """A piece of work, and what a first step depends on."""

    line: Line
    building: str | None
    arrival_due: bool
    containment_due: bool
    has_before: bool


def work(session: Session, actor: Actor) -> list[Work]:
    """What an office leads and has not finished: emergencies, then what is due soonest, then the
    latest of the rest; a day's work, not all that is open."""
    mine, values = shared(one for one in grounds(actor) if one.scope is Scope.LEAD)
    if not mine:
        return []
    now = clock.now()
    return [
        Work(
            row,
            f"{row.estate_name} {row.building_name}" if row.building_name else None,
            row.arrival_due,
            row.containment_due,
            row.has_before,
        )
        for row in _work(mine).all(session, {NOW: now, NIGHT: end_of_day(now), **values})
    ]


@lru_cache(maxsize=512)
def _work(mine: tuple[Ground, ...]) -> Prepared:
    building, estate = aliased(Place), aliased(Place)
    here = [ground.one(value) for ground in mine for value in ground.values]
    tops = [piece for one in here for piece in _at_work(one)]
    found = union(*(select(one.subquery()) for one in tops)).subquery()
    return Prepared(
        select(
            *ROW,
            Ticket.public_area,
            building.name.label("building_name"),
            estate.name.label("estate_name"),
            _runs(ClockKind.ARRIVE).label("arrival_due"),
            _runs(ClockKind.CONTAIN).label("containment_due"),
            _shown_before().label("has_before"),
        )
        .join(found, found.c.id == Ticket.id)
        .join(Organisation, Organisation.id == Ticket.lead_org_id, isouter=True)
        .join(Person, Person.id == Ticket.duty_person_id, isouter=True)
        .join(building, building.id == Ticket.building_id, isouter=True)
        .join(estate, estate.id == Ticket.estate_id, isouter=True)
        .order_by(*_most_urgent())
        .limit(top(MOST_WORK)),
        one_plan=True,
    )


def _most_urgent() -> tuple[Any, ...]:
    """The order of `urgency_of`, for the database: only what is shown is fetched."""
    now = bindparam(NOW, type_=Ticket.due_at.type)
    rank = case(
        (Ticket.emergency == true(), 0),
        (Ticket.due_at <= now, 1),
        (Ticket.due_at < _NIGHT, 2),
        (Ticket.warn_at <= now, 3),
        (Ticket.status == TicketStatus.DISPATCHED, 4),
        else_=5,
    )
    due = func.coalesce(Ticket.due_at, literal(NEVER, Ticket.due_at.type))
    return rank, due, Ticket.moved_at, Ticket.id


def _at_work(here: ColumnElement[bool]) -> Iterator[Select[Any]]:
    for state in AT_WORK:
        now = and_(here, Ticket.status == state)
        latest = (Ticket.moved_at.desc(), Ticket.id.desc())
        for piece in (now, and_(now, Ticket.emergency == true())):
            yield select(Ticket.id).where(piece).order_by(*latest).limit(top(NEWEST))
    due = and_(here, Ticket.due_at.is_not(None), unseen(Ticket.status.in_(AT_WORK)))
    yield select(Ticket.id).where(due).order_by(Ticket.due_at).limit(top(MOST_WORK))


def _runs(kind: ClockKind) -> ColumnElement[bool]:
    return (
        select(TicketClock.ticket_id)
        .where(
            TicketClock.ticket_id == Ticket.id,
            TicketClock.holder == Holder.LEAD,
            TicketClock.kind == kind,
            TicketClock.ended_at.is_(None),
        )
        .exists()
    )


def _shown_before() -> ColumnElement[bool]:
    shows = TicketPhoto.phase.in_((PhotoPhase.REPORT, PhotoPhase.BEFORE))
    return select(TicketPhoto.id).where(TicketPhoto.ticket_id == Ticket.id, shows).exists()


def pressing(session: Session, actor: Actor) -> tuple[int, int]:
    """How much of an office's work is an emergency, and how much else is due before midnight."""
    mine, values = shared(one for one in grounds(actor) if one.scope is Scope.LEAD)
    if not mine:
        return 0, 0
    now = clock.now()
    row = _pressing(mine).first(session, {NOW: now, NIGHT: end_of_day(now), **values})
    return row.emergencies, row.today


@lru_cache(maxsize=512)
def _pressing(mine: tuple[Ground, ...]) -> Prepared:
    (ground,) = mine
    working = and_(ground.all(), Ticket.status.in_(AT_WORK))
    later = Ticket.due_at > bindparam(NOW, type_=Ticket.due_at.type)
    today = and_(working, later, Ticket.due_at < _NIGHT)
    emergencies = capped(and_(working, Ticket.emergency == true()))
    numbers = select(emergencies.label("emergencies"), capped(today).label("today"))
    return Prepared(numbers, one_plan=True)
