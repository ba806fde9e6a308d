"""What is owed to one door in a period, and why: by its care level's cadence, by a round or an
occasion, because somebody asks for it, because a matter was settled. Pure; what is owed together is
put together in `merging`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from app.places.rules import CareLevel
from app.visits.rules.cadence import next_due, turns
from app.visits.rules.words import Purpose

# Within so many days somebody comes to residents who ask for it, or who are new.
WITHIN_DAYS: dict[Purpose, int] = {Purpose.ASKED: 3, Purpose.NEW_RESIDENTS: 30}
STILL_DAYS = 2  # in which somebody comes whom they have waited for too long

CADENCE_PURPOSES: dict[CareLevel, Purpose] = {
    CareLevel.HIGH: Purpose.CARE,
    CareLevel.FOCUS: Purpose.CARE,
    CareLevel.GENERAL: Purpose.ROUTINE,
}


class Because(StrEnum):
    """Why something is owed."""

    CADENCE = "cadence"
    ROUND = "round"
    OCCASION = "occasion"
    ASKED = "asked"
    CALL_BACK = "call_back"


@dataclass(frozen=True)
class Period:
    """From the first through the last day of a plan."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What decides what a door is owed. `level` is what holds today, `first_due` by when it is
    called at for the first time, if it never was; `coming` is the last visit that is planned before
    the period, and is taken to be made."""

    id: UUID
    building_id: UUID
    level: CareLevel
    last_full: date | None
    first_due: date
    coming: date | None = None

    @property
    def counted_from(self) -> date | None:
        """What the cadence counts from."""
        if self.last_full is None or self.coming is None:
            return self.last_full or self.coming
        return max(self.last_full, self.coming)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Doors of these levels in these buildings, and these doors, are asked for between two dates.
    Empty levels or buildings leave nobody out; asking for nothing at all is everybody."""

    id: UUID
    because: Because
    purpose: Purpose
    title: str
    first: date
    last: date
    levels: frozenset[CareLevel] = frozenset()
    buildings: frozenset[UUID] = frozenset()
    doors: frozenset[UUID] = frozenset()

    def includes(self, door: Facts) -> bool:
        """Whether this door is asked for."""
        if door.id in self.doors:
            return True
        if self.doors and not self.levels and not self.buildings:
            return False
        level = not self.levels or door.level in self.levels
        return level and (not self.buildings or door.building_id in self.buildings)


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing that is owed to a door: due on a date, planned for a date that can be met (`by`),
    between `earliest` and `latest`. `since` is what it is counted from."""

    key: str
    because: Because
    purpose: Purpose
    due: date
    by: date
    earliest: date
    latest: date
    since: date | None = None
    title: str = ""

    @property
    def alone(self) -> bool:
        """Whether it is worth a stop of its own. A call-back is a telephone call, unless somebody
        comes by anyway."""
        return self.because is not Because.CALL_BACK


def owed(door: Facts, asked: Iterable[Asked], period: Period) -> list[Due]:
    """Everything that is owed to a door in a period."""
    return [*_by_cadence(door, period), *_asked(door, asked, period)]


def _by_cadence(door: Facts, period: Period) -> Iterator[Due]:
    since = door.counted_from
    due = next_due(door.level, since) if since else door.first_due
    for turn in turns(door.level, due, period.first, period.last):
        yield Due(
            key=f"{door.id}/{_name_of(door.level, turn.by)}",
            because=Because.CADENCE,
            purpose=CADENCE_PURPOSES[door.level],
            due=turn.due,
            by=turn.by,
            earliest=turn.earliest,
            latest=turn.latest,
            since=door.last_full,
        )


def _name_of(level: CareLevel, by: date) -> str:
    """The week or the month of a turn: what it is called does not change with its exact day."""
    return f"{by:%G-w%V}" if level is CareLevel.HIGH else f"{by:%Y-%m}"


def _asked(door: Facts, asked: Iterable[Asked], period: Period) -> Iterator[Due]:
    """What was asked for and has not been brought there since it began."""
    since = door.counted_from
    for one in asked:
        brought = since is not None and since >= one.first
        if brought or one.first > period.last or not one.includes(door):
            continue
        waits = one.because is Because.ASKED
        late = min(period.first + timedelta(days=STILL_DAYS), period.last)
        by = one.last if one.last >= period.first else late
        yield Due(
            key=f"{door.id}/{one.id}",
            because=one.because,
            purpose=one.purpose,
            due=one.last,
            by=by,
            earliest=max(one.first, period.first),
            latest=max(by, period.last) if waits else by,
            since=one.first,
            title=one.title,
        )
