"""Who could be asked in a grid, and what stands there already."""

from datetime import date, time

from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.identity.rules import OrganisationKind
from app.places.models import Grid
from app.places.rules import CareLevel
from app.teams.models import TeamMember
from app.teams.models_availability import AvailabilityDate
from app.teams.models_keeping import CareChange, ChangeKind
from app.teams.rules import TeamKind
from app.teams.rules.windows import Differs
from app.visits.planner.shapes import PER_PERIOD, Slot, Window
from app.visits.rules import RoundState, VisitState
from tests.auditing import unwatched
from tests.factories import identity, places, teams
from tests.factories.visits import TODAY, Scene, done, round_, visit
from tests.visits.gridding import home, problem

EVENING = Window(time(18, 30), time(20, 30))


def test_whoever_is_near_may_be_asked_but_nobody_of_a_company_and_no_armband_by_pairing(
    session: Session, known: Scene, grid: Grid
) -> None:
    band = [
        identity.member(session, OrganisationKind.VOLUNTEER_TEAM, known.community) for _ in range(2)
    ]
    patrol = teams.team(session, known.community, *band, kind=TeamKind.RED_ARMBAND)
    for who in band:
        teams.pairing(session, patrol, who, known.unit)
    teams.assignment(session, home(session, known), band[0].id, known.steward.id)
    found = problem(session, grid)
    assert {one.id for one in found.people} == {known.chen.id, known.li.id, band[0].id}
    assert (found.doors[0].main, found.doors[0].backup) == (band[0].id, None)


def test_who_stands_in_during_a_leave_is_near_and_who_is_away_is_not_asked(
    session: Session, known: Scene, grid: Grid
) -> None:
    teams.assignment(session, home(session, known), known.chen.id)
    first, last = date(2026, 12, 1), date(2026, 12, 10)
    identity.stored(
        session,
        CareChange(
            community_id=known.community.id,
            kind=ChangeKind.HAND_OVER,
            person_id=known.chen.id,
            receivers=[str(known.zhou.id)],
            first=first,
            last=last,
            made_by=known.committee.id,
            made_at=clock.now(),
        ),
    )
    found = problem(session, grid)
    assert found.doors[0].paired == (known.li.id, known.zhou.id)
    (chen,) = (one for one in found.people if one.id == known.chen.id)
    days = {slot.date for slot in chen.available}
    assert {date(2026, 11, 30), date(2026, 12, 11)} <= days
    assert not {day for day in days if first <= day <= last}


def test_who_is_paired_from_some_day_on_is_near_and_sent_from_that_day(
    session: Session, known: Scene, grid: Grid
) -> None:
    home(session, known)
    first = date(2026, 12, 10)
    teams.pairing(session, known.team, known.zhou, known.unit, first)
    found = problem(session, grid)
    (door,) = found.doors
    assert known.zhou.id in door.paired
    assert door.only == ((known.zhou.id, first, date(2026, 12, 24)),)


def test_availability_and_the_last_day_in_the_team_are_kept(
    session: Session, known: Scene, grid: Grid
) -> None:
    home(session, known)
    with unwatched():
        session.add(
            AvailabilityDate(
                id=uuid7(),
                person_id=known.li.id,
                kind=Differs.AWAY,
                first=TODAY,
                last=date(2026, 12, 20),
            )
        )
        member = session.query(TeamMember).filter_by(person_id=known.chen.id).one()
        member.until_date = date(2026, 11, 30)
        session.commit()
    found = {one.id: {slot.date for slot in one.available} for one in problem(session, grid).people}
    assert min(found[known.li.id]) == date(2026, 12, 21)
    assert max(found[known.chen.id]) == date(2026, 11, 30)


def test_what_was_accepted_stands_and_what_a_plan_proposed_does_not(
    session: Session, known: Scene, grid: Grid
) -> None:
    lives = home(session, known, care_level=CareLevel.FOCUS)
    accepted = visit(session, lives, known.chen, known.li, on=date(2026, 12, 3))
    visit(session, lives, known.chen, state=VisitState.PROPOSED, on=date(2026, 12, 20))
    found = problem(session, grid)
    (stands,) = found.fixed
    assert (stands.people, stands.slot) == (
        (known.chen.id, known.li.id),
        Slot(accepted.on, EVENING),
    )
    assert stands.key == found.owed[0].key


def test_what_a_round_or_a_record_asks_for_stands(
    session: Session, known: Scene, grid: Grid
) -> None:
    lives = home(session, known)
    by_round = round_(session, known, state=RoundState.PUBLISHED)
    when = {"state": VisitState.PROPOSED, "window_from": None, "window_to": None}
    first = visit(session, lives, known.chen, round_id=by_round.id, **when)
    visit(session, lives, known.chen, follows_id=first.id, **when)
    assert [one.slot for one in problem(session, grid).fixed] == [Slot(TODAY, EVENING)] * 2


def test_nobody_is_in_two_grids_at_a_time_and_what_was_done_counts(
    session: Session, known: Scene, grid: Grid
) -> None:
    lives = home(session, known)
    away = places.household(session, known.unit, "909", grid_id=None)
    visit(session, away, known.li, known.chen, on=date(2026, 11, 25))
    done(session, lives, known.li, on=TODAY)
    found = {one.id: one for one in problem(session, grid).people}
    for who in (known.chen, known.li):
        assert Slot(date(2026, 11, 25), EVENING) not in found[who.id].available
        assert Slot(date(2026, 11, 26), EVENING) in found[who.id].available
    assert found[known.li.id].per_period == PER_PERIOD - 1
    assert found[known.chen.id].per_period == PER_PERIOD


def test_whoever_has_said_no_to_an_evening_is_not_asked_for_it_again(
    session: Session, known: Scene, grid: Grid
) -> None:
    one, other = home(session, known), home(session, known, "203")
    evening = Slot(date(2026, 12, 3), EVENING)
    visit(session, one, known.chen, state=VisitState.TURNED_DOWN, on=evening.date)
    visit(session, other, known.chen, state=VisitState.PROPOSED, on=evening.date)
    found = {one.id: one for one in problem(session, grid).people}
    assert evening not in found[known.chen.id].available
    assert found[known.chen.id].said_no == (evening,)
    assert evening in found[known.li.id].available
    assert found[known.li.id].said_no == ()


def test_whoever_comes_to_another_door_then_is_only_not_asked_to_the_same_one(
    session: Session, known: Scene, grid: Grid
) -> None:
    one, other = home(session, known), home(session, known, "203")
    evening = Slot(date(2026, 12, 3), EVENING)
    visit(session, one, known.chen, state=VisitState.TURNED_DOWN, on=evening.date)
    visit(session, other, known.li, known.chen, on=evening.date)
    found = problem(session, grid)
    (chen,) = (who for who in found.people if who.id == known.chen.id)
    assert (evening in chen.available, chen.said_no) == (True, ())
    assert {door.id: door.refused for door in found.doors} == {
        one.id: ((known.chen.id, evening),),
        other.id: (),
    }


def test_a_period_that_has_begun_is_planned_from_today(
    session: Session, known: Scene, grid: Grid
) -> None:
    home(session, known, care_level=CareLevel.HIGH)
    found = problem(session, grid, first=date(2026, 11, 1))
    assert min(slot.date for slot in found.doors[0].windows) == TODAY
    assert min(one.earliest for one in found.owed) == TODAY
