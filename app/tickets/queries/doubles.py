"""What may be the same matter, what was joined, and who follows it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session, aliased

from app.core import clock
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.identity.actor import Actor
from app.places.models import Place, PlaceKind
from app.tickets.models import Ticket, TicketCo, TicketPhoto
from app.tickets.models_doubles import TicketFollower
from app.tickets.queries.visible import condition
from app.tickets.rules import OVER, TicketStatus
from app.tickets.rules.doubles import ASKED_WITHIN, CLOSED_WITHIN, MOST_COMPARED

Near = Row[UUID, str, str, TicketStatus, bool, datetime]
Around = Row[int, bool]

_HEAD = bindparam("head", type_=Ticket.id.type)
AROUND = Prepared(
    select(
        select(func.count())
        .where(TicketFollower.ticket_id == _HEAD)
        .scalar_subquery()
        .label("followers"),
        exists().where(Ticket.duplicate_of == _HEAD).label("joined"),
    )
)


def near(session: Session, place: Place) -> Sequence[Near]:
    """What was reported at a building, or at the open ground of a place, and is still of interest:
    `id, text, category, status, public_area, created_at`, the latest first."""
    now = clock.now()
    lately = and_(Ticket.status == TicketStatus.CLOSED, Ticket.closed_at >= now - CLOSED_WITHIN)
    found = (
        select(
            Ticket.id,
            Ticket.text,
            Ticket.category,
            Ticket.status,
            Ticket.public_area,
            Ticket.created_at,
        )
        .where(_at(place), Ticket.moved_at >= now - ASKED_WITHIN)
        .where(Ticket.duplicate_of.is_(None), or_(Ticket.status.not_in(OVER), lately))
        .order_by(Ticket.moved_at.desc())
        .limit(MOST_COMPARED)
    )
    return session.execute(found).all()


def _at(place: Place) -> ColumnElement[bool]:
    if place.kind is PlaceKind.BUILDING:
        return Ticket.building_id == place.id
    if place.kind is PlaceKind.UNIT:
        return Ticket.building_id == place.parent_id
    return and_(Ticket.building_id.is_(None), Ticket.place_id == place.id)


def seen_of(session: Session, actor: Actor, ids: Collection[UUID]) -> dict[UUID, Ticket]:
    """Those of these tickets that the actor may see."""
    if not ids:
        return {}
    found = session.scalars(select(Ticket).where(Ticket.id.in_(ids), condition(actor)))
    return {one.id: one for one in found}


def by_number(session: Session, actor: Actor, community_id: UUID, number: str) -> Ticket | None:
    """The ticket of a number in a community, if the actor may see it."""
    return session.scalar(
        select(Ticket).where(
            Ticket.number == number, Ticket.community_id == community_id, condition(actor)
        )
    )


def joined_into(session: Session, ticket_id: UUID) -> list[Ticket]:
    """The tickets that were joined into one, the oldest first."""
    found = select(Ticket).where(Ticket.duplicate_of == ticket_id)
    return list(session.scalars(found.order_by(Ticket.created_at, Ticket.id)))


def around(session: Session, ticket_id: UUID) -> Around:
    """How many follow a ticket itself, and whether any was joined into it."""
    found: Around = AROUND.first(session, {"head": ticket_id})
    return found


def followers(session: Session, ticket_id: UUID) -> list[UUID]:
    """Who else hears what becomes of a ticket: those who follow it or one that was joined into it,
    and those who reported these."""
    joined = select(Ticket.id).where(Ticket.duplicate_of == ticket_id)
    everybody = union(
        select(TicketFollower.person_id).where(TicketFollower.ticket_id == ticket_id),
        select(TicketFollower.person_id).where(TicketFollower.ticket_id.in_(joined)),
        select(Ticket.reporter_id).where(Ticket.duplicate_of == ticket_id),
    )
    return sorted(session.scalars(everybody))


def followed_by(actor: Actor) -> Select[TicketFollower]:
    """What the actor follows."""
    return select(TicketFollower).where(TicketFollower.person_id == actor.id)


def heard_of(session: Session, actor: Actor, ticket_id: UUID) -> Ticket:
    """A ticket of which the actor hears as one who met the same; of one that was joined, the one it
    goes with. NotFound otherwise."""
    found = session.get(Ticket, ticket_id)
    if found is None or actor.id not in followers(session, ticket_id):
        raise NotFound
    return session.get_one(Ticket, found.duplicate_of) if found.duplicate_of else found


def may_see_photo(session: Session, actor: Actor, digest: str) -> bool:
    """Whether a picture shows a public part in a ticket that was joined into one on which the actor
    works, or which they look at for the owners."""
    head = aliased(Ticket)
    helps = exists().where(
        TicketCo.ticket_id == head.id, TicketCo.organisation_id.in_(actor.organisations)
    )
    cited = (
        select(Ticket.id)
        .join(TicketPhoto, TicketPhoto.ticket_id == Ticket.id)
        .join(head, head.id == Ticket.duplicate_of)
        .where(TicketPhoto.hash == digest, Ticket.public_area.is_(True))
        .where(or_(head.lead_org_id.in_(actor.organisations), helps))
    )
    return session.scalar(cited.limit(1)) is not None
