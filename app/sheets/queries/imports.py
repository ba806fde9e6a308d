"""What an actor sees of imports: those of the communities they work for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.places.models import Place, PlaceKind
from app.places.queries import places_below
from app.sheets.models import ForeignTicket, TicketImport, TicketImportRow, TicketSource
from app.sheets.rules.address import Spot
from app.sheets.rules.incoming import RowState
from app.tickets.models import Ticket, TicketEntry
from app.tickets.rules import Verb

ENDING_VERBS = (Verb.RESOLVE.value, Verb.REJECT.value)


def imports(actor: Actor) -> Select[TicketImport]:
    """The imports of the actor's communities, as a statement without order."""
    return select(TicketImport).where(TicketImport.community_id.in_(actor.committee_communities))


def one(session: Session, actor: Actor, import_id: UUID) -> TicketImport:
    """One import of the actor's. NotFound otherwise."""
    found = session.scalar(imports(actor).where(TicketImport.id == import_id))
    if found is None:
        raise NotFound
    return found


def sources(session: Session, actor: Actor) -> Sequence[TicketSource]:
    """The systems that have handed something over to the actor's communities."""
    mine = TicketSource.community_id.in_(actor.committee_communities)
    return session.scalars(select(TicketSource).where(mine).order_by(TicketSource.name)).all()


def source(session: Session, actor: Actor, source_id: UUID) -> TicketSource:
    """One of these. NotFound otherwise."""
    mine = TicketSource.community_id.in_(actor.committee_communities)
    found = session.scalar(select(TicketSource).where(mine, TicketSource.id == source_id))
    if found is None:
        raise NotFound
    return found


def source_named(session: Session, community_id: UUID, name: str) -> TicketSource | None:
    """The system of this name in a community that was already allowed."""
    return session.scalar(
        select(TicketSource).where(
            TicketSource.community_id == community_id, TicketSource.name == name
        )
    )


def source_names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What systems are called."""
    wanted = set(ids)
    rows = select(TicketSource.id, TicketSource.name).where(TicketSource.id.in_(wanted))
    return dict(session.execute(rows).all()) if wanted else {}


def rows(import_id: UUID, state: RowState | None = None) -> Select[TicketImportRow]:
    """The rows of an import that was already allowed."""
    found = select(TicketImportRow).where(TicketImportRow.import_id == import_id)
    return found.where(TicketImportRow.state == state) if state else found


def counts(session: Session, ids: Iterable[UUID]) -> dict[UUID, Counter[str]]:
    """How many rows of each kind these imports have."""
    wanted = list(ids)
    found: dict[UUID, Counter[str]] = {one: Counter() for one in wanted}
    counted = (
        select(TicketImportRow.import_id, TicketImportRow.state, func.count())
        .where(TicketImportRow.import_id.in_(wanted))
        .group_by(TicketImportRow.import_id, TicketImportRow.state)
    )
    for import_id, state, number in session.execute(counted):
        found[import_id][state.value] = number
    return found


def taken(session: Session, source_id: UUID, numbers: Iterable[str]) -> dict[str, str]:
    """Which of these foreign numbers are here already, and our number of each."""
    wanted = {number for number in numbers if number}
    known = (
        select(ForeignTicket.number, Ticket.number)
        .join(Ticket, Ticket.id == ForeignTicket.ticket_id)
        .where(ForeignTicket.source_id == source_id, ForeignTicket.number.in_(wanted))
    )
    return dict(session.execute(known).all()) if wanted else {}


def spots(session: Session, community_id: UUID) -> list[Spot]:
    """The places of a community that an address may mean, estates first."""
    names: dict[UUID, Place] = {place.id: place for place in places_below(session, community_id)}
    found = []
    for place in names.values():
        above = [UUID(part) for part in place.path.split("/") if part]
        said = {names[one].kind: names[one].name for one in above if one in names}
        estate = said.get(PlaceKind.ESTATE)
        if estate:
            building, unit = said.get(PlaceKind.BUILDING, ""), said.get(PlaceKind.UNIT, "")
            found.append(Spot(place.id, estate, building, unit))
    return sorted(found, key=lambda spot: (bool(spot.building), bool(spot.unit)))


def endings(
    session: Session, source_id: UUID, since: datetime | None, until: datetime | None
) -> list[dict[str, Any]]:
    """How what a system handed over stands or ended, oldest first."""
    found = (
        select(ForeignTicket, Ticket)
        .join(Ticket, Ticket.id == ForeignTicket.ticket_id)
        .where(ForeignTicket.source_id == source_id)
        .order_by(ForeignTicket.taken_at, ForeignTicket.number)
    )
    if since:
        found = found.where(ForeignTicket.taken_at >= since)
    if until:
        found = found.where(ForeignTicket.taken_at < until)
    pairs = session.execute(found).all()
    words = _closing_words(session, [ticket.id for _, ticket in pairs])
    return [
        {"foreign": foreign, "ticket": ticket, "words": words.get(ticket.id, "")}
        for foreign, ticket in pairs
    ]


def _closing_words(session: Session, ids: Sequence[UUID]) -> dict[UUID, str]:
    """What was done, or why it was not taken on; the latest of each."""
    found: dict[UUID, str] = {}
    for start in range(0, len(ids), 500):
        said = (
            select(TicketEntry.ticket_id, TicketEntry.text)
            .where(
                TicketEntry.ticket_id.in_(ids[start : start + 500]),
                TicketEntry.verb.in_(ENDING_VERBS),
            )
            .order_by(TicketEntry.at, TicketEntry.id)
        )
        found |= dict(session.execute(said).all())
    return found
