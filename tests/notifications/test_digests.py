"""Morning and evening: one message that says how much waits, made of what is true by then."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from app.core import changes, clock, duties, outbox, worker
from app.core.db import database, reading, transaction, uuid7
from app.core.events import publish
from app.core.outbox import OutboxRow, State
from app.identity.models import Membership, Person
from app.notifications.models import InboxItem, TellingChoice
from app.notifications.rules.telling import Kind, Pressing
from app.tickets.rules import Verb
from tests.auditing import unwatched
from tests.factories.notifications import Cast, moved, subscription
from tests.notifications.told import MORNING, NIGHT, NOON
from tests.push_receiver.server import Browser, PushReceiver

pytestmark = pytest.mark.usefixtures("noon", "outward")
EVENING = NOON + timedelta(hours=6)
LATER = timedelta(minutes=2)


@pytest.fixture
def browser(session: Session, people: Cast, service: PushReceiver) -> Iterator[Browser]:
    """The telephone of the company's dispatcher."""
    browser = service.browser()
    subscription(session, people.dispatcher, browser.endpoint, browser.keys)
    session.commit()
    yield browser
    assert browser.wrong == []


def tell(people: Cast, verb: Verb, at: datetime, **more: Any) -> None:
    with clock.frozen(at), transaction() as session:
        publish(session, moved(people, verb, **more))


def pass_by(moment: datetime) -> None:
    """The worker does what is due a little after this moment."""
    with clock.frozen(moment + LATER):
        with transaction() as session:
            duties.DUTIES["notifications.digests"](session, clock.today())
        while worker.work_once():
            pass
        worker.carry_all("push")


def got(browser: Browser) -> list[str]:
    said = [json.loads(each.plain) for each in browser.got]
    return [f"{one['title']}：{one['body']}" for one in said]


def choose(who: Person, paused: int | None = None, **most: Pressing) -> None:
    until = None if paused is None else (NOON + timedelta(days=paused)).date()
    with unwatched(), transaction() as session:
        session.add(TellingChoice(person_id=who.id, most=most, paused_until=until))


def test_what_fell_into_the_night_is_one_message_at_half_past_eight(
    people: Cast, browser: Browser
) -> None:
    for minutes in (0, 10, 20):
        tell(people, Verb.DISPATCH, NIGHT + timedelta(minutes=minutes))
    tell(people, Verb.FINISH_PART, NIGHT)
    pass_by(NIGHT)
    assert browser.asked == 0
    pass_by(MORNING)
    assert got(browser) == ["今天有 4 件事等您：工单待办 3 件，工单进展 1 件"]
    pass_by(MORNING)
    pass_by(MORNING + timedelta(hours=9, minutes=30))
    assert browser.asked == 1


def test_a_digest_opens_the_inbox_and_names_no_ticket(people: Cast, browser: Browser) -> None:
    tell(people, Verb.FINISH_PART, NOON)
    pass_by(EVENING)
    [message] = browser.got
    said = json.loads(message.plain)
    assert said["link"] == "/inbox"
    assert "2026-0001" not in message.plain.decode()
    assert set(said) <= {"title", "body", "link", "tag", "unread"}


def test_nothing_is_sent_where_nothing_waits(people: Cast, browser: Browser) -> None:
    tell(people, Verb.DISPATCH, NOON)
    with clock.frozen(NOON):
        worker.carry_all("push")
    pass_by(EVENING)
    assert got(browser) == ["有一件工单派给你们，请接单：点开红邻看看。"]


def test_what_was_read_or_settled_before_is_not_counted(people: Cast, browser: Browser) -> None:
    kept, moved_on = uuid7(), uuid7()
    tell(people, Verb.DISPATCH, NIGHT, subject_id=kept)
    tell(people, Verb.DISPATCH, NIGHT, subject_id=moved_on)
    tell(people, Verb.FINISH_PART, NIGHT)
    tell(people, Verb.START, NIGHT, subject_id=moved_on)  # settles its to-do
    with transaction() as session:
        news = update(InboxItem).where(InboxItem.kind == Kind.TICKET_NEWS)
        session.execute(news.values(read_at=NIGHT), execution_options=changes.NOTED)
    pass_by(MORNING)
    assert got(browser) == ["今天有 1 件事等您：工单待办 1 件"]


