"""Who is asked instead of somebody who cannot come, and who is asked at once."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import Person
from app.notifications.models import InboxItem
from app.places.models import Household
from app.teams.jobs import hand_overs
from app.visits.models import Visit
from app.visits.models_owing import StopAsked
from app.visits.queries.visible import partners_of
from app.visits.rules import Purpose, VisitState
from app.visits.rules.passing import asked_instead, first_meeting
from app.visits.rules.windows import Slot, Window
from app.visits.service.passing import ask_for
from tests.clients import Client
from tests.factories import places, teams
from tests.factories.tickets import as_actor
from tests.factories.visits import TODAY, TUESDAY, Scene, found, visit

Clients = Callable[[Person], Client]
A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
MORNING, EVENING = Window(time(9), time(11)), Window(time(18, 30), time(20, 30))
TONIGHT, TOMORROW = Slot(TODAY, EVENING), Slot(TODAY + timedelta(days=1), MORNING)


@pytest.mark.parametrize(
    ("declined", "main", "backup", "able", "asked"),
    [
        (A, A, B, {B}, B),
        (A, A, B, set(), None),
        (A, A, None, {B}, None),
        (B, A, B, {A, B}, None),
        (C, A, B, {A, B}, None),
        (A, None, None, {B}, None),
    ],
)
def test_only_what_the_main_person_declines_goes_to_the_backup(
    declined: UUID, main: UUID | None, backup: UUID | None, able: set[UUID], asked: UUID | None
) -> None:
    assert asked_instead(declined, main, backup, able) == asked


@pytest.mark.parametrize(
    ("free", "meeting"),
    [
        ({A: [TOMORROW], B: [TONIGHT, TOMORROW]}, (A, B, TOMORROW)),
        ({A: [TONIGHT, TOMORROW], B: [TOMORROW], C: [TONIGHT]}, (A, C, TONIGHT)),
        ({A: [TONIGHT]}, (A, B, TONIGHT)),
        ({C: [TOMORROW]}, (C, A, TOMORROW)),
        ({A: [Slot(TODAY, MORNING)]}, None),
        ({}, None),
    ],
)
def test_the_nearest_who_has_time_goes_as_soon_as_they_have(
    free: dict[UUID, list[Slot]], meeting: Any
) -> None:
    assert first_meeting([A, B, C], [TOMORROW, TONIGHT], free) == meeting


@given(st.permutations([TONIGHT, TOMORROW, Slot(date(2026, 11, 28), MORNING)]))
def test_the_order_of_slots_decides_nothing(slots: list[Slot]) -> None:
    assert first_meeting([A], slots, {A: slots}) == (A, None, TONIGHT)


def proposal(session: Session, known: Scene, *partners: Person, **given: Any) -> Visit:
    home = places.household(session, known.unit)
    teams.assignment(session, home, known.chen.id, known.li.id)
    return visit(session, home, known.chen, *partners, state=VisitState.PROPOSED, **given)


def declines(client: Clients, asked: Visit, who: Person) -> None:
    said = {"answer": "decline", "reason": "出门在外"}
    answer = client(who).post(f"/visits/{asked.id}/answer", said, version=1)
    assert answer.json["state"] == "turned_down"


def further(asked: Visit) -> list[Visit]:
    return list(found(Visit, Visit.follows_id == asked.id))


def test_a_visit_turned_down_by_the_main_person_is_proposed_to_the_backup(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = proposal(session, known, known.li, known.zhou)
    declines(client, asked, known.chen)
    (passed,) = further(asked)
    assert (passed.person_id, passed.state) == (known.li.id, VisitState.PROPOSED)
    assert (passed.on, passed.window_from) == (asked.on, asked.window_from)
    assert partners_of(session, [passed.id])[passed.id] == [known.zhou.id]
    told = {(item.person_id, item.title) for item in found(InboxItem)}
    assert told == {(known.li.id, "有一户想请您去看看，方便吗？")}


def test_a_visit_that_the_backup_turns_down_too_is_for_the_committee(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = proposal(session, known)
    declines(client, asked, known.chen)
    (passed,) = further(asked)
    declines(client, passed, known.li)
    assert further(passed) == []
    assert known.committee.id in {item.person_id for item in found(InboxItem)}


def test_a_backup_who_has_said_no_to_that_evening_is_not_asked_instead(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = proposal(session, known)
    elsewhere = places.household(session, known.unit, "909")
    visit(session, elsewhere, known.li, state=VisitState.TURNED_DOWN, on=asked.on)
    declines(client, asked, known.chen)
    assert further(asked) == []
    assert known.committee.id in {item.person_id for item in found(InboxItem)}


def test_nobody_is_asked_to_a_day_that_has_passed(
    session: Session, client: Clients, known: Scene
) -> None:
    asked = proposal(session, known, on=TODAY - timedelta(days=1))
    declines(client, asked, known.chen)
    assert further(asked) == []


def come(session: Session, known: Scene, home: Household) -> StopAsked:
    asked = ask_for(session, as_actor(session, known.committee), home, Purpose.ASKED)
    session.commit()
    return asked


def test_who_asks_for_a_visit_is_owed_one_within_days_and_their_person_is_asked_at_once(
    session: Session, known: Scene
) -> None:
    home = places.household(session, known.unit)
    teams.assignment(session, home, known.zhou.id, known.li.id)
    assert come(session, known, home).due_on == TODAY + timedelta(days=3)
    (asked,) = found(Visit)
    assert (asked.person_id, asked.purpose, asked.state) == (
        known.zhou.id,
        Purpose.ASKED,
        VisitState.PROPOSED,
    )
    assert (asked.on, asked.window_from) == (TODAY, time(18, 30))
    assert partners_of(session, [asked.id])[asked.id] == [known.li.id]


def test_where_somebody_comes_anyway_nobody_is_asked_twice(session: Session, known: Scene) -> None:
    home = places.household(session, known.unit)
    visit(session, home, known.chen, on=TODAY + timedelta(days=2))
    come(session, known, home)
    assert len(found(Visit)) == 1


def test_where_nobody_looks_after_the_door_it_stays_owed(session: Session, known: Scene) -> None:
    unit = places.unit(session, known.community, building="9栋")
    come(session, known, places.household(session, unit))
    assert (len(found(Visit)), len(found(StopAsked))) == (0, 1)


def test_when_a_leave_ends_what_the_stand_in_has_not_accepted_is_asked_of_who_is_back(
    session: Session, client: Clients, known: Scene
) -> None:
    homes = places.households(session, known.unit, 3)
    for home in homes:
        teams.assignment(session, home, known.chen.id, known.li.id)
    asked = {
        "community_id": str(known.community.id),
        "person_id": str(known.chen.id),
        "receivers": [str(known.li.id)],
        "first": "2026-11-24",
        "last": "2026-11-26",
    }
    assert client(known.committee).post("/keeping/hand-overs", asked).status_code == 201
    when = {"on": date(2026, 12, 3)}
    waiting = visit(session, homes[0], known.li, known.chen, state=VisitState.PROPOSED, **when)
    accepted = visit(session, homes[1], known.li, **when)
    others = visit(session, homes[2], known.zhou, state=VisitState.PROPOSED, **when)
    with clock.frozen(TUESDAY + timedelta(days=3)):
        hand_overs(session, clock.today())
        session.commit()
    goes = {one.id: (one.person_id, one.state) for one in found(Visit)}
    assert goes == {
        waiting.id: (known.chen.id, VisitState.PROPOSED),
        accepted.id: (known.li.id, VisitState.ACCEPTED),
        others.id: (known.zhou.id, VisitState.PROPOSED),
    }
    assert partners_of(session, [waiting.id])[waiting.id] == []
