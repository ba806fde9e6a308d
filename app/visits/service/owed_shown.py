"""How what is owed is shown: lines, sums by grid and building, and one door."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.places.models import Household
from app.places.queries import grids_of, household_texts, place_names, place_texts
from app.visits.models_owing import Occasion
from app.visits.planner.shapes import Why
from app.visits.queries import asked, owed
from app.visits.rules.owing import Period
from app.visits.rules.saying import reason
from app.visits.service import owed_list
from app.visits.service.owed_list import AHEAD, Line

STUCK_NAMES: dict[Why, str] = {
    Why.NO_MORE_VISITS: "住户说过不再上门",
    Why.NOBODY: "还没有人结对",
    Why.NO_PARTNER: "只有一个人结对，要两个人一起去",
}


def rows(session: Session, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Lines as a list shows them."""
    texts = household_texts(session, {line.door.row.id for line in lines})
    return [
        {"household": {"id": line.door.row.id, "place_text": texts[line.door.row.id]}} | _said(line)
        for line in lines
    ]


def _said(line: Line) -> dict[str, Any]:
    level = line.door.facts.level
    return {
        "care_level": level,
        "purposes": line.stop.purposes,
        "why": [reason(part, level) for part in line.stop.parts],
        "due_on": line.stop.due,
        "overdue": line.overdue,
        "coming_on": line.coming,
        "stuck": STUCK_NAMES[line.stuck] if line.stuck else None,
    }


def places(
    session: Session, community_id: UUID, lines: Iterable[Line], period: Period
) -> dict[str, Any]:
    """How much is owed in each grid and each of its buildings."""
    grids: dict[UUID | None, dict[UUID, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        grids[line.door.row.grid_id][line.door.row.building_id].append(line)
    buildings = {building for some in grids.values() for building in some}
    texts, names = place_texts(session, buildings), place_names(session, buildings)
    known: list[tuple[UUID | None, str]] = [
        *((grid.id, grid.name) for grid in grids_of(session, community_id)),
        (None, "不在网格里"),
    ]
    return {
        "grids": [
            {"id": grid, "name": name}
            | _counts([line for some in grids[grid].values() for line in some])
            | {
                "buildings": [
                    {"id": one, "name": names[one], "place_text": texts[one]} | _counts(some)
                    for one, some in grids[grid].items()
                ]
            }
            for grid, name in known
            if grid is not None or grid in grids
        ],
        "calendar_warning": calendar.warning(period.first, period.last)
        if period.first <= period.last
        else None,
    }


def _counts(lines: Sequence[Line]) -> dict[str, int]:
    return {
        "owed": len(lines),
        "overdue": sum(line.overdue for line in lines),
        "stuck": sum(line.stuck is not None for line in lines),
        "coming": sum(line.coming is not None for line in lines),
    }


def door(session: Session, household: Household) -> dict[str, Any]:
    """One door: when it was called at last, when it is next, and why."""
    period = Period(clock.today(), clock.today() + AHEAD)
    one = select(Household.id).where(Household.id == household.id)
    lines = owed_list.lines(session, household.community_id, one, period)
    last = asked.last_full(session, household.id)
    spans, version = owed.hours(session, household.id)
    return {
        "household_id": household.id,
        "last_on": last,
        "next": _said(min(lines, key=lambda line: line.rank)) if lines else None,
        "stops": [
            {
                "id": stop.id,
                "purpose": stop.purpose,
                "asked_on": stop.asked_on,
                "due_on": stop.due_on,
            }
            for stop in asked.open_stops(session, household.id, last)
        ],
        "hours": spans,
        "hours_version": version,
    }


def occasion(row: Occasion) -> dict[str, Any]:
    """An occasion as the office keeps it."""
    return {
        "id": row.id,
        "community_id": row.community_id,
        "title": row.title,
        "purpose": row.purpose,
        "care_levels": row.care_levels,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "version": row.version,
    }
