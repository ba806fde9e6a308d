"""What a person's phones should hold, asked from the tables without the feed's own code."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.identity.models import Membership, Organisation
from app.identity.rules import OrganisationKind
from app.notifications.models import InboxItem
from app.places.models import Household
from app.teams.models import HouseholdAssignment, Pairing
from app.tickets.models import Ticket, TicketEntry
from app.visits.models import Visit, VisitAccount, VisitPartner, VisitRecord
from app.visits.rules import VisitState

Held = dict[str, set[str]]


def held_by(session: Session, person: UUID, today: date) -> Held:
    """The ids of each kind."""
    kinds = _organisations(session, person, today)
    barred = OrganisationKind.PROPERTY in kinds
    return {
        "visit": set() if barred else _visits(session, person, today),
        "household": _doors(session, person, today) if kinds and not barred else set(),
        "ticket": _tickets(session, person),
        "inbox": _texts(session, select(InboxItem.id).where(InboxItem.person_id == person)),
    }


def _texts(session: Session, statement: Select[UUID]) -> set[str]:
    return {str(found) for found in session.scalars(statement)}


def _organisations(session: Session, person: UUID, today: date) -> set[OrganisationKind]:
    rows = session.execute(
        select(Organisation.kind, Membership.from_date, Membership.until_date)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person)
    )
    return {kind for kind, since, until in rows if since <= today and (until or today) >= today}


def _visits(session: Session, person: UUID, today: date) -> set[str]:
    along = set(
        session.scalars(select(VisitPartner.visit_id).where(VisitPartner.person_id == person))
    )
    oldest = today - timedelta(days=30)
    return {
        str(visit.id)
        for visit in session.scalars(select(Visit))
        if (visit.person_id == person or visit.id in along)
        and (
            visit.state in (VisitState.PROPOSED, VisitState.ACCEPTED)
            or (visit.state is VisitState.DONE and visit.on >= oldest)
        )
    }


def _doors(session: Session, person: UUID, today: date) -> set[str]:
    pairings = session.scalars(select(Pairing).where(Pairing.person_id == person))
    places = {one.place_id for one in pairings if one.since <= today <= (one.until or today)}
    kept = set(
        session.scalars(
            select(HouseholdAssignment.household_id).where(
                or_(
                    HouseholdAssignment.main_person_id == person,
                    HouseholdAssignment.backup_person_id == person,
                )
            )
        )
    )
    return {
        str(home.id)
        for home in session.scalars(select(Household))
        if home.id in kept or {home.building_id, home.unit_id} & places
    }


def _tickets(session: Session, person: UUID) -> set[str]:
    return _texts(session, select(Ticket.id).where(Ticket.reporter_id == person))


def times(session: Session, proof: tuple[str, str], person: UUID) -> int:
    """How often a received write is there: once, if all is well."""
    kind, name = proof
    if kind == "note":
        statement = select(func.count()).where(TicketEntry.text == name)
    elif kind == "ticket":
        statement = select(func.count()).where(Ticket.id == UUID(name))
    elif kind == "record":
        return sum(
            session.scalar(
                select(func.count()).where(told.visit_id == UUID(name), told.recorded_by == person)
            )
            or 0
            for told in (VisitRecord, VisitAccount)
        )
    else:
        statement = select(func.count()).where(Visit.id == UUID(name))
    return session.scalar(statement) or 0
