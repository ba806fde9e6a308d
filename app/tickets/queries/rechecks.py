"""Re-checks: those that wait for an actor, and what may be drawn of a month."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.rules import Party
from app.tickets.models import Ticket
from app.tickets.models_recheck import TicketRecheck
from app.tickets.queries.visible import OWNERS, PUBLIC, REVIEWED_BY_OWNERS, UPPER
from app.tickets.rules import TicketStatus, Verb


def seen_by(actor: Actor) -> Select[TicketRecheck]:
    """The re-checks of an actor's offices: the community's and the owners' committee's, and those
    of the community's own work for the subdistrict."""
    by_community = TicketRecheck.lead_party == Party.COMMUNITY_PARTY
    by_owners = TicketRecheck.lead_party == Party.OWNERS_COMMITTEE
    here = or_(
        false(),
        and_(TicketRecheck.community_id.in_(actor.committee_communities), ~by_community),
        and_(
            TicketRecheck.estate_id.in_(actor.estates(OWNERS)),
            ~by_owners,
            or_(PUBLIC, REVIEWED_BY_OWNERS),
        ),
        and_(TicketRecheck.community_id.in_(actor.communities(*UPPER)), by_community),
    )
    return select(TicketRecheck).join(Ticket, Ticket.id == TicketRecheck.ticket_id).where(here)


def waiting(actor: Actor) -> Select[TicketRecheck]:
    """Those that this very person may do now: not of what they led, did, reviewed or closed."""
    return seen_by(actor).where(TicketRecheck.done_at.is_(None), not_own(actor))


def not_own(actor: Actor) -> ColumnElement[bool]:
    """They neither led the work nor had a hand in it."""
    hands = (
        TicketRecheck.resolved_by_id,
        TicketRecheck.reviewed_by_id,
        TicketRecheck.closed_by_id,
        Ticket.reporter_id,
    )
    return and_(
        *(func.coalesce(hand, TicketRecheck.id) != actor.id for hand in hands),
        TicketRecheck.lead_org_id.not_in(actor.organisations),
        TicketRecheck.lead_party.not_in(actor.parties),
    )


def get(session: Session, actor: Actor, recheck_id: UUID) -> TicketRecheck:
    """One that the actor's office has. NotFound otherwise."""
    found = session.scalar(seen_by(actor).where(TicketRecheck.id == recheck_id))
    if found is None:
        raise NotFound
    return found


def drawn(session: Session, month: str) -> bool:
    """Whether a month was drawn already."""
    some = select(TicketRecheck.id).where(TicketRecheck.month == month).limit(1)
    return session.scalar(some) is not None


def closed_in(session: Session, span: tuple[datetime, datetime]) -> list[Ticket]:
    """What somebody led and was closed in a span. A ticket that was joined is its head's."""
    return list(
        session.scalars(
            select(Ticket)
            .where(
                Ticket.status == TicketStatus.CLOSED,
                Ticket.closed_at >= span[0],
                Ticket.closed_at < span[1],
                Ticket.duplicate_of.is_(None),
                Ticket.lead_org_id.is_not(None),
            )
            .order_by(Ticket.id)
        )
    )


def hands_on(ticket: Ticket, verb: Verb) -> UUID | None:
    """Who made the last move of this kind."""
    made = [entry for entry in ticket.entries if entry.verb == verb]
    return max(made, key=lambda entry: (entry.at, entry.id)).by_person_id if made else None
