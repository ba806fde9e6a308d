"""People change a grid's plan: stops are moved, taken out, put in; undone and done again.

What nobody may overrule is refused with its sentence; all else is told, and stays as they put it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import NotFound
from app.core.events import publish
from app.identity.actor import Actor
from app.teams.rules.windows import Slot, Window
from app.visits.events_months import MonthPlanEdited
from app.visits.models_months import MonthPlan, MonthPlanEdit, MonthPlanGrid, MonthPlanStop
from app.visits.planner.clashes import Board, Found
from app.visits.planner.shapes import Placed
from app.visits.queries import months as queries
from app.visits.queries.months import Standing
from app.visits.rules import VisitState
from app.visits.rules.months import TAKEN_OUT, Clash, NothingToUndo, PlanClash, Put
from app.visits.service.months import problems
from app.visits.service.months.making import facts
from app.visits.service.months.words import sentence
from app.visits.service.rounds import current

DONE_ALREADY = "这户已经去过了，不用再排。"
OWED_NO_MORE = "这户这个月不用再去了。"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Where the committee wants some stops: with whom (None: as they are), on which day, when."""

    stop_ids: Sequence[UUID]
    day: date
    person_id: UUID | None = None
    window: Window | None = None


@dataclass(frozen=True)
class Edited:
    """A grid's plan after a change, and what stands against what was put."""

    plan: MonthPlan
    part: MonthPlanGrid
    found: Sequence[tuple[MonthPlanStop, Found]] = ()


def move(session: Session, actor: Actor, part_id: UUID, version: int, wanted: Wanted) -> Edited:
    """Put stops where they are wanted. PlanClash says what cannot be, in words."""
    plan, part = queries.part(session, actor, part_id, lock=True)
    current(part, version)
    standings = queries.standings(session, [part.id])
    board = problems.board_of(session, plan, part, standings)
    moved: list[tuple[Standing, Placed]] = []
    told: list[tuple[MonthPlanStop, Found]] = []
    for one in _chosen(standings, wanted.stop_ids):
        put, found = _placed(board, one, wanted)
        for each in found:
            if each.refused:
                raise PlanClash(sentence(session, each))
        board.put_again(put)
        moved.append((one, put))
        told += ((one.stop, each) for each in found)
    changes = [_change(one, Put(put.people, put.slot)) for one, put in moved]
    _write(session, actor, (plan, part), changes, "moved")
    return Edited(plan, part, told)


def take_out(
    session: Session, actor: Actor, part_id: UUID, version: int, stop_ids: Sequence[UUID]
) -> Edited:
    """Stops that are not to be made in this plan."""
    plan, part = queries.part(session, actor, part_id, lock=True)
    current(part, version)
    chosen = _chosen(queries.standings(session, [part.id]), stop_ids)
    changes = [_change(one, None) for one in chosen if one.put is not None]
    _write(session, actor, (plan, part), changes, "taken_out")
    return Edited(plan, part)


def apply(
    session: Session,
    actor: Actor,
    parts: tuple[MonthPlan, MonthPlanGrid],
    changes: list[dict[str, Any]],
) -> Edited:
    """Make changes that came of a difference; they are undone in one go."""
    _write(session, actor, parts, changes, "mended")
    return Edited(*parts)


def undo(session: Session, actor: Actor, part_id: UUID, version: int) -> Edited:
    """Take back the latest change that stands."""
    return _step(session, actor, (part_id, version), undo=True)


def redo(session: Session, actor: Actor, part_id: UUID, version: int) -> Edited:
    """Make the latest change that was taken back again."""
    return _step(session, actor, (part_id, version), undo=False)


def _step(session: Session, actor: Actor, which: tuple[UUID, int], *, undo: bool) -> Edited:
    part_id, version = which
    plan, part = queries.part(session, actor, part_id, lock=True)
    current(part, version)
    edit = session.scalar(queries.edits(part.id, undone=not undo).limit(1))
    if edit is None:
        raise NothingToUndo
    rows = _rows(session, edit.changes)
    for change in edit.changes:
        _restore(rows[change["stop"]], change["before" if undo else "after"])
    edit.undone = undo
    _touch(session, actor, (plan, part), "undone" if undo else "redone", len(edit.changes))
    return Edited(plan, part)


def change_of(stop: MonthPlanStop, place: Put | None, why: str | None, *, hand: bool) -> Any:
    """One line of an edit: how a row was, and how it is to be."""
    after = {"place": place.kept() if place else None, "hand": hand, "why": why}
    before = {"place": stop.place, "hand": stop.by_hand, "why": stop.why}
    return {"stop": str(stop.id), "before": before, "after": after}


