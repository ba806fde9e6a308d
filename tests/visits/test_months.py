"""A month's plan: asked for, planned by the worker, changed by hand, undone, explained."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from app.core import worker
from app.core.db import reading, transaction
from app.places.rules import VisitWish
from app.visits.models_months import MonthPlan
from app.visits.planner.greedy import greedy
from app.visits.queries.months import parts_of
from app.visits.rules.months import PlanState
from app.visits.service.months import problems, writing
from tests.auditing import unwatched
from tests.factories import identity, places
from tests.factories.visits import Scene, found
from tests.visits import monthly
from tests.visits.monthly import Clients, Month, again, board, planned, put


@pytest.fixture
def december(session: Session, known: Scene, monkeypatch: pytest.MonkeyPatch) -> Month:
    return monthly.month(session, known, monkeypatch)


def stop_of(shown: dict[str, Any], nth: int = 0) -> dict[str, Any]:
    return dict(sorted(shown["stops"], key=lambda one: one["place_text"])[nth])


def test_a_month_is_planned_grid_by_grid_and_its_board_shows_every_stop(
    client: Clients, december: Month
) -> None:
    office = client(december.known.committee)
    plan = planned(office, december.known)
    assert (plan["state"], plan["job"]["state"], plan["job"]["done"]) == ("draft", "done", 2)
    (part,) = plan["parts"]
    assert (part["name"], part["planned"], part["unplanned"]) == ("第一网格", 6, 0)
    assert plan["to_send"] == 6
    shown = board(office, plan)
    assert len(shown["stops"]) == 6
    assert {one["clashes"] == [] for one in shown["stops"]} == {True}
    assert shown["first"] == "2026-12-01"
    assert len(shown["days"]) == 31
    assert len(shown["people"]) == 3
    listed = office.get("/month-plans").json["items"]
    assert [(one["id"], one["grids"]) for one in listed] == [(plan["id"], ["第一网格"])]
    mine = office.get("/month-plans", community_id=december.known.community.id).json["items"]
    assert mine == listed


def test_only_the_committee_of_the_community_sees_a_plan(
    session: Session, client: Clients, december: Month
) -> None:
    plan = planned(client(december.known.committee), december.known)
    assert client(december.known.chen).get(f"/month-plans/{plan['id']}").status_code == 403
    other = identity.member(
        session, identity.OrganisationKind.RESIDENTS_COMMITTEE, identity.community(session)
    )
    stranger = client(other)
    assert stranger.get(f"/month-plans/{plan['id']}").status_code == 404
    assert stranger.get(f"/month-plans/grids/{plan['parts'][0]['id']}").status_code == 404
    assert stranger.get("/month-plans").json["items"] == []


def test_what_cannot_be_asked_for_is_said_field_by_field(
    session: Session, client: Clients, december: Month
) -> None:
    office, here = client(december.known.committee), str(december.known.community.id)

    def wrong(**asked: Any) -> Any:
        body = {"community_id": here, "month": "2026-12-01"} | asked
        answer = office.post("/month-plans", body)
        return answer.status_code, list(answer.json.get("errors", {}))

    assert wrong(month="2026-10-01") == (422, ["month"])
    assert wrong(month="2027-06-01") == (422, ["month"])
    assert wrong(community_id=str(uuid4())) == (422, ["community_id"])
    assert wrong(grid_ids=[str(uuid4())]) == (422, ["grid_ids"])
    second = places.grid(session, december.known.community, "第二网格")
    assert wrong(grid_ids=[str(december.grid.id)])[0] == 201
    assert wrong(grid_ids=[str(december.grid.id), str(second.id)])[0] == 409
    rest = office.post("/month-plans", {"community_id": here, "month": "2026-12-01"})
    assert [one["name"] for one in rest.json["parts"]] == ["第二网格"]
    assert wrong()[0] == 409


def test_a_community_without_grids_is_told_to_have_them_drawn(
    client: Clients, known: Scene
) -> None:
    body = {"community_id": str(known.community.id), "month": "2026-12-01"}
    answer = client(known.committee).post("/month-plans", body)
    assert list(answer.json["errors"]) == ["grid_ids"]


def test_a_stop_is_moved_to_another_evening_and_person_undone_and_done_again(
    client: Clients, december: Month
) -> None:
    office, zhou = client(december.known.committee), str(december.known.zhou.id)
    shown = board(office, planned(office, december.known))
    one = stop_of(shown)
    moved = put(office, shown, "move", stop_ids=[one["id"]], date="2026-12-10", person_id=zhou)
    assert (moved.status_code, moved.json["texts"]) == (200, [])
    now = again(office, shown)
    there = next(each for each in now["stops"] if each["id"] == one["id"])
    assert (there["date"], there["people"][0], there["by_hand"]) == ("2026-12-10", zhou, True)
    assert len(there["people"]) == 2
    assert (now["can_undo"], now["can_redo"]) == (True, False)
    assert put(office, now, "undo").status_code == 200
    back = again(office, shown)
    before = next(each for each in back["stops"] if each["id"] == one["id"])
    assert (before["date"], before["people"]) == (one["date"], one["people"])
    assert (back["can_undo"], back["can_redo"]) == (False, True)
    assert put(office, back, "undo").json["code"] == "month_plan_nothing_to_undo"
    assert put(office, back, "redo").status_code == 200
    assert again(office, shown)["stops"] == now["stops"]


def test_a_change_made_on_an_old_board_is_refused(client: Clients, december: Month) -> None:
    office = client(december.known.committee)
    shown = board(office, planned(office, december.known))
    one = stop_of(shown)
    assert put(office, shown, "take-out", stop_ids=[one["id"]]).status_code == 200
    assert put(office, shown, "take-out", stop_ids=[one["id"]]).status_code == 412


def test_what_is_taken_out_is_listed_and_can_be_put_in_again(
    client: Clients, december: Month
) -> None:
    office = client(december.known.committee)
    shown = board(office, planned(office, december.known))
    one, two = stop_of(shown), stop_of(shown, 1)
    both = [one["id"], two["id"]]
    assert put(office, shown, "take-out", stop_ids=both).status_code == 200
    now = again(office, shown)
    assert sorted(each["id"] for each in now["left_out"]) == sorted(both)
    assert {each["why"] for each in now["left_out"]} == {"您拿出来的"}
    unchanged = put(office, now, "take-out", stop_ids=both).json["version"]
    assert unchanged == now["version"]
    put(office, now, "move", stop_ids=both, date="2026-12-09")
    back = again(office, shown)
    assert back["left_out"] == []
    assert {each["date"] for each in back["stops"] if each["id"] in both} == {"2026-12-09"}


def test_the_night_and_what_residents_wish_are_never_overruled(
    session: Session, client: Clients, december: Month
) -> None:
    office = client(december.known.committee)
    shown = board(office, planned(office, december.known))
    one = stop_of(shown)
    night = {"from": "20:00", "to": "21:30"}
    refused = put(office, shown, "move", stop_ids=[one["id"]], date="2026-12-10", window=night)
    assert (refused.status_code, refused.json["code"]) == (409, "month_plan_clash")
    assert refused.json["title"] == "晚上九点到早上八点半不上门。"
    with unwatched():
        for home in december.homes:
            home.wish = VisitWish.NO_MORE_VISITS
            session.merge(home)
        session.commit()
    refused = put(office, shown, "move", stop_ids=[one["id"]], date="2026-12-10")
    assert "不再上门" in refused.json["title"]


def test_what_else_stands_against_a_place_is_told_and_the_committee_decides(
    client: Clients, december: Month
) -> None:
    known = december.known
    office = client(known.committee)
    shown = board(office, planned(office, known))
    december.away[known.zhou.id] = (monthly.LAST.replace(day=1), monthly.LAST)
    one = stop_of(shown)
    moved = put(
        office, shown, "move", stop_ids=[one["id"]], date="2026-12-22", person_id=str(known.zhou.id)
    )
    name = next(each["name"] for each in shown["people"] if each["id"] == str(known.zhou.id))
    assert moved.json["texts"] == ["过了12月20日，比该去的日子晚。", f"{name}这个时候没空。"]
    there = next(each for each in again(office, shown)["stops"] if each["id"] == one["id"])
    assert [each["kind"] for each in there["clashes"]] == ["late", "not_free"]


def test_where_a_stop_could_go_is_said_before_it_is_dropped(
    client: Clients, december: Month
) -> None:
    known = december.known
    office = client(known.committee)
    shown = board(office, planned(office, known))
    december.away[known.zhou.id] = (monthly.LAST.replace(day=10), monthly.LAST.replace(day=10))
    path = f"/month-plans/grids/{shown['id']}/places"
    items = office.get(path, stop_id=stop_of(shown)["id"]).json["items"]
    assert len(items) == 31 * 3
    by = {(one["date"], one["person_id"]): one for one in items}
    tenth = by["2026-12-10", str(known.zhou.id)]
    assert (tenth["refused"], len(tenth["texts"])) == (False, 1)
    assert by["2026-12-11", str(known.zhou.id)]["texts"] == []
    assert by["2026-12-12", str(known.zhou.id)]["window"] == {"from": "09:30", "to": "11:30"}
    assert office.get(path, stop_id=uuid4()).status_code == 404
    december.gone = {home.id for home in december.homes}
    assert office.get(path, stop_id=stop_of(shown)["id"]).json["items"] == []
    refused = put(office, shown, "move", stop_ids=[stop_of(shown)["id"]], date="2026-12-10")
    assert refused.json["title"] == "这户这个月不用再去了。"


def test_what_could_not_be_planned_says_why_and_what_would_help(
    client: Clients, december: Month
) -> None:
    known = december.known
    office = client(known.committee)
    everywhere = (monthly.LAST.replace(day=1), monthly.LAST)
    december.away = dict.fromkeys((known.chen.id, known.zhou.id), everywhere)
    shown = board(office, planned(office, known))
    assert len(shown["left_out"]) == 6
    assert {one["why"] for one in shown["left_out"]} == {"结对的人凑不到同一个时段"}


def test_a_better_plan_never_replaces_what_people_have_changed(
    client: Clients, december: Month
) -> None:
    office = client(december.known.committee)
    plan = planned(office, december.known)
    shown = board(office, plan)
    put(office, shown, "take-out", stop_ids=[stop_of(shown)["id"]])

    with reading() as looking:
        part = again(office, shown)
        kept = looking.get_one(MonthPlan, UUID(plan["id"]))

        problem = problems.problem_of(looking, kept, parts_of(looking, kept.id)[0])

    with transaction() as writing_session:
        assert not writing.put_down(writing_session, UUID(shown["id"]), problem, greedy(problem))
    assert again(office, shown)["left_out"] == part["left_out"]


def test_a_plan_that_is_being_made_can_be_stopped_and_dropped(
    client: Clients, december: Month
) -> None:
    office = client(december.known.committee)
    asked = {"community_id": str(december.known.community.id), "month": "2026-12-01"}
    plan = office.post("/month-plans", asked).json
    assert plan["parts"][0]["goodness"] == "正等着排。"
    busy = office.post(f"/month-plans/{plan['id']}/mend", {}, version=plan["version"])
    assert busy.json["code"] == "month_plan_busy"
    assert (
        office.post(f"/month-plans/{plan['id']}/publish", version=plan["version"]).json["code"]
        == "month_plan_busy"
    )
    stopped = office.post(f"/month-plans/{plan['id']}/stop").json
    assert stopped["job"]["state"] == "cancelled"
    assert stopped["parts"][0]["goodness"] == "还没有排。"
    worker.work_once(slow=True)
    now = office.get(f"/month-plans/{plan['id']}").json
    assert now["parts"][0]["planned"] == 0
    dropped = office.delete(f"/month-plans/{plan['id']}", version=now["version"])
    assert dropped.status_code == 204
    assert office.get(f"/month-plans/{plan['id']}").status_code == 404
    assert [one.state for one in found(MonthPlan)] == [PlanState.DROPPED]
    assert office.post("/month-plans", asked).status_code == 201


def test_a_plan_dropped_while_the_worker_begins_is_left_alone(
    client: Clients, december: Month
) -> None:
    office = client(december.known.committee)
    asked = {"community_id": str(december.known.community.id), "month": "2026-12-01"}
    plan = office.post("/month-plans", asked).json
    with unwatched(), transaction() as writing_session:
        writing_session.get_one(MonthPlan, UUID(plan["id"])).state = PlanState.DROPPED
    assert worker.work_once(slow=True)
    assert office.get("/month-plans").json["items"] == []
