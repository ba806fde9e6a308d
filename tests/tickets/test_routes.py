"""Tickets over HTTP: guards, versions, keys, shapes, and the whole way through all seats."""

import io
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from app.identity.models import Person
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import identity, tickets
from tests.factories.tickets import Neighbourhood

Clients = dict[str, Client]


@pytest.fixture
def phones(
    session: Session, here: Neighbourhood, client: Callable[[Person | None], Client]
) -> Clients:
    """Somebody of every party, signed in."""
    with unwatched():
        session.commit()
    return {word: client(person) for word, person in here.people.items()}


def lamp(here: Neighbourhood, **said: Any) -> dict[str, Any]:
    words = {
        "category": "facility.power_lighting",
        "text": "楼道灯不亮。三楼到五楼",
        "place_id": str(here.unit.id),
        "public_area": True,
    }
    return words | said


def opened(phones: Clients, here: Neighbourhood, **said: Any) -> dict[str, Any]:
    answer = phones["volunteer"].post("/tickets", lamp(here, **said))
    assert answer.status_code == 201, answer.json
    return dict(answer.json or {})


def moved(phone: Client, ticket: dict[str, Any], verb: str, **said: Any) -> dict[str, Any]:
    answer = phone.post(
        f"/tickets/{ticket['id']}/moves", {"verb": verb, **said}, version=ticket["version"]
    )
    assert answer.status_code == 200, answer.json
    return dict(answer.json or {})


def uploaded(phone: Client, colour: str) -> str:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(out, "PNG")
    digest = sha256(out.getvalue()).hexdigest()
    answer = phone.put(f"/media/{digest}", data=out.getvalue())
    assert answer.status_code < 300, answer.json
    return digest


def test_the_whole_way_over_http(phones: Clients, here: Neighbourhood) -> None:
    photo = uploaded(phones["volunteer"], "red")
    made = str(uuid4())
    ticket = opened(phones, here, id=made, media=[photo])
    assert (ticket["id"], ticket["title"], ticket["status_name"]) == (made, "楼道灯不亮", "待受理")
    assert [move["verb"] for move in ticket["moves"]] == ["withdraw"]

    seen = phones["committee"].get(f"/tickets/{made}").json
    ticket = moved(phones["committee"], dict(seen), "accept")
    choices = phones["committee"].get(f"/tickets/{made}/dispatch-options").json["items"]
    company = next(one for one in choices if one["suggested"])
    assert company["kind"] == "property"
    ticket = moved(
        phones["committee"], ticket, "dispatch", lead_org_id=company["id"], co_org_ids=[]
    )
    ticket = moved(phones["property"], ticket, "start")
    assert phones["property"].get(f"/media/{photo}").status_code == 200
    after = uploaded(phones["property"], "green")
    ticket = moved(
        phones["property"], ticket, "resolve", what_was_done="换了灯管", media_after=[after]
    )
    assert ticket["lead"]["party"] == "property"
    ticket = moved(phones["committee"], ticket, "review")
    ticket = moved(phones["volunteer"], ticket, "close", solved="yes", satisfied="fairly")
    assert (ticket["status"], ticket["solved"], ticket["satisfied"]) == ("closed", "yes", "fairly")
    assert [photo["phase"] for photo in ticket["photos"]] == ["report", "after"]
    assert len(ticket["timeline"]) == 7


def test_nobody_gets_in_without_signing_in(client: Callable[..., Client], phones: Clients) -> None:
    stranger = client()
    for path in ("/tickets", "/tickets/categories", "/tickets/queues", f"/tickets/{uuid4()}"):
        assert stranger.get(path).status_code == 401
    assert stranger.post("/tickets", {}).status_code == 401