def _change(one: Standing, put: Put | None) -> dict[str, Any]:
    changed: dict[str, Any] = change_of(
        one.stop, put, TAKEN_OUT if put is None else None, hand=True
    )
    return changed


def _restore(row: MonthPlanStop, kept: dict[str, Any]) -> None:
    row.place, row.by_hand, row.why = kept["place"], kept["hand"], kept["why"]


def _chosen(standings: Sequence[Standing], stop_ids: Sequence[UUID]) -> list[Standing]:
    known = {one.stop.id: one for one in standings}
    if not set(stop_ids) <= set(known):
        raise NotFound
    chosen = [known[stop_id] for stop_id in dict.fromkeys(stop_ids)]
    if any(one.state is VisitState.DONE for one in chosen):
        raise PlanClash(DONE_ALREADY)
    return chosen


def _placed(board: Board, one: Standing, wanted: Wanted) -> tuple[Placed, tuple[Found, ...]]:
    if one.stop.key not in board.owed:
        raise PlanClash(OWED_NO_MORE)
    asked = start_of(board, one)
    lead = wanted.person_id or asked.people[0]
    if wanted.window is None:
        put, found = board.best(asked, lead, wanted.day)
    else:
        slot = Slot(wanted.day, wanted.window)
        put = replace(asked, people=board.crew(asked, lead, slot), slot=slot)
        found = board.clashes(put)
    return against(one, (put, found))


def against(
    one: Standing, placed: tuple[Placed, tuple[Found, ...]]
) -> tuple[Placed, tuple[Found, ...]]:
    """The same, with what its volunteer has said no to."""
    put, found = placed
    if declined(one, put):
        found = (Found(Clash.DECLINED, put.people[0]), *found)
    return put, found


def start_of(board: Board, one: Standing) -> Placed:
    """Where a stop starts from: where it is, or else with the door's nearest people."""
    if one.put is not None:
        return Placed(key=one.stop.key, people=one.put.people, slot=one.put.slot)
    door = board.doors[board.owed[one.stop.key].door_id]
    near = [person for person in (door.main, door.backup, *door.paired) if person in board.people]
    slot = next(iter(door.windows), None)
    people = tuple(person for person in dict.fromkeys(near) if person is not None)[:2]
    if slot is None or not (people or board.people):
        raise PlanClash(sentence(None, Found(Clash.NOT_THEN)))
    return Placed(key=one.stop.key, people=people or tuple(board.people)[:1], slot=slot)


def declined(one: Standing, put: Placed) -> bool:
    """Whether this is what its volunteer has said no to."""
    sent = Put.of(one.stop.sent)
    return (
        one.state is VisitState.TURNED_DOWN
        and sent is not None
        and (sent.people[0], sent.slot) == (put.people[0], put.slot)
    )


def _write(
    session: Session,
    actor: Actor,
    parts: tuple[MonthPlan, MonthPlanGrid],
    changes: list[dict[str, Any]],
    how: str,
) -> None:
    _, part = parts
    changes = [change for change in changes if change["before"] != change["after"]]
    if not changes:
        return
    rows = _rows(session, changes)
    for change in changes:
        _restore(rows[change["stop"]], change["after"])
    session.execute(
        delete(MonthPlanEdit).where(
            MonthPlanEdit.part_id == part.id, MonthPlanEdit.undone.is_(True)
        )
    )
    latest = session.scalar(
        select(func.max(MonthPlanEdit.number)).where(MonthPlanEdit.part_id == part.id)
    )
    session.add(
        MonthPlanEdit(
            id=uuid7(),
            part_id=part.id,
            number=(latest or 0) + 1,
            changes=changes,
            made_by=actor.id,
            made_at=clock.now(),
        )
    )
    _touch(session, actor, parts, how, len(changes))


def _rows(session: Session, changes: Sequence[dict[str, Any]]) -> dict[str, MonthPlanStop]:
    ids = [UUID(change["stop"]) for change in changes]
    rows = session.scalars(select(MonthPlanStop).where(MonthPlanStop.id.in_(ids)))
    return {str(row.id): row for row in rows}


def _touch(
    session: Session,
    actor: Actor,
    parts: tuple[MonthPlan, MonthPlanGrid],
    how: str,
    stops: int,
) -> None:
    plan, part = parts
    part.edited, part.changed_at, plan.changed_at = True, clock.now(), clock.now()
    session.flush()
    publish(session, MonthPlanEdited(**facts(plan, actor), how=how, stops=stops))
