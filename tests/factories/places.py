"""Estates, buildings, units and households."""

from typing import Any

from sqlalchemy.orm import Session

from app.core.db import uuid7
from app.identity.place_scope import Place
from app.identity.rules import PlaceKind
from app.places import rules
from app.places.models import Grid, Household
from tests.factories import identity


@identity.at_once
def unit(
    session: Session, community: Place, *, building: str = "3栋", name: str = "1单元"
) -> Place:
    """A unit in a new building of a new estate; its parents are found by `above`."""
    estate = identity.place(session, PlaceKind.ESTATE, community, "和园一村")
    block = identity.place(session, PlaceKind.BUILDING, estate, building)
    return identity.place(session, PlaceKind.UNIT, block, name)


def grid(session: Session, community: Place, name: str = "第一网格") -> Grid:
    """A grid of a community."""
    made = Grid(id=uuid7(), community_id=community.id, name=name, sort=1)
    identity.stored(session, made)
    return made


def household(session: Session, unit: Place, door: str = "202", **given: Any) -> Household:
    """One door of a unit."""
    building = session.get_one(Place, unit.parent_id)
    floor = rules.floor_from_door(door)
    made = Household(
        id=uuid7(),
        community_id=unit.community_id,
        estate_id=unit.estate_id,
        building_id=building.id,
        unit_id=unit.id,
        door=door,
        floor=floor,
        walk_order=rules.walk_order((1, building.sort, unit.sort), floor, door),
        **({"contact_name": "王阿姨", "grid_id": building.grid_id} | given),
    )
    identity.stored(session, made)
    return made


@identity.at_once
def households(session: Session, unit: Place, doors: int) -> list[Household]:
    """So many doors of a unit, four to a floor."""
    return [
        household(session, unit, f"{1 + number // 4}{1 + number % 4:02}") for number in range(doors)
    ]
