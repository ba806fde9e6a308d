"""From what is asked for to conditions: what a filter asks of a ticket, and which words and tags of
the full-text index lead to those that meet it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute

from app.identity.models import Person
from app.tickets.models import Ticket, TicketPhoto
from app.tickets.models_search import TicketWords
from app.tickets.queries.asked import Asked, Sort
from app.tickets.queries.visible import Ground
from app.tickets.rules import Scope
from app.tickets.rules.search_tags import tag
from app.tickets.rules.search_text import Needle

NOW, NEEDLE = "now", "needle"
# Words and filter everywhere, the same on one's own grounds, and these grounds alone.
ASKED = ANYWHERE, MATCH, GROUND = "anywhere", "match", "ground"
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
MOST_SCOPES = 40  # of more grounds than these the index is not asked
TAGS = {
    Scope.REPORTER: "r",
    Scope.COMMUNITY: "c",
    Scope.SUBDISTRICT: "c",
    Scope.LEAD: "l",
    Scope.OWNERS_ESTATE: "e",
    Scope.OWNERS_REVIEW: "e",
}
EQUAL = {
    "community_id": "c",
    "estate_id": "e",
    "building_id": "b",
    "lead_org_id": "l",
    "lead_party": "p",
}
FLAGS = {"emergency": "x", "supervised": "s"}

Conditions = list[ColumnElement[bool]]
_NOW = bindparam(NOW, type_=Ticket.due_at.type)  # statements are kept longer than a moment
IS_OVERDUE = Ticket.due_at <= _NOW
# The same for lists in another order, where an index by due time would have to be sorted anew.
IS_LATE = func.coalesce(Ticket.due_at, literal(NEVER, Ticket.due_at.type)) <= _NOW
NEARLY_DUE = and_(Ticket.warn_at <= _NOW, Ticket.due_at > _NOW)


def conditions(asked: Asked) -> Conditions:
    """What is asked of a ticket beside its state and its words."""
    found: Conditions = [
        (column := getattr(Ticket, name)) == _given(name, column)
        for name in EQUAL
        if getattr(asked, name) is not None
    ]
    found += [getattr(Ticket, name).is_(True) for name in FLAGS if getattr(asked, name)]
    if asked.categories:
        found.append(or_(*map(_of_kind, asked.categories)))
    if asked.overdue:
        found.append(IS_OVERDUE if asked.sort is Sort.DUE else IS_LATE)
    found += dates(asked)
    if asked.photos:
        found.append(Ticket.id.in_(select(TicketPhoto.ticket_id)))
    if asked.doors:
        found.append(exists().where(Person.id == Ticket.reporter_id, Person.guest.is_(True)))
    return found


def dates(asked: Asked) -> Conditions:
    """The days on which it was reported."""
    found: Conditions = []
    if asked.created_from:
        found.append(Ticket.created_at >= _given("created_from", Ticket.created_at))
    if asked.created_to:
        found.append(Ticket.created_at < _given("created_to", Ticket.created_at))
    return found


def _given(name: str, column: InstrumentedAttribute[Any]) -> BindParameter[Any]:
    """A parameter: `Asked.values` has its value."""
    return bindparam(name, type_=column.type)


def _of_kind(code: str) -> ColumnElement[bool]:
    """A category, or a whole group of them."""
    if "." in code:
        return Ticket.category == code
    return or_(Ticket.category == code, Ticket.category.startswith(f"{code}.", autoescape=True))


def tagged(asked: Asked) -> list[list[str]]:
    """The filter as tags of the index: one of each list is there."""
    found = [
        [tag(kind, value)]
        for name, kind in EQUAL.items()
        if (value := getattr(asked, name)) is not None
    ]
    found += [[tag(kind, True)] for name, kind in FLAGS.items() if getattr(asked, name)]
    if asked.categories:
        found.append([tag("k" if "." in code else "g", code) for code in asked.categories])
    return found


def scopes(grounds: Iterable[Ground]) -> list[str]:
    """The grounds as tags, one of which is there; nothing when they are too many."""
    found = {tag(TAGS[ground.scope], one) for ground in grounds for one in ground.values}
    return sorted(found) if len(found) <= MOST_SCOPES else []


def holds(asked: Asked, dialect: str) -> Conditions:
    """The words, as a question to one ticket. It is asked ticket by ticket in the order of the
    list: a join would be turned round by a planner that expects few of them."""
    if not asked.needles:
        return []
    own = select(TicketWords.words).where(TicketWords.ticket_id == Ticket.id).scalar_subquery()
    if dialect == "postgresql":
        return [own.op("@@")(cast(bindparam(NEEDLE), TSQUERY))]
    return [func.instr(own, bindparam(f"{NEEDLE}{no}")) > 0 for no in range(asked.needles)]


def hits(dialect: str) -> Select[Any]:
    """One row for each that the full-text index finds by the parameter `MATCH`, to be counted."""
    if dialect == "postgresql":
        return found_by_index(dialect)
    said = "SELECT rowid AS no FROM ticket_words_fts WHERE ticket_words_fts MATCH :match"
    found = text(said).columns(TicketWords.no).subquery("found")
    return select(found.c.no)


def found_by_index(dialect: str) -> Select[UUID]:
    """The tickets that the full-text index finds by the parameter `MATCH`. In both databases it
    is asked first, whatever a planner expects of it."""
    if dialect == "postgresql":
        hits = TicketWords.words.op("@@")(cast(bindparam(MATCH), TSQUERY))
        hit = select(TicketWords.ticket_id).where(hits).cte("hit").prefix_with("MATERIALIZED")
        return select(hit.c.ticket_id)
    rows = text(
        "SELECT ticket_words.ticket_id FROM ticket_words_fts CROSS JOIN ticket_words"
        " ON ticket_words.no = ticket_words_fts.rowid WHERE ticket_words_fts MATCH :match"
    )
    found = rows.columns(TicketWords.ticket_id).subquery("found")
    return select(found.c.ticket_id)


def word_values(needles: Sequence[Needle], dialect: str) -> dict[str, Any]:
    """The parameters of `holds`."""
    if dialect == "postgresql":
        return {NEEDLE: match_of(needles, [], dialect)} if needles else {}
    return {
        f"{NEEDLE}{no}": f" {' '.join(one.tokens)}{'' if one.opens else ' '}"
        for no, one in enumerate(needles)
    }


def match_of(needles: Iterable[Needle], tags: Iterable[Sequence[str]], dialect: str) -> str:
    """What the full-text index is asked for: each of these words, and one of each list of tags."""
    if dialect == "postgresql":
        words = [_quoted("'", " <-> ", one) + (":*" if one.opens else "") for one in needles]
        either, both = " | ", " & "
        marks = [either.join(f"'{one}'" for one in some) for some in tags]
    else:
        words = [f'"{" ".join(one.tokens)}"' + ("*" if one.opens else "") for one in needles]
        either, both = " OR ", " AND "
        marks = [either.join(f'"{one}"' for one in some) for some in tags]
    return both.join([*(f"({one})" for one in marks if one), *(f"({one})" for one in words)])


def _quoted(sign: str, between: str, needle: Needle) -> str:
    return between.join(f"{sign}{token}{sign}" for token in needle.tokens)
