"""Subscribe → send → notification: the app, the outbox and the sender with Firefox at the end."""

import json
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import clock, worker
from app.core.db import reading, transaction
from app.core.events import publish
from app.core.keys import make
from app.core.outbox import OutboxRow
from app.identity import sign_in
from app.identity.loading import cookie_name
from app.identity.models import Person
from app.notifications import push
from app.notifications.models import InboxItem, PushSubscription
from app.notifications.models_delivery import Delivery
from app.tickets.rules import Verb
from config import ROOT
from tests.factories.notifications import Cast, cast, moved
from tests.firefox.browser import Marionette
from tests.firefox.page import (
    addresses,
    click_notification,
    forget_subscription,
    press,
    see,
    shown,
)
from tests.firefox.push_service import PushService
from tests.push_receiver.keys import b64url
from tests.push_receiver.server import wait_for
from tests.services import lacking

pytestmark = pytest.mark.firefox


@pytest.fixture
def people(site: Flask) -> Cast:
    with transaction() as session:
        return cast(session)


@pytest.fixture
def app_in_firefox(site: Flask, firefox: Marionette, people: Cast) -> Marionette:
    """The app, opened by the property company's dispatcher on the page for notifications."""
    if not (ROOT / "static" / "pwa" / "dist" / "sw.js").exists():
        lacking("the built app (make setup)", "subscribing by its own page and service worker")
    signed_in(site, firefox, people.dispatcher)
    return firefox


def signed_in(site: Flask, firefox: Marionette, who: Person) -> None:
    with transaction() as session:
        _, token = sign_in.start(session, who.id, "火狐")
    home = site.config["PUBLIC_URL"]
    firefox.navigate(f"{home}/healthz")
    firefox.add_cookie({"name": cookie_name(), "value": token, "path": "/", "httpOnly": True})
    firefox.navigate(f"{home}/app/me/push")


def subscriptions() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(PushSubscription)) or 0


def dispatched(people: Cast) -> UUID:
    """A ticket goes to the property company, in the middle of the day."""
    event = moved(people, Verb.DISPATCH)
    with transaction() as session:
        publish(session, event)
    return event.subject_id


def test_what_happens_to_a_ticket_becomes_a_notification_in_the_browser(
    app_in_firefox: Marionette, push_service: PushService, people: Cast
) -> None:
    press(app_in_firefox, "开提醒")
    see(app_in_firefox, "这台设备会提醒您")
    assert subscriptions() == 1
    with clock.frozen(clock.local_now().replace(hour=12)):
        ticket_id = dispatched(people)
        worker.carry_all("push")
    [notification] = shown(app_in_firefox, 1)
    assert notification["title"] == "有一件工单派给你们，请接单"
    assert notification["body"] == "点开红邻看看。"
    assert notification["link"] == f"/tickets/{ticket_id}"
    assert wait_for(lambda: len(push_service.seen.acknowledged) == 1)
    [posted] = push_service.seen.posted
    assert (posted["content-encoding"], posted["urgency"]) == ("aes128gcm", "normal")
    assert posted["authorization"].startswith("vapid t=")


def test_the_trial_arrives_and_the_same_message_twice_is_one_notification(
    app_in_firefox: Marionette, push_service: PushService
) -> None:
    press(app_in_firefox, "开提醒")
    see(app_in_firefox, "这台设备会提醒您")
    for sent in (1, 2):
        with clock.frozen(clock.now().replace(minute=sent)):
            press(app_in_firefox, "试发一条")
            assert wait_for(lambda sent=sent: queued() == sent)
            worker.carry_all("push")
        assert wait_for(lambda sent=sent: len(push_service.seen.acknowledged) == sent, 15)
    assert [each["title"] for each in shown(app_in_firefox, 1)] == ["推送试一下：收到这条就好了"]


def queued() -> int:
    with reading() as session:
        pushes = select(func.count()).where(OutboxRow.kind == "push")
        return session.scalar(pushes) or 0


def test_switching_off_ends_it_on_both_sides(
    app_in_firefox: Marionette, push_service: PushService
) -> None:
    press(app_in_firefox, "开提醒")
    see(app_in_firefox, "这台设备会提醒您")
    press(app_in_firefox, "关掉")
    see(app_in_firefox, "这台设备还没开提醒")
    assert subscriptions() == 0
    assert wait_for(lambda: len(push_service.seen.unregistered) == 1)


