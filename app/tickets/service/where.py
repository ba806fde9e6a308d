"""Where a matter is said to be."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.core.errors import Invalid
from app.identity.actor import Actor
from app.places import queries as places
from app.places.models import Place, PlaceKind

REPORTABLE = (PlaceKind.COMMUNITY, PlaceKind.ESTATE, PlaceKind.BUILDING, PlaceKind.UNIT)
NOT_YOURS = "这个地点不在您的社区里，请重新选。"


def place_named(session: Session, actor: Actor, place_id: UUID) -> Place:
    """A place about which the actor may report. Raises Invalid for any other."""
    place = session.get(Place, place_id)
    if place is None or place.community_id is None or place.kind not in REPORTABLE:
        raise Invalid(errors={"place_id": [NOT_YOURS]})
    if not places.is_in_community(session, actor, place.community_id):
        raise Invalid(errors={"place_id": [NOT_YOURS]})
    return place


def line_named(session: Session, actor: Actor, place_id: UUID) -> list[Place]:
    """The same as the way down to it."""
    line = places.line_to(session, place_id)
    if not line or line[-1].kind not in REPORTABLE:
        raise Invalid(errors={"place_id": [NOT_YOURS]})
    community = line[-1].community_id
    if community is None or not places.is_in_community(session, actor, community):
        raise Invalid(errors={"place_id": [NOT_YOURS]})
    return line
