"""One ticket with all that stands behind it, read to be shown: by statements that are prepared
once, and on PostgreSQL in one round trip.

What is read belongs to no session, so it cannot be changed, and what was not read is an error.
"""

from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, make_transient_to_detached

from app.core.db import Base
from app.core.errors import NotFound
from app.core.prepared import Prepared, together
from app.identity.actor import Actor
from app.places.models import Place
from app.tickets.models import Ticket, TicketClock, TicketCo, TicketEntry, TicketPhoto
from app.tickets.queries.visible import Ground, grounds, shared

ONE = "one"
THIS = bindparam(ONE, type_=Ticket.id.type)
AT = "at_"  # before the columns of its place

Made = TypeVar("Made", bound=Base)


def _behind(model: type[Base], of: InstrumentedAttribute[UUID], *order: Any) -> Prepared:
    return Prepared(select(*model.__table__.columns).where(of == THIS).order_by(*order))


BEHIND: dict[str, tuple[type[Base], Prepared]] = {
    "helpers": (TicketCo, _behind(TicketCo, TicketCo.ticket_id)),
    "clocks": (TicketClock, _behind(TicketClock, TicketClock.ticket_id, TicketClock.no)),
    "entries": (
        TicketEntry,
        _behind(TicketEntry, TicketEntry.ticket_id, TicketEntry.at, TicketEntry.id),
    ),
    "photos": (
        TicketPhoto,
        _behind(TicketPhoto, TicketPhoto.ticket_id, TicketPhoto.at, TicketPhoto.id),
    ),
}


def shown(session: Session, actor: Actor, ticket_id: UUID) -> Ticket:
    """One ticket the actor may see, for looking only. NotFound otherwise."""
    mine, values = shared(grounds(actor))
    this = {ONE: ticket_id}
    asked = [(_ticket(mine), this | values), *((query, this) for _, query in BEHIND.values())]
    tickets, *parts = together(session, asked)
    if not tickets:
        raise NotFound
    found: dict[str, Any] = tickets[0]._asdict()
    at = {name: found.pop(AT + name) for name in Place.__table__.c.keys()}  # noqa: SIM118
    found["place"] = _made(Place, at)
    for (name, (model, _)), rows in zip(BEHIND.items(), parts, strict=True):
        found[name] = [_made(model, row._asdict()) for row in rows]
    return _made(Ticket, found)


@lru_cache(maxsize=512)
def _ticket(mine: tuple[Ground, ...]) -> Prepared:
    """The ticket and its place, if it is open on one of these grounds."""
    place = [one.label(AT + one.key) for one in Place.__table__.columns]
    return Prepared(
        select(*Ticket.__table__.columns, *place)
        .join(Place, Place.id == Ticket.place_id)
        .where(Ticket.id == THIS, or_(*(ground.all() for ground in mine)))
    )


def _made(model: type[Made], values: dict[str, Any]) -> Made:
    made = model()
    made.__dict__.update(values)
    make_transient_to_detached(made)
    return made
