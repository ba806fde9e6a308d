"""Secret addresses: given out once, revoked at once."""

from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.calendars import queries
from app.calendars.events import CalendarAddressMade, CalendarAddressRevoked
from app.calendars.models import CalendarAddress, CalendarEntry
from app.calendars.refusals import TooManyAddresses
from app.core.errors import NotFound
from app.core.events import publish
from app.identity.actor import Actor

MOST_ADDRESSES = 5


def give(session: Session, actor: Actor, name: str) -> tuple[CalendarAddress, str]:
    """A new address of the actor's calendar, and its secret, which is nowhere kept.

    TooManyAddresses beyond five.
    """
    if queries.address_count(session, actor.id) >= MOST_ADDRESSES:
        raise TooManyAddresses
    token = token_urlsafe(24)
    made = CalendarAddress(person_id=actor.id, digest=queries.digest(token), name=name)
    session.add(made)
    session.flush()
    publish(session, CalendarAddressMade(subject_id=made.id, actor_id=actor.id))
    return made, token


def revoke(session: Session, actor: Actor, address_id: UUID) -> None:
    """Have an address open nothing any more. With the last of them goes what the calendar showed.

    NotFound for one that is not the actor's.
    """
    found = session.scalar(
        queries.addresses_of(actor.id).where(CalendarAddress.id == address_id).with_for_update()
    )
    if found is None:
        raise NotFound
    session.delete(found)
    session.flush()
    if not queries.address_count(session, actor.id):
        session.execute(delete(CalendarEntry).where(CalendarEntry.person_id == actor.id))
    publish(session, CalendarAddressRevoked(subject_id=found.id, actor_id=actor.id))
