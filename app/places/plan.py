"""The plan of a spreadsheet import, pure: what each row would create, change or leave alone.

`columns.py` says how a cell is read, `sheets.py` how a file becomes lines, `imports.py` stores and
applies the plan. A blank cell leaves what is there; nothing is ever deleted by an import.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.places import rules
from app.places.columns import Line, Wanted, read_line, shown

HouseholdKey = tuple[str, str, str, str]  # estate, building, unit, door
CHANGEABLE = ("floor", "contact_name", "care_level", "wish", "contact_phone")


class RowAction(StrEnum):
    """What confirming the import would do with a row."""

    CREATE = "create"
    CHANGE = "change"
    SAME = "same"
    REFUSE = "refuse"


ROW_ACTION_NAMES: dict[RowAction, str] = {
    RowAction.CREATE: "新建",
    RowAction.CHANGE: "修改",
    RowAction.SAME: "没有变化",
    RowAction.REFUSE: "有问题",
}


@dataclass(frozen=True)
class Known:
    """What a community already has, each thing under the key of its name."""

    estates: dict[str, str] = field(default_factory=dict)
    buildings: dict[tuple[str, str], str] = field(default_factory=dict)
    units: dict[tuple[str, str, str], str] = field(default_factory=dict)
    grids: frozenset[str] = frozenset()
    grid_of: dict[tuple[str, str], str] = field(default_factory=dict)
    households: dict[HouseholdKey, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One field of one household (or the grid of its building) that would change."""

    field: str
    before: Any
    after: Any

    def as_shown(self) -> dict[str, str]:
        """For people to read: telephone numbers masked, words instead of codes."""
        return shown(self.field, self.before, self.after)


@dataclass(frozen=True)
class Planned:
    """One row of the file and what would become of it."""

    row: int
    action: RowAction
    door_text: str
    reasons: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    key: HouseholdKey | None = None
    wanted: Wanted | None = None


@dataclass
class Plan:
    """All rows, and the places and grids that would be made for them."""

    rows: list[Planned] = field(default_factory=list)
    estates: dict[str, str] = field(default_factory=dict)
    buildings: dict[tuple[str, str], str] = field(default_factory=dict)
    units: dict[tuple[str, str, str], str] = field(default_factory=dict)
    grids: dict[str, None] = field(default_factory=dict)
    grid_of: dict[tuple[str, str], str] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many rows of each action, in the order of `RowAction`."""
        counts = {action.value: 0 for action in RowAction}
        for planned in self.rows:
            counts[planned.action] += 1
        return counts

    def news(self) -> dict[str, int]:
        """How many places and grids would be made."""
        return {
            "estates": len(self.estates),
            "buildings": len(self.buildings),
            "units": len(self.units),
            "grids": len(self.grids),
        }

    def of(self, action: RowAction) -> Iterator[Planned]:
        """The rows with this action."""
        return (planned for planned in self.rows if planned.action is action)


def plan(lines: Iterable[Line], known: Known) -> Plan:
    """Decide what becomes of each line, given what the community already has."""
    return _Planner(known).run(lines)


class _Planner:
    """Walks the lines once and remembers what earlier lines have already claimed."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.plan = Plan()
        self.first_row: dict[HouseholdKey, int] = {}

    def run(self, lines: Iterable[Line]) -> Plan:
        for line in lines:
            self.plan.rows.append(self._decide(line))
        return self.plan

    def _decide(self, line: Line) -> Planned:
        wanted, reasons = read_line(line)
        if wanted is None:
            return Planned(line.row, RowAction.REFUSE, line.door_text(), tuple(reasons))
        key = _key(wanted)
        objection = self._objection(key, wanted)
        if objection is not None:
            return Planned(line.row, RowAction.REFUSE, line.door_text(), (objection,))
        self.first_row[key] = line.row
        made = self._claim_places(key, wanted)
        regrid = self._claim_grid(key, wanted)
        existing = self.known.households.get(key)
        if existing is None:
            return Planned(line.row, RowAction.CREATE, line.door_text(), made, (), key, wanted)
        changes = tuple(_changes(existing, wanted)) + regrid
        action = RowAction.CHANGE if changes else RowAction.SAME
        return Planned(line.row, action, line.door_text(), (), changes, key, wanted)

    def _objection(self, key: HouseholdKey, wanted: Wanted) -> str | None:
        if key in self.first_row:
            return f"和第 {self.first_row[key]} 行是同一户，请删掉其中一行"
        said = self.plan.grid_of.get(key[:2])
        if wanted.grid and said and said != wanted.grid:
            return (
                f"同一栋楼前面写的网格是「{said}」，这里是「{wanted.grid}」，一栋楼只能属于一个网格"
            )
        return None

    def _claim_places(self, key: HouseholdKey, wanted: Wanted) -> tuple[str, ...]:
        """Note the places that this row is the first to need; say so in Chinese."""
        estate, building, unit, _ = key
        made = []
        if estate not in self.known.estates and estate not in self.plan.estates:
            self.plan.estates[estate] = wanted.estate
            made.append(f"新建小区「{wanted.estate}」")
        if key[:2] not in self.known.buildings and key[:2] not in self.plan.buildings:
            self.plan.buildings[estate, building] = rules.building_name(wanted.building)
            made.append(f"新建楼栋「{self.plan.buildings[estate, building]}」")
        if key[:3] not in self.known.units and key[:3] not in self.plan.units:
            self.plan.units[estate, building, unit] = rules.unit_name(wanted.unit)
        return tuple(made)

    def _claim_grid(self, key: HouseholdKey, wanted: Wanted) -> tuple[Change, ...]:
        """Note the grid that this row gives to its building."""
        if not wanted.grid:
            return ()
        before = self.known.grid_of.get(key[:2])
        self.plan.grid_of[key[:2]] = wanted.grid
        if wanted.grid not in self.known.grids:
            self.plan.grids[wanted.grid] = None
        return () if before == wanted.grid else (Change("grid", before, wanted.grid),)


def _key(wanted: Wanted) -> HouseholdKey:
    return (
        rules.key_of(wanted.estate),
        rules.building_key(wanted.building),
        rules.unit_key(wanted.unit),
        wanted.door,
    )


def _changes(existing: dict[str, Any], wanted: Wanted) -> Iterator[Change]:
    for name in CHANGEABLE:
        after = getattr(wanted, name)
        if after is not None and after != existing[name]:
            yield Change(name, existing[name], after)
