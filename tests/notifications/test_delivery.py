"""From the outbox to the device: the real worker, the real sender, an independent receiver."""

import json
import time
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core import carrying, changes, clock, duties, worker
from app.core.db import reading, transaction, uuid7
from app.core.events import publish
from app.core.outbox import Job, OutboxRow, State
from app.notifications import jobs
from app.notifications.models import InboxItem, PushSubscription
from app.notifications.push import sender
from app.notifications.sender import Sender
from app.tickets.rules import Verb
from tests.factories.notifications import Cast, moved, subscription
from tests.push_receiver.server import Answer, Browser, PushReceiver

pytestmark = pytest.mark.usefixtures("noon", "outward")


def subscribed(session: Session, people: Cast, browser: Browser) -> PushSubscription:
    return subscription(session, people.dispatcher, browser.endpoint, browser.keys)


def tell(people: Cast, verb: Verb = Verb.DISPATCH) -> None:
    with transaction() as session:
        publish(session, moved(people, verb, co_org_ids=()))


def rows() -> list[OutboxRow]:
    with reading() as session:
        return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == "push")))


def devices() -> list[PushSubscription]:
    with reading() as session:
        return list(session.scalars(select(PushSubscription)))


def test_what_was_told_reaches_the_device_and_says_nothing_of_anybody(
    app: Flask, session: Session, people: Cast, service: PushReceiver
) -> None:
    browser = service.browser()
    subscribed(session, people, browser)
    tell(people)
    assert browser.got == []
    worker.carry_all("push")
    assert browser.wrong == []
    [got] = browser.got
    payload = json.loads(got.plain)
    assert set(payload) == {"title", "body", "link", "tag", "unread", "receipt"}
    assert payload["unread"] == 1
    assert payload["title"] == "有一件工单派给你们，请接单"
    assert payload["link"].startswith("/tickets/")
    assert len(got.plain) < 3000
    assert "2026-0001" not in got.plain.decode()
    assert [row.state for row in rows()] == [State.DONE]
    assert [device.last_ok_at for device in devices()] == [clock.now()]


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_and_only_that_one(
    session: Session, people: Cast, service: PushReceiver, status: int
) -> None:
    gone, here = service.browser(Answer(status)), service.browser()
    subscribed(session, people, gone)
    kept = subscribed(session, people, here)
    tell(people)
    worker.carry_all("push")
    assert [device.id for device in devices()] == [kept.id]
    assert len(here.got) == 1
    assert {row.state for row in rows()} == {State.DONE}


@pytest.mark.parametrize("status", [301, 400, 403, 413])
def test_what_will_never_be_taken_is_given_up_and_seen_by_an_administrator(
    session: Session, people: Cast, service: PushReceiver, status: int
) -> None:
    subscribed(session, people, service.browser(Answer(status)))
    tell(people)
    worker.carry_all("push")
    [row] = rows()
    assert (row.state, row.last_error) == (State.DEAD, f"GiveUp: HTTP {status}")
    assert [device.failed_at for device in devices()] == [clock.now()]


def test_a_busy_push_service_gets_the_time_it_asks_for(
    session: Session, people: Cast, service: PushReceiver, noon: datetime
) -> None:
    browser = service.browser(Answer(429, {"Retry-After": "90"}))
    subscribed(session, people, browser)
    tell(people)
    worker.carry_all("push")
    [row] = rows()
    assert (row.state, row.due_at) == (State.WAITING, noon + timedelta(seconds=90))
    browser.answer = Answer()
    worker.carry_all("push")
    assert browser.asked == 1
    with clock.frozen(noon + timedelta(seconds=91)):
        worker.carry_all("push")
    assert len(browser.got) == 1
    [device] = devices()
    assert (device.failed_at, device.last_ok_at) == (None, noon + timedelta(seconds=91))


def test_a_broken_push_service_is_tried_again(
    session: Session, people: Cast, service: PushReceiver, noon: datetime
) -> None:
    subscribed(session, people, service.browser(Answer(500)))
    tell(people)
    worker.carry_all("push")
    [row] = rows()
    assert row.state is State.WAITING
    assert row.due_at > noon


def test_what_was_read_meanwhile_rings_nobody(
    session: Session, people: Cast, service: PushReceiver
) -> None:
    browser = service.browser()
    subscribed(session, people, browser)
    tell(people)
    with transaction() as writing:
        read = update(InboxItem).values(read_at=clock.now())
        writing.execute(read, execution_options=changes.NOTED)
    worker.carry_all("push")
    assert browser.asked == 0
    assert [row.state for row in rows()] == [State.DONE]


def test_a_device_that_moved_to_another_person_rings_for_nobody_else(
    session: Session, people: Cast, service: PushReceiver
) -> None:
    browser = service.browser()
    subscribed(session, people, browser)
    tell(people)
    with transaction() as writing:
        writing.execute(update(PushSubscription).values(person_id=people.clerk.id))
    worker.carry_all("push")
    assert browser.asked == 0


def test_a_device_unsubscribed_meanwhile_is_left_alone(
    session: Session, people: Cast, service: PushReceiver
) -> None:
    browser = service.browser()
    made = subscribed(session, people, browser)
    tell(people)
    session.delete(session.get_one(PushSubscription, made.id))
    session.commit()
    worker.carry_all("push")
    assert browser.asked == 0
    assert [row.state for row in rows()] == [State.DONE]


