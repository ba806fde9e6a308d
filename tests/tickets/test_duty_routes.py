"""Duty lists over HTTP: who writes them, who reads them, whose number is shown to whom."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.identity import invite
from app.tickets import routing
from app.tickets.rules import Verb
from app.tickets.service import duty as service
from tests.clients import Client
from tests.factories import tickets
from tests.factories.routing import day_only, round_the_clock, watch, wire, write
from tests.factories.tickets import Neighbourhood, act, report

FLOOD = "emergency.burst_flood"
COMPANY = "property"


def path(here: Neighbourhood, office: str = COMPANY) -> str:
    return f"/tickets/duty/{here.organisations[office].id}"


def shown(answer: Any) -> list[str]:
    return [one["name"] for one in answer["people"]]


# ---- over HTTP: writing


def test_the_head_of_an_office_writes_its_list(
    session: Session, here: Neighbourhood, seats: dict[str, Client]
) -> None:
    head = seats[COMPANY]
    empty = head.get(path(here)).json or {}
    assert (empty["version"], empty["week"], empty["may_edit"]) == (0, [], True)
    today = clock.today()
    long_ago = {"first": "2026-01-01", "last": "2026-01-02"}
    own = str(here.people[COMPANY].id)
    hours = {"from": "08:00", "to": "20:00", "people": [own]}
    soon = {"first": str(today), "last": str(today + timedelta(days=2))}
    sent = wire(
        day_only(here, COMPANY), always=True, hotline="025-8888 0000",
        instead=[long_ago | hours, soon | hours | {"people": []}],
    )  # fmt: skip
    saved = head.put(path(here), sent, version=0)
    assert saved.status_code == 200, saved.json
    kept = saved.json or {}
    assert kept["week"] == [day_only(here, COMPANY)]
    assert [one["first"] for one in kept["instead"]] == [str(today)]
    assert (kept["hotline"], kept["version"]) == ("025-8888 0000", 1)
    assert kept["holes"]
    assert head.put(path(here), sent, version=0).status_code == 412


@pytest.mark.parametrize(
    ("word", "status"), [("committee", 403), ("owners", 404), ("volunteer", 404)]
)
def test_nobody_writes_the_list_of_others(
    here: Neighbourhood, seats: dict[str, Client], word: str, status: int
) -> None:
    assert seats[word].put(path(here), wire(), version=0).status_code == status


def test_where_there_is_no_head_anybody_of_the_office_writes_it(
    here: Neighbourhood, seats: dict[str, Client]
) -> None:
    sent = wire(round_the_clock(here.people["owners"].id))
    assert seats["owners"].put(path(here, "owners"), sent, version=0).status_code == 200


@pytest.mark.parametrize(
    ("part", "field"), [("week", "week"), ("instead", "instead"), ("backwards", "instead")]
)
def test_a_list_names_its_own_people_and_days_in_their_order(
    here: Neighbourhood, seats: dict[str, Client], part: str, field: str
) -> None:
    strange = round_the_clock(here.people["owners"].id)
    days = {"first": "2027-01-02", "last": "2027-01-02"}
    dated = {key: strange[key] for key in ("from", "to", "people")} | days
    backwards = dated | {"last": "2027-01-01", "people": []}
    sent = {
        "week": wire(strange),
        "instead": wire(instead=[dated]),
        "backwards": wire(instead=[backwards]),
    }[part]
    answer = seats[COMPANY].put(path(here), sent, version=0)
    assert answer.status_code == 422
    assert set((answer.json or {})["errors"]) == {field}


# ---- over HTTP: reading


def test_a_committee_sees_who_is_on_duty_and_others_their_own_office(
    session: Session, here: Neighbourhood, seats: dict[str, Client]
) -> None:
    watch(session, here, COMPANY, COMPANY)
    lines = (seats["committee"].get("/tickets/duty").json or {})["items"]
    assert lines[0]["organisation_id"] == str(here.organisations["committee"].id)
    company = next(one for one in lines if one["has_list"])
    assert shown(company) == ["property的人"]
    assert company["people"][0]["phone_masked"].count("*") == 4
    assert (company["may_edit"], company["hole"]) == (False, None)
    assert len(lines) == 6
    own = (seats["owners"].get("/tickets/duty").json or {})["items"]
    assert [one["organisation_id"] for one in own] == [str(here.organisations["owners"].id)]
    assert seats["owners"].get(path(here)).status_code == 404


def test_who_has_left_stands_on_the_list_no_more(
    session: Session, here: Neighbourhood, client: Any
) -> None:
    tickets.join(session, here, "fitter", COMPANY)
    watch(session, here, COMPANY, "fitter", COMPANY)
    post = next(iter(here.actors["fitter"].posts))
    invite.end_membership(session, here.actors["district"], post.id)
    session.commit()
    kept = client(here.people[COMPANY]).get(path(here)).json or {}
    assert kept["week"][0]["people"] == [str(here.people[COMPANY].id)]


def test_everybody_sees_their_own_hours(session: Session, here: Neighbourhood, client: Any) -> None:
    tickets.join(session, here, "fitter", COMPANY)
    watch(session, here, COMPANY, "fitter", COMPANY)
    items = (client(here.people["fitter"]).get("/tickets/duty/mine").json or {})["items"]
    assert [(one["first"], one["with_names"]) for one in items] == [(True, ["property的人"])]
    second = (client(here.people[COMPANY]).get("/tickets/duty/mine").json or {})["items"]
    assert [one["first"] for one in second] == [False]
    assert (client(here.people["owners"]).get("/tickets/duty/mine").json or {})["items"] == []


def test_a_number_is_shown_for_a_reason_and_that_is_logged(
    session: Session, here: Neighbourhood, seats: dict[str, Client]
) -> None:
    watch(session, here, COMPANY, COMPANY)
    asked = {"person_id": str(here.people[COMPANY].id), "reason": "爆管要人"}
    answer = seats["committee"].post(f"{path(here)}/phone", asked)
    assert (answer.json or {})["phone"] == here.people[COMPANY].phone
    row = session.scalars(select(AuditRow).where(AuditRow.verb == "phone_shown")).one()
    assert row.details == {"reason": "爆管要人"}
    assert seats["owners"].post(f"{path(here)}/phone", asked).status_code == 404
    nobody = asked | {"person_id": str(here.people["owners"].id)}
    assert seats["committee"].post(f"{path(here)}/phone", nobody).status_code == 404


def test_of_an_emergency_everybody_who_sees_it_may_telephone_who_is_on_duty(
    session: Session, here: Neighbourhood, seats: dict[str, Client]
) -> None:
    write(session, here, COMPANY, round_the_clock(here.people[COMPANY].id), hotline="02588880000")
    urgent, usual = report(session, here, category=FLOOD), tickets.dispatched(session, here)
    session.commit()
    phone = seats["volunteer"]
    card = phone.get(f"/tickets/{urgent.id}/duty").json or {}
    assert (shown(card), card["hotline"], card["then"]) == (["property的人"], "02588880000", None)
    asked = {"person_id": str(here.people[COMPANY].id), "reason": "家里进水了"}
    answer = phone.post(f"/tickets/{urgent.id}/duty/phone", asked)
    assert (answer.json or {})["phone"] == here.people[COMPANY].phone
    assert phone.get(f"/tickets/{usual.id}/duty").status_code == 204
    assert phone.post(f"/tickets/{usual.id}/duty/phone", asked).status_code == 404
    assert seats["committee"].get(f"/tickets/{usual.id}/duty").status_code == 200
    act(session, here, urgent, COMPANY, Verb.START)
    other = report(session, here)
    session.commit()
    assert seats["committee"].get(f"/tickets/{other.id}/duty").status_code == 204
    assert seats["committee"].post(f"/tickets/{other.id}/duty/phone", asked).status_code == 404


def test_a_hole_is_warned_of_on_the_page(session: Session, here: Neighbourhood) -> None:
    row = write(session, here, COMPANY, day_only(here, COMPANY), always=True)
    held = routing.duty_list(row.organisation_id)
    assert held is not None
    assert len(service.holes_of(held)) >= 13
