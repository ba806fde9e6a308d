"""How the facts that tickets publish become one more for a robot to say, in the same transaction.

Nothing of a fact is kept but that it happened.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.robots import queries
from app.robots.rules import About
from app.robots.service import saying
from app.tickets.events import TicketEvent, TicketMoved, TicketOpened, TicketOverdue
from app.tickets.rules import Holder, TicketStatus, Verb


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(TicketOpened)(ticket_opened)
    subscribe(TicketMoved)(ticket_moved)
    subscribe(TicketOverdue)(ticket_overdue)


def ticket_opened(session: Session, event: TicketOpened) -> None:
    """New for the committee; new for its lead, too, where it was dispatched at once."""
    at_once = event.status is TicketStatus.DISPATCHED
    _count(session, event, _new(event), at=True, lead=event.lead_org_id if at_once else None)


def ticket_moved(session: Session, event: TicketMoved) -> None:
    """New for whom it has been dispatched to; an emergency is no second time one here."""
    if event.move in {Verb.DISPATCH, Verb.ARBITRATE} and event.lead_org_id:
        _count(session, event, _new(event), at=False, lead=event.lead_org_id)


def ticket_overdue(session: Session, event: TicketOverdue) -> None:
    """Late for the committee; for the lead where it is the lead's time."""
    lead = event.lead_org_id if event.holder is Holder.LEAD else None
    _count(session, event, About.OVERDUE, at=True, lead=lead)


def _new(event: TicketEvent) -> About:
    return About.EMERGENCY if event.emergency else About.NEW


def _count(
    session: Session, event: TicketEvent, about: About, *, at: bool, lead: UUID | None
) -> None:
    robots = [
        one.id
        for one in queries.listening(session)
        if about in one.wants
        and ((at and one.place_id == event.community_id) or one.organisation_id == lead)
    ]
    saying.count(session, robots, about)
