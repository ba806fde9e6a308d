"""Codes for doors: given out, revoked, given out anew; and the numbers that everybody may know."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import Invalid, NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import Place, PlaceKind
from app.places.rules import telephone_of
from app.residents import queries
from app.residents.events import (
    DoorCodeMade,
    DoorCodeRevoked,
    PublicNumberAdded,
    PublicNumberRemoved,
)
from app.residents.models import DoorCode, PublicNumber
from app.residents.refusals import PlaceHasNoDoor
from app.residents.rules import tidy
from app.residents.visitor import digest, new_token


def give_out(session: Session, actor: Actor, place_ids: Sequence[UUID]) -> list[DoorCode]:
    """A code for each of these buildings and units; what has one keeps it."""
    places = [queries.place_kept(session, actor, one) for one in dict.fromkeys(place_ids)]
    if any(place.kind not in queries.ON_A_DOOR for place in places):
        raise PlaceHasNoDoor(errors={"place_ids": [PlaceHasNoDoor.title]})
    standing = {
        code.place_id: code
        for code in session.scalars(
            select(DoorCode).where(
                DoorCode.place_id.in_([place.id for place in places]),
                DoorCode.revoked_at.is_(None),
            )
        )
    }
    return [standing.get(place.id) or _make(session, actor, place) for place in places]


def renew(session: Session, actor: Actor, door_id: UUID) -> DoorCode:
    """Another code for the same door; the old one opens nothing any more. NotFound."""
    old = queries.door_kept(session, actor, door_id)
    _revoke(session, actor, old)
    return _make(session, actor, session.get_one(Place, old.place_id))


def revoke(session: Session, actor: Actor, door_id: UUID) -> None:
    """Have a code open nothing any more. Links to what was reported through it stay. NotFound."""
    _revoke(session, actor, queries.door_kept(session, actor, door_id))


def _make(session: Session, actor: Actor, place: Place) -> DoorCode:
    token = new_token()
    code = DoorCode(
        id=uuid7(),
        digest=digest(token),
        token=token,
        place_id=place.id,
        community_id=place.community_id,
        made_by=actor.id,
        made_at=clock.now(),
    )
    session.add(code)
    session.flush()
    publish(session, DoorCodeMade(subject_id=code.id, actor_id=actor.id, place_id=place.id))
    return code


def _revoke(session: Session, actor: Actor, code: DoorCode) -> None:
    code.revoked_at = clock.now()
    session.flush()
    publish(session, DoorCodeRevoked(subject_id=code.id, actor_id=actor.id))


def add_number(
    session: Session, actor: Actor, place_id: UUID, name: str, number: str
) -> PublicNumber:
    """A number that is shown at the doors of a community or of one estate."""
    place = queries.place_kept(session, actor, place_id)
    if telephone_of(number) is None:
        raise Invalid(errors={"number": ["请写手机号，或者区号加座机号。"]})
    if place.kind not in (PlaceKind.COMMUNITY, PlaceKind.ESTATE):
        raise Invalid(errors={"place_id": ["电话公布在社区或小区。"]})
    made = PublicNumber(
        id=uuid7(),
        community_id=place.community_id,
        place_id=place.id,
        name=name.strip(),
        number=tidy(number),  # as people write it: 025-8555 0001
    )
    session.add(made)
    session.flush()
    publish(session, PublicNumberAdded(subject_id=made.id, actor_id=actor.id))
    return made


def remove_number(session: Session, actor: Actor, number_id: UUID) -> None:
    """Show a number no more. NotFound."""
    found = session.scalar(queries.numbers_kept(actor).where(PublicNumber.id == number_id))
    if found is None:
        raise NotFound
    session.delete(found)
    session.flush()
    publish(session, PublicNumberRemoved(subject_id=number_id, actor_id=actor.id))