def test_a_worker_that_comes_back_at_night_leaves_it_to_the_digest_of_the_morning(
    session: Session, people: Cast, service: PushReceiver, noon: datetime
) -> None:
    browser = service.browser()
    subscribed(session, people, browser)
    tell(people)
    with clock.frozen(noon + timedelta(hours=10)):  # 22:00
        worker.carry_all("push")
    assert browser.asked == 0
    assert [row.state for row in rows()] == [State.DONE]
    with reading() as looking:
        waits = looking.scalars(select(InboxItem.digest_at).where(InboxItem.kind == "ticket_todo"))
        assert list(waits) == [noon + timedelta(hours=20, minutes=30)]


def test_a_message_sent_twice_replaces_itself_on_the_device(
    session: Session, people: Cast, service: PushReceiver, noon: datetime
) -> None:
    browser = service.browser()
    subscribed(session, people, browser)
    tell(people)
    worker.carry_all("push")
    with transaction() as writing:  # as if the worker had died before it wrote that down
        writing.execute(update(OutboxRow).values(state=State.LEASED, lease_until=noon))
    with clock.frozen(noon + timedelta(minutes=6)):
        worker.carry_all("push")
    first, second = browser.got
    assert json.loads(first.plain)["tag"] == json.loads(second.plain)["tag"]
    assert first.headers["topic"] == second.headers["topic"]


def test_the_push_service_cannot_see_that_two_people_hear_of_one_thing(
    session: Session, people: Cast, service: PushReceiver
) -> None:
    browsers = [service.browser(), service.browser()]
    for who, browser in zip([people.dispatcher, people.clerk], browsers, strict=True):
        subscription(session, who, browser.endpoint, browser.keys)
    tell(people, Verb.SUPERVISE)
    worker.carry_all("push")
    topics = [browser.got[0].headers["topic"] for browser in browsers]
    assert topics[0] != topics[1]


def test_an_inner_address_is_given_up_by_an_application_as_it_is_installed(
    session: Session, people: Cast, service: PushReceiver, outward: Sender, app: Flask
) -> None:
    browser = service.browser()
    subscribed(session, people, browser)
    tell(people)
    outward.policy = type(outward.policy)()
    worker.carry_all("push")
    assert browser.asked == 0
    assert [row.state for row in rows()] == [State.DEAD]


def test_an_application_allows_no_inner_address_unless_it_is_told_to(app: Flask) -> None:
    assert app.config["PUSH_ALLOW_PRIVATE"] is False


def test_success_is_written_down_once_an_hour(
    session: Session, people: Cast, service: PushReceiver, noon: datetime
) -> None:
    subscribed(session, people, service.browser())
    for minutes in (0, 30, 61):
        with clock.frozen(noon + timedelta(minutes=minutes)):
            tell(people)
            worker.carry_all("push")
            [device] = devices()
            assert device.last_ok_at == noon + timedelta(minutes=0 if minutes == 30 else minutes)


def test_items_are_forgotten_after_180_days(session: Session, people: Cast, noon: datetime) -> None:
    tell(people)
    with clock.frozen(noon + timedelta(days=1)):
        tell(people)
    later = noon + timedelta(days=180, hours=1)
    with clock.frozen(later), transaction() as writing:
        duties.DUTIES["notifications.sweep"](writing, clock.today())
    with reading() as looking:
        left = set(looking.scalars(select(InboxItem.created_at)))
    assert left == {noon + timedelta(days=1)}


def test_the_trial_and_the_sender_are_those_of_the_application(outward: Sender) -> None:
    assert sender() is outward
    assert jobs.TRIAL_LINK == "/me/push"


def test_what_waited_longer_than_a_push_service_would_keep_it_rings_nobody(
    session: Session, people: Cast, service: PushReceiver, noon: datetime
) -> None:
    browser = service.browser()
    subscribed(session, people, browser)
    tell(people)
    with clock.frozen(noon + timedelta(hours=24, seconds=1)):
        worker.carry_all("push")
    assert browser.asked == 0
    assert [row.state for row in rows()] == [State.DONE]


@pytest.mark.parametrize(("hours", "at_any_hour", "past"), [
    (10.5, False, False), (14.5, False, False), (14.6, False, True), (3.9, True, False),
    (4.1, True, True),
])  # fmt: skip
def test_the_night_is_no_part_of_that_time(
    noon: datetime, hours: float, at_any_hour: bool, past: bool
) -> None:
    evening = noon + timedelta(hours=10)  # 22:00; a pressing message is kept for four hours
    payload = {"urgency": "high", "at_any_hour": at_any_hour}
    job = Job(uuid7(), "push", payload, attempts=1, created_at=evening)
    with clock.frozen(evening + timedelta(hours=hours)):
        assert jobs.is_past(job) is past


def test_hostile_push_services_get_nothing_twice_and_slow_nobody_down(
    session: Session, people: Cast, service: PushReceiver
) -> None:
    with PushReceiver() as hostile, PushReceiver() as inner:
        victim = inner.browser()
        away = Answer(302, {"Location": victim.endpoint})
        answers = [Answer(never=True), away, Answer(body=b"x" * 10_000_000)]
        for answer in answers:
            subscribed(session, people, hostile.browser(answer))
        friends = [service.browser() for _ in range(40)]
        for friend in friends:
            subscribed(session, people, friend)
        tell(people)
        traffic, started = carrying.Traffic("push"), time.monotonic()
        while not all(friend.got for friend in friends):
            assert time.monotonic() - started < 4, "others wait for one who never answers"
            traffic.turn()
        while traffic.turn():
            pass
        assert victim.asked == 0
        assert [browser.asked for browser in hostile.browsers.values()] == [1, 1, 1]
    left = {row.state for row in rows() if row.state is not State.DONE}
    assert left == {State.WAITING, State.DEAD}
