"""Every SELECT on plans of estates; each starts from the estates that an actor's posts reach."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.media import Media
from app.core.prepared import Prepared
from app.identity.actor import Actor
from app.identity.rules import PlaceKind
from app.places.models import Place
from app.places.models_plans import EstatePlan


class Building(NamedTuple):
    """A building by its name."""

    id: UUID
    name: str


BUILDINGS = Prepared(
    select(Place.id, Place.name)
    .where(
        Place.parent_id == bindparam("estate_id", type_=Place.id.type),
        Place.kind == PlaceKind.BUILDING,
    )
    .order_by(Place.sort, Place.name)
)


def estates(actor: Actor) -> Select[Place]:
    """The estates of an actor, as a statement without order."""
    return select(Place).where(Place.kind == PlaceKind.ESTATE, Place.id.in_(actor.estates()))


def estate(session: Session, actor: Actor, estate_id: UUID) -> Place:
    """One estate of the actor. NotFound otherwise."""
    found = session.scalar(estates(actor).where(Place.id == estate_id))
    if found is None:
        raise NotFound
    return found


def kept_estate(session: Session, actor: Actor, estate_id: UUID) -> Place:
    """An estate whose plan the actor's committee keeps. NotFound otherwise."""
    found = estate(session, actor, estate_id)
    if found.community_id not in actor.committee_communities:
        raise NotFound
    return found


def reached(actor: Actor, estate_id: UUID) -> UUID:
    """An estate of the actor of which nothing but what lies in it is asked. NotFound otherwise."""
    if estate_id not in actor.estates():
        raise NotFound
    return estate_id


def buildings(session: Session, estate_id: UUID) -> Sequence[Building]:
    """The buildings of an estate that was already allowed, in walking order."""
    return [Building(*row) for row in BUILDINGS.all(session, {"estate_id": estate_id})]


def plan(session: Session, estate_id: UUID) -> EstatePlan | None:
    """The plan of an estate that was already allowed."""
    return session.get(EstatePlan, estate_id)


def picture(session: Session, digest: str) -> Media:
    """The picture of a plan, with its size."""
    return session.get_one(Media, digest)


def may_see_picture(session: Session, actor: Actor, digest: str) -> bool:
    """Whether this is the plan of one of the actor's estates."""
    mine = select(EstatePlan.estate_id).where(
        EstatePlan.picture == digest, EstatePlan.estate_id.in_(actor.estates())
    )
    return session.scalar(mine.limit(1)) is not None


def shows_picture(session: Session, digest: str) -> bool:
    """Whether any estate has this plan."""
    plans = select(EstatePlan.estate_id).where(EstatePlan.picture == digest)
    return session.scalar(plans.limit(1)) is not None