def test_what_is_not_visible_is_not_found(phones: Clients, here: Neighbourhood) -> None:
    ticket = opened(phones, here)
    path = f"/tickets/{ticket['id']}"
    phone = phones["property"]
    answers = (
        phone.get(path),
        phone.post(f"{path}/moves", {"verb": "start"}, version=1),
        phone.post(f"{path}/notes", {"text": "看看"}),
        phone.post(f"{path}/photos", {"phase": "after", "media": []}),
        phones["committee"].get(f"/tickets/{uuid4()}"),
    )
    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert phone.get("/tickets").json["items"] == []


def test_a_move_wants_the_version_and_tells_the_present_state_when_it_is_stale(
    phones: Clients, here: Neighbourhood
) -> None:
    ticket = opened(phones, here)
    path = f"/tickets/{ticket['id']}/moves"
    assert phones["committee"].post(path, {"verb": "accept"}).status_code == 428
    moved(phones["committee"], ticket, "accept")
    stale = phones["committee"].post(path, {"verb": "accept"}, version=ticket["version"])
    assert stale.status_code == 412
    assert stale.json["current"]["status"] == "accepted"


def test_a_move_that_does_not_fit_tells_the_present_state_and_what_may_be_done(
    phones: Clients, here: Neighbourhood
) -> None:
    ticket = opened(phones, here)
    moved(phones["committee"], ticket, "accept")
    path = f"/tickets/{ticket['id']}"
    seen = phones["committee"].get(path).json
    twice = phones["committee"].post(f"{path}/moves", {"verb": "accept"}, version=seen["version"])
    assert (twice.status_code, twice.json["code"]) == (409, "ticket_wrong_state")
    assert twice.json["current"] == seen
    assert (seen["status_name"], "dispatch" in [one["verb"] for one in seen["moves"]]) == (
        "待派单",
        True,
    )


def test_a_move_of_others_shows_the_ticket_only_as_its_actor_sees_it(
    phones: Clients, here: Neighbourhood
) -> None:
    ticket = opened(phones, here)
    answer = phones["volunteer"].post(
        f"/tickets/{ticket['id']}/moves", {"verb": "accept"}, version=ticket["version"]
    )
    assert answer.json["code"] == "ticket_not_your_move"
    assert answer.json["current"] == phones["volunteer"].get(f"/tickets/{ticket['id']}").json
    assert [one["verb"] for one in answer.json["current"]["moves"]] == ["withdraw"]


def test_a_note_after_the_end_shows_how_it_ended(phones: Clients, here: Neighbourhood) -> None:
    ticket = opened(phones, here)
    moved(phones["volunteer"], ticket, "withdraw")
    late = phones["volunteer"].post(f"/tickets/{ticket['id']}/notes", {"text": "又亮了"})
    assert (late.status_code, late.json["current"]["status"]) == (409, "withdrawn")


def test_what_is_not_visible_is_refused_without_any_state(
    phones: Clients, here: Neighbourhood
) -> None:
    ticket = opened(phones, here)
    path = f"/tickets/{ticket['id']}/moves"
    answer = phones["property"].post(path, {"verb": "start"}, version=ticket["version"])
    assert (answer.status_code, "current" in answer.json) == (404, False)


def test_a_form_filled_in_wrongly_does_not_carry_the_ticket(
    phones: Clients, here: Neighbourhood
) -> None:
    ticket = opened(phones, here)
    path = f"/tickets/{ticket['id']}/moves"
    blank = phones["committee"].post(path, {"verb": "reject"}, version=ticket["version"])
    assert (blank.status_code, "current" in blank.json) == (422, False)


def test_the_same_report_with_the_same_key_is_one_ticket(
    phones: Clients, here: Neighbourhood
) -> None:
    key = uuid4()
    first, again = (phones["volunteer"].post("/tickets", lamp(here), key=key) for _ in range(2))
    assert first.json["id"] == again.json["id"]
    assert len(phones["volunteer"].get("/tickets").json["items"]) == 1


