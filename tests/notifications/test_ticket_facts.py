"""What happens to a ticket is told to the right people, once, in the same transaction."""

from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.events import publish
from app.tickets.rules import Reviewer, TicketStatus, Verb
from tests.factories.notifications import Cast, moved, noted, opened
from tests.notifications.told import MORNING, NOON, items, told

# verb: who is told, when nobody in particular made the move
TOLD = {
    Verb.SUBMIT: {"clerk"},
    Verb.ACCEPT: {"reporter"},
    Verb.REJECT: {"reporter"},
    Verb.WITHDRAW: {"dispatcher", "helper", "clerk"},
    Verb.DISPATCH: {"dispatcher", "helper", "reporter"},
    Verb.ARBITRATE: {"dispatcher", "helper", "reporter"},
    Verb.START: {"reporter"},
    Verb.RETURN: {"clerk"},
    Verb.SUSPEND: {"clerk", "reporter"},
    Verb.APPROVE_SUSPENSION: {"dispatcher"},
    Verb.RESUME: {"dispatcher", "reporter"},
    Verb.ARRIVE: {"reporter"},
    Verb.CONTAIN: {"clerk", "reporter"},
    Verb.HAND_ON: set(),  # nobody has it here
    Verb.FINISH_PART: {"dispatcher"},
    Verb.RESOLVE: {"clerk", "reporter"},
    Verb.REVIEW: {"reporter", "dispatcher"},
    Verb.SEND_BACK: {"dispatcher"},
    Verb.CLOSE: {"dispatcher", "helper", "reporter"},
    Verb.REOPEN: {"dispatcher", "clerk", "reporter"},
    Verb.PROPOSE: {"clerk"},
    Verb.DELIBERATE: {"dispatcher", "helper", "clerk", "reporter"},
    Verb.CONCLUDE: {"dispatcher", "reporter"},
    Verb.ESCALATE: {"officer", "dispatcher", "reporter"},
    Verb.ANSWER: {"clerk", "dispatcher", "reporter"},
    Verb.SUPERVISE: {"dispatcher", "clerk", "officer"},
    Verb.JOIN: {"dispatcher", "helper", "reporter"},
    Verb.TAKE_APART: {"dispatcher", "reporter"},
}


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
