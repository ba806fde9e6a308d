"""What a month's coverage is counted from, on both databases: one door for each reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.core.db import uuid7
from app.identity.rules import PlaceKind
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.reports.rules.coverage import Came
from app.teams.rules.windows import Span
from app.visits.models_months import MonthPlan, MonthPlanGrid, MonthPlanStop
from app.visits.models_owing import DoorHours, Occasion, StopAsked
from app.visits.rules import Method, NextStep, Outcome, Purpose, RoundState
from app.visits.rules.months import PlanState
from tests.auditing import unwatched
from tests.factories import identity, places
from tests.factories.visits import Scene, done, round_
from tests.reports.november import FIRST, NOW, came, home, nov


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, Came.DONE),
        ({"outcome": Outcome.ISSUE}, Came.DONE),
        ({"method": Method.DOWNSTAIRS}, Came.DONE),
        ({"method": Method.PHONE}, Came.DONE),
        ({"method": Method.VIDEO}, Came.DONE),
        ({"method": Method.OK_SIGNAL}, Came.DONE),
        ({"outcome": Outcome.DECLINED}, Came.REFUSED),
        ({"outcome": Outcome.RESCHEDULED}, Came.OPEN),
        ({"outcome": Outcome.NOT_HOME, "next_step": NextStep.OTHER_TIME}, Came.OPEN),
        ({"outcome": Outcome.NOT_HOME, "next_step": NextStep.PHONE}, Came.OPEN),
        ({"outcome": Outcome.NOT_HOME, "next_step": NextStep.BUILDING_HEAD}, Came.IMPOSSIBLE),
    ],
)
def test_what_a_record_of_the_month_makes_of_a_stop(
    session: Session, known: Scene, said: dict[str, Any], expected: Came
) -> None:
    lives = home(session, known)
    done(session, lives, known.chen, on=nov(12), **said)
    assert came(session, known) == {expected: 1}


def test_a_door_to_which_nobody_came_is_open(session: Session, known: Scene) -> None:
    home(session, known)
    assert came(session, known) == {Came.OPEN: 1}


def test_somebody_who_comes_after_the_last_try_in_vain_counts(
    session: Session, known: Scene
) -> None:
    lives = home(session, known)
    vain = {"outcome": Outcome.NOT_HOME, "next_step": NextStep.BUILDING_HEAD}
    done(session, lives, known.chen, on=nov(12), **vain)
    done(session, lives, known.chen, on=nov(20))
    assert came(session, known) == {Came.DONE: 1}


def test_who_wishes_no_visits_has_refused_and_nobody_failed(session: Session, known: Scene) -> None:
    home(session, known, wish=VisitWish.NO_MORE_VISITS)
    assert came(session, known) == {Came.REFUSED: 1}


def test_a_door_that_nobody_is_paired_with_is_impossible(session: Session, known: Scene) -> None:
    estate = session.get_one(type(known.unit), known.unit.estate_id)
    building = identity.place(session, PlaceKind.BUILDING, estate, "5栋")
    unit = identity.place(session, PlaceKind.UNIT, building, "1单元")
    lives = places.household(
        session,
        unit,
        care_level=CareLevel.FOCUS,
        care_confirmed_on=date(2026, 9, 1),
        known_since=date(2026, 1, 1),
    )
    done(session, lives, known.chen, on=date(2026, 10, 15))
    assert came(session, known) == {Came.IMPOSSIBLE: 1}


def test_residents_hours_that_leave_no_day_are_impossible(session: Session, known: Scene) -> None:
    """Only on mornings of days off, and the community's matter ends on a Thursday."""
    lives = home(session, known, care_level=CareLevel.GENERAL, care_confirmed_on=None)
    identity.stored(session, DoorHours(household_id=lives.id, spans=[Span.REST_MORNING.value]))
    identity.stored(session, occasion(known, nov(9), nov(12)))
    assert came(session, known) == {Came.IMPOSSIBLE: 1}


def occasion(known: Scene, first: date, last: date) -> Occasion:
    return Occasion(
        id=uuid7(),
        community_id=known.community.id,
        title="过冬安全检查",
        purpose=Purpose.SAFETY,
        care_levels=[],
        starts_on=first,
        ends_on=last,
        made_by=known.committee.id,
    )


