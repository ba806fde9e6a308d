"""Every rule of DOMAIN.md, sections 3 and 6, that touches visits: one test each, naming it. How a
rule works in full is tested where it lives; patrols, sums and screens have tests of their own."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.core.calendar import Almanac, DayKind
from app.core.db import Base, transaction
from app.hours.rules.minutes import visit_minutes
from app.identity.models import Person
from app.notifications.models import InboxItem
from app.notifications.rules.quiet import may_ring_at
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish, care_lapses_on
from app.teams.models_availability import Availability, AvailabilityDate
from app.teams.rules import TeamKind
from app.visits import jobs
from app.visits.models import Visit, VisitRecord
from app.visits.rules import Method, NextStep, Outcome, VisitState
from app.visits.rules.cadence import FULL_RESULTS, level_on, next_due
from app.visits.rules.following import Coming, Hears, follows, next_step
from app.visits.rules.merging import merged
from app.visits.rules.owing import Asked, Because, Facts, Period, owed
from app.visits.rules.record import Said, problems
from app.visits.rules.states import STEPS, Seat, Verb
from app.visits.rules.windows import (
    DEFAULT_WINDOWS,
    Window,
    disturbs,
    rest_days,
    usable,
    window_problem,
)
from app.visits.rules.words import Purpose
from app.visits.service.owed_list import Line
from tests.clients import Client
from tests.factories import places, teams
from tests.factories.visits import TODAY, Scene, done, found, visit

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


def test_3_not_home_is_another_time_band_then_the_telephone_then_building_head_or_property() -> (
    None
):
    steps = [next_step(said(Outcome.NOT_HOME), attempt) for attempt in (1, 2, 3)]
    assert steps == [NextStep.OTHER_TIME, NextStep.PHONE, NextStep.BUILDING_HEAD]


def test_3_a_high_household_that_does_not_answer_is_looked_after_the_same_day() -> None:
    for attempt in (1, 2, 3):
        row = follows(said(Outcome.NOT_HOME), attempt, CareLevel.HIGH)
        assert row.hears is Hears.ALL_TODAY


def test_3_declined_is_a_full_result_and_nobody_comes_back_for_it() -> None:
    assert Outcome.DECLINED in FULL_RESULTS
    assert follows(said(Outcome.DECLINED), 1, CareLevel.HIGH).coming is Coming.NONE


def test_3_no_more_visits_is_a_full_result_and_calls_off_what_was_planned(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    today, later = (visit(session, home, known.chen, on=TODAY + timedelta(days=d)) for d in (0, 9))
    body = {"outcome": "declined", "method": "door", "on": "2026-11-24"}
    path = f"/visits/{today.id}/record"
    answer = client(known.chen).put(path, body | {"next_step": "no_more_visits"}, version=1)
    assert answer.status_code == 200, answer.json
    assert found(Household, Household.id == home.id)[0].wish is VisitWish.NO_MORE_VISITS
    assert found(Visit, Visit.id == later.id)[0].state is VisitState.CANCELLED


def test_3_a_signal_of_peace_completes_a_visit_without_a_knock() -> None:
    assert not problems(said(Outcome.OK, method=Method.OK_SIGNAL), TODAY)
    assert not disturbs(Method.OK_SIGNAL, Outcome.OK)
    assert problems(said(Outcome.NOT_HOME, method=Method.OK_SIGNAL), TODAY)


@pytest.mark.parametrize("column", ["household_id", "on", "slot", "method", "outcome"])
def test_3_a_record_needs_household_date_slot_method_and_outcome(column: str) -> None:
    assert not VisitRecord.__table__.c[column].nullable


def test_3_a_note_has_at_most_200_characters_and_the_residents_agreement() -> None:
    agreed = {"note_agreed": True}
    assert not problems(said(Outcome.OK, note="好" * 200, **agreed), TODAY)
    assert problems(said(Outcome.OK, note="好" * 201, **agreed), TODAY)
    assert problems(said(Outcome.OK, note="好"), TODAY)


def test_3_what_is_never_collected_has_no_column() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        if table.name.startswith(("visit", "household"))
        for column in table.columns
    }
    assert not {one for one in columns for word in NEVER if word in one.split(".")[1]}


def test_3_no_round_sends_red_armbands_into_homes(
    session: Session, client: Clients, known: Scene
) -> None:
    band = teams.team(session, known.community, known.zhou, kind=TeamKind.RED_ARMBAND)
    asked = {
        "title": "走一走",
        "purpose": "routine",
        "team_id": str(band.id),
        "whom": {"care_levels": ["general"]},
        "starts_on": "2026-11-24",
        "ends_on": "2026-11-30",
        "windows": [{"days": "weekday", "from": "18:30", "to": "20:30"}],
    }
    answer = client(known.committee).post("/rounds", asked)
    assert "不进家门" in answer.json["errors"]["team_id"][0]


# Section 6, rules that the software must keep.


def test_6_1_nothing_rings_at_night() -> None:
    night = datetime(2026, 11, 24, 22, 0, tzinfo=clock.LOCAL)
    assert may_ring_at(night, at_any_hour=False).time() == time(8, 30)


def test_6_1_no_reason_is_asked_for_days_on_which_somebody_cannot_come() -> None:
    columns = {*Availability.__table__.c.keys(), *AvailabilityDate.__table__.c.keys()}
    assert not columns & {"reason", "why", "note"}


def test_6_2_volunteers_see_only_the_households_paired_with_them(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    path = f"/visits/owed/doors/{home.id}"
    assert client(known.chen).get(path).status_code == 200
    assert client(known.zhou).get(path).status_code == 404


def test_6_2_the_property_company_never_sees_a_visit_or_its_note(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    record = done(session, home, known.chen, note="想换灯泡", note_agreed=True)
    steward = client(known.steward)
    assert steward.get(f"/visits/{record.visit_id}").status_code == 404
    assert steward.get("/visits", household_id=home.id).json["items"] == []
    assert steward.get(f"/visits/owed/doors/{home.id}").status_code == 404


def test_6_3_notes_are_kept_180_days_and_the_record_stays(
    app: Flask, session: Session, known: Scene
) -> None:
    home = places.household(session, known.unit)
    old = TODAY - timedelta(days=181)
    done(session, home, known.chen, on=old, note="想换灯泡", note_agreed=True)
    with transaction() as job:
        jobs.blank_notes(job, TODAY)
    (kept,) = found(VisitRecord)
    assert (kept.note, kept.outcome) == (None, Outcome.OK)


def test_6_5_what_is_counted_of_a_visit_is_the_visit_and_not_the_way_to_it() -> None:
    assert visit_minutes(Method.DOOR, Outcome.OK) == 20
    assert visit_minutes(Method.DOOR, Outcome.NOT_HOME) == 5


def test_6_8_whoever_is_asked_finds_it_in_the_inbox(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    answer = client(known.committee).post(
        f"/visits/owed/doors/{home.id}/stops", {"purpose": "asked"}
    )
    assert answer.status_code == 201
    assert {item.person_id for item in found(InboxItem)} == {known.chen.id}
