"""Pages of tickets. A list is gathered ground by ground and state by state: each piece is the top
of one index, so a page costs the same with a thousand tickets and with a hundred thousand.

What a filter or words narrow is looked for twice. First near by, among the latest of each piece:
what is frequent fills a page from there. What is rarer comes from the full-text index, which holds
tags of grounds and filters beside the words. What is not over yet is few, and looked through.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    func,
    literal,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from app.core import clock
from app.core.prepared import Prepared
from app.identity.actor import Actor
from app.identity.models import Organisation, Person
from app.tickets.models import Ticket
from app.tickets.queries import narrow
from app.tickets.queries.asked import (
    EVER,
    PER_PAGE,
    Asked,
    Place,
    Sort,
    asked_by,
    read_cursor,
    write_cursor,
)
from app.tickets.queries.look import AT, ID, LEGS, Look, leg_of
from app.tickets.queries.pieces import any_ground, chosen, pieces, top
from app.tickets.queries.rarely import rarely
from app.tickets.queries.visible import Ground, grounds, shared
from app.tickets.rules import Scope
from app.tickets.rules.search_text import needles_of

NEAR_BY = 3000  # so many of the latest of a piece are looked through
STREAMED = 1000

ROW = (
    Ticket.id,
    Ticket.number,
    Ticket.category,
    Ticket.text,
    Ticket.status,
    Ticket.emergency,
    Ticket.supervised,
    Ticket.returned,
    Ticket.duplicate_of,
    Ticket.place_text,
    Ticket.community_id,
    Ticket.building_id,
    Ticket.lead_party,
    Organisation.name.label("lead_name"),
    Ticket.duty_person_id,
    Person.name.label("duty_name"),
    Ticket.reporter_id,
    Ticket.due_at,
    Ticket.warn_at,
    Ticket.created_at,
    Ticket.moved_at,
    Ticket.version,
)

Line = Row[*tuple[Any, ...]]


def page(
    session: Session, actor: Actor, query: Mapping[str, Any]
) -> tuple[Sequence[Line], str | None]:
    """One page of what the actor may see, in the order asked for, and the cursor of the next.

    Raises Invalid for a queue that is not the actor's, or a cursor that is not ours.
    """
    asked, limit = asked_by(query), query.get("limit") or PER_PAGE
    mine = chosen(tuple(grounds(actor)), asked)
    slots, given = shared(mine)
    dialect = _dialect(session)
    given |= asked.values | _words(mine, asked, query, dialect)
    legs = LEGS[asked.sort]
    place = read_cursor(asked.sort, query["cursor"]) if query.get("cursor") else None
    first = min(place.leg, len(legs) - 1) if place else 0
    found: list[Line] = []
    for no, leg in enumerate(legs[first:], start=first):
        behind = place if no == first else None
        look = Look(slots, asked.shape, leg, behind is not None, limit + 1, dialect)
        values = given | ({AT: behind.at, ID: behind.ticket_id} if behind else {})
        rows, last = _looked(session, look, values)
        found += rows
        if last or len(found) > limit:
            break
    following = _cursor(asked.sort, found[limit - 1]) if len(found) > limit else None
    return found[:limit], following


def whole(
    session: Session, actor: Actor, query: Mapping[str, Any], columns: Sequence[Any] = ROW
) -> Generator[Line, None, None]:
    """All that `page` would show page by page, as a stream: for files."""
    for statement, values in selected(session, actor, query, columns):
        streamed = session.execute(statement, values, execution_options={"yield_per": STREAMED})
        with streamed as rows:  # who stops half-way leaves no cursor open
            yield from rows


def selected(
    session: Session, actor: Actor, query: Mapping[str, Any], columns: Sequence[Any] = ROW
) -> Iterator[tuple[Select[Any], dict[str, Any]]]:
    """The statements of `whole` with their parameters, to be run one after the other."""
    asked, dialect = asked_by(query), _dialect(session)
    mine = chosen(tuple(grounds(actor)), asked)
    values = asked.values | _words((), asked, query, dialect)
    for leg in LEGS[asked.sort]:
        look = Look(mine, asked, leg, False, 0, dialect)
        statement = (
            select(*columns)
            .select_from(Ticket)
            .join(Organisation, Organisation.id == Ticket.lead_org_id, isouter=True)
            .join(Person, Person.id == Ticket.duty_person_id, isouter=True)
            .where(any_ground(mine, asked), *look.shared)
            .order_by(*leg.order)
        )
        if look.indexed:
            statement = statement.where(Ticket.id.in_(narrow.found_by_index(dialect)))
        yield statement, values


def counted(session: Session, actor: Actor, query: Mapping[str, Any]) -> int:
    """How many tickets `whole` gives."""
    found = 0
    for statement, values in selected(session, actor, query, (Ticket.id,)):
        rows = statement.order_by(None).subquery()
        found += session.scalar(select(func.count()).select_from(rows), values) or 0
    return found


def _looked(session: Session, look: Look, values: dict[str, Any]) -> tuple[Sequence[Line], bool]:
    """What is found in this leg, and whether nothing is left to look for: what is rare is found in
    all legs at once."""
    said = rarely(session, look, values)
    if said:
        return _far(look.of_both).all(session, values | {narrow.MATCH: said}), True
    return _at_length(session, look, values), False


def _at_length(session: Session, look: Look, values: dict[str, Any]) -> Sequence[Line]:
    if look.bounded and look.asked.created_to and not look.ranged:
        return _of_days(look).all(session, values)
    rows = _near(look).all(session, values)
    if len(rows) >= look.most or not look.bounded or look.ranged:
        return rows
    return (_of_days if look.asked.dated else _far)(look).all(session, values)


def _words(
    mine: Sequence[Ground], asked: Asked, query: Mapping[str, Any], dialect: str
) -> dict[str, Any]:
    """What the index and each ticket is asked for, and the present moment."""
    needles, tags = needles_of(query.get("q") or ""), narrow.tagged(asked)
    own = narrow.scopes(one for one in mine if one.scope is not Scope.CO)
    return narrow.word_values(needles, dialect) | {
        narrow.NOW: clock.now(),
        narrow.ANYWHERE: narrow.match_of(needles, tags, dialect),
        narrow.MATCH: narrow.match_of(needles, [*tags, own], dialect),
        narrow.GROUND: narrow.match_of((), [own], dialect),
    }


@lru_cache(maxsize=512)
def _near(look: Look) -> Prepared:
    """The latest of each piece that meet what is asked; kept, since building a statement took
    longer than running it. Words are looked for in each ticket once: it belongs to one piece."""
    conditions = [*look.shared, *narrow.holds(look.asked, look.dialect)]
    if look.bounded and not look.ranged:
        conditions.append(look.leg.column >= _edge(look))
    apart = look.leg.few or bool(look.asked.needles)
    return _gathered(
        look, [select(Ticket.id).where(piece, *conditions) for piece in _pieces(look, apart=apart)]
    )


def _pieces(look: Look, *, apart: bool) -> Iterator[ColumnElement[bool]]:
    return pieces(look.mine, look.asked, by_due=look.leg.few, apart=apart)


def _edge(look: Look) -> ColumnElement[Any]:
    """The moment down to which is looked near by, on every piece the same: behind the last ticket
    that is looked at in one of them, another may still have what comes before."""
    beyond = [look.leg.only] if look.leg.only is not None else []
    beyond += [look.leg.beyond] if look.goes_on else []
    at = look.leg.column.label("at")
    lasts = [
        select(at)
        .where(piece, *beyond)
        .order_by(*look.leg.order)
        .limit(top(1))
        .offset(top(NEAR_BY))
        for piece in _pieces(look, apart=False)
    ]
    ends = union_all(*(select(one.subquery()) for one in lasts)).subquery()
    edge = select(func.max(ends.c.at).label("at")).cte("edge")
    return func.coalesce(select(edge.c.at).scalar_subquery(), literal(EVER, look.leg.column.type))


@lru_cache(maxsize=512)
def _far(look: Look) -> Prepared:
    """What the full-text index finds. Where an organisation helps is no tag: those are few, and
    looked through."""
    named = [*look.shared, *narrow.holds(look.asked, look.dialect)]
    tagged = tuple(one for one in look.mine if one.scope is not Scope.CO)
    helped = tuple(one for one in look.mine if one.scope is Scope.CO)
    found = Ticket.id.in_(narrow.found_by_index(look.dialect))
    tops = [select(Ticket.id).where(any_ground(tagged, look.asked), found, *look.shared)]
    tops += [select(Ticket.id).where(one, *named) for one in pieces(helped, look.asked)]
    return _gathered(look, tops)


@lru_cache(maxsize=512)
def _of_days(look: Look) -> Prepared:
    """What was reported on the days asked for, by the index of days."""
    named = [*look.shared, *narrow.holds(look.asked, look.dialect)]
    tops = []
    for piece in pieces(look.mine, look.asked, apart=True):
        made = select(Ticket.id).where(piece, *narrow.dates(look.asked))
        tops.append(select(Ticket.id).where(Ticket.id.in_(made), *named))
    return _gathered(look, tops)


def _gathered(look: Look, found: Sequence[Select[Any]]) -> Prepared:
    """The first of what was found in each piece; only of these the rest is read."""
    keys = [column.label(name) for name, column, _ in look.leg.keys if name != "id"]
    tops = [one.add_columns(*keys).order_by(*look.leg.order).limit(top(look.most)) for one in found]
    all_of_them = union(*(select(piece.subquery()) for piece in tops)).subquery()
    order = look.leg.order_of({one.key: one for one in all_of_them.c})
    first = select(all_of_them.c.id).order_by(*order).limit(top(look.most)).subquery()
    return Prepared(
        select(*ROW)
        .join(first, first.c.id == Ticket.id)
        .join(Organisation, Organisation.id == Ticket.lead_org_id, isouter=True)
        .join(Person, Person.id == Ticket.duty_person_id, isouter=True)
        .order_by(*look.leg.order),
        one_plan=True,
    )


def _cursor(sort: Sort, row: Line) -> str:
    leg = leg_of(sort, row)
    return write_cursor(sort, Place(leg, getattr(row, LEGS[sort][leg].by), row.id))


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
