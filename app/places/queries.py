"""Every SELECT on places; each that a person asks for starts from what that person may see.

Texts for other areas (`place_texts`, `household_texts`) take ids that were already allowed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased, make_transient_to_detached

from app.core import known
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.posts import KNOWN as POSTS
from app.identity.rules import PlaceKind, Role
from app.places.models import Grid, Household, HouseholdImport, HouseholdImportRow, Place
from app.places.plan import RowAction
from app.places.rules import household_text

BATCH = 500
PLACES = select(Place).where(Place.id.in_(bindparam("ids", expanding=True)))


def kept_communities(actor: Actor) -> frozenset[UUID]:
    """The communities whose places the actor may change: its committee and administrators."""
    administered = (post.community_ids for post in actor.posts if post.role is Role.ADMIN)
    return actor.committee_communities.union(*administered)


def communities(actor: Actor) -> Select[Place]:
    """The communities the actor's posts reach or lie in, as a statement without order."""
    around = select(Place.community_id).where(
        Place.id.in_([post.place_id for post in actor.posts]), Place.community_id.is_not(None)
    )
    return select(Place).where(
        Place.kind == PlaceKind.COMMUNITY,
        or_(Place.id.in_(actor.communities()), Place.id.in_(around)),
    )


def community(session: Session, actor: Actor, community_id: UUID) -> Place:
    """One community of the actor. NotFound otherwise."""
    found = session.scalar(communities(actor).where(Place.id == community_id))
    if found is None:
        raise NotFound
    return found


def is_in_community(session: Session, actor: Actor, community_id: UUID) -> bool:
    """Whether the actor has a post in a community, or one that reaches it."""
    if community_id in actor.communities():
        return True
    return session.scalar(communities(actor).where(Place.id == community_id)) is not None


def chain(session: Session, place: Place) -> list[Place]:
    """From the district down to the place itself."""
    ids = [UUID(part) for part in place.path.split("/") if part]
    known = places_by_id(session, ids)
    return [known[one] for one in ids]


def line_to(session: Session, place_id: UUID) -> list[Place]:
    """From the district down to a place, for a session that writes: empty for no place at all. They
    belong to no session (`merge(..., load=False)` makes them belong), and their names may be a
    second old."""
    found: list[Place] = known.once(
        session, POSTS, ("line", place_id), lambda: _line_to(session, place_id)
    )
    return found


def _line_to(session: Session, place_id: UUID) -> list[Place]:
    path = session.scalar(select(Place.path).where(Place.id == place_id)) or ""
    ids = [UUID(part) for part in path.split("/") if part]
    table = Place.__table__
    rows = session.execute(select(table).where(table.c.id.in_(ids)).order_by(table.c.path))
    line = [Place(**row._mapping) for row in rows]
    for place in line:
        make_transient_to_detached(place)
    return line


def places_below(session: Session, community_id: UUID) -> list[Place]:
    """Estates, buildings and units of a community, in walking order."""
    return list(
        session.scalars(
            select(Place)
            .where(
                Place.community_id == community_id,
                Place.kind.in_((PlaceKind.ESTATE, PlaceKind.BUILDING, PlaceKind.UNIT)),
            )
            .order_by(Place.sort, Place.name)
        )
    )


def household_counts(session: Session, community_id: UUID) -> dict[UUID, int]:
    """How many households each unit has."""
    rows = session.execute(
        select(Household.unit_id, func.count())
        .where(Household.community_id == community_id)
        .group_by(Household.unit_id)
    )
    return dict(rows.all())


def grids(community_id: UUID) -> Select[Grid]:
    """The grids of a community, as a statement without order."""
    return select(Grid).where(Grid.community_id == community_id)


def grids_of(session: Session, community_id: UUID) -> list[Grid]:
    """The grids of a community in their order."""
    return list(session.scalars(grids(community_id).order_by(Grid.sort, Grid.name)))


