"""Life happens: what mending a plan would change is shown, applied, undone, sent."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core import worker
from app.visits.planner.shapes import Fixed, Slot
from tests.factories import places
from tests.factories.visits import Scene
from tests.visits import monthly
from tests.visits.monthly import EVENING, Clients, Month, again, board, planned, publish, put


@pytest.fixture
def december(session: Session, known: Scene, monkeypatch: pytest.MonkeyPatch) -> Month:
    return monthly.month(session, known, monkeypatch)


def mine(client: Clients, person: Any, state: str = "proposed") -> list[dict[str, Any]]:
    return list(client(person).get("/visits", state=state, mine="true").json["items"])


def mended(office: Any, plan: dict[str, Any], away: list[dict[str, str]] | None = None) -> Any:
    version = office.get(f"/month-plans/{plan['id']}").json["version"]
    body = {"away": away or []}
    answer_ = office.post(f"/month-plans/{plan['id']}/mend", body, version=version)
    assert answer_.status_code == 200, answer_.json
    assert worker.work_once(slow=True)
    return board(office, plan)


def test_somebody_falls_ill_and_only_their_visits_move_once_the_difference_was_seen(
    client: Clients, december: Month
) -> None:
    known = december.known
    office = client(known.committee)
    plan = planned(office, known)
    publish(office, plan["id"])
    for who in (known.chen, known.li, known.zhou):
        ids = [one["id"] for one in mine(client, who)]
        if ids:
            client(who).post("/visits/accept", {"ids": ids})
    before = board(office, plan)
    ill = before["stops"][0]["people"][0]
    away = [{"person_id": ill, "first": "2026-12-01", "last": "2026-12-31"}]
    shown = mended(office, plan, away)
    touched = [one for one in before["stops"] if ill in one["people"]]
    assert len(shown["lines"]) == len(touched) == shown["difference"]
    assert {one["accepted"] for one in shown["lines"]} == {True}
    assert shown["stops"] == before["stops"]
    applied = put(office, shown, "difference")
    assert applied.status_code == 200, applied.json
    now = again(office, shown)
    assert now["difference"] is None
    assert all(ill not in one["people"] for one in now["stops"])
    untouched = {one["id"] for one in before["stops"]} - {one["id"] for one in touched}
    kept = {one["id"]: one for one in now["stops"]}
    assert all(kept[one["id"]] == one for one in before["stops"] if one["id"] in untouched)
    assert put(office, now, "undo").status_code == 200
    back = again(office, shown)
    assert {one["id"]: one["people"] for one in back["stops"]} == {
        one["id"]: one["people"] for one in before["stops"]
    }
    put(office, back, "redo")
    sent = publish(office, plan["id"]).json
    assert sent["asked"] == len(touched)


def test_households_added_and_gone_are_lines_of_the_difference(
    session: Session, client: Clients, december: Month
) -> None:
    office = client(december.known.committee)
    plan = planned(office, december.known)
    places.household(session, december.known.unit, "901")
    december.gone = {december.homes[0].id}
    shown = mended(office, plan)
    lines = {one["place_text"][-3:]: one for one in shown["lines"]}
    assert set(lines) == {"901", "101"}
    assert (lines["901"]["before"], lines["101"]["after"]) == (None, None)
    assert lines["101"]["why"] == "现在不用去了"
    put(office, shown, "difference")
    now = again(office, shown)
    assert "901" in {one["place_text"][-3:] for one in now["stops"]}
    assert [one["why"] for one in now["left_out"]] == ["现在不用去了"]


def test_a_difference_is_left_or_refused_once_the_plan_has_changed(
    client: Clients, december: Month
) -> None:
    known = december.known
    office = client(known.committee)
    plan = planned(office, known)
    shown = mended(office, plan)
    assert (shown["difference"], shown["lines"]) == (0, [])
    path = f"/month-plans/grids/{shown['id']}/difference"
    assert office.delete(path, version=shown["version"]).status_code == 204
    assert office.delete(path, version=again(office, shown)["version"]).status_code == 404
    assert put(office, again(office, shown), "difference").status_code == 404
    ill = shown["stops"][0]["people"][0]
    away = [{"person_id": ill, "first": "2026-12-01", "last": "2026-12-31"}]
    shown = mended(office, plan, away)
    stop = next(one for one in shown["stops"] if ill in one["people"])
    put(office, shown, "take-out", stop_ids=[stop["id"]])
    refused = put(office, again(office, shown), "difference")
    assert refused.json["code"] == "month_plan_difference_is_old"
    wrong = [{"person_id": ill, "first": "2026-12-09", "last": "2026-12-01"}]
    version = office.get(f"/month-plans/{plan['id']}").json["version"]
    body = {"away": wrong}
    assert office.post(f"/month-plans/{plan['id']}/mend", body, version=version).status_code == 422


def test_what_people_put_by_hand_stays_while_it_can(client: Clients, december: Month) -> None:
    known = december.known
    office = client(known.committee)
    plan = planned(office, known)
    shown = board(office, plan)
    stop = shown["stops"][0]
    put(
        office,
        shown,
        "move",
        stop_ids=[stop["id"]],
        date="2026-12-17",
        person_id=str(known.zhou.id),
    )
    assert mended(office, plan)["lines"] == []
    away = [{"person_id": str(known.zhou.id), "first": "2026-12-17", "last": "2026-12-17"}]
    (line,) = mended(office, plan, away)["lines"]
    assert line["before"].startswith("12月17日")
    assert line["after"] is not None


def test_visits_that_stand_for_another_reason_are_shown_and_take_their_peoples_time(
    client: Clients, december: Month
) -> None:
    known = december.known
    slot = Slot(date(2026, 12, 8), EVENING)
    december.fixed = (
        Fixed(door_id=december.homes[0].id, people=(known.chen.id,), slot=slot, key=None),
    )
    office = client(known.committee)
    shown = board(office, planned(office, known))
    (other,) = shown["others"]
    assert (other["date"], other["people"]) == ("2026-12-08", [str(known.chen.id)])
