"""Where visitors differ, or a record went astray: the leader and the committee hear of it, then
those whose words they were. Nobody else does."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.events import Event, publish
from app.identity.models import Person
from app.notifications.models import InboxItem
from app.notifications.rules.telling import Kind
from app.places.models import Household
from app.visits.events import (
    StrayDropped,
    StrayEntered,
    StrayHandedIn,
    VisitAccountAdded,
    VisitPicked,
    WellnessCheckNeeded,
)
from app.visits.rules import Method, Outcome
from tests.factories import places
from tests.factories.notifications import subscription
from tests.factories.visits import TUESDAY, Scene, leader, neighbour, scene
from tests.notifications.told import outgoing

DIFFER = "有一户走访，两个人记得不一样，请看看"
STRAY = "有一条走访记录没能收下，请看看要不要补记"
VISIT = uuid7()


@pytest.fixture
def known(session: Session) -> Iterator[Scene]:
    with clock.frozen(TUESDAY):
        yield scene(session)


@pytest.fixture
def home(session: Session, known: Scene) -> Household:
    return places.household(session, known.unit)


@pytest.fixture
def head(session: Session, known: Scene) -> Person:
    return leader(session, known)


def said(known: Scene, home: Household, by: Person | None = None, **more: Any) -> dict[str, Any]:
    return {
        "subject_id": VISIT,
        "actor_id": (by or known.li).id,
        "community_id": known.community.id,
        "household_id": home.id,
        "person_id": known.chen.id,
    } | more


def added(known: Scene, home: Household, **more: Any) -> VisitAccountAdded:
    words = {"method": Method.DOOR, "outcome": Outcome.OK, "ticket_id": None, "round_id": None}
    flags = {"differs": True, "wants_call": False}
    return VisitAccountAdded(**said(known, home, **(words | flags | more)))


def picked(known: Scene, home: Household, by: Person, **more: Any) -> VisitPicked:
    people = frozenset({known.chen.id, known.li.id})
    words = {"outcome": Outcome.OK, "was": Outcome.NOT_HOME, "people": people, "round_id": None}
    return VisitPicked(**said(known, home, by, **(words | more)))


def unread(session: Session) -> dict[Any, str]:
    rows = session.scalars(select(InboxItem).where(InboxItem.read_at.is_(None)))
    return {item.person_id: item.title for item in rows}


def test_a_dispute_is_told_to_the_leader_and_the_committee_and_rings_the_leader(
    session: Session, known: Scene, home: Household, head: Person
) -> None:
    for who in (head, known.committee, known.chen, known.steward):
        subscription(session, who)
    publish(session, added(known, home))
    assert unread(session) == {head.id: DIFFER, known.committee.id: DIFFER}
    assert len(outgoing(session)) == 1
    for item in session.scalars(select(InboxItem)):
        assert (item.kind, item.link) == (Kind.VISIT_DISPUTE, f"/visits/{VISIT}")
        assert home.door not in item.title + item.body


def test_where_the_two_agree_nobody_is_told(
    session: Session, known: Scene, home: Household, head: Person
) -> None:
    publish(session, added(known, home, differs=False))
    assert unread(session) == {}


def test_a_wish_for_a_call_that_the_second_heard_reaches_the_committee(
    session: Session, known: Scene, home: Household
) -> None:
    publish(session, added(known, home, differs=False, wants_call=True))
    assert unread(session) == {known.committee.id: "有一户想请社区打个电话"}


def test_a_leader_of_other_doors_is_not_told(
    session: Session, known: Scene, home: Household
) -> None:
    leader(session, known, neighbour(session, known))
    publish(session, added(known, home))
    assert set(unread(session)) == {known.committee.id}


def test_a_leader_who_is_one_of_the_two_need_not_be_told(
    session: Session, known: Scene, home: Household, head: Person
) -> None:
    publish(session, added(known, home, actor_id=head.id))
    assert set(unread(session)) == {known.committee.id}


@pytest.mark.parametrize("outcome", [Outcome.OK, Outcome.NOT_HOME])
def test_when_somebody_has_picked_the_visitors_hear_and_nobody_has_to_any_more(
    session: Session, known: Scene, home: Household, head: Person, outcome: Outcome
) -> None:
    publish(session, added(known, home))
    nobody = said(known, home, round_id=None, on=date(2026, 11, 24))
    publish(session, WellnessCheckNeeded(**nobody))
    publish(session, picked(known, home, head, outcome=outcome))
    told = unread(session)
    news = "两个人记得不一样的那一户，已经核对好了"
    assert (told.pop(known.chen.id), told.pop(known.li.id)) == (news, news)
    still_worried = set() if outcome is Outcome.OK else {known.committee.id, head.id}
    assert set(told) == still_worried


def test_who_picks_their_own_words_is_not_told_what_they_did(
    session: Session, known: Scene, home: Household
) -> None:
    publish(session, picked(known, home, known.li))
    assert set(unread(session)) == {known.chen.id}


def stray(known: Scene, home: Household, kind: type[Event], by: Person, **more: Any) -> Event:
    return kind(**said(known, home, by, **more))


def test_a_stray_is_told_to_the_leader_and_the_committee_without_a_name(
    session: Session, known: Scene, home: Household, head: Person
) -> None:
    publish(session, stray(known, home, StrayHandedIn, known.chen, code="visit_is_over"))
    assert unread(session) == {head.id: STRAY, known.committee.id: STRAY}
    for item in session.scalars(select(InboxItem)):
        assert (item.kind, item.link) == (Kind.VISIT_STRAY, "/visits/settle")
        assert known.chen.name not in item.title + item.body


def test_when_a_stray_is_entered_its_sender_hears_and_finds_the_visit(
    session: Session, known: Scene, home: Household, head: Person
) -> None:
    publish(session, stray(known, home, StrayHandedIn, known.chen, code="visit_is_over"))
    publish(session, stray(known, home, StrayEntered, head, visit_id=VISIT))
    assert unread(session) == {known.chen.id: "您交上来的走访记录，已经补记好了"}
    news = select(InboxItem.link).where(InboxItem.kind == Kind.VISIT_NEWS)
    assert session.scalar(news) == f"/visits/{VISIT}"


def test_when_a_stray_is_dropped_its_sender_hears_and_finds_the_reason(
    session: Session, known: Scene, home: Household, head: Person
) -> None:
    publish(session, stray(known, home, StrayHandedIn, known.chen, code="visit_is_over"))
    publish(session, stray(known, home, StrayDropped, head))
    assert unread(session) == {known.chen.id: "您交上来的走访记录没有补记，请看看原因"}
    news = select(InboxItem.link).where(InboxItem.kind == Kind.VISIT_NEWS)
    assert session.scalar(news) == "/visits/strays"
    news = select(InboxItem.link).where(InboxItem.kind == Kind.VISIT_NEWS)
    assert session.scalar(news) == "/visits/strays"
