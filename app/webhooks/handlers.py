"""A ticket was opened or moved: whoever listens at its place gets a delivery, in the same
transaction. Nothing that is said names a person, a door or a word of the report; matters that
other systems may not read are not told either.
"""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.core.events import subscribe
from app.open311.rules.services import readable
from app.tickets import catalogue
from app.tickets.events import TicketEvent, TicketMoved, TicketOpened
from app.tickets.models import Ticket
from app.webhooks import queries
from app.webhooks.rules import Told
from app.webhooks.service.sending import enqueue


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(TicketOpened)(ticket_opened)
    subscribe(TicketMoved)(ticket_moved)


def ticket_opened(session: Session, event: TicketOpened) -> None:
    _tell(session, event, Told.OPENED, {"status": event.status})


def ticket_moved(session: Session, event: TicketMoved) -> None:
    said = {"status": event.after, "before": event.before, "move": event.move}
    _tell(session, event, Told.MOVED, said)


def _tell(session: Session, event: TicketEvent, kind: Told, said: Mapping[str, str]) -> None:
    places = [one for one in (event.community_id, event.estate_id) if one]
    hooks = [hook for hook in queries.listening(session, places) if kind in hook.kinds]
    if not hooks or event.category not in readable(catalogue.common()):
        return
    if not session.get_one(Ticket, event.subject_id).public_area:
        return
    ticket = {
        "service_request_id": str(event.subject_id),
        "number": event.number,
        "service_code": event.category,
        "community_id": str(event.community_id),
        "estate_id": str(event.estate_id) if event.estate_id else None,
        "building_id": str(event.building_id) if event.building_id else None,
        **said,
    }
    for hook in hooks:
        enqueue(session, hook.id, kind, {"ticket": ticket})
