"""A month's plan as the office sees it: the plan with its grids, and the board of one grid."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import calendar, jobs
from app.core.jobs import JobRow
from app.identity.queries import people_named
from app.places.doors import doors_of
from app.places.models import Grid
from app.places.queries import places_by_id
from app.visits.models_months import MonthPlan, MonthPlanGrid, MonthPlanStop
from app.visits.planner.clashes import Board, Found
from app.visits.planner.shapes import Fixed, Placed
from app.visits.queries import months as queries
from app.visits.queries.cards import hours
from app.visits.queries.months import Standing
from app.visits.rules.months import PlanState, Put
from app.visits.service.months import editing, problems, words
from app.visits.service.months.making import job_of, last_day, searching, unfinished


def rows(session: Session, plans: Sequence[MonthPlan]) -> list[dict[str, Any]]:
    """Plans as a list shows them: a few statements, however many plans."""
    named = session.execute(
        select(MonthPlanGrid.plan_id, Grid.name)
        .join(Grid, Grid.id == MonthPlanGrid.grid_id)
        .where(MonthPlanGrid.plan_id.in_([plan.id for plan in plans]))
        .order_by(Grid.sort, Grid.name)
    )
    grids: defaultdict[UUID, list[str]] = defaultdict(list)
    for plan_id, name in named:
        grids[plan_id].append(name)
    return [
        {
            "id": plan.id,
            "community_id": plan.community_id,
            "month": plan.month,
            "state": plan.state,
            "grids": grids[plan.id],
            "version": plan.version,
        }
        for plan in plans
    ]


def detail(session: Session, plan: MonthPlan) -> dict[str, Any]:
    """One plan with the work on it and how each grid stands."""
    parts = queries.parts_of(session, plan.id)
    names = dict(
        session.execute(
            select(Grid.id, Grid.name).where(Grid.id.in_([part.grid_id for part in parts]))
        ).all()
    )
    job = job_of(session, plan)
    standings = queries.standings(session, [part.id for part in parts])
    shown = [_part(part, names[part.grid_id], standings, job) for part in parts]
    return rows(session, [plan])[0] | {
        "job": _job(job),
        "parts": shown,
        "people": _named(_by_name(session, _going(standings))),
        "to_send": sum(one["to_send"] for one in shown),
        "unfinished": _unfinished(plan, parts, job),
        "calendar_warning": calendar.warning(plan.month, last_day(plan.month)),
    }


def _going(standings: Sequence[Standing]) -> set[UUID]:
    """Everybody who goes anywhere."""
    return {person for one in standings if one.put is not None for person in one.put.people}


def _by_name(session: Session, people: set[UUID]) -> dict[UUID, str]:
    """The names of these people, in the order of their names."""
    return dict(sorted(people_named(session, people).items(), key=lambda one: (one[1], one[0])))


def _part(
    part: MonthPlanGrid, name: str, standings: Sequence[Standing], job: JobRow | None
) -> dict[str, Any]:
    mine = [one for one in standings if one.stop.part_id == part.id]
    return {
        "id": part.id,
        "name": name,
        "stage": part.stage,
        "goodness": words.goodness(part, working=_works(job)),
        "searching": searching(part, job),
        "planned": sum(one.put is not None for one in mine),
        "unplanned": sum(one.put is None for one in mine),
        "to_send": sum(one.changed for one in mine),
        "difference": None if part.difference is None else len(part.difference["lines"]),
        "version": part.version,
    }


def _unfinished(plan: MonthPlan, parts: Sequence[MonthPlanGrid], job: JobRow | None) -> int:
    left = plan.state is PlanState.DRAFT and not _works(job)
    return sum(map(unfinished, parts)) if left else 0


def _works(job: JobRow | None) -> bool:
    return job is not None and job.state in jobs.OPEN


def _job(job: JobRow | None) -> dict[str, Any] | None:
    if job is None:
        return None
    return {
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "why": job.why,
        "mending": bool(job.asked.get("mend")),
    }


def board(session: Session, plan: MonthPlan, part: MonthPlanGrid) -> dict[str, Any]:
    """All of one grid's plan, with what stands against each stop, in a few statements."""
    standings = queries.standings(session, [part.id])
    asked = problems.board_of(session, plan, part, standings)
    others = [one for one in asked.problem.fixed if one.door_id in asked.doors]
    lines = (part.difference or {}).get("lines", [])
    texts = _Texts(session, standings, asked, lines)
    grid = session.get_one(Grid, part.grid_id)
    job = job_of(session, plan)
    return _part(part, grid.name, standings, job) | {
        "plan": rows(session, [plan])[0],
        "working": _works(job),
        "first": problems.first_day(plan),
        "days": [
            {"date": day.date, "works": day.works}
            for day in calendar.days_between(plan.month, last_day(plan.month))
        ],
        "people": _named(texts.names),
        "buildings": _named(texts.buildings),
        "stops": [texts.stop(one, one.put, asked) for one in standings if one.put is not None],
        "left_out": [texts.left_out(one) for one in standings if one.put is None],
        "others": [texts.other(one) for one in others],
        "lines": [texts.line(line) for line in lines],
        "can_undo": _any(session, part, undone=False),
        "can_redo": _any(session, part, undone=True),
    }


