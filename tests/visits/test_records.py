"""Records over HTTP: three taps, what follows, and who may read what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.identity.models import Person
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.tickets.models import Ticket
from app.visits.models import Visit, VisitPartner, VisitRecord
from app.visits.rules import VisitState
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import TODAY, Scene, done, found, visit

Clients = Callable[[Person], Client]
TAPS = {"on": "2026-11-24", "method": "door", "outcome": "ok"}
HEARD = {"category": "facility.power_lighting", "text": "楼道灯不亮", "public_area": True}


def planned(session: Session, known: Scene, *partners: Person, **given: Any) -> Visit:
    home = places.household(session, known.unit, **given)
    return visit(session, home, known.chen, *partners)


def put(who: Client, asked: Visit, version: int = 1, **more: Any) -> Any:
    return who.put(f"/visits/{asked.id}/record", TAPS | more, version=version)


def test_three_taps_record_seen_all_well(session: Session, client: Clients, known: Scene) -> None:
    asked = planned(session, known)
    answer = put(client(known.chen), asked)
    assert answer.status_code == 200, answer.json
    assert answer.json["visit"]["state"] == "done"
    assert answer.json["visit"]["record"] == {
        "by": {"id": str(known.chen.id), "name": known.chen.name},
        "received_at": "2026-11-24T02:00:00Z",
        "on": "2026-11-24",
        "slot": "evening",
        "method": "door",
        "outcome": "ok",
        "needs": [],
        "note": None,
        "next_step": None,
        "ticket_id": None,
    }
    assert (answer.json["ticket"], answer.json["follow_up"]) == (None, None)


def test_a_visit_made_early_stands_on_the_day_it_was_made(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    asked = visit(session, home, known.chen, on=TODAY + timedelta(days=2))
    volunteer = client(known.chen)
    assert put(volunteer, asked).json["visit"]["date"] == "2026-11-24"
    assert volunteer.get("/today").json["done"] == 1


def test_going_without_having_tapped_accept_is_recorded_too(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    asked = visit(session, home, known.chen, state=VisitState.PROPOSED)
    assert put(client(known.chen), asked).json["visit"]["state"] == "done"


def test_the_same_key_twice_makes_one_record(
    session: Session, client: Clients, known: Scene
) -> None:
    asked, key = planned(session, known), uuid4()
    volunteer = client(known.chen)
    answers = [
        volunteer.put(f"/visits/{asked.id}/record", TAPS, version=1, key=key) for _ in range(2)
    ]
    assert answers[0].data == answers[1].data
    assert len(found(VisitRecord)) == 1


def test_a_stale_version_of_a_visit_that_is_not_done_is_refused(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = planned(session, known)
    answer = put(client(known.chen), asked, version=7)
    assert (answer.status_code, answer.json["current"]["version"]) == (412, 1)


@pytest.mark.parametrize(
    "field",
    [
        "id_number", "birth_date", "income", "diagnosis", "religion", "politics",
        "face", "photo", "latitude", "position", "signature",
    ],
)  # fmt: skip
def test_what_is_never_collected_is_refused(
    session: Session, client: Clients, known: Scene, field: str
) -> None:
    answer = put(client(known.chen), planned(session, known), **{field: "x"})
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert found(VisitRecord) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"note": "想换灯泡"}, "note"),
        ({"note": "证号 320113 19500101 1234", "note_agreed": True}, "note"),
        ({"note": "好" * 201, "note_agreed": True}, "note"),
        ({"method": "ok_signal", "outcome": "issue"}, "method"),
        ({"outcome": "rescheduled"}, "reschedule_to"),
        ({"on": "2026-11-25"}, "on"),
        ({"needs": ["money"]}, "needs.0"),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused_and_nothing_is_kept(
    session: Session, client: Clients, known: Scene, more: dict[str, Any], field: str
) -> None:
    answer = put(client(known.chen), planned(session, known), **more)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert found(VisitRecord) == []


def test_there_is_an_issue_opens_a_ticket_in_the_same_step(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = planned(session, known)
    answer = put(client(known.chen), asked, outcome="issue", needs=["passage"], ticket=HEARD).json
    (ticket,) = found(Ticket)
    assert answer["ticket"] == {"id": str(ticket.id), "number": ticket.number}
    assert answer["visit"]["record"]["ticket_id"] == str(ticket.id)
    assert (ticket.place_id, ticket.household_id) == (known.unit.id, None)


def test_a_private_matter_says_who_agreed_or_nothing_is_kept(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = planned(session, known)
    private = HEARD | {"public_area": False}
    answer = put(client(known.chen), asked, outcome="issue", ticket=private)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["ticket.agreed_by"])
    assert (found(Ticket), found(VisitRecord)) == ([], [])
    agreed = private | {"agreed_by": "王阿姨"}
    assert put(client(known.chen), asked, outcome="issue", ticket=agreed).status_code == 200
    assert found(Ticket)[0].household_id == asked.household_id


def test_nobody_home_is_tried_again_in_another_time_band_with_the_same_two(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = planned(session, known, known.li)
    again = put(client(known.chen), asked, outcome="not_home").json["follow_up"]
    assert (again["state"], again["attempt"], again["hint"]) == ("proposed", 2, "other_time")
    assert (again["date"], again["window"]["from"]) == ("2026-11-28", "09:30")
    assert [one["id"] for one in again["with"]] == [str(known.li.id)]
    assert again["last"] == {"on": "2026-11-24", "outcome": "not_home"}


def test_after_the_second_try_the_telephone_is_suggested_then_the_building_head(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    second = visit(session, home, known.chen, attempt=2)
    third = put(client(known.chen), second, outcome="not_home").json["follow_up"]
    assert (third["attempt"], third["hint"]) == (3, "phone")
    body = TAPS | {"method": "phone", "outcome": "not_home"}
    last = client(known.chen).put(f"/visits/{third['id']}/record", body, version=1).json
    assert last["follow_up"] is None
    assert last["visit"]["record"]["next_step"] == "building_head"
    (told,) = found(AuditRow, AuditRow.verb == "nobody_answers")
    assert str(told.subject_id) == third["id"]


def test_a_high_household_that_does_not_answer_is_looked_after_the_same_day(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit, care_level=CareLevel.HIGH)
    asked = visit(session, home, known.chen)
    answer = put(client(known.chen), asked, outcome="not_home", slot="morning").json
    assert (answer["follow_up"]["date"], answer["follow_up"]["purpose"]) == (
        "2026-11-24",
        "wellness",
    )
    assert answer["follow_up"]["window"]["from"] == "15:00"
    assert found(AuditRow, AuditRow.verb == "wellness_check")[0].subject_id == asked.id


def test_somebody_who_goes_there_anyway_makes_a_second_try_needless(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = planned(session, known)
    (home,) = found(Household)
    visit(session, home, known.li, on=TODAY + timedelta(days=2))
    assert put(client(known.chen), asked, outcome="not_home").json["follow_up"] is None


def test_rescheduled_is_agreed_with_the_household_and_needs_no_answer(
    session: Session, client: Clients, known: Scene
) -> None:
    when = {"date": "2026-11-28", "window": {"from": "15:00", "to": "17:00"}}
    again = put(
        client(known.chen), planned(session, known), outcome="rescheduled", reschedule_to=when
    ).json["follow_up"]
    assert (again["state"], again["date"], again["attempt"]) == ("accepted", "2026-11-28", 1)


def test_no_more_visits_is_a_full_result_and_is_kept(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = planned(session, known)
    (home,) = found(Household)
    other = visit(session, home, known.li, state=VisitState.PROPOSED)
    answer = put(client(known.chen), asked, outcome="declined", next_step="no_more_visits").json
    assert answer["visit"]["state"] == "done"
    assert found(Household)[0].wish is VisitWish.NO_MORE_VISITS
    assert found(Visit, Visit.id == other.id)[0].state is VisitState.CANCELLED
    assert found(AuditRow, AuditRow.verb == "wish_heard")


def test_who_went_along_replaces_who_was_planned(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = planned(session, known, known.li)
    body = {"with_ids": [str(known.zhou.id)]}
    answer = put(client(known.chen), asked, **body).json
    assert [one["id"] for one in answer["visit"]["with"]] == [str(known.zhou.id)]
    assert [one.person_id for one in found(VisitPartner)] == [known.zhou.id]


def test_who_goes_along_is_of_the_teams_and_not_of_the_property_company(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = planned(session, known)
    for stranger in (known.steward, known.committee):
        answer = put(client(known.chen), asked, with_ids=[str(stranger.id)])
        assert list(answer.json["errors"]) == ["with_ids"]


def test_a_visit_nobody_had_planned_is_recorded_at_a_household_of_mine(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    body = TAPS | {"id": str(uuid4()), "household_id": str(home.id), "method": "downstairs"}
    volunteer = client(known.chen)
    answer = volunteer.post("/visits", body)
    assert (answer.status_code, answer.json["visit"]["id"]) == (201, body["id"])
    assert answer.json["visit"]["window"] is None
    again = volunteer.post("/visits", body)
    assert (again.status_code, again.json["code"]) == (409, "visit_id_taken")


@pytest.mark.parametrize("who", ["zhou", "steward"])
def test_a_household_that_is_not_mine_is_not_found(
    session: Session, client: Clients, known: Scene, who: str
) -> None:
    home = places.household(session, known.unit)
    body = TAPS | {"household_id": str(home.id)}
    assert client(getattr(known, who)).post("/visits", body).status_code == 404


def test_the_office_records_for_somebody_without_a_phone(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = planned(session, known)
    answer = put(client(known.committee), asked).json
    assert answer["visit"]["person"]["id"] == str(known.chen.id)
    assert found(VisitRecord)[0].recorded_by == known.committee.id


def test_today_is_sorted_as_one_walks_and_counts_proposals(
    session: Session, client: Clients, known: Scene
) -> None:
    homes = places.households(session, known.unit, 6)
    for home in reversed(homes[:4]):
        visit(session, home, known.chen)
    visit(session, homes[4], known.chen, state=VisitState.PROPOSED)
    done(session, homes[5], known.chen)
    shown = client(known.chen).get("/today").json
    assert [one["household"]["door"] for one in shown["visits"]] == [
        "101", "102", "103", "104", "202",
    ]  # fmt: skip
    assert (shown["date"], shown["proposals"], shown["done"]) == ("2026-11-24", 1, 1)


def test_the_audit_keeps_no_note_no_name_and_no_door(
    session: Session, client: Clients, known: Scene
) -> None:
    put(client(known.chen), planned(session, known), note="想换灯泡", note_agreed=True)
    kept = " ".join(str(row.details) for row in found(AuditRow))
    assert not [word for word in ("灯泡", "王阿姨", "202") if word in kept]
