"""Nobody answers at a door: the building head, the leader and the committee hear of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.events import Event, publish
from app.identity.rules import OrganisationKind
from app.notifications.models import InboxItem
from app.notifications.rules.telling import Kind
from app.places.models import Household
from app.teams.rules import TeamKind
from app.visits.events import NobodyAnswers, WellnessCheckNeeded
from app.visits.events_records import VisitCorrected, VisitVoided
from app.visits.rules import Outcome
from tests.factories import identity, places, teams
from tests.factories.notifications import subscription
from tests.factories.visits import TODAY, TUESDAY, Scene, leader, leaves, scene
from tests.notifications.told import outgoing

LOOK_TODAY = "有一户没人应门，请今天想办法看看"


@pytest.fixture
def known(session: Session) -> Iterator[Scene]:
    with clock.frozen(TUESDAY):
        yield scene(session)


@pytest.fixture
def home(session: Session, known: Scene) -> Household:
    return places.household(session, known.unit)


def said(known: Scene, home: Household, **more: Any) -> dict[str, Any]:
    return {
        "subject_id": uuid7(),
        "actor_id": known.chen.id,
        "community_id": known.community.id,
        "household_id": home.id,
        "round_id": None,
        "person_id": known.chen.id,
        "on": TODAY,
    } | more


def told(session: Session) -> dict[Any, str]:
    return {item.person_id: item.title for item in session.scalars(select(InboxItem))}


def test_at_a_fragile_door_the_head_the_leader_and_the_committee_hear_at_once(
    session: Session, known: Scene, home: Household
) -> None:
    everybody = (known.li, leader(session, known), known.committee)
    for who in everybody:
        subscription(session, who)
    publish(session, WellnessCheckNeeded(**said(known, home)))
    assert told(session) == {who.id: LOOK_TODAY for who in everybody}
    assert [row.payload["urgency"] for row in outgoing(session)] == ["high"] * 3


def test_who_found_the_door_closed_is_not_told_what_they_know(
    session: Session, known: Scene, home: Household
) -> None:
    publish(session, WellnessCheckNeeded(**said(known, home)))
    assert set(told(session)) == {known.li.id, known.committee.id}


def test_the_link_is_to_the_door_and_says_neither_name_nor_number(
    session: Session, known: Scene, home: Household
) -> None:
    publish(session, WellnessCheckNeeded(**said(known, home)))
    for item in session.scalars(select(InboxItem)):
        assert item.link == f"/visits/household/{home.id}"
        assert home.contact_name not in item.title + item.body


def test_after_three_tries_the_head_keeps_an_eye_and_the_committee_may_ask_the_property(
    session: Session, known: Scene, home: Household
) -> None:
    publish(session, NobodyAnswers(**said(known, home)))
    assert told(session) == {
        known.li.id: "有一户几次都没人应，路过时请留意一下",
        known.committee.id: "有一户几次都没人应，要不要请物业帮忙？",
    }


def set_right(kind: type[VisitCorrected | VisitVoided], facts: dict[str, Any], was: str) -> Event:
    facts = {name: value for name, value in facts.items() if name != "on"}
    more = {} if kind is VisitVoided else {"outcome": Outcome.OK}
    return kind(**facts, **more, was={"outcome": was})


@pytest.mark.parametrize("kind", [VisitCorrected, VisitVoided])
def test_nobody_has_to_look_any_more_once_it_was_set_right_and_its_maker_hears_of_it(
    session: Session, known: Scene, home: Household, kind: type[VisitCorrected | VisitVoided]
) -> None:
    facts = said(known, home)
    publish(session, WellnessCheckNeeded(**facts))
    by_office = facts | {"actor_id": known.committee.id, "maker_id": known.chen.id}
    publish(session, set_right(kind, by_office, "not_home"))
    unread = session.scalars(select(InboxItem).where(InboxItem.read_at.is_(None))).all()
    assert [(one.person_id, one.kind) for one in unread] == [(known.chen.id, Kind.VISIT_NEWS)]


def test_who_sets_their_own_words_right_hears_nothing(
    session: Session, known: Scene, home: Household
) -> None:
    facts = said(known, home, maker_id=known.chen.id)
    publish(session, set_right(VisitCorrected, facts, "ok"))
    assert told(session) == {}


def test_only_the_red_flag_of_this_door_today_is_its_head_and_never_the_property_company(
    session: Session, known: Scene, home: Household
) -> None:
    """The steward of the scene is paired with the unit too, and works for the company."""
    armband = identity.member(session, OrganisationKind.VOLUNTEER_TEAM, known.community)
    team = teams.team(session, known.community, armband, kind=TeamKind.RED_ARMBAND)
    teams.pairing(session, team, armband, known.unit)
    leaves(session, known, known.li, TODAY - timedelta(days=1))
    publish(session, NobodyAnswers(**said(known, home)))
    assert set(told(session)) == {known.committee.id}
