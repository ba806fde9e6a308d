"""Words and pure rules of the three teams: kinds, who may be paired and assigned.

Nothing here knows the database.
"""

from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

PAIRED_AHEAD = timedelta(days=180)


class TeamKind(StrEnum):
    """The three teams. A team is not an organisation; its people come from several."""

    RED_FLAG = "red_flag"
    RED_STEWARD = "red_steward"
    RED_ARMBAND = "red_armband"


TEAM_KIND_NAMES: dict[TeamKind, str] = {
    TeamKind.RED_FLAG: "红旗手",
    TeamKind.RED_STEWARD: "红管家",
    TeamKind.RED_ARMBAND: "红袖章",
}

TEAM_DUTIES: dict[TeamKind, str] = {
    TeamKind.RED_FLAG: "牵头一栋楼：结对的户、上门走访、把心声带到议事会、给报事人回话。",
    TeamKind.RED_STEWARD: "接单、到场看、讲清楚，一件事跟到底。",
    TeamKind.RED_ARMBAND: "定时巡查公共部位，提醒、报事；不进家门，不执法。",
}


def current(since: date, until: date | None, day: date) -> bool:
    """Does something that runs from `since` through `until` stand on this day?"""
    return since <= day and (until is None or day <= until)


def last_day_when_ended(day: date) -> date:
    """What is ended today is over at once: yesterday was its last day."""
    return day - timedelta(days=1)


def first_day_problem(first: date, today: date) -> str | None:
    """Why a pairing may not begin on a day; None where it may."""
    if first < today:
        return "从今天或者以后的一天开始。"
    return f"最多提前 {PAIRED_AHEAD.days} 天定好。" if first > today + PAIRED_AHEAD else None


def same_person_twice(main_id: UUID | None, backup_id: UUID | None) -> bool:
    """The backup person must be somebody else than the main person."""
    return main_id is not None and main_id == backup_id


def backup_without_main(main_id: UUID | None, backup_id: UUID | None) -> bool:
    """A backup stands in for a main person; alone it stands in for nobody."""
    return main_id is None and backup_id is not None
