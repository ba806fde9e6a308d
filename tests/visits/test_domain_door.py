"""DOMAIN.md section 3 at the door: no answer, the record, and what is never asked there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.identity.models import Person
from app.notifications.models import InboxItem
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.tickets.models import Ticket
from app.visits.models import Visit, VisitRecord
from app.visits.rules import Method, Need, NextStep, Outcome, Purpose, VisitState
from app.visits.rules.cadence import FULL_RESULTS
from app.visits.rules.following import Coming, Hears, follows, next_step
from app.visits.rules.record import problems
from app.visits.rules.windows import disturbs
from app.visits.schemas.visits import RecordVisitSchema
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import TODAY, Scene, found, leader, visit
from tests.visits.domain import called, columns, said, wire

Clients = Callable[[Person], Client]
TAPS = {"on": "2026-11-24", "method": "door", "outcome": "ok"}
NEVER = {
    "identity", "identities", "idcard", "birth", "birthday", "age", "income", "diagnosis",
    "illness", "disease", "religion", "belief", "politics", "political", "member", "face",
    "photo", "photos", "media", "track", "position", "latitude", "longitude", "lat", "long",
    "signature",
}  # fmt: skip
# Pictures of public parts, in a ticket that the resident or the public area asks for.
OF_PUBLIC_PARTS = {"HeardSchema.media", "ReportFindingSchema.media"}


def record(who: Client, of: Visit, **more: Any) -> Any:
    return who.put(f"/visits/{of.id}/record", TAPS | more, version=1)


def test_3_not_home_is_another_time_band_then_the_telephone_then_building_head_or_property() -> (
    None
):
    steps = [next_step(said(Outcome.NOT_HOME), attempt) for attempt in (1, 2, 3)]
    assert steps == [NextStep.OTHER_TIME, NextStep.PHONE, NextStep.BUILDING_HEAD]


def test_3_a_high_household_that_does_not_answer_is_looked_after_the_same_day() -> None:
    for attempt in (1, 2, 3):
        row = follows(said(Outcome.NOT_HOME), attempt, CareLevel.HIGH)
        assert row.hears is Hears.ALL_TODAY


def test_3_from_the_closed_door_of_a_high_household_to_who_looks_after_it_the_same_day(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit, care_level=CareLevel.HIGH, care_confirmed_on=TODAY)
    chief = leader(session, known)
    today = visit(session, home, known.chen)
    answer = record(client(known.chen), today, outcome="not_home").json
    further = answer["follow_up"]
    assert (further["purpose"], further["date"]) == (Purpose.WELLNESS, "2026-11-24")
    told = {item.person_id: item for item in found(InboxItem) if item.kind == "care_todo"}
    assert set(told) == {known.li.id, chief.id, known.committee.id}, "head, leader and committee"
    assert known.steward.id not in told, "the committee decides whether the property company helps"
    for item in told.values():
        assert "今天" in item.title
        assert item.link == f"/visits/household/{home.id}"


def test_3_the_wellness_check_is_asked_for_high_alone(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit, care_level=CareLevel.FOCUS)
    answer = record(client(known.chen), visit(session, home, known.chen), outcome="not_home").json
    assert answer["follow_up"]["date"] > "2026-11-24"
    assert not found(InboxItem, InboxItem.kind == "care_todo")


def test_3_declined_is_a_full_result_and_nobody_comes_back_for_it() -> None:
    assert Outcome.DECLINED in FULL_RESULTS
    assert follows(said(Outcome.DECLINED), 1, CareLevel.HIGH).coming is Coming.NONE


def test_3_no_more_visits_is_a_full_result_and_calls_off_what_was_planned(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    today, later = (visit(session, home, known.chen, on=TODAY + timedelta(days=d)) for d in (0, 9))
    answer = record(client(known.chen), today, outcome="declined", next_step="no_more_visits")
    assert answer.status_code == 200, answer.json
    assert found(Household, Household.id == home.id)[0].wish is VisitWish.NO_MORE_VISITS
    assert found(Visit, Visit.id == later.id)[0].state is VisitState.CANCELLED


def test_3_a_signal_of_peace_completes_a_visit_without_a_knock() -> None:
    assert not problems(said(Outcome.OK, method=Method.OK_SIGNAL), TODAY)
    assert not disturbs(Method.OK_SIGNAL, Outcome.OK)
    assert problems(said(Outcome.NOT_HOME, method=Method.OK_SIGNAL), TODAY)


@pytest.mark.parametrize(
    "column", ["household_id", "recorded_by", "on", "slot", "method", "outcome"]
)
def test_3_a_record_needs_household_visitors_date_slot_method_and_outcome(column: str) -> None:
    assert not VisitRecord.__table__.c[column].nullable


def test_3_methods_outcomes_and_boxes_are_those_of_the_domain_and_no_more() -> None:
    assert set(Method) == {"door", "downstairs", "phone", "video", "ok_signal"}
    assert set(Outcome) == {"ok", "issue", "not_home", "declined", "rescheduled"}
    assert set(Need) == {
        "power_fire", "leak", "passage", "errand", "company", "about_property", "community_call",
    }  # fmt: skip


def test_3_three_taps_record_seen_all_well_and_all_else_may_be_left_out(
    session: Session, client: Clients, known: Scene
) -> None:
    required = {name for name, field in RecordVisitSchema().fields.items() if field.required}
    assert required == set(TAPS)
    home = places.household(session, known.unit)
    answer = record(client(known.chen), visit(session, home, known.chen))
    assert answer.json["visit"]["state"] == VisitState.DONE


def test_3_two_go_together_and_either_of_them_may_say_what_came_of_it(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    together = visit(session, home, known.chen, known.li)
    for who in (known.chen, known.li):
        shown = client(who).get(f"/visits/{together.id}").json
        assert [one["name"] for one in shown["with"]] == [known.li.name]
    answer = record(client(known.li), together)
    assert answer.json["visit"]["record"]["by"]["id"] == str(known.li.id)
    assert client(known.zhou).get(f"/visits/{together.id}").status_code == 404


def test_3_who_went_along_is_said_in_the_record(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    alone = visit(session, home, known.chen)
    answer = record(client(known.chen), alone, with_ids=[str(known.zhou.id)])
    assert [one["id"] for one in answer.json["visit"]["with"]] == [str(known.zhou.id)]


def test_3_what_was_heard_is_a_ticket_linked_to_the_record(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    heard = {"category": "facility.power_lighting", "text": "楼道灯不亮", "public_area": True}
    volunteer = client(known.chen)
    answer = record(volunteer, visit(session, home, known.chen), outcome="issue", ticket=heard)
    (ticket,) = found(Ticket)
    assert answer.json["visit"]["record"]["ticket_id"] == str(ticket.id)
    assert volunteer.get(f"/tickets/{ticket.id}").json["text"] == heard["text"]


def test_3_boxes_and_the_next_step_are_kept_with_the_record(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    more = {"needs": ["leak", "community_call"], "next_step": "call_first"}
    answer = record(client(known.chen), visit(session, home, known.chen), **more)
    kept = answer.json["visit"]["record"]
    assert (set(kept["needs"]), kept["next_step"]) == (set(more["needs"]), "call_first")


def test_3_a_note_has_at_most_200_characters_and_the_residents_agreement() -> None:
    agreed = {"note_agreed": True}
    assert not problems(said(Outcome.OK, note="好" * 200, **agreed), TODAY)
    assert problems(said(Outcome.OK, note="好" * 201, **agreed), TODAY)
    assert problems(said(Outcome.OK, note="好"), TODAY)


def test_3_what_is_never_collected_has_no_column_and_no_field(app: Flask) -> None:
    assert not called(columns() | wire(app), NEVER) - OF_PUBLIC_PARTS


@pytest.mark.parametrize("number", ["320102195001011234", "3201 0219 5001 0112 3X"])
def test_3_an_identity_number_is_not_taken_in_a_note_either(number: str) -> None:
    note = f"证件 {number}"
    assert "note" in problems(said(Outcome.OK, note=note, note_agreed=True), TODAY)


def test_3_a_care_level_is_a_word_and_never_a_diagnosis(app: Flask) -> None:
    assert set(CareLevel) == {"high", "focus", "general"}
    kept = {name for name in columns() if name.startswith("household.") and "care" in name}
    assert kept == {"household.care_level", "household.care_confirmed_on"}
