"""The problem of a grid is built from the database: everything that planning has to know."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import NotFound
from app.identity.place_scope import Place
from app.places.models import Grid, Household
from app.places.rules import CareLevel, VisitWish
from app.teams.rules.windows import Span
from app.tickets.rules import TicketStatus
from app.tickets.service import open_ticket
from app.visits.models_owing import DoorHours, Occasion, StopAsked
from app.visits.planner.shapes import Door
from app.visits.rules import Method, Outcome, Purpose, RoundState
from app.visits.service.owing import problem_of
from tests.auditing import unwatched
from tests.factories import identity, places, teams, tickets
from tests.factories.visits import TODAY, Scene, done, round_, visit
from tests.visits.gridding import LAST, dues, home, only_door, problem


def test_a_grid_that_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        problem_of(session, uuid7(), TODAY, LAST)


def test_an_empty_grid_has_nothing_to_plan(session: Session, known: Scene, grid: Grid) -> None:
    found = problem(session, grid)
    assert (found.name, found.doors, found.owed, found.people) == ("第一网格", (), (), ())


def test_a_door_is_told_with_who_is_near(session: Session, known: Scene, grid: Grid) -> None:
    lives = home(session, known, wish=VisitWish.PHONE_ONLY, care_level=CareLevel.FOCUS)
    teams.assignment(session, lives, known.li.id, known.zhou.id)
    found = only_door(session, grid)
    assert (found.id, found.building_id, found.floor) == (lives.id, known.unit.parent_id, 2)
    assert (found.main, found.backup, found.paired) == (
        known.li.id,
        known.zhou.id,
        (known.chen.id,),
    )
    assert (found.wish, found.rest_until, found.rest_days) == (VisitWish.PHONE_ONLY, None, 14)


def test_what_is_owed_says_why_and_by_when(session: Session, known: Scene, grid: Grid) -> None:
    lives = home(session, known, care_level=CareLevel.FOCUS)
    done(session, lives, known.chen, on=date(2026, 10, 28))
    (found,) = problem(session, grid).owed
    assert (found.door_id, found.level, found.purposes) == (
        lives.id,
        CareLevel.FOCUS,
        (Purpose.CARE,),
    )
    assert (found.earliest, found.due, found.latest) == (TODAY, date(2026, 11, 28), LAST)


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (Outcome.OK, True),
        (Outcome.ISSUE, True),
        (Outcome.DECLINED, True),
        (Outcome.NOT_HOME, False),
        (Outcome.RESCHEDULED, False),
    ],
)
def test_the_cadence_counts_from_the_last_full_result(
    session: Session, known: Scene, grid: Grid, outcome: Outcome, counts: bool
) -> None:
    lives = home(session, known, care_level=CareLevel.HIGH)
    done(session, lives, known.chen, on=date(2026, 11, 19))
    done(session, lives, known.chen, on=date(2026, 11, 22), outcome=outcome)
    assert dues(session, grid)[0] == date(2026, 11, 29 if counts else 26)


def test_a_light_in_the_window_counts_and_starts_no_rest(
    session: Session, known: Scene, grid: Grid
) -> None:
    lives = home(session, known, care_level=CareLevel.FOCUS)
    done(session, lives, known.chen, on=date(2026, 11, 20), method=Method.OK_SIGNAL)
    assert dues(session, grid) == [date(2026, 12, 20)]
    assert only_door(session, grid).rest_until is None


def test_a_door_that_was_rung_at_rests(session: Session, known: Scene, grid: Grid) -> None:
    done(session, home(session, known), known.chen, on=date(2026, 11, 20))
    assert only_door(session, grid).rest_until == date(2026, 12, 4)


def test_a_lapsed_care_level_counts_as_general(session: Session, known: Scene, grid: Grid) -> None:
    home(session, known, care_level=CareLevel.HIGH, care_confirmed_on=date(2025, 11, 24))
    assert {one.level for one in problem(session, grid, last=date(2026, 12, 31)).owed} == {
        CareLevel.GENERAL
    }


def test_doors_never_called_at_take_turns_by_unit(
    session: Session, known: Scene, grid: Grid
) -> None:
    building = session.get_one(Place, known.unit.parent_id)
    other = identity.place(session, known.unit.kind, building, "2单元")
    since = {"known_since": date(2026, 7, 1)}
    near = home(session, known, "101", **since)
    far = places.household(session, other, "909", **since)
    found = problem(session, grid, last=date(2027, 1, 31)).owed
    assert {one.door_id: one.due for one in found} == {
        near.id: date(2027, 1, 31),  # overdue since September, made up for in this period
        far.id: date(2026, 12, 30),
    }


def test_rounds_occasions_and_wishes_are_owed_in_one_stop(
    session: Session, known: Scene, grid: Grid
) -> None:
    lives = home(session, known, care_level=CareLevel.FOCUS)
    done(session, lives, known.chen, on=date(2026, 10, 28))
    round_(
        session,
        known,
        purpose=Purpose.OPINIONS,
        whom={"care_levels": ["focus"], "building_ids": [], "household_ids": []},
        state=RoundState.PUBLISHED,
    )
    round_(session, known, purpose=Purpose.NOTICE, title="还在写")
    identity.stored(
        session,
        Occasion(
            community_id=known.community.id,
            title="过冬安全检查",
            purpose=Purpose.SAFETY,
            care_levels=["high", "focus"],
            starts_on=date(2026, 11, 1),
            ends_on=date(2026, 11, 30),
            made_by=known.committee.id,
        ),
        stop(lives, known, Purpose.ASKED),
        stop(lives, known, Purpose.NEW_RESIDENTS, withdrawn_at=clock.now()),
    )
    (found,) = problem(session, grid).owed
    assert set(found.purposes) == {Purpose.CARE, Purpose.OPINIONS, Purpose.SAFETY, Purpose.ASKED}
    assert found.due == TODAY + timedelta(days=2)


def stop(lives: Household, known: Scene, purpose: Purpose, **given: Any) -> StopAsked:
    return StopAsked(
        **{
            "household_id": lives.id,
            "purpose": purpose,
            "asked_on": TODAY - timedelta(days=1),
            "due_on": TODAY + timedelta(days=2),
            "made_by": known.committee.id,
        }
        | given
    )


def test_who_asked_for_a_visit_is_not_kept_waiting_by_the_rest(
    session: Session, known: Scene, grid: Grid
) -> None:
    lives = home(session, known)
    done(session, lives, known.chen, on=TODAY - timedelta(days=3))
    identity.stored(session, stop(lives, known, Purpose.ASKED))
    found = problem(session, grid)
    assert [one.purposes for one in found.owed] == [(Purpose.ASKED,)]
    assert (found.doors[0].rest_until, found.doors[0].rest_days) == (None, 1)


def test_a_settled_matter_goes_along(session: Session, known: Scene, grid: Grid) -> None:
    lives = home(session, known, care_level=CareLevel.FOCUS)
    private = {"place_id": known.unit.id, "household_id": lives.id, "public_area": False}
    said = {"category": "care.need", "text": "想装扶手", "agreed_by": "本人"}
    with unwatched():
        actor = tickets.as_actor(session, known.committee)
        ticket = open_ticket(session, actor, **private, **said)
        ticket.status, ticket.stage_at = TicketStatus.REVIEWED, clock.now()
        session.commit()
    (found,) = problem(session, grid).owed
    assert found.purposes == (Purpose.CARE, Purpose.CALL_BACK)


def windows(door: Door, day: date) -> list[str]:
    return [f"{one.window.start:%H:%M}" for one in door.windows if one.date == day]


def test_windows_are_those_of_the_level_and_the_day(
    session: Session, known: Scene, grid: Grid
) -> None:
    home(session, known, "101")
    home(session, known, "102", care_level=CareLevel.HIGH)
    plain, elder = problem(session, grid).doors
    assert windows(plain, date(2026, 11, 25)) == ["18:30"]
    assert windows(elder, date(2026, 11, 25)) == ["09:00", "15:00", "18:30"]
    assert windows(plain, date(2026, 11, 28)) == ["09:30", "15:00"]


def test_a_worked_sunday_has_the_hours_of_a_workday(
    session: Session, known: Scene, grid: Grid
) -> None:
    home(session, known)
    with clock.frozen(clock.now() - timedelta(days=290)):  # early in February, before the feast
        (found,) = problem_of(session, grid.id, date(2026, 2, 1), date(2026, 2, 28)).doors
    assert windows(found, date(2026, 2, 14)) == ["18:30"]
    assert windows(found, date(2026, 2, 17)) == ["09:30", "15:00"]


def test_the_residents_hours_are_kept(session: Session, known: Scene, grid: Grid) -> None:
    lives = home(session, known)
    spans = [Span.WORKDAY_MORNING, Span.REST_AFTERNOON]
    identity.stored(session, DoorHours(household_id=lives.id, spans=[one.value for one in spans]))
    found = only_door(session, grid)
    assert windows(found, date(2026, 11, 25)) == ["09:00"]
    assert windows(found, date(2026, 11, 28)) == ["15:00"]


def test_after_nobody_answered_another_time_band_is_tried(
    session: Session, known: Scene, grid: Grid
) -> None:
    lives = home(session, known)
    done(session, lives, known.chen, on=date(2026, 11, 23), outcome=Outcome.NOT_HOME)
    found = only_door(session, grid)
    assert windows(found, date(2026, 11, 25)) == []
    assert windows(found, date(2026, 11, 28)) == ["09:30", "15:00"]
    assert windows(found, date(2026, 12, 8)) == ["18:30"]
    done(session, lives, known.chen, on=date(2026, 11, 24))
    assert windows(only_door(session, grid), date(2026, 11, 25)) == ["18:30"]


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    said: list[str] = []
    engine = app.extensions["database"].engine

    def hear(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def test_a_grid_takes_as_many_statements_as_a_door(
    app: Flask, session: Session, known: Scene, grid: Grid
) -> None:
    def statements() -> int:
        session.expire_all()
        with counted(app) as said:
            problem(session, grid)
        return len(said)

    home(session, known, "909")
    few = statements()
    for lives in places.households(session, known.unit, 60):
        visit(session, lives, known.chen, known.li, on=TODAY + timedelta(days=1))
    assert statements() == few <= 18


def test_the_same_rows_make_the_same_problem(session: Session, known: Scene, grid: Grid) -> None:
    for door in ("303", "101", "202"):
        home(session, known, door, care_level=CareLevel.HIGH)
    found = problem(session, grid)
    assert found == problem(session, grid)
    assert [one.order for one in found.doors] == sorted(one.order for one in found.doors)
