"""Whose rates an actor may see: a committee those of every organisation in its community, an
organisation its own, the subdistrict and the district those of their communities."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import COMMITTEE_KINDS, Actor
from app.identity.models import Membership, Organisation
from app.identity.rules import OrganisationKind
from app.places.models import Place

OVERSEERS = (*COMMITTEE_KINDS, OrganisationKind.SUBDISTRICT, OrganisationKind.DISTRICT)


@dataclass(frozen=True)
class Scope:
    """One community, and the organisations whose rates are shown of it. `all`: every organisation
    that works there, and the community's own desk."""

    community: Place
    organisations: tuple[UUID, ...]
    all: bool


def communities_of(session: Session, actor: Actor) -> list[Place]:
    """The communities that the actor sees rates of, by their names."""
    at = {post.place_id for post in actor.posts}
    around = select(Place.community_id).where(Place.id.in_(at))
    wanted = or_(Place.id.in_(actor.communities()), Place.id.in_(around))
    return list(session.scalars(select(Place).where(wanted).order_by(Place.name, Place.id)))


def scope_of(session: Session, actor: Actor, community_id: UUID | None) -> Scope | None:
    """What the actor sees of a community (of their first, if none is named; None where they have
    none). NotFound for one that is not theirs."""
    theirs = communities_of(session, actor)
    if community_id is None:
        found = theirs[0] if theirs else None
    else:
        found = next((one for one in theirs if one.id == community_id), None)
        if found is None:
            raise NotFound
    if found is None:
        return None
    everything = found.id in actor.communities(*OVERSEERS)
    here = organisations_at(session, found)
    mine = here if everything else tuple(one for one in here if one in actor.organisations)
    return Scope(found, mine, everything)


def organisations_at(session: Session, community: Place) -> tuple[UUID, ...]:
    """Every organisation that works, or ever worked, in a community or above it."""
    above = [UUID(part) for part in community.path.split("/") if part]
    here = or_(Place.below(community.path), Place.id.in_(above))
    own = select(Organisation.id).join(Place, Place.id == Organisation.place_id).where(here)
    posted = (
        select(Membership.organisation_id).join(Place, Place.id == Membership.place_id).where(here)
    )
    return tuple(sorted(session.scalars(own.union(posted))))
