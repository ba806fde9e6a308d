"""Whose reporters an actor may call back: the community and the other side for what others did, and
the head of a building for what happened in it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.places.models import Place
from app.teams.models import Pairing, Team
from app.teams.queries import held_by
from app.teams.rules import TeamKind
from app.tickets.models import Ticket
from app.tickets.models_recheck import TicketCallback
from app.tickets.queries.visible import OWNERS, UPPER
from app.tickets.rules import Reviewer, TicketStatus
from app.tickets.rules.callbacks import MOST_TRIES

WAITS = Ticket.status == TicketStatus.REVIEWED


def heads_of(person_id: UUID) -> Select[UUID]:
    """The buildings that a person leads as a red flag; a unit stands for its building."""
    led = (
        select(Pairing.place_id)
        .join(Team, Team.id == Pairing.team_id)
        .where(
            Pairing.person_id == person_id,
            Pairing.standing(clock.today()),
            Team.kind == TeamKind.RED_FLAG,
        )
    )
    above = select(Place.parent_id).where(Place.id.in_(led))
    return select(Place.id).where(or_(Place.id.in_(led), Place.id.in_(above)))


def is_head(session: Session, actor: Actor, ticket: Ticket) -> bool:
    """Whether the actor leads the building of a ticket. Of a private matter only who looks after
    the household is its head."""
    here = select(Ticket.id).where(Ticket.id == ticket.id, _headed(actor))
    return session.scalar(here) is not None


def _headed(actor: Actor) -> ColumnElement[bool]:
    theirs = or_(Ticket.public_area.is_(True), Ticket.household_id.in_(held_by(actor.id)))
    return and_(Ticket.building_id.in_(heads_of(actor.id)), theirs)


def waiting(actor: Actor) -> Select[Ticket]:
    """What waits for a call that this actor may make, and was not tried often enough."""
    return to_call(actor).where(
        select(func.count(TicketCallback.id))
        .where(TicketCallback.ticket_id == Ticket.id, TicketCallback.at >= Ticket.stage_at)
        .scalar_subquery()
        < MOST_TRIES
    )


def to_call(actor: Actor) -> Select[Ticket]:
    """What waits for its reporter, and this actor may call: never work of their own."""
    estates, upper = actor.estates(OWNERS), actor.communities(*UPPER)
    may = or_(
        false(),
        Ticket.community_id.in_(actor.committee_communities),
        and_(Ticket.estate_id.in_(estates), Ticket.review_by == Reviewer.OWNERS_COMMITTEE),
        and_(Ticket.community_id.in_(upper), Ticket.review_by == Reviewer.SUBDISTRICT),
        _headed(actor),
    )
    return select(Ticket).where(WAITS, may, _not_own(actor), Ticket.reporter_id != actor.id)


def _not_own(actor: Actor) -> ColumnElement[bool]:
    return and_(
        func.coalesce(Ticket.resolved_by_id, Ticket.id) != actor.id,
        Ticket.lead_org_id.not_in(actor.organisations),
        Ticket.lead_party.not_in(actor.parties),
    )


def to_call_one(session: Session, actor: Actor, ticket_id: UUID) -> Ticket:
    """One that waits for a call of this actor. NotFound otherwise."""
    found = session.scalar(to_call(actor).where(Ticket.id == ticket_id))
    if found is None:
        raise NotFound
    return found


def tries_of(session: Session, ticket_ids: Iterable[UUID]) -> dict[UUID, list[TicketCallback]]:
    """The tries for each of these tickets, the oldest first."""
    rows = session.scalars(
        select(TicketCallback)
        .where(TicketCallback.ticket_id.in_(list(ticket_ids)))
        .order_by(TicketCallback.at, TicketCallback.id)
    )
    found: dict[UUID, list[TicketCallback]] = {}
    for row in rows:
        found.setdefault(row.ticket_id, []).append(row)
    return found
