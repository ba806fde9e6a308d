"""What is added to a ticket without moving it: a note, photos. Anybody with a seat may add."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.errors import NotAllowed
from app.core.events import publish
from app.identity.actor import Actor
from app.tickets import queries
from app.tickets.events import TicketNoted
from app.tickets.models import Ticket
from app.tickets.rules import OVER, PhotoPhase, Seat, seats_of
from app.tickets.rules.refusals import TicketOver
from app.tickets.service import timeline
from app.tickets.service.facts import work_of

WORKERS = frozenset({Seat.LEAD, Seat.CO})


def add_note(
    session: Session, actor: Actor, ticket_id: UUID, text: str, media: Sequence[str]
) -> Ticket:
    """A line in the timeline. Raises NotFound, NotAllowed, TicketOver, or what photos raise."""
    ticket, seats = _open_to(session, actor, ticket_id)
    phase = _phase_of(seats)
    added = timeline.add_photos(session, ticket, actor, phase, media)
    timeline.add_entry(ticket, "note", actor, {"note": text.strip()})
    _tell(session, ticket, actor, added)
    return ticket


def add_photos(
    session: Session, actor: Actor, ticket_id: UUID, phase: PhotoPhase, media: Sequence[str]
) -> Ticket:
    """Photos of one phase. Before and after are the working parties' to show.

    Raises NotFound, NotAllowed, TicketOver, or what photos raise. Those known already add nothing.
    """
    ticket, seats = _open_to(session, actor, ticket_id)
    if phase is not PhotoPhase.REPORT and not seats & WORKERS:
        raise NotAllowed("修之前、修好后的照片由主办方和协办方来传。")
    added = timeline.add_photos(session, ticket, actor, phase, media)
    if added:
        timeline.add_entry(ticket, "photos", actor, {"phase": phase, "photos": added})
        _tell(session, ticket, actor, added)
    return ticket


def _open_to(session: Session, actor: Actor, ticket_id: UUID) -> tuple[Ticket, frozenset[Seat]]:
    ticket = queries.get(session, actor, ticket_id)
    seats = seats_of(work_of(ticket), queries.standing(actor, ticket))
    if not seats:
        raise NotAllowed("这件您只能看，不能补充。")
    if ticket.status in OVER:
        raise TicketOver
    return ticket, seats


def _phase_of(seats: frozenset[Seat]) -> PhotoPhase:
    """A note's photo by those at work shows what they found; everybody else's, the report."""
    return PhotoPhase.BEFORE if seats & WORKERS else PhotoPhase.REPORT


def _tell(session: Session, ticket: Ticket, actor: Actor, photos: int) -> None:
    session.flush()
    publish(
        session,
        TicketNoted(
            status=ticket.status,
            photos=photos,
            **timeline.facts_for_others(ticket, actor),
        ),
    )