def test_an_occasion_a_round_and_what_residents_ask_for_are_owed_as_well(
    session: Session, known: Scene
) -> None:
    general = {"care_level": CareLevel.GENERAL, "care_confirmed_on": None}
    for door in ("201", "202", "203"):
        home(session, known, door, **general)
    assert came(session, known) == {}
    first = session.scalars(select(Household).order_by(Household.door)).first()
    assert first is not None
    asks = StopAsked(
        id=uuid7(),
        household_id=first.id,
        purpose=Purpose.ASKED,
        asked_on=nov(3),
        due_on=nov(6),
        made_by=known.committee.id,
    )
    identity.stored(session, asks)
    assert came(session, known) == {Came.OPEN: 1}
    whom = {"care_levels": [], "building_ids": [], "household_ids": [str(first.id)]}
    ended = {"starts_on": nov(20), "ends_on": nov(25), "whom": whom, "state": RoundState.ENDED}
    round_(session, known, **ended)
    assert came(session, known) == {Came.OPEN: 2}, "the two are days apart"
    identity.stored(session, occasion(known, nov(1), nov(28)))
    assert came(session, known) == {Came.OPEN: 4}, "at the first door it joins another stop"


def test_a_draft_or_cancelled_round_is_owed_to_nobody(session: Session, known: Scene) -> None:
    home(session, known, care_level=CareLevel.GENERAL, care_confirmed_on=None)
    for state in (RoundState.DRAFT, RoundState.CANCELLED):
        round_(session, known, starts_on=nov(2), ends_on=nov(20), state=state)
    assert came(session, known) == {}


def test_a_weekly_door_is_owed_every_week_and_each_visit_settles_one(
    session: Session, known: Scene
) -> None:
    lives = home(session, known, care_level=CareLevel.HIGH)
    for day in (2, 9, 10):
        done(session, lives, known.chen, on=nov(day))
    found = came(session, known)
    assert sum(found.values()) == 4
    assert found[Came.DONE] >= 2
    assert found[Came.OPEN] >= 1


def test_what_was_overdue_before_is_made_up_for_once(session: Session, known: Scene) -> None:
    home(session, known, known_since=date(2026, 2, 1))
    assert came(session, known) == {Came.OPEN: 1}


def test_a_door_that_became_known_later_was_owed_nothing(session: Session, known: Scene) -> None:
    home(session, known, known_since=date(2026, 12, 1))
    assert came(session, known) == {}


def test_a_level_that_had_lapsed_by_then_counts_as_general(session: Session, known: Scene) -> None:
    home(session, known, care_confirmed_on=date(2025, 10, 20))
    assert came(session, known) == {}


def test_what_is_recorded_in_another_month_changes_nothing(session: Session, known: Scene) -> None:
    lives = home(session, known)
    done(session, lives, known.chen, on=date(2026, 12, 1))
    assert came(session, known) == {Came.OPEN: 1}


def test_a_stop_for_which_the_plan_found_nobody_is_impossible(
    session: Session, known: Scene
) -> None:
    lives = home(session, known)
    grid = places.grid(session, known.community)
    plan = MonthPlan(
        id=uuid7(),
        community_id=known.community.id,
        month=FIRST,
        state=PlanState.PUBLISHED,
        created_by=known.committee.id,
        created_at=NOW,
        changed_at=NOW,
        published_at=NOW,
    )
    part = MonthPlanGrid(id=uuid7(), plan_id=plan.id, grid_id=grid.id)
    stop = MonthPlanStop(
        part_id=part.id,
        key=f"{lives.id}/2026-11",
        household_id=lives.id,
        level=CareLevel.FOCUS,
        purposes=["care"],
        due=nov(15),
        why="full",
    )
    identity.stored(session, plan)
    identity.stored(session, part)
    identity.stored(session, stop)
    assert came(session, known) == {Came.IMPOSSIBLE: 1}
    done(session, lives, known.chen, on=nov(20))
    assert came(session, known) == {Came.DONE: 1}


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*args: Any) -> None:
        seen.append(args[2])

    engine = app.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_many_doors_take_as_many_statements_as_one(
    app: Flask, session: Session, known: Scene
) -> None:
    home(session, known)
    with statements(app) as one:
        came(session, known)
    with unwatched():
        for nth in range(30):
            home(session, known, f"{3 + nth // 10}{10 + nth % 10}")
    with statements(app) as many:
        came(session, known)
    assert len(many) == len(one) < 25
