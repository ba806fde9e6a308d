"""Telephone numbers that residents left: shown to who works on the matter, for a reason that is
logged."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.identity.rules import Party
from app.residents import queries
from app.residents.events import ContactShown, WishContactShown
from app.residents.models import DoorWish, ResidentReport
from app.residents.refusals import NoContact
from app.tickets import queries as tickets
from app.tickets.rules import Seat, seats_of
from app.tickets.rules.categories import about_the_company
from app.tickets.service.facts import work_of

MAY_RING = frozenset({Seat.COMMUNITY, Seat.LEAD, Seat.CO})


def reports(session: Session, actor: Actor, ticket_id: UUID) -> list[ResidentReport]:
    """Who reported a ticket through a door, for those who may ring them. NotFound for others."""
    ticket = tickets.get(session, actor, ticket_id)
    who = tickets.standing(actor, ticket)
    seats = seats_of(work_of(ticket), who)
    complained_of = (
        about_the_company(ticket.category)
        and Party.PROPERTY in who.parties
        and Seat.COMMUNITY not in seats
    )
    if complained_of or not seats & MAY_RING:
        raise NotFound
    return queries.reports_of(session, ticket_id)


def show(session: Session, actor: Actor, ticket_id: UUID, report_id: UUID, reason: str) -> str:
    """The number of one of them. Raises NotFound, NoContact."""
    found = [one for one in reports(session, actor, ticket_id) if one.id == report_id]
    if not found:
        raise NotFound
    return _logged(session, found[0].phone, ContactShown(**_by(found[0], actor, reason)))


def show_of_wish(session: Session, actor: Actor, wish_id: UUID, reason: str) -> str:
    """The number that was left with a wish. Raises NotFound, NoContact."""
    wish = session.scalar(queries.wishes_to_settle(actor).where(DoorWish.id == wish_id))
    if wish is None:
        raise NotFound
    return _logged(session, wish.phone, WishContactShown(**_by(wish, actor, reason)))


def _by(row: ResidentReport | DoorWish, actor: Actor, reason: str) -> dict[str, Any]:
    return {"subject_id": row.id, "actor_id": actor.id, "reason": reason}


def _logged(session: Session, phone: str | None, shown: ContactShown | WishContactShown) -> str:
    if phone is None:
        raise NoContact
    publish(session, shown)
    return phone
