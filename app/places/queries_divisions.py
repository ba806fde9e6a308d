"""What an administrator's district consists of, down to its communities."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import COMMITTEE_KINDS, Actor
from app.identity.models import Membership, Organisation
from app.identity.queries import current
from app.identity.rules import OrganisationKind, PlaceKind, Role
from app.places.models import Household, Place

KINDS = (PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT, PlaceKind.COMMUNITY)


def divisions(actor: Actor) -> Select[Place]:
    """The places above estates that the actor administers, as a statement without order."""
    below = [Place.below(post.place_path) for post in actor.posts if post.role is Role.ADMIN]
    return select(Place).where(Place.kind.in_(KINDS), or_(false(), *below))


def division(session: Session, actor: Actor, place_id: UUID) -> Place:
    """One of them. NotFound otherwise."""
    found = session.scalars(divisions(actor).where(Place.id == place_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def codes(
    session: Session, district: Place, wanted: Collection[str]
) -> dict[str, PlaceKind | None]:
    """What each of these codes stands for in a district; None for one that is in use elsewhere."""
    rows = session.execute(select(Place.code, Place.kind, Place.path).where(Place.code.in_(wanted)))
    return {str(row.code): row.kind if row.path.startswith(district.path) else None for row in rows}


def streets(session: Session, district: Place) -> dict[str | None, Place]:
    """The subdistricts of a district, by code."""
    below = (Place.kind == PlaceKind.SUBDISTRICT) & (Place.parent_id == district.id)
    return {street.code: street for street in session.scalars(select(Place).where(below))}


def place_with(session: Session, code: str) -> Place | None:
    """Whichever place has this code, seen by the actor or not: for whether it can be given."""
    return session.scalars(select(Place).where(Place.code == code)).one_or_none()


def sizes(session: Session, communities: Collection[UUID]) -> dict[UUID, int]:
    """How many households each community has; those without any are left out."""
    rows = session.execute(
        select(Household.community_id, func.count())
        .where(Household.community_id.in_(communities))
        .group_by(Household.community_id)
    )
    return dict(rows.all())


def offices(session: Session, places: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """For each of these places the office into which its first people are invited (a community's
    residents' committee, a subdistrict's own), and how many hold a post there today."""
    kinds = (*COMMITTEE_KINDS, OrganisationKind.SUBDISTRICT, OrganisationKind.DISTRICT)
    held = Membership.organisation_id == Organisation.id
    rows = session.execute(
        select(Organisation.place_id, Organisation.id, func.count(Membership.id).label("people"))
        .outerjoin(Membership, held & current())
        .where(Organisation.place_id.in_(places), Organisation.kind.in_(kinds))
        .group_by(Organisation.place_id, Organisation.id)
        .order_by((Organisation.kind == OrganisationKind.COMMUNITY_PARTY), Organisation.id)
    )
    found: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        office = found.setdefault(row.place_id, {"office_id": row.id, "people": 0})
        office["people"] += row.people
    return found
