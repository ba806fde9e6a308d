"""Categories and contracts over HTTP: who may, what is refused with which code and
field, what a change answers, and how far its work is."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.core.calendar import Almanac
from tests.clients import Client
from tests.factories import tickets
from tests.factories.catalogue import SPRING_2027, category, contract, let_work, limit, noise, times
from tests.factories.clocks import at
from tests.factories.tickets import Neighbourhood

NOISE = "order.noise"
MORNING = at("2026-11-24T10:00")
SHORTER = times(NOISE, resolve=limit(1, "wd"))
AMOUNT = "时限填 1 到 999 之间的数。"
Clients = dict[str, Client]


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with clock.frozen(MORNING):
        yield
    calendar.use(Almanac())


def item(seat: Client, code: str) -> dict[str, Any]:
    groups = (seat.get("/tickets/catalogue").json or {})["groups"]
    return next(one for group in groups for one in group["items"] if one["code"] == code)


def agreed(here: Neighbourhood, **said: Any) -> dict[str, Any]:
    found = contract(here.organisations["property"].id, NOISE, **said)
    return found | {"organisation_id": str(found["organisation_id"])}


def test_every_office_reads_the_table_and_only_the_districts_administrator_may_edit(
    seats: Clients,
) -> None:
    for word in ("committee", "property", "owners", "social", "subdistrict", "district"):
        answer = seats[word].get("/tickets/catalogue")
        assert answer.status_code == 200, word
        assert (answer.json or {})["may_edit"] is (word == "district")
    assert seats["volunteer"].get("/tickets/catalogue").status_code == 403


def test_a_change_is_seen_first_then_kept_then_done(
    seats: Clients, session: Session, here: Neighbourhood
) -> None:
    ticket = noise(session, here)
    said = category(NOISE, name="噪音扰民", times=SHORTER)
    seen = seats["district"].post("/tickets/catalogue/preview", said | {"limit": 1}).json or {}
    assert (seen["count"], seen["tickets"], seen["next_offset"]) == (1, 1, None)
    assert seen["ways"] == {"sooner": 1, "later": 0, "begun": 0, "gone": 0, "late": 0}
    assert seen["communities"] == [{"name": here.community.name, "tickets": 1}]
    assert seen["items"][0]["number"] == ticket.number
    assert item(seats["committee"], NOISE)["version"] == 0  # nothing is kept yet
    answer = seats["district"].post("/tickets/catalogue", said)
    begun = (answer.json or {})["retiming"]
    assert (answer.status_code, begun["state"], begun["total"]) == (200, "waiting", None)
    assert item(seats["committee"], NOISE)["name"] == "噪音扰民"
    let_work()
    done = seats["district"].get(f"/tickets/retimings/{begun['id']}").json or {}
    assert (done["state"], done["done"], done["total"], done["moved"]) == ("done", 1, 1, 1)
    shown = seats["property"].get(f"/tickets/{ticket.id}").json or {}
    why = next(one["why"] for one in shown["clocks"] if one["name"] == "办结")
    assert why[1].startswith("办结的时限是 1 个工作日")


def test_the_history_begins_with_the_national_table(seats: Clients) -> None:
    seats["district"].post("/tickets/catalogue", category(NOISE, name="噪音", times=SHORTER))
    answer = seats["committee"].get("/tickets/catalogue/history", code=NOISE)
    newest, national = (answer.json or {})["items"]
    assert (newest["version"], newest["name"]) == (1, "噪音")
    assert (national["version"], national["since"], national["name"]) == (0, None, "噪声")
    assert national["times"]["resolve"] == limit(3, "wd")


def test_what_was_before_can_be_taken_again(
    seats: Clients, session: Session, here: Neighbourhood
) -> None:
    ticket = noise(session, here)
    before = ticket.due_at
    seats["district"].post("/tickets/catalogue", category(NOISE, times=SHORTER))
    let_work()
    history = seats["district"].get("/tickets/catalogue/history", code=NOISE).json or {}
    old = history["items"][-1]
    said = category(NOISE, version=1, times=old["times"])
    assert seats["district"].post("/tickets/catalogue", said).status_code == 200
    let_work()
    session.expire_all()
    assert ticket.due_at == before


def test_one_that_a_district_has_added_has_no_national_past(seats: Clients) -> None:
    said = category(NOISE, name="高空抛物劝导", code=None, group="order")
    seats["district"].post("/tickets/catalogue", said)
    answer = seats["committee"].get("/tickets/catalogue/history", code="order.own1")
    assert [one["version"] for one in (answer.json or {})["items"]] == [1]


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"name": ""}, "name", "名称要写 1 到 20 个字。"),
    ({"name": "长" * 21}, "name", "名称要写 1 到 20 个字。"),
    ({"name": "  "}, "name", "请写名称。"),
    ({"name": "停车"}, "name", "同一类里已经有叫这个名称的事项。"),
    ({"lead_party": "nobody"}, "lead_party", "请选由谁主办。"),
    ({"code": "order.nothing"}, "code", "没有这个事项，请刷新后再改。"),
    ({"code": None, "group": "no", "name": "新的"}, "group", "请选一个大类。"),
    ({"times": times(NOISE, accept=limit(0, "wh"))}, "times.accept.amount", AMOUNT),
    ({"times": times(NOISE, accept=limit(1000, "wh"))}, "times.accept.amount", AMOUNT),
    ({"times": times(NOISE, resolve=limit(1, "weeks"))}, "times.resolve.unit", "请选时限的单位。"),
    (
        {"times": times(NOISE, resolve=limit(0, None))},
        "times.resolve.goal",
        "不计时的，请写一句怎么算。",
    ),
    (
        {"times": times(NOISE, resolve=limit(1, "wd", "长" * 21))},
        "times.resolve.goal",
        "说明最多 20 个字。",
    ),
    ({"times": times(NOISE, accept=None)}, "times.accept", "请填时限，或者写一句怎么算。"),
    ({"times": times(NOISE, resolve=None)}, "times.resolve", "请填时限，或者写一句怎么算。"),
]


@pytest.mark.parametrize("path", ["/tickets/catalogue", "/tickets/catalogue/preview"])
@pytest.mark.parametrize(("other", "field", "sentence"), WRONG)
def test_a_category_that_does_not_fit_is_refused_with_its_field(
    seats: Clients, path: str, other: dict[str, Any], field: str, sentence: str
) -> None:
    answer = seats["district"].post(path, category(NOISE) | other)
    assert (answer.status_code, (answer.json or {})["code"]) == (422, "invalid")
    assert (answer.json or {})["errors"] == {field: [sentence]}


def test_a_newer_change_is_never_written_over(seats: Clients, here: Neighbourhood) -> None:
    assert seats["district"].post("/tickets/catalogue", category(NOISE)).status_code == 200
    assert seats["committee"].post("/tickets/contracts", agreed(here)).status_code == 200
    for seat, path, said in (
        ("district", "/tickets/catalogue", category(NOISE)),
        ("committee", "/tickets/contracts", agreed(here)),
    ):
        for address in (path, f"{path}/preview"):
            answer = seats[seat].post(address, said)
            assert (answer.status_code, (answer.json or {})["code"]) == (412, "stale"), address


@pytest.mark.parametrize("word", ["committee", "property", "subdistrict", "volunteer"])
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/tickets/catalogue", category(NOISE)),
        ("/tickets/catalogue/preview", category(NOISE)),
        ("/tickets/calendar", {"year": 2027, "text": SPRING_2027}),
        ("/tickets/calendar/preview", {"year": 2027, "text": SPRING_2027}),
    ],
)
def test_the_table_and_the_calendar_are_changed_by_administrators_only(
    seats: Clients, word: str, path: str, said: dict[str, Any]
) -> None:
    answer = seats[word].post(path, said)
    assert (answer.status_code, (answer.json or {})["code"]) == (403, "not_allowed")


def test_a_contract_is_seen_kept_and_done_by_the_committee(
    seats: Clients, session: Session, here: Neighbourhood
) -> None:
    noise(session, here)
    said = agreed(here, resolve=limit(1, "wd"))
    seen = seats["committee"].post("/tickets/contracts/preview", said).json or {}
    assert (seen["count"], seen["ways"]["sooner"]) == (1, 1)
    begun = (seats["committee"].post("/tickets/contracts", said).json or {})["retiming"]
    let_work()
    done = seats["committee"].get(f"/tickets/retimings/{begun['id']}").json or {}
    assert (done["state"], done["moved"]) == ("done", 1)
    company = (seats["committee"].get("/tickets/contracts").json or {})["items"][0]
    assert company["name"] == here.organisations["property"].name
    assert [(one["code"], one["version"]) for one in company["items"]] == [(NOISE, 1)]
    assert company["items"][0]["times"]["resolve"] == limit(1, "wd")
    ended = seats["committee"].post("/tickets/contracts", agreed(here, version=1))
    assert ended.status_code == 200
    history = seats["committee"].get(
        "/tickets/contracts/history", organisation_id=company["id"], code=NOISE
    )
    assert [one["version"] for one in (history.json or {})["items"]] == [2, 1]


def test_contracts_are_the_committees_alone(seats: Clients, here: Neighbourhood) -> None:
    for word in ("property", "owners", "subdistrict", "volunteer"):
        assert seats[word].get("/tickets/contracts").status_code == 403
        assert seats[word].post("/tickets/contracts", agreed(here)).status_code == 403


def test_a_company_of_elsewhere_is_not_found_and_a_wrong_time_is_refused(
    seats: Clients, session: Session, here: Neighbourhood
) -> None:
    stranger = str(tickets.neighbourhood(session).organisations["property"].id)
    session.commit()
    committee = seats["committee"]
    for path in ("/tickets/contracts", "/tickets/contracts/preview"):
        assert committee.post(path, agreed(here) | {"organisation_id": stranger}).status_code == 404
        answer = committee.post(path, agreed(here) | {"code": "no.such"})
        assert (answer.json or {})["errors"] == {"code": ["没有这个事项，请刷新后再改。"]}
        answer = committee.post(path, agreed(here, arrive=limit(0, "h")))
        assert (answer.json or {})["errors"] == {"times.arrive.amount": [AMOUNT]}
    asked = {"organisation_id": stranger, "code": NOISE}
    assert committee.get("/tickets/contracts/history", **asked).status_code == 404


def test_the_pages_of_a_preview_have_bounds(seats: Clients) -> None:
    for page, field in (
        ({"limit": 201}, "limit"),
        ({"limit": 0}, "limit"),
        ({"offset": -1}, "offset"),
    ):
        answer = seats["district"].post("/tickets/catalogue/preview", category(NOISE) | page)
        assert (answer.status_code, list((answer.json or {})["errors"])) == (422, [field])


def test_work_is_seen_by_whoever_asked_for_it_only(seats: Clients) -> None:
    answer = seats["district"].post("/tickets/catalogue", category(NOISE, times=SHORTER))
    begun = (answer.json or {})["retiming"]["id"]
    assert seats["committee"].get(f"/tickets/retimings/{begun}").status_code == 404
    assert seats["district"].get(f"/tickets/retimings/{uuid4()}").status_code == 404


def test_the_fourth_change_waits_until_one_of_three_is_done(seats: Clients) -> None:
    for version in range(3):
        said = category(NOISE, version=version)
        assert seats["district"].post("/tickets/catalogue", said).status_code == 200
    answer = seats["district"].post("/tickets/catalogue", category(NOISE, version=3))
    assert (answer.status_code, (answer.json or {})["code"]) == (409, "too_many_jobs")
    let_work()
    assert (
        seats["district"].post("/tickets/catalogue", category(NOISE, version=3)).status_code == 200
    )
