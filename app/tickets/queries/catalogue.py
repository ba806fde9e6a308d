"""Which tickets a change of a category, a contract or the calendar may move: those with a clock
that runs, narrowed as far as an index can. Not by actor: a district's clocks are all of one piece.
And what was changed, for those who may read it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, selectinload

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.models import Organisation, Person
from app.identity.rules import OrganisationKind
from app.places.models import Place, PlaceKind
from app.tickets.models import Ticket, TicketClock
from app.tickets.models_catalogue import CategoryChange, ContractChange
from app.tickets.rules import TicketStatus

AT_THE_DESK = (TicketStatus.SUBMITTED, TicketStatus.ACCEPTED)
RUNNING = (
    *AT_THE_DESK,
    TicketStatus.DISPATCHED,
    TicketStatus.IN_PROGRESS,
    TicketStatus.SUSPENDED,
    TicketStatus.DELIBERATING,
    TicketStatus.ESCALATED,
)


@dataclass(frozen=True)
class Reach:
    """How far a change reaches: a district and one category, a company and one category, or the
    days from one moment to another."""

    code: str | None = None
    district_id: UUID | None = None
    company_id: UUID | None = None
    first: datetime | None = None
    last: datetime | None = None

    def said(self) -> dict[str, Any]:
        """As a job keeps it."""
        return {
            "code": self.code,
            "district_id": str(self.district_id) if self.district_id else None,
            "company_id": str(self.company_id) if self.company_id else None,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
        }

    @classmethod
    def heard(cls, said: Mapping[str, Any]) -> "Reach":
        """What `said` has written down."""
        return cls(
            code=said["code"],
            district_id=UUID(said["district_id"]) if said["district_id"] else None,
            company_id=UUID(said["company_id"]) if said["company_id"] else None,
            first=datetime.fromisoformat(said["first"]) if said["first"] else None,
            last=datetime.fromisoformat(said["last"]) if said["last"] else None,
        )

    def condition(self) -> ColumnElement[bool]:
        if self.company_id:
            return and_(Ticket.lead_org_id == self.company_id, Ticket.category == self.code)
        if self.district_id:
            inside = select(Place.id).where(
                Place.kind == PlaceKind.COMMUNITY,
                Place.path.startswith(f"/{self.district_id}/", autoescape=True),
            )
            # a report that was put right keeps the desk's first clock
            about = or_(Ticket.category == self.code, Ticket.status.in_(AT_THE_DESK))
            return and_(about, Ticket.community_id.in_(inside))
        return exists().where(
            TicketClock.ticket_id == Ticket.id,
            TicketClock.ended_at.is_(None),
            TicketClock.due_at >= self.first,
            TicketClock.started_at < self.last,
        )


def reached(reach: Reach) -> Select[UUID]:
    """The ids of the tickets that a change may move, in the order of their age."""
    running = Ticket.status.in_(RUNNING)
    return select(Ticket.id).where(running, reach.condition()).order_by(Ticket.id)


def with_history(session: Session, ids: Sequence[UUID], *, lock: bool) -> Sequence[Ticket]:
    """These tickets with all that their clocks are told from."""
    wanted = (
        select(Ticket)
        .where(Ticket.id.in_(ids))
        .order_by(Ticket.id)
        .options(
            selectinload(Ticket.clocks),
            selectinload(Ticket.entries),
            selectinload(Ticket.helpers),
        )
    )
    return session.scalars(wanted.with_for_update(of=Ticket) if lock else wanted).all()


def districts(session: Session) -> dict[UUID, UUID]:
    """In which district each community lies."""
    rows = session.execute(select(Place.id, Place.path).where(Place.kind == PlaceKind.COMMUNITY))
    return {place_id: UUID(path.split("/")[1]) for place_id, path in rows}


def place_names(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """What these places are called."""
    rows = session.execute(select(Place.id, Place.name).where(Place.id.in_(ids)))
    return {row.id: row.name for row in rows}


def changes_of_category(
    session: Session, district_id: UUID, code: str
) -> list[tuple[CategoryChange, str]]:
    """What a district has changed in a category, newest first, each with who did it."""
    rows = session.execute(
        select(CategoryChange, Person.name)
        .join(Person, Person.id == CategoryChange.by_person_id)
        .where(CategoryChange.district_id == district_id, CategoryChange.code == code)
        .order_by(CategoryChange.version.desc())
    )
    return [(row, name) for row, name in rows]


def companies(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The property companies of the actor's communities: those that work there and nowhere else."""
    communities = actor.committee_communities
    return session.scalars(
        select(Organisation)
        .join(Place, Place.id == Organisation.place_id)
        .where(Organisation.kind == OrganisationKind.PROPERTY, Place.community_id.in_(communities))
        .order_by(Organisation.name, Organisation.id)
    ).all()


def company(session: Session, actor: Actor, company_id: UUID) -> Organisation:
    """One of them. NotFound otherwise."""
    found = {one.id: one for one in companies(session, actor)}
    if company_id not in found:
        raise NotFound
    return found[company_id]


def contracts_of(session: Session, company_ids: Sequence[UUID]) -> list[tuple[ContractChange, str]]:
    """Every change of these companies' contracts, newest first, each with who entered it."""
    rows = session.execute(
        select(ContractChange, Person.name)
        .join(Person, Person.id == ContractChange.by_person_id)
        .where(ContractChange.organisation_id.in_(company_ids))
        .order_by(ContractChange.since.desc(), ContractChange.version.desc())
    )
    return [(row, name) for row, name in rows]
