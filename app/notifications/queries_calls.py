"""Emergencies that nobody of their lead has seen, for those who work on them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.models import Membership, Person
from app.identity.queries import staff_of
from app.notifications.models import InboxItem
from app.notifications.models_calls import EmergencyCall
from app.notifications.queries import on_duty
from app.notifications.rules.calling import Outcome, in_order
from app.notifications.rules.telling import Kind
from app.tickets import routing
from app.tickets.models import Ticket
from app.tickets.rules import TicketStatus


def unseen(actor: Actor, before: datetime) -> Select[Ticket]:
    """The emergencies of the actor's committee or organisations that were given to a lead before
    this moment, and that nobody there has read or been told of by telephone since."""
    lead = select(Membership.person_id).where(Membership.organisation_id == Ticket.lead_org_id)
    read = exists().where(
        InboxItem.about == Ticket.id,
        InboxItem.kind == Kind.TICKET_TODO,
        InboxItem.read_at.is_not(None),
        InboxItem.created_at >= Ticket.moved_at,
        InboxItem.person_id.in_(lead),
    )
    reached = exists().where(
        EmergencyCall.ticket_id == Ticket.id,
        EmergencyCall.outcome == Outcome.REACHED,
        EmergencyCall.at >= Ticket.moved_at,
    )
    return select(Ticket).where(
        or_(
            Ticket.community_id.in_(actor.committee_communities),
            Ticket.lead_org_id.in_(actor.organisations),
        ),
        Ticket.emergency.is_(True),
        Ticket.status == TicketStatus.DISPATCHED,
        Ticket.moved_at <= before,
        ~read,
        ~reached,
    )


def one_unseen(session: Session, actor: Actor, ticket_id: UUID, before: datetime) -> Ticket:
    """One of these. NotFound otherwise."""
    found = session.scalar(unseen(actor, before).where(Ticket.id == ticket_id))
    if found is None:
        raise NotFound
    return found


def whom_to_call(session: Session, ticket: Ticket) -> tuple[list[Person], set[UUID]]:
    """Whom to telephone about a ticket, in order; and who of them is on duty."""
    lead = ticket.lead_org_id
    if lead is None:
        return [], set()
    duty = [*routing.on_duty(lead)]
    if ticket.duty_person_id:
        duty.insert(0, ticket.duty_person_id)
    everybody = [person_id for person_id, _ in staff_of(session, [lead]).get(lead, [])]
    order = in_order(duty, list(on_duty(session, [lead])), everybody, ticket.reporter_id)
    found = {one.id: one for one in session.scalars(select(Person).where(Person.id.in_(order)))}
    return [found[one] for one in order if one in found], set(duty)


def calls_about(session: Session, ticket_ids: Collection[UUID]) -> Sequence[EmergencyCall]:
    """The calls about these tickets, oldest first."""
    return session.scalars(
        select(EmergencyCall)
        .where(EmergencyCall.ticket_id.in_(ticket_ids))
        .order_by(EmergencyCall.at, EmergencyCall.id)
    ).all()


def was_reached(session: Session, ticket_id: UUID, since: datetime) -> bool:
    """Whether somebody was told of this by telephone since then."""
    found = select(EmergencyCall.id).where(
        EmergencyCall.ticket_id == ticket_id,
        EmergencyCall.outcome == Outcome.REACHED,
        EmergencyCall.at >= since,
    )
    return session.scalar(found.limit(1)) is not None
