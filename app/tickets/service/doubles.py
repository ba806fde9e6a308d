"""What may have been reported before, and saying "I met that too" in place of another report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.errors import Conflict, NotFound
from app.core.events import Event, publish
from app.identity.actor import Actor
from app.places import queries as places
from app.tickets import queries
from app.tickets.events_doubles import TicketFollowed, TicketUnfollowed
from app.tickets.models import Ticket
from app.tickets.models_doubles import TicketFollower
from app.tickets.queries import doubles
from app.tickets.queries.doubles import Near
from app.tickets.rules import OVER, PhotoPhase
from app.tickets.rules.alike import alikeness, gist_of, is_alike
from app.tickets.rules.doubles import ALSO_MET, MOST_SHOWN, is_hinted
from app.tickets.rules.refusals import TicketOver
from app.tickets.service import timeline
from app.tickets.service.where import place_named


@dataclass(frozen=True, slots=True)
class Double:
    """What may be the same matter. `ticket` only where the actor may see it."""

    near: Near
    ticket: Ticket | None


def alike(
    session: Session, actor: Actor, place_id: UUID, text: str, category: str | None
) -> list[Double]:
    """What was reported here in like words, the likest first: what the actor may see, and of the
    rest what neighbours may hear of. Raises Invalid for a place that is not theirs."""
    place = place_named(session, actor, place_id)
    ranked = _ranked(doubles.near(session, place), text, category)
    seen = doubles.seen_of(session, actor, [one.id for one in ranked])
    found = [
        Double(one, seen.get(one.id))
        for one in ranked
        if one.id in seen or is_hinted(one.category, public_area=one.public_area)
    ]
    return found[:MOST_SHOWN]


def candidates(session: Session, actor: Actor, ticket_id: UUID, number: str | None) -> list[Ticket]:
    """With which a ticket may be joined: what is alike and near, and what is asked for by its
    number. NotFound for a ticket that the actor may not see."""
    ticket = queries.get(session, actor, ticket_id)
    if number:
        named = doubles.by_number(session, actor, ticket.community_id, number.strip())
        return [named] if named and named.id != ticket.id else []
    ranked = _ranked(doubles.near(session, ticket.place), ticket.text, ticket.category)
    others = [one.id for one in ranked if one.id != ticket.id and one.status not in OVER]
    seen = doubles.seen_of(session, actor, others[:MOST_SHOWN])
    return [seen[one] for one in others if one in seen]


def _ranked(near: Iterable[Near], text: str, category: str | None) -> list[Near]:
    gist = gist_of(text)
    scored = [(alikeness(gist, gist_of(one.text)), one) for one in near]
    alike = [
        (score, one)
        for score, one in scored
        if is_alike(score, same_category=one.category == category)
    ]
    alike.sort(key=lambda each: (-each[0], -each[1].created_at.timestamp()))
    return [one for _, one in alike]


def follow(
    session: Session, actor: Actor, ticket_id: UUID, text: str, media: Sequence[str]
) -> Ticket:
    """Say "I met that too": hear what becomes of it from now on, and add one's own words.

    Raises NotFound for what neighbours do not hear of, TicketOver, Conflict for one's own report,
    or what photos raise.
    """
    ticket = _open_to_neighbours(session, actor, ticket_id)
    if ticket.status in OVER:
        raise TicketOver
    if ticket.reporter_id == actor.id:
        raise Conflict("这件就是您报的，不用再加上。")
    if session.get(TicketFollower, (ticket.id, actor.id)) is None:
        session.add(TicketFollower(ticket_id=ticket.id, person_id=actor.id))
    added = timeline.add_photos(session, ticket, actor, PhotoPhase.REPORT, media)
    timeline.add_entry(ticket, ALSO_MET, actor, {"note": text.strip(), "photos": added or None})
    _tell(session, TicketFollowed(**timeline.facts_for_others(ticket, actor)))
    return ticket


def unfollow(session: Session, actor: Actor, ticket_id: UUID) -> None:
    """Hear no more of it. NotFound for who does not follow it."""
    row = session.get(TicketFollower, (ticket_id, actor.id))
    if row is None:
        raise NotFound
    session.delete(row)
    ticket = session.get_one(Ticket, ticket_id)
    _tell(session, TicketUnfollowed(**timeline.facts_for_others(ticket, actor)))


def _open_to_neighbours(session: Session, actor: Actor, ticket_id: UUID) -> Ticket:
    """A ticket that the actor may see or hear of; of one that was joined, the one it goes with."""
    ticket = session.get(Ticket, ticket_id)
    if ticket is not None and ticket.duplicate_of is not None:
        ticket = session.get(Ticket, ticket.duplicate_of)
    if ticket is None or not _hears_of(session, actor, ticket):
        raise NotFound
    return ticket


def _hears_of(session: Session, actor: Actor, ticket: Ticket) -> bool:
    if doubles.seen_of(session, actor, [ticket.id]):
        return True
    hinted = is_hinted(ticket.category, public_area=ticket.public_area)
    return hinted and places.is_in_community(session, actor, ticket.community_id)


def _tell(session: Session, event: Event) -> None:
    session.flush()
    publish(session, event)
