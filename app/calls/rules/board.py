"""How a building stands during a call, and how much of that is shown."""

from dataclasses import dataclass, replace

from app.calls.rules.seats import FEW
from app.calls.rules.words import BuildingState
from app.visits.rules import Outcome


@dataclass(frozen=True)
class Building:
    """One building: how many people who were called are coming, how many households of the levels
    `high` and `focus` there are, how many of these were looked at since the call, and how many want
    help. Counts of households are None where they are not shown."""

    coming: int
    doors: int | None
    seen: int | None
    help: int | None

    @property
    def state(self) -> BuildingState:
        if self.help:
            return BuildingState.HELP
        if self.doors and self.seen == self.doors:
            return BuildingState.WELL
        if self.seen:
            return BuildingState.LOOKED
        return BuildingState.COMING if self.coming else BuildingState.NOBODY


def counts_as_seen(outcome: Outcome) -> bool:
    """Whether a record says that a household was looked at: somebody met, or a sign seen."""
    return outcome is not Outcome.NOT_HOME


def wants_help(outcome: Outcome) -> bool:
    """Whether the latest record of a household says that something is the matter."""
    return outcome is Outcome.ISSUE


def shown(building: Building, *, small: bool) -> Building:
    """The building as it is shown to somebody: few households are no number, nor a state."""
    if small or (building.doors or 0) >= FEW:
        return building
    return replace(building, doors=None, seen=None, help=None)
