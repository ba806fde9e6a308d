"""The database's side of an import plan: what a community has now, and the plan carried out.

Works in bulk: a community of 2,600 households is written in a few statements.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.identity.rules import PlaceKind
from app.places import queries, rules, service
from app.places.models import Grid, Household, Place
from app.places.plan import CHANGEABLE, HouseholdKey, Known, Plan, Planned, RowAction

PlaceKey = tuple[str, ...]


@dataclass
class Present:
    """What a community has: as the pure plan knows it, and as rows."""

    known: Known
    places: dict[PlaceKey, Place]
    households: dict[HouseholdKey, Household]
    grids: dict[str, Grid]


def known_of(session: Session, community_id: UUID) -> Present:
    """Everything of a community that an import may meet."""
    places = queries.places_below(session, community_id)
    key_of = _place_keys(places)
    grids = {grid.name: grid for grid in queries.grids_of(session, community_id)}
    grid_names = {grid.id: name for name, grid in grids.items()}
    households = {}
    for one in session.scalars(select(Household).where(Household.community_id == community_id)):
        estate, building, unit = key_of[one.unit_id]
        households[estate, building, unit, one.door] = one
    by_key = {key_of[place.id]: place for place in places}
    return Present(_known(by_key, households, grids, grid_names), by_key, households, grids)


def _place_keys(places: list[Place]) -> dict[UUID, PlaceKey]:
    keys: dict[UUID, PlaceKey] = {}
    for place in sorted(places, key=lambda one: len(one.path)):
        if place.kind is PlaceKind.ESTATE:
            keys[place.id] = (rules.key_of(place.name),)
        elif place.parent_id is not None:
            read = rules.building_key if place.kind is PlaceKind.BUILDING else rules.unit_key
            keys[place.id] = (*keys[place.parent_id], read(place.name))
    return keys


def _known(
    by_key: dict[PlaceKey, Place],
    households: dict[HouseholdKey, Household],
    grids: dict[str, Grid],
    grid_names: dict[UUID, str],
) -> Known:
    known = Known(grids=frozenset(grids))
    for key, place in by_key.items():
        if place.kind is PlaceKind.ESTATE:
            known.estates[key[0]] = place.name
        elif place.kind is PlaceKind.BUILDING:
            known.buildings[key[0], key[1]] = place.name
            if place.grid_id is not None:
                known.grid_of[key[0], key[1]] = grid_names[place.grid_id]
        else:
            known.units[key[0], key[1], key[2]] = place.name
    for household_key, one in households.items():
        known.households[household_key] = {name: getattr(one, name) for name in CHANGEABLE}
    return known


def apply(session: Session, community_id: UUID, planned: Plan, present: Present) -> None:
    """Carry out a plan in which no row is refused."""
    community = session.get_one(Place, community_id)
    _make_grids(session, community_id, planned, present)
    _make_places(session, community, planned, present)
    _set_grids(session, planned, present)
    created = [_household_values(row, present) for row in planned.of(RowAction.CREATE)]
    if created:
        session.execute(insert(Household), created)
    for row in planned.of(RowAction.CHANGE):
        _change(row, present)
    session.flush()


def _make_grids(session: Session, community_id: UUID, planned: Plan, present: Present) -> None:
    taken = {grid.sort for grid in present.grids.values()}
    for name in planned.grids:
        sort = rules.place_sort(name, taken)
        taken.add(sort)
        present.grids[name] = Grid(id=uuid7(), community_id=community_id, name=name, sort=sort)
        session.add(present.grids[name])
    session.flush()


def _make_places(session: Session, community: Place, planned: Plan, present: Present) -> None:
    taken: dict[UUID | None, set[int]] = {}
    for place in present.places.values():
        taken.setdefault(place.parent_id, set()).add(place.sort)
    wanted: list[tuple[PlaceKind, PlaceKey, str]] = [
        *((PlaceKind.ESTATE, (key,), name) for key, name in planned.estates.items()),
        *((PlaceKind.BUILDING, key, name) for key, name in planned.buildings.items()),
        *((PlaceKind.UNIT, key, name) for key, name in planned.units.items()),
    ]
    for kind, key, name in wanted:
        parent = present.places[key[:-1]] if len(key) > 1 else community
        siblings = taken.setdefault(parent.id, set())
        sort = rules.place_sort(name, siblings)
        siblings.add(sort)
        present.places[key] = service.add_place(session, kind, name, parent, sort=sort)
    session.flush()


def _set_grids(session: Session, planned: Plan, present: Present) -> None:
    """A building moves to its grid with all the households in it."""
    moved = {
        present.places[key].id: present.grids[name].id
        for key, name in planned.grid_of.items()
        if present.places[key].grid_id != present.grids[name].id
    }
    for key in planned.grid_of:
        place = present.places[key]
        place.grid_id = moved.get(place.id, place.grid_id)
    for household in present.households.values():
        household.grid_id = moved.get(household.building_id, household.grid_id)


def _household_values(row: Planned, present: Present) -> dict[str, Any]:
    key, wanted = row.key, row.wanted
    if key is None or wanted is None:
        raise ValueError("a refused row cannot be created")
    estate, building, unit = (present.places[key[:depth]] for depth in (1, 2, 3))
    floor = wanted.floor if wanted.floor is not None else rules.floor_from_door(wanted.door)
    return {
        "id": uuid7(),
        "community_id": estate.community_id,
        "estate_id": estate.id,
        "building_id": building.id,
        "unit_id": unit.id,
        "grid_id": building.grid_id,
        "door": wanted.door,
        "floor": floor,
        "walk_order": rules.walk_order((estate.sort, building.sort, unit.sort), floor, wanted.door),
        "contact_name": wanted.contact_name or "",
        "contact_phone": wanted.contact_phone,
        "care_level": wanted.care_level or rules.CareLevel.GENERAL,
        "care_confirmed_on": clock.today() if wanted.care_level else None,
        "wish": wanted.wish or rules.VisitWish.ANY,
    }


def _change(row: Planned, present: Present) -> None:
    if row.key is None:
        raise ValueError("a refused row cannot be changed")
    household = present.households[row.key]
    for change in row.changes:
        if change.field in CHANGEABLE:
            setattr(household, change.field, change.after)
        if change.field == "care_level":
            household.care_confirmed_on = clock.today()
        if change.field == "floor":
            places = (present.places[row.key[:depth]] for depth in (1, 2, 3))
            estate, building, unit = (place.sort for place in places)
            sorts = (estate, building, unit)
            household.walk_order = rules.walk_order(sorts, household.floor, household.door)
