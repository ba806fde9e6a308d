"""From an address as people write it to a place of the community. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.places.rules import building_key, plain, unit_key

_BUILDING = re.compile(r"([0-9]+|[A-Za-z][0-9]*|[甲乙丙丁戊己庚辛壬癸])\s*(?:号楼|栋|幢|座|#)")
_UNIT = re.compile(r"([0-9]+|[甲乙丙丁])\s*(?:单元|门洞|梯)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the names on the way to it; an estate has no building, a building no unit."""

    id: UUID
    estate: str
    building: str = ""
    unit: str = ""

    @property
    def text(self) -> str:
        return f"{self.estate} {self.building}{self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Found:
    """Where an address is, and what of it was not found."""

    spot: Spot
    doubt: str = ""


def find_spot(address: str, spots: Sequence[Spot]) -> Found | None:
    """The deepest place that the address names; None without an estate."""
    text = plain(address).replace(" ", "")
    estate = _estate(text, spots)
    if estate is None:
        return None
    building = _BUILDING.search(text)
    if building is None:
        return Found(estate, "没写楼栋，先记在小区")
    key = building_key(building[1])
    inside = [one for one in spots if one.estate == estate.estate and one.building]
    here = [one for one in inside if building_key(one.building) == key]
    if not here:
        return Found(estate, f"没有找到「{building[0]}」，先记在小区")
    unit = _UNIT.search(text, building.end())
    if unit is not None:
        for one in here:
            if one.unit and unit_key(one.unit) == unit_key(unit[1]):
                return Found(one)
    whole = next((one for one in here if not one.unit), here[0])
    return Found(whole, f"没有找到「{unit[0]}」，先记在楼栋" if unit else "")


def _estate(text: str, spots: Sequence[Spot]) -> Spot | None:
    """The estate that is named, the longest name first; the only one need not be."""
    estates = [one for one in spots if not one.building]
    named = [one for one in estates if plain(one.estate).replace(" ", "") in text]
    if named:
        return max(named, key=lambda one: len(one.estate))
    return estates[0] if len(estates) == 1 and _BUILDING.search(text) else None
