"""Who hears of what a re-check found: whose work it was, and the committee where it was not so."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.notifications import queries
from app.notifications.rules.telling import Kind, Pressing, Seat, Tell, each_once
from app.notifications.service.telling import Subject, tell
from app.tickets import catalogue
from app.tickets.events_recheck import TicketRechecked
from app.tickets.rules.rechecks import RecheckResult

LEAD, COMMITTEE = Seat.LEAD, Seat.COMMITTEE
TODO, NEWS = Kind.TICKET_TODO, Kind.TICKET_NEWS

FOUND: Mapping[RecheckResult, Sequence[Tell]] = {
    RecheckResult.TRUE: (Tell(LEAD, NEWS, "你们办的工单抽查属实"),),
    RecheckResult.UNTRUE: (
        Tell(COMMITTEE, TODO, "抽查不属实，请看看要不要再办", Pressing.TODAY),
        Tell(LEAD, NEWS, "你们办的工单抽查不属实", Pressing.TODAY),
    ),
}


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(TicketRechecked)(rechecked)


def rechecked(session: Session, event: TicketRechecked) -> None:
    lead = [event.lead_org_id] if event.lead_org_id else []
    seated = {
        LEAD: queries.on_duty(session, lead),
        COMMITTEE: queries.committee_of(session, event.community_id),
    }
    subject = Subject(
        id=event.subject_id,
        link=f"/tickets/{event.subject_id}",
        body=f"{event.number} {catalogue.name_of(event)}",
    )
    tell(session, each_once(FOUND[event.result], seated, event.actor_id), subject)