def test_refusals_are_problem_documents_in_chinese(phones: Clients, here: Neighbourhood) -> None:
    ticket = opened(phones, here)
    path = f"/tickets/{ticket['id']}/moves"
    version = ticket["version"]
    early = phones["committee"].post(path, {"verb": "conclude"}, version=version)
    assert (early.status_code, early.json["code"]) == (409, "ticket_wrong_state")
    assert "待受理" in early.json["title"]
    theirs = phones["volunteer"].post(path, {"verb": "accept"}, version=version)
    assert (theirs.status_code, theirs.json["code"]) == (403, "ticket_not_your_move")
    blank = phones["committee"].post(path, {"verb": "reject", "reason": "  "}, version=version)
    assert blank.status_code == 422
    assert set(blank.json["errors"]) == {"reason", "where_to"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "长" * 501}, "text"),
        ({"spot": "长" * 41}, "spot"),
        ({"category": "facility.rocket"}, "category"),
        ({"media": ["x"]}, "media.0"),
        ({"public_area": False}, "agreed_by"),
        ({"stranger": 1}, "stranger"),
    ],
)
def test_a_report_is_refused_field_by_field(
    phones: Clients, here: Neighbourhood, said: dict[str, Any], field: str
) -> None:
    answer = phones["volunteer"].post("/tickets", lamp(here, **said))
    assert answer.status_code == 422
    assert field in answer.json["errors"]


def test_nobody_submits_or_stays_unrated_by_a_move(phones: Clients, here: Neighbourhood) -> None:
    ticket = opened(phones, here)
    path = f"/tickets/{ticket['id']}/moves"
    for body in ({"verb": "submit"}, {"verb": "close", "solved": "yes", "satisfied": "unrated"}):
        assert phones["committee"].post(path, body, version=1).status_code == 422


def test_notes_and_photos_are_answered_with_the_ticket(
    phones: Clients, here: Neighbourhood
) -> None:
    ticket = opened(phones, here)
    path = f"/tickets/{ticket['id']}"
    noted = phones["volunteer"].post(f"{path}/notes", {"text": "四楼也不亮"})
    assert noted.json["timeline"][0]["text"] == "四楼也不亮"
    photo = uploaded(phones["volunteer"], "blue")
    shown = phones["volunteer"].post(f"{path}/photos", {"phase": "report", "media": [photo]})
    assert [one["hash"] for one in shown.json["photos"]] == [photo]
    assert shown.json["version"] == ticket["version"]


def test_dispatch_options_are_the_committees(phones: Clients, here: Neighbourhood) -> None:
    ticket = opened(phones, here)
    path = f"/tickets/{ticket['id']}/dispatch-options"
    assert phones["volunteer"].get(path).status_code == 403
    offered = phones["committee"].get(path).json["items"]
    assert {one["party"] for one in offered} == {
        "community_party",
        "property",
        "owners_committee",
        "volunteer_team",
        "social_org",
    }


def test_categories_queues_and_lists(phones: Clients, here: Neighbourhood) -> None:
    first = phones["volunteer"].get("/tickets/categories").json["items"][0]
    assert (first["group_name"], first["phones"][0]["number"]) == ("应急", "96333")
    opened(phones, here)
    queues = phones["committee"].get("/tickets/queues").json["items"]
    assert queues[0] == {"key": "to_accept", "name": "待受理", "count": 1}
    rows = phones["committee"].get("/tickets", queue="to_accept", limit=1).json
    assert rows["items"][0]["reporter_is_me"] is False
    assert rows["next_cursor"] is None
    mine = phones["volunteer"].get("/tickets", mine="true").json["items"]
    assert mine[0]["reporter_is_me"] is True


def test_who_has_no_post_has_an_empty_list(
    session: Session, client: Callable[..., Client], phones: Clients, here: Neighbourhood
) -> None:
    opened(phones, here)
    nobody = client(identity.person(session))
    assert nobody.get("/tickets").json["items"] == []
    assert [queue["key"] for queue in nobody.get("/tickets/queues").json["items"]] == [
        "mine_open",
        "mine_over",
    ]
    assert tickets.PARTIES.keys() <= phones.keys()
