"""From a fact to inbox items and outbox rows: the right people, once, in the same transaction."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.events import Event, publish
from app.core.outbox import OutboxRow
from app.identity.models import Device
from app.notifications.models import InboxItem, PushSubscription
from app.notifications.rules.telling import Kind
from app.tickets.rules import Reviewer, TicketStatus, Verb
from app.visits.events import (
    FollowUpMade,
    RoundCancelled,
    RoundPublished,
    VisitAnswered,
    VisitCancelled,
    VisitRecorded,
    VisitsProposed,
    WellnessCheckNeeded,
)
from app.visits.rules import Method, Outcome, VisitState
from tests.factories.notifications import Cast, cast, moved, noted, opened, subscription

NOON = datetime(2027, 3, 3, 4, 0, tzinfo=UTC)
NIGHT = datetime(2027, 3, 3, 14, 0, tzinfo=UTC)  # 22:00 in Nanjing
MORNING = datetime(2027, 3, 4, 0, 30, tzinfo=UTC)  # 08:30 in Nanjing

# verb: who is told, when nobody in particular made the move
TOLD = {
    Verb.SUBMIT: {"clerk"},
    Verb.ACCEPT: {"reporter"},
    Verb.REJECT: {"reporter"},
    Verb.WITHDRAW: {"dispatcher", "helper", "clerk"},
    Verb.DISPATCH: {"dispatcher", "helper", "reporter"},
    Verb.START: {"reporter"},
    Verb.RETURN: {"clerk"},
    Verb.SUSPEND: {"clerk", "reporter"},
    Verb.APPROVE_SUSPENSION: {"dispatcher"},
    Verb.RESUME: {"dispatcher", "reporter"},
    Verb.FINISH_PART: {"dispatcher"},
    Verb.RESOLVE: {"clerk", "reporter"},
    Verb.REVIEW: {"reporter", "dispatcher"},
    Verb.SEND_BACK: {"dispatcher"},
    Verb.CLOSE: {"dispatcher", "helper", "reporter"},
    Verb.REOPEN: {"dispatcher", "clerk", "reporter"},
    Verb.PROPOSE: {"clerk"},
    Verb.DELIBERATE: {"dispatcher", "helper", "clerk", "reporter"},
    Verb.CONCLUDE: {"dispatcher", "helper", "reporter"},
    Verb.ESCALATE: {"officer", "dispatcher", "reporter"},
    Verb.ANSWER: {"clerk", "dispatcher", "reporter"},
    Verb.SUPERVISE: {"dispatcher", "clerk", "officer"},
}


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


def told(session: Session, people: Cast) -> dict[str, str]:
    """Who has which unread words."""
    names = people.names()
    rows = session.scalars(select(InboxItem).where(InboxItem.read_at.is_(None)))
    return {names[item.person_id]: item.title for item in rows}


def outgoing(session: Session) -> list[OutboxRow]:
    return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == "push")))


def items(session: Session) -> list[InboxItem]:
    return list(session.scalars(select(InboxItem).execution_options(populate_existing=True)))


@pytest.mark.parametrize("verb", list(Verb))
def test_these_people_and_no_others_are_told(session: Session, people: Cast, verb: Verb) -> None:
    publish(session, moved(people, verb))
    assert set(told(session, people)) == TOLD[verb]


@pytest.mark.parametrize("verb", list(Verb))
def test_nobody_is_told_what_they_did_themselves(
    session: Session, people: Cast, verb: Verb
) -> None:
    for name in ("reporter", "clerk", "dispatcher", "helper", "officer"):
        actor: UUID = getattr(people, name).id
        event = moved(people, verb, actor_id=actor)
        publish(session, event)
        about = [item.person_id for item in items(session) if item.about == event.subject_id]
        assert actor not in about


def test_a_report_goes_to_the_committee_of_its_community_only(
    session: Session, people: Cast
) -> None:
    publish(session, opened(people, actor_id=people.reporter.id))
    assert told(session, people) == {"clerk": "有一件新报事，请受理"}


def test_an_emergency_sent_at_once_goes_to_its_lead_and_the_committee_hears(
    session: Session, people: Cast
) -> None:
    event = opened(
        people,
        actor_id=people.reporter.id,
        status=TicketStatus.DISPATCHED,
        emergency=True,
        category="emergency.lift_entrapment",
        lead_org_id=people.lead_id,
    )
    publish(session, event)
    assert told(session, people) == {
        "dispatcher": "【应急】有一件工单派给你们，请接单",
        "clerk": "有一件新报事，已经直接派出",
    }


def test_a_note_is_news_for_everybody_around_but_its_writer(session: Session, people: Cast) -> None:
    publish(session, noted(people, actor_id=people.dispatcher.id))
    assert set(told(session, people)) == {"helper", "reporter", "clerk"}


@pytest.mark.parametrize(
    ("review_by", "reviewer"),
    [
        (Reviewer.COMMUNITY_PARTY, "clerk"),
        (Reviewer.OWNERS_COMMITTEE, "owner"),
        (Reviewer.SUBDISTRICT, "officer"),
        (None, "clerk"),
    ],
)
def test_finished_work_goes_to_whoever_reviews_it(
    session: Session, people: Cast, review_by: Reviewer | None, reviewer: str
) -> None:
    publish(session, moved(people, Verb.RESOLVE, review_by=review_by))
    assert told(session, people)[reviewer] == "有一件工单办完了，请审核"
    assert set(told(session, people)) == {reviewer, "reporter"}


def test_a_former_lead_hears_that_another_has_it_now(session: Session, people: Cast) -> None:
    event = moved(people, Verb.DISPATCH, lead_org_id=people.co_id, co_org_ids=())
    publish(session, event)
    assert told(session, people)["dispatcher"] == "有一件工单改由别家来办"
    assert told(session, people)["helper"] == "有一件工单派给你们，请接单"


def test_what_is_said_holds_number_and_category_and_nothing_of_a_person(
    session: Session, people: Cast
) -> None:
    event = moved(people, Verb.DISPATCH)
    publish(session, event)
    assert {item.body for item in items(session)} == {"2026-0001 电梯故障"}
    assert {item.link for item in items(session)} == {f"/tickets/{event.subject_id}"}


def test_the_same_thing_told_twice_is_one_unread_item(session: Session, people: Cast) -> None:
    event = noted(people)
    with clock.frozen(NOON):
        publish(session, event)
    before = {item.id for item in items(session)}
    with clock.frozen(MORNING):
        publish(session, event)
    assert {item.id for item in items(session)} == before
    assert {item.created_at for item in items(session)} == {MORNING}


def test_told_again_after_reading_it_is_a_new_item(session: Session, people: Cast) -> None:
    event = moved(people, Verb.ACCEPT)
    publish(session, event)
    [first] = items(session)
    first.read_at = clock.now()
    session.flush()
    publish(session, event)
    assert len(items(session)) == 2


def test_the_next_move_settles_what_waited_for_it_for_everybody(
    session: Session, people: Cast
) -> None:
    ticket = uuid7()
    publish(session, moved(people, Verb.DISPATCH, subject_id=ticket))
    publish(session, moved(people, Verb.START, subject_id=ticket, actor_id=people.repairer.id))
    assert told(session, people) == {
        "helper": "有一件工单请你们协办",
        "reporter": "您报的事，有人接手在办了",
    }
    publish(session, moved(people, Verb.CLOSE, subject_id=ticket, co_org_ids=()))
    assert "helper" not in told(session, people)


def test_a_move_on_one_ticket_settles_nothing_of_another(session: Session, people: Cast) -> None:
    publish(session, moved(people, Verb.DISPATCH))
    publish(session, moved(people, Verb.START))
    assert told(session, people)["dispatcher"] == "有一件工单派给你们，请接单"


def test_every_device_of_those_who_are_rung_gets_a_row(session: Session, people: Cast) -> None:
    wanted = {
        subscription(session, people.dispatcher).id,
        subscription(session, people.dispatcher).id,
        subscription(session, people.helper).id,
    }
    subscription(session, people.reporter)  # is told without being rung
    subscription(session, people.bystander)
    publish(session, moved(people, Verb.DISPATCH))
    assert {UUID(row.payload["subscription_id"]) for row in outgoing(session)} == wanted
    assert all(set(row.payload) <= ROW for row in outgoing(session))


ROW = {"subscription_id", "item_id", "urgency", "at_any_hour"}


def test_the_same_words_ring_once_a_day(session: Session, people: Cast) -> None:
    subscription(session, people.dispatcher)
    event = noted(people)
    for moment in (NOON, NOON.replace(hour=5), MORNING):
        with clock.frozen(moment):
            publish(session, event)
    assert len(outgoing(session)) == 2


def test_at_night_it_is_in_the_inbox_at_once_and_rings_at_half_past_eight(
    session: Session, people: Cast
) -> None:
    subscription(session, people.dispatcher)
    with clock.frozen(NIGHT):
        publish(session, moved(people, Verb.DISPATCH))
    assert {item.created_at for item in items(session)} == {NIGHT}
    assert [row.due_at for row in outgoing(session)] == [MORNING]


def test_an_emergency_rings_its_lead_at_night_and_lets_others_sleep(
    session: Session, people: Cast
) -> None:
    lead = subscription(session, people.dispatcher)
    co = subscription(session, people.helper)
    with clock.frozen(NIGHT):
        publish(
            session,
            moved(people, Verb.DISPATCH, emergency=True, category="emergency.burst_flood"),
        )
    due = {UUID(row.payload["subscription_id"]): row.due_at for row in outgoing(session)}
    assert due == {lead.id: NIGHT, co.id: MORNING}


def test_a_device_that_signs_out_is_forgotten_and_no_other(session: Session, people: Cast) -> None:
    device = Device(
        person_id=people.clerk.id, token_hash=uuid7().hex, csrf_token="x", name="旧手机"
    )
    session.add(device)
    session.flush()
    kept = subscription(session, people.clerk)
    subscription(session, people.clerk, device_id=device.id)
    publish(session, signed_out(device))
    assert list(session.scalars(select(PushSubscription.id))) == [kept.id]


def signed_out(device: Device) -> Event:
    from app.identity.events import DeviceSignedOut  # noqa: PLC0415

    return DeviceSignedOut(
        subject_id=device.id, actor_id=device.person_id, person_id=device.person_id
    )


def test_a_device_whose_sign_in_has_ended_is_not_rung(session: Session, people: Cast) -> None:
    device = Device(
        person_id=people.clerk.id,
        token_hash=uuid7().hex,
        csrf_token="x",
        name="旧手机",
        ended_at=clock.now(),
    )
    session.add(device)
    session.flush()
    subscription(session, people.clerk, device_id=device.id)
    publish(session, opened(people))
    assert outgoing(session) == []


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


def test_nobody_at_the_door_of_a_fragile_household_reaches_the_committee(
    session: Session, people: Cast
) -> None:
    subscription(session, people.clerk)
    with clock.frozen(NOON):
        publish(session, WellnessCheckNeeded(on=DAY, **visit(people)))
    assert told(session, people) == {"clerk": "有一户没人应门，请今天想办法看看"}
    assert [row.payload["urgency"] for row in outgoing(session)] == ["high"]


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


def test_what_is_rolled_back_was_never_told(app: Flask, session: Session, people: Cast) -> None:
    subscription(session, people.clerk)
    publish(session, opened(people))
    session.rollback()
    assert items(session) == []
    assert outgoing(session) == []
