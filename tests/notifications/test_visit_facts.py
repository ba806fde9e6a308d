"""What happens to rounds and visits is told to those who go and to the committee."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.core.db import uuid7
from app.core.events import publish
from app.notifications.rules.telling import Kind
from app.visits.events import (
    FollowUpMade,
    RoundCancelled,
    RoundPublished,
    VisitAnswered,
    VisitCancelled,
    VisitRecorded,
    VisitsProposed,
)
from app.visits.rules import Method, Outcome, VisitState
from tests.factories.notifications import Cast
from tests.notifications.told import items, told


def visit(people: Cast, **more: Any) -> dict[str, Any]:
    return {
        "subject_id": uuid7(),
        "actor_id": people.reporter.id,
        "community_id": people.community.id,
        "household_id": uuid7(),
        "round_id": uuid7(),
        "person_id": people.reporter.id,
    } | more


DAY = date(2026, 3, 5)


def test_a_volunteer_is_asked_once_for_many_doors(session: Session, people: Cast) -> None:
    said = {
        "subject_id": (round_id := uuid7()),
        "round_id": round_id,
        "actor_id": people.clerk.id,
        "person_id": people.reporter.id,
        "first_on": DAY,
        "last_on": date(2026, 3, 9),
    }
    publish(session, VisitsProposed(count=3, **said))
    publish(session, VisitsProposed(count=5, **said))
    [item] = items(session)
    assert (item.person_id, item.kind) == (people.reporter.id, Kind.VISIT_TODO)
    assert item.body == "一共 5 户，3月5日到3月9日"
    assert item.link == "/proposals"


def published(people: Cast, nobody: int) -> RoundPublished:
    return RoundPublished(
        subject_id=uuid7(),
        actor_id=None,
        community_id=people.community.id,
        title="秋季",
        visits=9,
        people=2,
        nobody=nobody,
    )


def test_the_committee_hears_of_households_without_a_person(session: Session, people: Cast) -> None:
    publish(session, published(people, nobody=0))
    assert told(session, people) == {}
    publish(session, published(people, nobody=4))
    assert told(session, people) == {"clerk": "新一轮走访里，有住户还没有人负责"}


def test_a_round_called_off_takes_back_what_it_asked(session: Session, people: Cast) -> None:
    asked = VisitsProposed(
        subject_id=(round_id := uuid7()),
        round_id=round_id,
        actor_id=people.clerk.id,
        person_id=people.reporter.id,
        count=3,
        first_on=DAY,
        last_on=DAY,
    )
    publish(session, asked)
    called_off = RoundCancelled(
        subject_id=round_id,
        actor_id=people.clerk.id,
        community_id=people.community.id,
        title="秋季",
        person_ids=frozenset({people.reporter.id}),
        visits=3,
    )
    publish(session, called_off)
    assert told(session, people) == {"reporter": "有一轮走访取消了，不用去了"}


def answered(people: Cast, state: VisitState, **more: Any) -> VisitAnswered:
    said = {"answer": "decline", "on": DAY, "partner_ids": (people.helper.id,)}
    return VisitAnswered(state=state, **visit(people, **(said | more)))


def test_ten_refusals_of_a_round_are_one_line_without_a_name(
    session: Session, people: Cast
) -> None:
    round_id = uuid7()
    for _ in range(10):
        publish(session, answered(people, VisitState.TURNED_DOWN, round_id=round_id))
    [item] = items(session)
    assert (item.person_id, item.about) == (people.clerk.id, round_id)
    assert people.reporter.name not in item.title + item.body


def test_who_goes_along_hears_of_an_acceptance(session: Session, people: Cast) -> None:
    publish(session, answered(people, VisitState.ACCEPTED))
    assert told(session, people) == {"helper": "有一户请您一起去"}


def test_a_wish_for_a_call_reaches_the_committee(session: Session, people: Cast) -> None:
    said = {
        "on": DAY,
        "method": Method.DOOR,
        "outcome": Outcome.OK,
        "ticket_id": None,
        "partner_ids": (),
    }
    publish(session, VisitRecorded(wants_call=False, **visit(people, **said)))
    assert told(session, people) == {}
    publish(session, VisitRecorded(wants_call=True, **visit(people, **said)))
    assert told(session, people) == {"clerk": "有一户想请社区打个电话"}


def test_a_visit_called_off_reaches_all_who_would_have_gone(session: Session, people: Cast) -> None:
    event = VisitCancelled(
        reason="搬家",
        partner_ids=(people.helper.id,),
        **visit(people, actor_id=people.clerk.id),
    )
    publish(session, event)
    assert set(told(session, people)) == {"reporter", "helper"}
    assert all("搬家" not in item.title + item.body for item in items(session))


def test_a_further_visit_is_told_to_whoever_did_not_ask_for_it_themselves(
    session: Session, people: Cast
) -> None:
    said = {"follows_id": uuid7(), "on": DAY, "attempt": 2, "state": VisitState.PROPOSED}
    publish(session, FollowUpMade(**visit(people, **said)))
    assert told(session, people) == {}
    publish(session, FollowUpMade(**visit(people, actor_id=people.clerk.id, **said)))
    assert set(told(session, people)) == {"reporter"}
