"""Nobody is asked to a door a second time for what somebody goes there for already: a visit that
was passed on to the backup, or one that stands for another reason, while the plan is mended."""

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.places.models import Household
from app.places.rules import CareLevel
from app.visits.models import Visit
from app.visits.models_months import MonthPlan, MonthPlanGrid, MonthPlanStop
from app.visits.queries import months as queries
from app.visits.rules import VisitState
from app.visits.rules.states import OPEN
from app.visits.service.months import problems
from tests.auditing import unwatched
from tests.factories import places, teams
from tests.factories.visits import TODAY, Scene, done, found, round_, visit
from tests.visits.monthly import Clients, again, board, planned, publish, put
from tests.visits.test_months_mended import mended


@pytest.fixture
def home(session: Session, known: Scene, grid: Any) -> Household:
    """A door that is owed a visit once a month, with Chen as its person and Li behind."""
    made = places.household(
        session, known.unit, care_level=CareLevel.FOCUS, care_confirmed_on=TODAY
    )
    teams.assignment(session, made, known.chen.id, known.li.id)
    done(session, made, known.chen, on=date(2026, 11, 10))
    return made


def sent(office: Any, known: Scene) -> tuple[dict[str, Any], dict[str, Any], Visit]:
    """A plan that is out, its board, and the visit to the one door of it."""
    plan = planned(office, known)
    assert publish(office, plan["id"]).status_code == 200
    shown = board(office, plan)
    (stop,) = shown["stops"]
    (asked,) = found(Visit, Visit.state.in_(OPEN))
    assert (asked.state, stop["people"][0]) == (VisitState.PROPOSED, str(asked.person_id))
    return plan, shown, asked


def declines(client: Clients, known: Scene, asked: Visit) -> Visit:
    who = next(one for one in (known.chen, known.li) if one.id == asked.person_id)
    answer = client(who).post(f"/visits/{asked.id}/answer", {"answer": "decline"}, version=1)
    assert answer.json["state"] == "turned_down"
    return asked


def going(home: Household) -> list[Visit]:
    return list(found(Visit, Visit.household_id == home.id, Visit.state.in_(OPEN)))


def test_what_was_passed_on_to_the_backup_is_not_planned_a_second_time(
    client: Clients, known: Scene, home: Household
) -> None:
    office = client(known.committee)
    plan, shown, asked = sent(office, known)
    assert asked.person_id == known.chen.id
    declines(client, known, asked)
    (passed,) = going(home)
    assert passed.person_id == known.li.id
    assert mended(office, plan)["lines"] == []
    client(known.li).post("/visits/accept", {"ids": [str(passed.id)]})
    assert mended(office, plan)["lines"] == []
    assert publish(office, plan["id"]).json["code"] == "month_plan_nothing_to_send"
    assert [one.id for one in going(home)] == [passed.id]
    assert again(office, shown)["stops"][0]["people"][0] == str(known.li.id)


def test_what_was_passed_on_is_moved_and_not_doubled_where_the_backup_falls_ill(
    client: Clients, session: Session, known: Scene, home: Household
) -> None:
    office = client(known.committee)
    plan, shown, asked = sent(office, known)
    declines(client, known, asked)
    (passed,) = going(home)
    teams.pairing(session, known.team, known.zhou, known.unit)
    ill = [
        {"person_id": str(who.id), "first": "2026-12-01", "last": "2026-12-31"}
        for who in (known.chen, known.li)
    ]
    difference = mended(office, plan, ill)
    assert [line["before"] is None for line in difference["lines"]] == [False]
    assert put(office, difference, "difference").status_code == 200
    assert publish(office, plan["id"]).status_code == 200
    assert len(going(home)) <= 1
    assert {one.id for one in going(home)} <= {passed.id}
    assert not [one for one in going(home) if one.person_id in {known.chen.id, known.li.id}]
    assert put(office, again(office, shown), "undo").status_code == 200


def test_a_visit_that_was_passed_on_goes_back_to_who_declined_where_the_committee_takes_that(
    client: Clients, session: Session, known: Scene, home: Household
) -> None:
    """Back to the very place from which it was passed on: it is moved, and the one visit stays."""
    office = client(known.committee)
    plan, shown, asked = sent(office, known)
    declines(client, known, asked)
    (passed,) = going(home)
    (stop,) = found(MonthPlanStop)
    (now,) = queries.standings(session, [stop.part_id])
    assert now.put is not None
    line = {"key": stop.key, "before": now.put.kept(), "after": stop.place, "why": None}
    part = session.get_one(MonthPlanGrid, stop.part_id)
    with unwatched():
        part.difference = {"gap": None, "lines": [line | {"helps": []}]}
        session.commit()
        version = part.version
        session.rollback()
    assert put(office, shown | {"version": version}, "difference").status_code == 200
    assert publish(office, plan["id"]).status_code == 200
    assert [(one.id, one.person_id) for one in going(home)] == [(passed.id, known.chen.id)]


def test_a_plan_that_was_mended_while_the_visit_was_passed_on_is_old(
    client: Clients, known: Scene, home: Household
) -> None:
    """The committee has just seen that Chen is ill; Chen says so too before it applies that."""
    office = client(known.committee)
    plan, _, asked = sent(office, known)
    ill = [{"person_id": str(known.chen.id), "first": "2026-12-01", "last": "2026-12-31"}]
    difference = mended(office, plan, ill)
    assert len(difference["lines"]) == 1
    declines(client, known, asked)
    refused = put(office, again(office, difference), "difference")
    assert refused.json["code"] == "month_plan_difference_is_old"
    assert len(going(home)) == 1


def test_what_somebody_comes_for_anyway_is_not_asked_again_after_its_own_visit_was_turned_down(
    client: Clients, session: Session, known: Scene, home: Household
) -> None:
    """Both have declined. Then a round sends somebody to that door, who has said yes."""
    office = client(known.committee)
    plan, _, asked = sent(office, known)
    declines(client, known, asked)
    declines(client, known, going(home)[0])
    assert going(home) == []
    running = round_(session, known)
    other = visit(
        session,
        home,
        known.zhou,
        round_id=running.id,
        on=asked.on,
        window_from=time(18, 30),
        window_to=time(20, 30),
    )
    assert [line["after"] for line in mended(office, plan)["lines"]] == []
    assert [one.id for one in going(home)] == [other.id]


def test_a_visit_passed_on_between_two_looks_of_the_planner_settles_what_it_settled(
    client: Clients, session: Session, known: Scene, home: Household
) -> None:
    """The stops were read before it was declined, what stands afterwards: as two clerks would."""
    office = client(known.committee)
    _, _, asked = sent(office, known)
    (plan,), (part,) = found(MonthPlan), found(MonthPlanGrid)
    before = queries.standings(session, [part.id])
    session.rollback()
    declines(client, known, asked)
    (passed,) = going(home)
    problem = problems.problem_of(session, plan, part)
    (fixed,) = problems.without_own(problem, before).fixed
    assert (fixed.visit_id, fixed.key) == (passed.id, problem.owed[0].key)
