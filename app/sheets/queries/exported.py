"""What an export reads: the very list that the actor sees, ticket by ticket, and the names in it.

Only the ids come sorted from the database; what stands in a line is fetched lot by lot, so that no
more than one lot is ever held, here or there.
"""

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from app.core import clock
from app.core.prepared import Prepared
from app.identity.actor import Actor
from app.identity.models import Organisation, Person
from app.places.queries import household_texts
from app.sheets.rules.export import Told
from app.tickets import catalogue, present_doubles
from app.tickets.models import Ticket, TicketCo, TicketEntry
from app.tickets.queries import lists
from app.tickets.rules import Verb

AT_ONCE = 500
FOR_THE_COMMUNITY = ("reporter_name", "agreed_by", "household_id")

OnDuty = aliased(Person)
_IDS: Any = bindparam("ids", expanding=True)
LINES = Prepared(
    select(
        Ticket.id,
        Ticket.number,
        Ticket.text,
        Ticket.category,
        Ticket.status,
        Ticket.emergency,
        Ticket.supervised,
        Ticket.duplicate_of,
        Ticket.community_id,
        Ticket.place_text,
        Ticket.spot,
        Ticket.household_id,
        Ticket.agreed_by,
        Ticket.reporter_id,
        Person.name.label("reporter_name"),
        Ticket.lead_party,
        Organisation.name.label("lead_name"),
        OnDuty.name.label("duty_name"),
        Ticket.created_at,
        Ticket.moved_at,
        Ticket.due_at,
        Ticket.closed_at,
        Ticket.solved,
        Ticket.satisfied,
        Ticket.returned,
        Ticket.reopened,
    )
    .join(Person, Person.id == Ticket.reporter_id, isouter=True)
    .join(Organisation, Organisation.id == Ticket.lead_org_id, isouter=True)
    .join(OnDuty, OnDuty.id == Ticket.duty_person_id, isouter=True)
    .where(Ticket.id.in_(_IDS))
)
OUTCOMES = Prepared(
    select(TicketEntry.ticket_id, TicketEntry.text)
    .where(TicketEntry.ticket_id.in_(_IDS), TicketEntry.verb == Verb.RESOLVE.value)
    .order_by(TicketEntry.at, TicketEntry.id)
)
HELPERS = Prepared(
    select(TicketCo.ticket_id, Organisation.name)
    .join(Organisation, Organisation.id == TicketCo.organisation_id)
    .where(TicketCo.ticket_id.in_(_IDS))
    .order_by(Organisation.name)
)


def count(session: Session, actor: Actor, query: Mapping[str, Any]) -> int:
    """How many lines the export will have. Invalid for a queue that is not the actor's."""
    return lists.counted(session, actor, query)


def lines(session: Session, actor: Actor, query: Mapping[str, Any]) -> Generator[Told, None, None]:
    """The lines of the list in its order, all of them."""
    ids: list[UUID] = []
    now = clock.now()
    with closing(lists.whole(session, actor, query, (Ticket.id,))) as found:
        for row in found:
            ids.append(row.id)
            if len(ids) == AT_ONCE:
                yield from _lot(session, actor, ids, now)
                ids = []
    yield from _lot(session, actor, ids, now)


def _lot(session: Session, actor: Actor, ids: Sequence[UUID], now: datetime) -> Iterator[Told]:
    if not ids:
        return
    asked = {"ids": ids}
    rows = {row.id: row for row in LINES.all(session, asked)}
    outcomes = {row.ticket_id: row.text for row in OUTCOMES.all(session, asked)}
    helpers: dict[UUID, list[str]] = defaultdict(list)
    for ticket_id, name in HELPERS.all(session, asked):
        helpers[ticket_id].append(name)
    households = _households(session, actor, rows.values())
    for one in ids:
        if one in rows:
            row = rows[one]
            yield Told(
                row=row if _confides(actor, row) else Discreet(row),
                category_name=catalogue.name_of(row),
                status_name=present_doubles.status_name(row),
                helpers="、".join(helpers[one]),
                outcome=outcomes.get(one, ""),
                household=households.get(row.household_id, ""),
                now=now,
            )


def _households(session: Session, actor: Actor, rows: Iterable[Any]) -> dict[UUID, str]:
    """The doors that this actor may read."""
    wanted = {row.household_id for row in rows if row.household_id and _confides(actor, row)}
    return household_texts(session, wanted) if wanted else {}


def _confides(actor: Actor, row: Any) -> bool:
    """Whether what only the community and the reporter may know is this actor's to know."""
    return row.community_id in actor.committee_communities or row.reporter_id == actor.id


class Discreet:
    """A line without what is for the community alone."""

    def __init__(self, row: Any) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return None if name in FOR_THE_COMMUNITY else getattr(self._row, name)