def test_what_is_read_between_making_and_sending_is_not_told(
    people: Cast, browser: Browser
) -> None:
    tell(people, Verb.FINISH_PART, NOON)
    with clock.frozen(EVENING + LATER):
        with transaction() as session:
            duties.DUTIES["notifications.digests"](session, clock.today())
        worker.work_once()
        with transaction() as session:
            read = update(InboxItem).values(read_at=clock.now())
            session.execute(read, execution_options=changes.NOTED)
        worker.carry_all("push")
    assert browser.asked == 0
    with reading() as session:
        assert set(session.scalars(select(OutboxRow.state))) == {State.DONE}


def test_whoever_left_their_post_hears_nothing_of_it(people: Cast, browser: Browser) -> None:
    tell(people, Verb.DISPATCH, NIGHT)
    with unwatched(), transaction() as session:
        post = update(Membership).where(Membership.person_id == people.dispatcher.id)
        session.execute(post.values(until_date=NIGHT.astimezone(clock.LOCAL).date()))
    pass_by(MORNING)
    assert browser.asked == 0


def test_a_post_elsewhere_is_no_reason_to_hear_of_it(
    session: Session, people: Cast, browser: Browser
) -> None:
    tell(people, Verb.DISPATCH, NIGHT)
    with unwatched(), transaction() as writing:
        post = update(Membership).where(Membership.person_id == people.dispatcher.id)
        writing.execute(post.values(organisation_id=people.co_id))
    pass_by(MORNING)
    assert browser.asked == 0


def test_whoever_chose_digests_is_told_in_the_evening(people: Cast, browser: Browser) -> None:
    choose(people.dispatcher, ticket_todo=Pressing.DIGEST)
    tell(people, Verb.DISPATCH, NOON)
    with clock.frozen(NOON):
        assert not worker.carry_all("push")
    pass_by(EVENING)
    assert got(browser) == ["今天有 1 件事等您：工单待办 1 件"]


def test_whoever_wants_the_inbox_alone_finds_it_there_and_is_never_rung(
    people: Cast, browser: Browser
) -> None:
    choose(people.dispatcher, ticket_todo=Pressing.INBOX)
    tell(people, Verb.DISPATCH, NOON)
    for moment in (EVENING, MORNING):
        pass_by(moment)
    assert browser.asked == 0
    with reading() as session:
        told = select(InboxItem.title).where(InboxItem.person_id == people.dispatcher.id)
        assert list(session.scalars(told)) == ["有一件工单派给你们，请接单"]


def test_a_pause_ends_with_one_message_the_morning_after(people: Cast, browser: Browser) -> None:
    choose(people.dispatcher, paused=2)
    for days in range(3):
        tell(people, Verb.DISPATCH, NOON + timedelta(days=days))
        pass_by(EVENING + timedelta(days=days))
        pass_by(MORNING + timedelta(days=days) - timedelta(days=1))
    assert browser.asked == 0
    pass_by(MORNING + timedelta(days=2))
    assert got(browser) == ["今天有 3 件事等您：工单待办 3 件"]


def test_neither_pause_nor_night_nor_choice_holds_an_emergency_from_who_is_on_duty(
    people: Cast, browser: Browser
) -> None:
    choose(people.dispatcher, paused=9, ticket_todo=Pressing.INBOX)
    tell(people, Verb.DISPATCH, NIGHT, emergency=True, duty_person_id=people.dispatcher.id)
    with clock.frozen(NIGHT):
        worker.carry_all("push")
    assert got(browser) == ["【应急】有一件工单派给你们，请接单：点开红邻看看。"]


def test_a_pause_begun_while_a_message_is_on_its_way_holds_it(
    people: Cast, browser: Browser
) -> None:
    tell(people, Verb.DISPATCH, NOON)
    choose(people.dispatcher, paused=0)
    with clock.frozen(NOON):
        worker.carry_all("push")
    pass_by(EVENING)
    assert browser.asked == 0
    pass_by(MORNING)
    assert got(browser) == ["今天有 1 件事等您：工单待办 1 件"]