def _any(session: Session, part: MonthPlanGrid, *, undone: bool) -> bool:
    return session.scalar(queries.edits(part.id, undone=undone).limit(1)) is not None


def _named(names: dict[UUID, str]) -> list[dict[str, Any]]:
    return [{"id": key, "name": name} for key, name in names.items()]


class _Texts:
    """Doors, people and buildings of one board in words, loaded once."""

    def __init__(
        self,
        session: Session,
        standings: Sequence[Standing],
        asked: Board,
        lines: Sequence[dict[str, Any]],
    ) -> None:
        doors = {one.stop.household_id for one in standings} | {
            UUID(line["household_id"]) for line in lines
        }
        self.doors = doors_of(session, doors | {one.door_id for one in asked.problem.fixed})
        self.names = _by_name(session, set(asked.people) | _going(standings))
        buildings = places_by_id(session, {door.building_id for door in asked.problem.doors})
        by_walk = sorted(buildings.values(), key=lambda one: (str(one.estate_id), one.sort, one.id))
        self.buildings = {one.id: one.name for one in by_walk}

    def stop(self, one: Standing, put: Put, asked: Board) -> dict[str, Any]:
        found: tuple[Found, ...] = ()
        if one.stop.key in asked.owed and put.slot.date >= asked.first:
            placed = Placed(key=one.stop.key, people=put.people, slot=put.slot)
            found = asked.clashes(placed)
        return self._stop(one.stop) | {
            "date": put.slot.date,
            "window": hours(put.slot.window.start, put.slot.window.end),
            "people": list(put.people),
            "state": one.state,
            "changed": one.changed,
            "by_hand": one.stop.by_hand,
            "clashes": [
                {
                    "kind": each.kind,
                    "refused": each.refused,
                    "text": words.clash_text(each, self.names),
                }
                for each in found
            ],
        }

    def left_out(self, one: Standing) -> dict[str, Any]:
        return self._stop(one.stop) | {
            "state": one.state,
            "why": words.why_text(one.why),
            "helps": [words.help_text(each, self.names, self.buildings) for each in one.stop.helps],
        }

    def other(self, one: Fixed) -> dict[str, Any]:
        return {
            "place_text": self.doors[one.door_id]["place_text"],
            "building_id": self.doors[one.door_id]["building"]["id"],
            "date": one.slot.date,
            "window": hours(one.slot.window.start, one.slot.window.end),
            "people": list(one.people),
        }

    def line(self, line: dict[str, Any]) -> dict[str, Any]:
        return {
            "place_text": self.doors[UUID(line["household_id"])]["place_text"],
            "before": self._said(line["before"]),
            "after": self._said(line["after"]),
            "accepted": line["accepted"],
            "why": None if line["after"] else words.why_text(line["why"]),
        }

    def _said(self, kept: dict[str, Any] | None) -> str | None:
        put = Put.of(kept)
        if put is None:
            return None
        people = "、".join(self.names.get(person, "别的人") for person in put.people)
        window = put.slot.window
        return f"{words.day_text(put.slot.date)} {window.start:%H:%M}–{window.end:%H:%M} {people}"

    def _stop(self, stop: MonthPlanStop) -> dict[str, Any]:
        door = self.doors[stop.household_id]
        return {
            "id": stop.id,
            "place_text": door["place_text"],
            "door": f"{door['unit']['name']}{door['door']}",
            "building_id": door["building"]["id"],
            "level": stop.level,
            "purposes": stop.purposes,
            "due": stop.due,
            "by_phone": stop.by_phone,
        }


def places(session: Session, plan: MonthPlan, part: MonthPlanGrid, stop_id: UUID) -> dict[str, Any]:
    """Where one stop could be put: for each person and day the best way, and what is against it."""
    standings = queries.standings(session, [part.id])
    one = queries.one_of(standings, stop_id)
    asked = problems.board_of(session, plan, part, standings)
    if one.stop.key not in asked.owed:
        return {"items": []}
    start = editing.start_of(asked, one)
    names = people_named(session, set(asked.people))
    items = []
    for day in calendar.days_between(asked.first, last_day(plan.month)):
        for person_id in asked.people:
            put, found = editing.against(one, asked.best(start, person_id, day.date))
            items.append(
                {
                    "date": day.date,
                    "person_id": person_id,
                    "window": hours(put.slot.window.start, put.slot.window.end),
                    "refused": any(each.refused for each in found),
                    "texts": [words.clash_text(each, names) for each in found],
                }
            )
    return {"items": items}