def grid_sizes(session: Session, community_id: UUID) -> dict[UUID | None, int]:
    """How many households each grid has."""
    rows = session.execute(
        select(Household.grid_id, func.count())
        .where(Household.community_id == community_id)
        .group_by(Household.grid_id)
    )
    return dict(rows.all())


def grid_buildings(session: Session, community_id: UUID) -> dict[UUID, list[UUID]]:
    """The buildings of each grid."""
    rows = session.execute(
        select(Place.grid_id, Place.id)
        .where(
            Place.community_id == community_id,
            Place.kind == PlaceKind.BUILDING,
        )
        .order_by(Place.sort, Place.name)
    )
    buildings: dict[UUID, list[UUID]] = defaultdict(list)
    for grid_id, place_id in rows:
        if grid_id is not None:
            buildings[grid_id].append(place_id)
    return buildings


def kept_household(session: Session, actor: Actor, household_id: UUID) -> Household:
    """A household the actor's committee keeps. NotFound otherwise."""
    found = session.scalar(
        select(Household).where(
            Household.id == household_id,
            Household.community_id.in_(actor.committee_communities),
        )
    )
    if found is None:
        raise NotFound
    return found


def imports(actor: Actor) -> Select[HouseholdImport]:
    """The spreadsheet imports of the communities the actor keeps."""
    return select(HouseholdImport).where(HouseholdImport.community_id.in_(kept_communities(actor)))


def household_import(session: Session, actor: Actor, import_id: UUID) -> HouseholdImport:
    """One import that the actor may see. NotFound otherwise."""
    found = session.scalar(imports(actor).where(HouseholdImport.id == import_id))
    if found is None:
        raise NotFound
    return found


def import_rows(import_id: UUID, action: RowAction | None) -> Select[HouseholdImportRow]:
    """The rows of an import that was already allowed, of one action or all."""
    statement = select(HouseholdImportRow).where(HouseholdImportRow.import_id == import_id)
    return statement.where(HouseholdImportRow.action == action) if action else statement


def place_names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The bare names of places: 「3栋」."""
    return {place.id: place.name for place in places_by_id(session, set(ids)).values()}


def place_texts(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Places as people say them, from the estate down: 「和园一村 3栋1单元」."""
    wanted = set(ids)
    places = places_by_id(session, wanted)
    known = dict(places)
    missing = {UUID(part) for place in places.values() for part in place.path.split("/") if part}
    known |= places_by_id(session, missing - set(known))
    return {
        place.id: text_of([known[UUID(part)] for part in place.path.split("/") if part])
        for place in places.values()
    }


def household_texts(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Households as people say them: 「和园一村 3栋1单元202」."""
    estate, building, unit = aliased(Place), aliased(Place), aliased(Place)
    texts: dict[UUID, str] = {}
    for batch in batches(set(ids)):
        rows = session.execute(
            select(Household.id, Household.door, estate.name, building.name, unit.name)
            .join(estate, estate.id == Household.estate_id)
            .join(building, building.id == Household.building_id)
            .join(unit, unit.id == Household.unit_id)
            .where(Household.id.in_(batch))
        )
        for household_id, door, *names in rows:
            texts[household_id] = household_text(names[0], names[1], names[2], door)
    return texts


def places_by_id(session: Session, ids: Iterable[UUID]) -> dict[UUID, Place]:
    """These places by their id."""
    found: dict[UUID, Place] = {}
    for batch in batches(ids):
        for place in session.scalars(PLACES, {"ids": batch}):
            found[place.id] = place
    return found


def batches(ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    """The ids, each once, in lots that every database takes in one IN."""
    listed = list(dict.fromkeys(ids))
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]


def text_of(chain: Sequence[Place]) -> str:
    """The last place of a chain as people say it, from the estate down."""
    below = [one for one in chain if one.kind in (PlaceKind.BUILDING, PlaceKind.UNIT)]
    estate = next((one.name for one in chain if one.kind is PlaceKind.ESTATE), None)
    if estate is None:
        return chain[-1].name
    return f"{estate} {''.join(one.name for one in below)}".strip()