def test_a_pause_begun_before_the_digest_holds_it_until_it_is_over(
    people: Cast, browser: Browser
) -> None:
    tell(people, Verb.FINISH_PART, NOON)
    choose(people.dispatcher, paused=0)
    pass_by(EVENING)
    assert browser.asked == 0
    pass_by(MORNING)
    assert got(browser) == ["今天有 1 件事等您：工单进展 1 件"]


def test_an_emergency_that_others_slept_through_comes_first(
    session: Session, people: Cast, service: PushReceiver
) -> None:
    browser = service.browser()
    subscription(session, people.clerk, browser.endpoint, browser.keys)
    session.commit()
    tell(people, Verb.PROPOSE, NIGHT)
    tell(people, Verb.RETURN, NIGHT, emergency=True)
    pass_by(MORNING)
    assert got(browser) == ["今天有 2 件事等您：应急 1 件，工单进展 1 件"]


def test_the_same_thing_told_again_before_the_digest_counts_once(
    people: Cast, browser: Browser
) -> None:
    ticket = uuid7()
    tell(people, Verb.FINISH_PART, NOON, subject_id=ticket)
    tell(people, Verb.APPROVE_SUSPENSION, NOON + timedelta(hours=1), subject_id=ticket)
    tell(people, Verb.ESCALATE, NOON + timedelta(hours=2), subject_id=ticket)  # inbox alone
    pass_by(EVENING)
    assert got(browser) == ["今天有 1 件事等您：工单进展 1 件"]


def test_told_again_at_once_it_waits_for_no_digest(people: Cast, browser: Browser) -> None:
    ticket = uuid7()
    tell(people, Verb.FINISH_PART, NOON, subject_id=ticket)
    tell(people, Verb.DELIBERATE, NOON, subject_id=ticket)  # the same kind, today
    with clock.frozen(NOON):
        worker.carry_all("push")
    pass_by(EVENING)
    assert got(browser) == ["有一件工单要协商，请看看议题：点开红邻看看。"]


def test_two_messages_of_one_thing_that_wait_for_the_worker_leave_as_one(
    people: Cast, browser: Browser
) -> None:
    ticket = uuid7()
    tell(people, Verb.RESUME, NOON, subject_id=ticket)
    tell(people, Verb.SUPERVISE, NOON, subject_id=ticket)
    with clock.frozen(NOON):
        worker.carry_all("push")
    assert got(browser) == ["有一件工单被挂牌督办：点开红邻看看。"]


def test_a_digest_is_one_transaction_however_many_it_tells(session: Session, people: Cast) -> None:
    for _ in range(300):
        subscription(session, people.dispatcher)
    session.commit()
    tell(people, Verb.FINISH_PART, NOON)
    begun: list[object] = []
    engine, note = database().engine, begun.append
    event.listen(engine, "commit", note)
    with clock.frozen(EVENING + LATER):
        asked = {"digest_at": EVENING.astimezone(clock.LOCAL).isoformat()}
        outbox.HANDLERS["digest"](outbox.Job(uuid7(), "digest", asked, 1, EVENING))
    event.remove(engine, "commit", note)
    with reading() as looking:
        assert len(list(looking.scalars(select(OutboxRow.id)))) == 300
    assert len(begun) <= 1


def test_a_digest_that_nobody_made_in_half_a_day_is_made_no_more(
    people: Cast, browser: Browser
) -> None:
    tell(people, Verb.FINISH_PART, NOON)
    pass_by(EVENING + timedelta(hours=12))
    assert browser.asked == 0


def test_what_nobody_made_yesterday_is_planned_today(people: Cast) -> None:
    with clock.frozen(MORNING), transaction() as session:
        for _ in range(2):
            duties.DUTIES["notifications.digests"](session, clock.today())
    with reading() as looking:
        due = sorted(looking.scalars(select(OutboxRow.due_at)))
    minute = timedelta(minutes=1)
    day = timedelta(days=1)
    first = MORNING - day
    half = timedelta(hours=9, minutes=30)
    assert due == [moment + minute for moment in (first, first + half, MORNING, MORNING + half)]
