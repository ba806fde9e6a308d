"""What a device says of a push: shown, opened. Nobody learns from it how fast somebody reads."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, duties, openapi, worker
from app.core.db import reading, transaction, uuid7
from app.core.events import publish
from app.core.keys import keys
from app.notifications.models import InboxItem, PushSubscription
from app.notifications.models_delivery import Delivery
from app.notifications.receipts import Slip, read, written
from app.notifications.rules.channels import Channel
from app.tickets.rules import Verb
from tests.clients import Client
from tests.factories.notifications import Cast, moved, subscription
from tests.push_receiver.server import Answer, Browser, PushReceiver

pytestmark = pytest.mark.usefixtures("noon", "outward")


def ring(session: Session, people: Cast, browser: Browser) -> PushSubscription:
    """The dispatcher is told of a ticket, and this browser of theirs is rung."""
    made = subscription(session, people.dispatcher, browser.endpoint, browser.keys)
    with transaction() as writing:
        publish(writing, moved(people, Verb.DISPATCH, co_org_ids=()))
    worker.carry_all("push")
    return made


def slip_of(browser: Browser) -> str:
    return str(json.loads(browser.got[-1].plain)["receipt"])


def deliveries() -> list[Delivery]:
    with reading() as session:
        return list(session.scalars(select(Delivery)))


def items(people: Cast) -> list[InboxItem]:
    """Those of the dispatcher."""
    with reading() as session:
        mine = InboxItem.person_id == people.dispatcher.id
        return list(session.scalars(select(InboxItem).where(mine)))


def test_what_a_push_service_takes_is_delivered_and_what_it_does_not_is_not(
    session: Session, people: Cast, service: PushReceiver, noon: datetime
) -> None:
    subscription(session, people.dispatcher, service.browser(Answer(500)).endpoint)
    taken = ring(session, people, service.browser())
    [row] = deliveries()
    assert (row.address_id, row.channel, row.delivered_at) == (taken.id, Channel.PUSH, noon)
    assert (row.shown_at, row.opened_at) == (None, None)


def test_a_device_says_what_it_showed_without_anybody_signed_in(
    session: Session,
    people: Cast,
    service: PushReceiver,
    noon: datetime,
    client: Callable[..., Client],
) -> None:
    browser = service.browser()
    ring(session, people, browser)
    with clock.frozen(noon + timedelta(minutes=1)):
        said = client().post(f"/push/receipts/{slip_of(browser)}", {"sign": "shown"})
    assert said.status_code == 204
    [row] = deliveries()
    assert (row.shown_at, row.opened_at) == (noon + timedelta(minutes=1), None)
    assert [item.read_at for item in items(people)] == [None]


def test_who_opens_it_from_the_notification_has_read_it(
    session: Session, people: Cast, service: PushReceiver, client: Callable[..., Client]
) -> None:
    browser = service.browser()
    ring(session, people, browser)
    for sign in ("shown", "opened", "opened"):
        client().post(f"/push/receipts/{slip_of(browser)}", {"sign": sign})
    [row] = deliveries()
    assert row.shown_at
    assert row.opened_at
    assert items(people)[0].read_at == row.opened_at
    assert client(people.dispatcher).get("/inbox/unread").json == {"count": 0}


def test_a_word_that_comes_before_the_worker_has_written_its_own_is_not_lost(
    session: Session, people: Cast, service: PushReceiver, client: Callable[..., Client]
) -> None:
    browser = service.browser()
    device = subscription(session, people.dispatcher, browser.endpoint, browser.keys)
    with transaction() as writing:
        publish(writing, moved(people, Verb.DISPATCH, co_org_ids=()))
    [item] = items(people)
    early = written(Slip(item.id, device.id))
    client().post(f"/push/receipts/{early}", {"sign": "shown"})
    worker.carry_all("push")
    [row] = deliveries()
    assert row.shown_at
    assert row.delivered_at


def test_a_slip_of_a_message_that_left_before_an_update_is_still_ours(app: Flask) -> None:
    slip = Slip(uuid7(), uuid7())
    before = URLSafeSerializer(keys().secret, salt="push-receipt")
    assert read(str(before.dumps(slip.item_id.hex + slip.subscription_id.hex))) == slip
    assert read(written(slip)) == slip


@pytest.mark.parametrize("spoil", [
    lambda slip: slip[:-1] + ("A" if slip[-1] != "A" else "B"),
    lambda slip: "x" + slip,
    lambda slip: slip.split(".")[0],
    lambda slip: "0" * 64,
], ids=["other signature", "other number", "no signature", "guessed"])  # fmt: skip
def test_a_slip_that_is_not_ours_opens_nothing(
    app: Flask, client: Callable[..., Client], spoil: Callable[[str], str]
) -> None:
    slip = written(Slip(uuid7(), uuid7()))
    assert read(slip)
    assert client().post(f"/push/receipts/{spoil(slip)}", {"sign": "shown"}).status_code == 404


def test_a_slip_for_what_is_gone_opens_nothing(app: Flask, client: Callable[..., Client]) -> None:
    slip = written(Slip(uuid7(), uuid7()))
    assert client().post(f"/push/receipts/{slip}", {"sign": "opened"}).status_code == 404


def test_signs_are_forgotten_after_90_days(
    session: Session, people: Cast, service: PushReceiver, noon: datetime
) -> None:
    ring(session, people, service.browser())
    for days, left in ((89, 1), (91, 0)):
        with clock.frozen(noon + timedelta(days=days)), transaction() as writing:
            duties.DUTIES["notifications.sweep"](writing, clock.today())
        assert len(deliveries()) == left
    assert len(items(people)) == 1


def test_no_answer_says_when_something_was_delivered_shown_or_opened(app: Flask) -> None:
    """And of reading, only one's own inbox says a time."""
    schemas = openapi.document(app.extensions["operations"])["components"]["schemas"]
    told = {
        (name, field)
        for name, schema in schemas.items()
        for field in schema.get("properties", {})
        if field in {"delivered_at", "shown_at", "opened_at", "read_at", "seen_at", "last_read_at"}
    }
    # An emergency call is opened by the committee.
    calls = {("Summons", "opened_at"), ("CallDetail", "opened_at")}
    assert told - calls == {("InboxItem", "read_at")}
