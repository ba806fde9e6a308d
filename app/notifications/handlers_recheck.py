"""Who hears of what a re-check found: whose work it was, and the committee where it was not so."""

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.notifications import queries
from app.notifications.rules.others import FOUND
from app.notifications.rules.telling import Seat, each_once
from app.notifications.service.telling import Subject, tell
from app.tickets import catalogue
from app.tickets.events_recheck import TicketRechecked


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(TicketRechecked)(rechecked)


def rechecked(session: Session, event: TicketRechecked) -> None:
    lead = [event.lead_org_id] if event.lead_org_id else []
    seated = {
        Seat.LEAD: queries.on_duty(session, lead),
        Seat.COMMITTEE: queries.committee_of(session, event.community_id),
    }
    subject = Subject(
        id=event.subject_id,
        link=f"/tickets/{event.subject_id}",
        body=f"{event.number} {catalogue.name_of(event)}",
    )
    tell(session, each_once(FOUND[event.result], seated, event.actor_id), subject)
