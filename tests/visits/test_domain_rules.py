"""Every rule of DOMAIN.md, sections 3 and 6, that touches visits: one test each, naming it. How a
rule works in full is tested where it lives; patrols, sums and screens have tests of their own."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core import calendar
from app.core.calendar import Almanac, DayKind
from app.core.db import transaction
from app.identity.models import Person
from app.notifications.models import InboxItem
from app.places.rules import CareLevel, care_lapses_on
from app.visits import jobs
from app.visits.models import Visit
from app.visits.rules import Method, Outcome, VisitState
from app.visits.rules.cadence import level_on, next_due
from app.visits.rules.merging import merged
from app.visits.rules.owing import Asked, Because, Facts, Period, owed
from app.visits.rules.record import Said
from app.visits.rules.states import STEPS, Seat, Verb
from app.visits.rules.windows import (
    DEFAULT_WINDOWS,
    Window,
    rest_days,
    usable,
    window_problem,
)
from app.visits.rules.words import Purpose
from app.visits.service.owed_list import Line
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import TODAY, Scene, found, visit

Clients = Callable[[Person], Client]
MONDAY, DAY = date(2026, 11, 2), timedelta(days=1)
ANSWERS = (Verb.ACCEPT, Verb.DECLINE, Verb.MOVE)
NEVER = (
    "identity", "id_number", "birth", "income", "diagnosis", "religion", "politic", "party_member",
    "face", "photo", "picture", "media", "track", "position", "latitude", "longitude", "signature",
    "score", "points", "rank", "online", "check_in",
)  # fmt: skip


def said(outcome: Outcome, **given: Any) -> Said:
    return Said(**({"on": TODAY, "method": Method.DOOR, "outcome": outcome} | given))


# Section 3, visits.


def test_3_cadence_high_weekly_focus_every_month_general_twice_a_year() -> None:
    dues = {level: (next_due(level, MONDAY) - MONDAY).days for level in CareLevel}
    assert dues == {CareLevel.HIGH: 7, CareLevel.FOCUS: 30, CareLevel.GENERAL: 182}


def test_3_a_care_level_is_a_word_that_is_confirmed_every_year_or_lapses() -> None:
    lapses = care_lapses_on(MONDAY)
    assert (lapses - MONDAY).days == 365
    assert level_on(CareLevel.HIGH, MONDAY, lapses) is CareLevel.GENERAL
    assert level_on(CareLevel.HIGH, MONDAY, lapses - timedelta(days=1)) is CareLevel.HIGH


@pytest.mark.parametrize(
    ("kind", "level", "hours"),
    [
        (DayKind.WEEKDAY, CareLevel.GENERAL, [(18.5, 20.5)]),
        (DayKind.WEEKEND, CareLevel.GENERAL, [(9.5, 11.5), (15, 17.5)]),
        (DayKind.HOLIDAY, CareLevel.HIGH, [(9.5, 11.5), (15, 17.5)]),
        (DayKind.WEEKDAY, CareLevel.HIGH, [(9, 11), (15, 17), (18.5, 20.5)]),
    ],
)
def test_3_windows_are_those_of_the_kind_of_day_and_for_elders(
    kind: DayKind, level: CareLevel, hours: list[tuple[float, float]]
) -> None:
    found_hours = [
        (one.start.hour + one.start.minute / 60, one.end.hour + one.end.minute / 60)
        for one in usable(DEFAULT_WINDOWS, kind, level)
    ]
    assert found_hours == hours


def test_3_from_2100_to_0830_is_blocked_except_for_an_emergency_with_a_reason() -> None:
    for night in (Window(time(20), time(21, 1)), Window(time(8), time(9))):
        assert window_problem(night)
        assert window_problem(night, "老人摔倒，家人在外地") is None


def test_3_a_household_is_not_rung_at_twice_within_14_days_unless_its_cadence_asks() -> None:
    assert {level: rest_days(level) for level in CareLevel} == {
        CareLevel.HIGH: 3,
        CareLevel.FOCUS: 14,
        CareLevel.GENERAL: 14,
    }


def test_3_the_visits_that_several_teams_owe_one_door_are_one_stop() -> None:
    door = Facts(
        id=UUID(int=1),
        building_id=UUID(int=2),
        level=CareLevel.FOCUS,
        last_full=MONDAY,
        first_due=MONDAY,
    )
    asked = [
        Asked(
            id=UUID(int=number), because=because, purpose=purpose, title="", first=MONDAY + DAY,
            last=date(2026, 11, 30),
        )
        for number, because, purpose in (
            (3, Because.ROUND, Purpose.OPINIONS),
            (4, Because.OCCASION, Purpose.SAFETY),
        )
    ]  # fmt: skip
    period = Period(date(2026, 11, 5), date(2026, 12, 5))
    (stop,) = merged(owed(door, asked, period), period.last)
    assert set(stop.purposes) == {Purpose.CARE, Purpose.OPINIONS, Purpose.SAFETY}


def test_3_holidays_follow_the_official_calendar_with_makeup_workdays() -> None:
    kinds = {calendar.day_of(date(2026, *day)).kind for day in ((2, 14), (2, 28))}
    assert kinds == {DayKind.MAKEUP_WORKDAY}
    assert calendar.day_of(date(2026, 10, 1)).kind is DayKind.HOLIDAY


def test_3_where_a_year_is_unknown_weekends_stand_in_with_a_warning_until_it_is_imported() -> None:
    first = date(2099, 1, 1)
    assert "还没有公布" in (calendar.warning(first, first) or "")
    with calendar.supposing(Almanac({2099: {first: DayKind.HOLIDAY}})):
        assert calendar.warning(first, first) is None
        assert calendar.day_of(first).kind is DayKind.HOLIDAY


def test_3_a_proposal_is_accepted_declined_or_moved_by_the_volunteer_alone() -> None:
    answers = {step.verb: step.by for step in STEPS if step.verb in ANSWERS}
    assert answers == dict.fromkeys(ANSWERS, frozenset({Seat.ASKED}))


def test_3_what_was_not_accepted_lapses_and_is_never_overdue_or_counted_against_a_person(
    app: Flask, session: Session, known: Scene
) -> None:
    home = places.household(session, known.unit)
    asked = visit(
        session, home, known.chen, state=VisitState.PROPOSED, on=TODAY - timedelta(days=1)
    )
    with transaction() as job:
        jobs.lapse_proposals(job, TODAY)
    (left,) = found(Visit, Visit.id == asked.id)
    assert (left.state, left.answer_reason) == (VisitState.CANCELLED, None)
    assert not {item.person_id for item in found(InboxItem)} & {known.chen.id}
    assert "person" not in " ".join(Line.__annotations__)
