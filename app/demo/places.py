"""The places: real subdistricts and communities, invented estates, buildings and households."""

import csv
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

import config
from app.core import clock
from app.core.db import uuid7
from app.identity.rules import PlaceKind
from app.places.models import Grid, GridBranch, Household, Place
from app.places.rules import CareLevel, VisitWish, walk_order

SOURCE = config.ROOT / "data" / "qixia_divisions.csv"
DISTRICT_CODE, DISTRICT_NAME = "320113", "栖霞区"
STREET = "仙林街道"
FULL = "320113007006"  # 和园社区
ESTATES = ("和园一期", "和园二期", "和园三期")
BUILDINGS, UNITS, FLOORS, DOORS = 12, 2, 18, 2
BUILDINGS_ELSEWHERE = 3
GRIDS, HOUSEHOLDS = 8, 2600
KNOWN_DAYS = 100  # since when the community has its doors in the system
FAMILY_NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
HOW_CALLED = ("阿姨", "叔叔", "大爷", "奶奶", "先生", "女士", "师傅", "老师")


@dataclass
class Town:
    """What was built, as the later steps need it."""

    district: Place
    street: Place
    community: Place
    streets: list[Place] = field(default_factory=list)
    communities: list[Place] = field(default_factory=list)
    estates: list[Place] = field(default_factory=list)
    buildings: dict[UUID, list[Place]] = field(default_factory=dict)
    households: list[dict[str, Any]] = field(default_factory=list)


def build(session: Session, dice: Random, size: str) -> Town:
    """All places of the chosen size, and the full community with its households."""
    district = _place(session, PlaceKind.DISTRICT, None, DISTRICT_NAME, DISTRICT_CODE)
    streets: dict[str, Place] = {}
    communities: dict[str, Place] = {}
    for row in _rows(size):
        if row["street"] not in streets:
            streets[row["street"]] = _place(
                session, PlaceKind.SUBDISTRICT, district, row["street"], row["street_code"]
            )
        name = row["name"].removesuffix("居委会").removesuffix("村委会")
        communities[row["code"]] = _place(
            session, PlaceKind.COMMUNITY, streets[row["street"]], name, row["code"]
        )
    town = Town(district, streets[STREET], communities[FULL])
    town.streets, town.communities = list(streets.values()), list(communities.values())
    _estates(session, town)
    _households(session, dice, town)
    if size != "community":
        _elsewhere(session, town)
    return town


def _rows(size: str) -> list[dict[str, str]]:
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if size == "district" or row["street"] == STREET]


def _place(  # one node, its path and what lies above it
    session: Session, kind: PlaceKind, parent: Place | None, name: str, code: str | None = None
) -> Place:
    made = uuid7()
    place = Place(
        id=made,
        kind=kind,
        parent_id=parent.id if parent else None,
        code=code,
        name=name,
        path=(parent.path if parent else "/") + f"{made}/",
        community_id=made if kind is PlaceKind.COMMUNITY else parent and parent.community_id,
        estate_id=made if kind is PlaceKind.ESTATE else parent and parent.estate_id,
        grid_id=parent and parent.grid_id,
    )
    session.add(place)
    session.flush()
    return place


def _estates(session: Session, town: Town) -> None:
    grids = [
        Grid(community_id=town.community.id, name=f"第{n + 1}网格", sort=n + 1)
        for n in range(GRIDS)
    ]
    session.add_all(grids)
    session.flush()
    session.add_all(GridBranch(grid_id=grid.id, name=f"{grid.name}党支部") for grid in grids)
    for sort, name in enumerate(ESTATES, 1):
        estate = _place(session, PlaceKind.ESTATE, town.community, name)
        estate.sort = sort
        town.estates.append(estate)
        town.buildings[estate.id] = []
        for number in range(1, BUILDINGS + 1):
            building = _place(session, PlaceKind.BUILDING, estate, f"{number}号楼")
            building.sort = number
            nth = (sort - 1) * BUILDINGS + number - 1
            building.grid_id = grids[nth * GRIDS // (len(ESTATES) * BUILDINGS)].id
            town.buildings[estate.id].append(building)
    session.flush()


def _elsewhere(session: Session, town: Town) -> None:
    """One estate with a few buildings in every other community, and nobody in them yet."""
    for community in town.communities:
        if community is town.community:
            continue
        estate = _place(session, PlaceKind.ESTATE, community, f"{community.name}小区")
        for number in range(1, BUILDINGS_ELSEWHERE + 1):
            building = _place(session, PlaceKind.BUILDING, estate, f"{number}号楼")
            building.sort = number
            for nth in range(1, UNITS + 1):
                _place(session, PlaceKind.UNIT, building, f"{nth}单元").sort = nth
    session.flush()


def _households(session: Session, dice: Random, town: Town) -> None:
    plain = len(ESTATES) * BUILDINGS * UNITS * FLOORS * DOORS
    taller = HOUSEHOLDS - plain  # so many buildings have one door on a further floor
    for estate in town.estates:
        for building in town.buildings[estate.id]:
            for number in range(1, UNITS + 1):
                unit = _place(session, PlaceKind.UNIT, building, f"{number}单元")
                unit.sort = number
                doors = [(f, d) for f in range(1, FLOORS + 1) for d in range(1, DOORS + 1)]
                if number == 1 and taller > 0:
                    doors.append((FLOORS + 1, 1))
                    taller -= 1
                sorts = (estate.sort, building.sort, number)
                town.households += [_household(dice, building, unit, sorts, *at) for at in doors]
    session.execute(insert(Household), town.households)


def _household(
    dice: Random, building: Place, unit: Place, sorts: tuple[int, int, int], floor: int, nth: int
) -> dict[str, Any]:
    door = f"{floor}{nth:02}"
    level = dice.choices((CareLevel.HIGH, CareLevel.FOCUS, CareLevel.GENERAL), weights=(3, 12, 85))[
        0
    ]
    wish = dice.choices(
        (VisitWish.ANY, VisitWish.CALL_FIRST, VisitWish.PHONE_ONLY, VisitWish.NO_MORE_VISITS),
        weights=(88, 8, 3, 1),
    )[0]
    cared_for = level is not CareLevel.GENERAL
    confirmed = clock.today() - timedelta(days=dice.randint(20, 300)) if cared_for else None
    return {
        "id": uuid7(),
        "community_id": unit.community_id,
        "estate_id": unit.estate_id,
        "building_id": building.id,
        "unit_id": unit.id,
        "grid_id": building.grid_id,
        "door": door,
        "floor": floor,
        "walk_order": walk_order(sorts, floor, door),
        "contact_name": dice.choice(FAMILY_NAMES) + dice.choice(HOW_CALLED),
        "contact_phone": f"1990000{2000 + dice.randint(0, 7999)}" if cared_for else None,
        "care_level": level,
        "care_confirmed_on": confirmed,
        "known_since": clock.today() - timedelta(days=KNOWN_DAYS),
        "wish": wish,
        "version": 1,
    }
