"""One grid's plan will do as it is, while the planner looks for better ones of the others."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core import jobs, worker
from app.core.audit import AuditRow
from app.visits import jobs_months
from app.visits.planner.many import plan_all
from app.visits.planner.shapes import Plan, Problem
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import Scene, found
from tests.visits import monthly
from tests.visits.monthly import Clients, Month, planned


@pytest.fixture
def december(session: Session, known: Scene, monkeypatch: pytest.MonkeyPatch) -> Month:
    made = monthly.month(session, known, monkeypatch)
    places.grid(session, known.community, "第二网格")
    return made


def while_it_searches(monkeypatch: pytest.MonkeyPatch, office: Client, seen: list[Any]) -> None:
    """The first grid is told to do once the greedy plans are there."""

    def planning(problems: Iterable[Problem], **more: Any) -> Iterator[Plan]:
        (plan,) = office.get("/month-plans").json["items"]
        shown = office.get(f"/month-plans/{plan['id']}").json
        answer = office.post(f"/month-plans/grids/{shown['parts'][0]['id']}/enough")
        seen.extend([shown, answer.json])
        return plan_all(problems, processes=1, **more)

    monkeypatch.setattr(jobs_months, "plan_all", planning)


def test_a_grid_that_will_do_keeps_its_plan_and_the_others_get_a_better_one(
    client: Clients, december: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = client(december.known.committee)
    seen: list[Any] = []
    while_it_searches(monkeypatch, office, seen)
    plan = planned(office, december.known)
    before, after = seen
    assert [one["searching"] for one in before["parts"]] == [True, True]
    assert [one["searching"] for one in after["parts"]] == [False, True]
    assert [one["stage"] for one in plan["parts"]] == ["greedy", "better"]
    assert plan["job"]["state"] == "done"
    assert plan["parts"][0]["goodness"] == "这是一份能用的，没有再比较。"
    [row] = found(AuditRow, AuditRow.verb == "edited")
    assert row.details == {"how": "enough", "stops": 0}


def test_saying_it_later_changes_nothing_and_it_is_the_committees_word(
    client: Clients, december: Month
) -> None:
    office = client(december.known.committee)
    plan = planned(office, december.known)
    path = f"/month-plans/grids/{plan['parts'][0]['id']}/enough"
    assert office.post(path).json["parts"] == plan["parts"]
    assert found(AuditRow, AuditRow.verb == "edited") == []
    assert client(december.known.chen).post(path).status_code == 403


def test_grids_that_the_planner_was_stopped_before_are_planned_when_it_goes_on(
    client: Clients, december: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = client(december.known.committee)
    asked: list[list[str]] = []

    def planning(problems: list[Problem], **more: Any) -> Iterator[Plan]:
        """Somebody stops the planner once the first grid has its better plan."""
        asked.append([one.name for one in problems])
        for found_plan in plan_all(problems, processes=1, **more):
            yield found_plan
            if len(asked) == 1:
                (plan,) = office.get("/month-plans").json["items"]
                office.post(f"/month-plans/{plan['id']}/stop")
                raise jobs.Stopped

    monkeypatch.setattr(jobs_months, "plan_all", planning)
    stopped = planned(office, december.known)
    assert stopped["job"]["state"] == "cancelled"
    assert sorted(one["stage"] for one in stopped["parts"]) == ["better", "greedy"]
    assert stopped["unfinished"] == 1
    path = f"/month-plans/{stopped['id']}/go-on"
    again = office.post(path, version=stopped["version"]).json
    assert (again["job"]["state"], again["unfinished"]) == ("waiting", 0)
    assert worker.work_once(slow=True)
    done = office.get(f"/month-plans/{stopped['id']}").json
    assert [one["stage"] for one in done["parts"]] == ["better", "better"]
    assert [len(names) for names in asked] == [2, 1]
    refused = office.post(path, version=done["version"])
    assert refused.json["code"] == "month_plan_nothing_to_plan"
