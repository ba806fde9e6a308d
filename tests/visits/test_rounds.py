"""Rounds: the committee schedules, the right people are asked, and the rest stays listed."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core.db import uuid7
from app.identity.models import Person
from app.identity.rules import OrganisationKind
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.teams.models import HouseholdAssignment
from app.teams.rules import TeamKind
from app.visits.models import Visit
from app.visits.rules import Method, Outcome, VisitState
from tests.clients import Client
from tests.factories import identity, places, teams
from tests.factories.identity import stored
from tests.factories.visits import TODAY, Scene, done, found, neighbour, visit

Clients = Callable[[Person], Client]
WINDOWS = [
    {"days": "weekday", "from": "18:30", "to": "20:30"},
    {"days": "weekend", "from": "09:30", "to": "11:30"},
]


def asked(known: Scene, **more: Any) -> dict[str, Any]:
    return {
        "title": "十二月走访",
        "purpose": "routine",
        "team_id": str(known.team.id),
        "whom": {"care_levels": ["high", "focus", "general"]},
        "starts_on": "2026-11-24",
        "ends_on": "2026-12-20",
        "windows": WINDOWS,
    } | more


def drafted(office: Client, known: Scene, **more: Any) -> dict[str, Any]:
    answer = office.post("/rounds", asked(known, **more))
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def published(office: Client, known: Scene, **more: Any) -> dict[str, Any]:
    draft = drafted(office, known, **more)
    answer = office.post(f"/rounds/{draft['id']}/publish", version=draft["version"])
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def test_what_is_previewed_is_what_is_published(
    session: Session, client: Clients, known: Scene
) -> None:
    places.households(session, known.unit, 12)
    office = client(known.committee)
    draft = drafted(office, known)
    preview = office.post(f"/rounds/{draft['id']}/preview").json
    assert (preview["households"], preview["visits"]) == (12, 12)
    assert sorted(one["households"] for one in preview["by_person"]) == [6, 6]
    assert preview["calendar_warning"] is None
    assert found(Visit) == []

    sent = office.post(f"/rounds/{draft['id']}/publish", version=draft["version"]).json
    assert sent["state"] == "published"
    assert sent["counts"]["proposed"] == 12
    mine = client(known.chen).get("/visits", state="proposed", mine="true").json["items"]
    assert mine[0]["round_title"] == "十二月走访"


def test_the_main_person_is_asked_and_a_second_paired_person_goes_along(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    teams.assignment(session, home, known.zhou.id)
    published(client(known.committee), known)
    seen = client(known.zhou).get("/visits", state="proposed").json["items"]
    (along,) = seen[0]["with"]
    assert along["id"] in {str(known.chen.id), str(known.li.id)}


def test_who_works_for_a_property_company_is_never_asked_to_a_household(
    session: Session, client: Clients, known: Scene
) -> None:
    places.households(session, known.unit, 9)
    published(client(known.committee), known)
    assert {one.person_id for one in found(Visit)} == {known.chen.id, known.li.id}
    assert client(known.steward).get("/visits").json["items"] == []


def test_households_without_a_person_stay_listed(
    session: Session, client: Clients, known: Scene
) -> None:
    places.household(session, known.unit)
    places.household(session, neighbour(session, known), "301")
    sent = published(client(known.committee), known)
    assert sent["counts"] | {"nobody": 1, "proposed": 1, "households": 2} == sent["counts"]
    assert sent["without_person"] == ["和园一村 5栋1单元301"]


def test_a_household_that_wants_no_more_visits_is_never_planned(
    session: Session, client: Clients, known: Scene
) -> None:
    places.household(session, known.unit, wish=VisitWish.NO_MORE_VISITS)
    sent = published(client(known.committee), known)
    assert sent["counts"]["proposed"] == 0
    assert sent["blocked"][0]["reason"] == "住户说过不再上门"


def test_a_door_is_not_rung_at_twice_within_14_days(
    session: Session, client: Clients, known: Scene
) -> None:
    rested, high, signal = places.households(session, known.unit, 3)
    high.care_level = CareLevel.HIGH
    stored(session, high)
    done(session, rested, known.chen, on=TODAY)
    done(session, high, known.chen, on=TODAY)
    done(session, signal, known.chen, on=TODAY, method=Method.OK_SIGNAL)
    sent = published(client(known.committee), known, ends_on="2026-12-02")
    assert [one["place_text"][-3:] for one in sent["blocked"]] == ["101"]
    proposed = found(Visit, Visit.state == VisitState.PROPOSED)
    dates = {one.household_id: one.on for one in proposed}
    assert (dates[high.id] - TODAY).days >= 3
    assert signal.id in dates


def test_visits_that_several_teams_owe_one_door_are_merged(
    session: Session, client: Clients, known: Scene
) -> None:
    places.household(session, known.unit)
    office = client(known.committee)
    published(office, known)
    second = published(office, known, title="用电提醒", purpose="safety")
    assert second["counts"]["proposed"] == 0
    assert "合成一趟" in second["blocked"][0]["reason"]


def test_whom_means_levels_within_buildings_and_single_doors(
    session: Session, client: Clients, known: Scene
) -> None:
    plain, focus = places.households(session, known.unit, 2)
    focus.care_level = CareLevel.FOCUS
    other = neighbour(session, known)
    stored(session, focus)
    elsewhere = places.household(session, other, care_level=CareLevel.FOCUS)
    office = client(known.committee)
    whom: dict[str, Any] = {"care_levels": ["focus"], "building_ids": [known.building_id]}
    assert drafted(office, known, whom=whom)["counts"]["households"] == 1
    whom["household_ids"] = [str(plain.id), str(elsewhere.id)]
    assert drafted(office, known, whom=whom)["counts"]["households"] == 3


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"whom": {}}, "whom"),
        ({"ends_on": "2026-11-23"}, "ends_on"),
        ({"starts_on": "2026-01-01", "ends_on": "2026-01-31"}, "ends_on"),
        ({"ends_on": "2027-11-23"}, "ends_on"),
        ({"windows": [{"days": "weekday", "from": "20:30", "to": "21:30"}]}, "windows.0"),
        ({"windows": [{"days": "weekday", "from": "07:00", "to": "09:00"}]}, "windows.0"),
        ({"windows": []}, "windows"),
        ({"team_id": str(uuid7())}, "team_id"),
        ({"whom": {"building_ids": [str(uuid7())]}}, "whom.building_ids"),
        ({"whom": {"household_ids": [str(uuid7())]}}, "whom.household_ids"),
        ({"title": "  "}, "title"),
        ({"income": 3000}, "income"),
    ],
)
def test_a_round_that_cannot_be_is_refused_field_by_field(
    client: Clients, known: Scene, more: dict[str, Any], field: str
) -> None:
    answer = client(known.committee).post("/rounds", asked(known, **more))
    assert answer.status_code == 422
    assert field in answer.json["errors"]


def test_red_armbands_never_enter_homes(session: Session, client: Clients, known: Scene) -> None:
    armbands = teams.team(session, known.community, known.zhou, kind=TeamKind.RED_ARMBAND)
    answer = client(known.committee).post("/rounds", asked(known, team_id=str(armbands.id)))
    assert "红袖章" in answer.json["errors"]["team_id"][0]


def test_only_a_draft_is_edited_and_a_stale_version_is_refused(
    session: Session, client: Clients, known: Scene
) -> None:
    places.household(session, known.unit)
    office = client(known.committee)
    draft = drafted(office, known)
    path = f"/rounds/{draft['id']}"
    edited = office.patch(path, {"title": "新名字"}, version=draft["version"]).json
    assert (edited["title"], edited["purpose"]) == ("新名字", "routine")
    late = office.patch(path, {"title": "晚了"}, version=draft["version"])
    assert (late.status_code, late.json["current"]["title"]) == (412, "新名字")
    sent = office.post(f"{path}/publish", version=edited["version"]).json
    again = office.patch(path, {"title": "发出以后"}, version=sent["version"])
    assert (again.status_code, again.json["code"]) == (409, "round_not_draft")


def test_cancelling_a_round_calls_off_what_is_open_and_keeps_what_is_done(
    session: Session, client: Clients, known: Scene
) -> None:
    places.households(session, known.unit, 4)
    office = client(known.committee)
    sent = published(office, known)
    volunteer = client(known.chen)
    first = volunteer.get("/visits", state="proposed").json["items"][0]
    body = {"on": "2026-11-24", "method": "door", "outcome": "ok"}
    volunteer.put(f"/visits/{first['id']}/record", body, version=first["version"])
    answer = office.post(
        f"/rounds/{sent['id']}/cancel", {"reason": "下雪"}, version=sent["version"]
    )
    assert (
        answer.json["counts"] | {"done": 1, "cancelled": 3, "proposed": 0}
        == (answer.json["counts"])
    )


def test_another_communitys_committee_finds_no_round(
    session: Session, client: Clients, known: Scene
) -> None:
    places.household(session, known.unit)
    sent = published(client(known.committee), known)
    stranger = identity.member(
        session, OrganisationKind.RESIDENTS_COMMITTEE, identity.community(session)
    )
    assert client(stranger).get(f"/rounds/{sent['id']}").status_code == 404
    assert client(stranger).get("/rounds").json["items"] == []


@pytest.mark.parametrize("who", ["chen", "steward"])
def test_only_the_committee_keeps_rounds(client: Clients, known: Scene, who: str) -> None:
    person = client(getattr(known, who))
    assert person.get("/rounds").status_code == 403
    assert person.post("/rounds", asked(known)).status_code == 403
    assert person.get("/rounds/defaults").status_code == 403


def test_the_defaults_are_the_windows_of_the_domain(client: Clients, known: Scene) -> None:
    offered = client(known.committee).get("/rounds/defaults").json
    assert {"days": "weekday", "from": "18:30", "to": "20:30"} in offered["windows"]
    assert {"code": "routine", "name": "日常走访"} in offered["purposes"]


def test_a_community_of_2600_households_is_published_in_under_ten_seconds(
    session: Session, client: Clients, known: Scene
) -> None:
    homes = [
        Household(
            community_id=known.community.id,
            estate_id=known.unit.estate_id,
            building_id=known.unit.parent_id,
            unit_id=known.unit.id,
            door=str(number),
            walk_order=f"{number:026}",
        )
        for number in range(2600)
    ]
    stored(session, *homes)
    stored(
        session,
        *(
            HouseholdAssignment(household_id=one.id, main_person_id=known.chen.id, since=TODAY)
            for one in homes
        ),
    )
    office = client(known.committee)
    draft = drafted(office, known)
    began = perf_counter()
    sent = office.post(f"/rounds/{draft['id']}/publish", version=draft["version"]).json
    assert perf_counter() - began < 10
    assert sent["counts"]["proposed"] == 2600


def test_a_follow_up_does_not_count_as_part_of_another_round(
    session: Session, client: Clients, known: Scene
) -> None:
    """Somebody goes there anyway: the new round does not ring a second time."""
    home = places.household(session, known.unit)
    visit(session, home, known.chen, state=VisitState.PROPOSED)
    done(session, home, known.chen, outcome=Outcome.NOT_HOME)
    assert published(client(known.committee), known)["counts"]["proposed"] == 0