def test_a_browser_that_gave_up_by_itself_is_forgotten_when_next_rung(
    app_in_firefox: Marionette, push_service: PushService, people: Cast
) -> None:
    press(app_in_firefox, "开提醒")
    see(app_in_firefox, "这台设备会提醒您")
    assert forget_subscription(app_in_firefox)
    assert wait_for(lambda: len(push_service.seen.unregistered) == 1)
    with clock.frozen(clock.local_now().replace(hour=12)):
        dispatched(people)
        worker.carry_all("push")
    assert len(push_service.seen.posted) == 1
    assert subscriptions() == 0
    assert shown(app_in_firefox, 0) == []


def test_the_key_that_the_page_used_is_that_of_the_installation(
    app_in_firefox: Marionette, site: Flask
) -> None:
    press(app_in_firefox, "开提醒")
    see(app_in_firefox, "这台设备会提醒您")
    asked = """
        const [done] = arguments;
        navigator.serviceWorker.ready
          .then((registration) => registration.pushManager.getSubscription())
          .then((subscription) => new Uint8Array(subscription.options.applicationServerKey))
          .then((bytes) => done(JSON.stringify([...bytes])));
    """
    used = bytes(json.loads(app_in_firefox.execute_async_script(asked)))
    assert b64url(used) == site.extensions["keys"].vapid_public


def rung(firefox: Marionette, people: Cast) -> str:
    """A notification of a ticket is on the screen; the address of its page."""
    with clock.frozen(clock.local_now().replace(hour=12)):
        ticket_id = dispatched(people)
        worker.carry_all("push")
    assert shown(firefox, 1)
    return f"/app/tickets/{ticket_id}"


def signs(people: Cast) -> list[tuple[bool, bool, bool]]:
    """What is known of each item of the dispatcher: delivered and shown, opened, read."""
    mine = InboxItem.person_id == people.dispatcher.id
    with reading() as session:
        rows = session.execute(
            select(Delivery, InboxItem)
            .join(InboxItem, InboxItem.id == Delivery.item_id)
            .where(mine)
        ).all()
    return [
        (bool(way.delivered_at and way.shown_at), bool(way.opened_at), bool(item.read_at))
        for way, item in rows
    ]


def test_a_click_opens_the_page_in_the_app_and_counts_as_read(
    app_in_firefox: Marionette, people: Cast
) -> None:
    press(app_in_firefox, "开提醒")
    see(app_in_firefox, "这台设备会提醒您")
    page = rung(app_in_firefox, people)
    assert wait_for(lambda: signs(people) == [(True, False, False)])
    click_notification(app_in_firefox)
    assert wait_for(lambda: [urlsplit(one).path for one in addresses(app_in_firefox)] == [page])
    assert wait_for(lambda: signs(people) == [(True, True, True)])
    assert shown(app_in_firefox, 0) == []


def test_a_click_opens_the_page_also_when_the_app_is_closed(
    app_in_firefox: Marionette, people: Cast
) -> None:
    press(app_in_firefox, "开提醒")
    see(app_in_firefox, "这台设备会提醒您")
    page = rung(app_in_firefox, people)
    app_in_firefox.navigate("about:blank")
    click_notification(app_in_firefox)
    opened = ["blank", page]
    assert wait_for(lambda: [urlsplit(one).path for one in addresses(app_in_firefox)] == opened)
    assert wait_for(lambda: signs(people) == [(True, True, True)])


def test_with_another_key_of_the_server_the_app_subscribes_anew_by_itself(
    app_in_firefox: Marionette, site: Flask, push_service: PushService, people: Cast
) -> None:
    press(app_in_firefox, "开提醒")
    see(app_in_firefox, "这台设备会提醒您")
    other = make()
    mine = site.extensions["keys"]
    new = {name: getattr(other, name) for name in ("vapid_private", "vapid_public")}
    site.extensions["keys"] = replace(mine, **new)
    push.prepare(site)
    app_in_firefox.navigate(f"{site.config['PUBLIC_URL']}/app/inbox")
    assert wait_for(lambda: len(push_service.seen.unregistered) == 1)
    assert wait_for(lambda: endpoints() == list(push_service.seen.channels.values()))
    rung(app_in_firefox, people)
    [posted] = push_service.seen.posted
    assert posted["authorization"].endswith(f"k={other.vapid_public}")


def endpoints() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(PushSubscription.endpoint)))
