"""A push that Chromium delivers: it shows, it numbers the icon, a second one takes its place, what
was read goes off the screen. A person's own click is tried in Firefox (tests/firefox): Chromium
opens windows for real clicks only, so here is seen which page the worker asks it for."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import CDPSession, Page, Playwright, Worker, expect
from sqlalchemy import select

from app.core import clock
from app.core.db import reading, transaction, uuid7
from app.core.keys import keys
from app.core.outbox import Job
from app.factory import create_app
from app.identity.models import Person
from app.notifications.jobs import parcels_of
from app.notifications.models import InboxItem, PushSubscription
from app.notifications.models_delivery import Delivery
from tests.e2e.demo import FILE, demo_server
from tests.e2e.phone import WHOLE, chromium, press, signed_in, wait_until
from tests.push_receiver.keys import BrowserKeys
from tests.server import Server

pytestmark = pytest.mark.e2e

SHOWN = """navigator.serviceWorker.ready
  .then((registration) => registration.getNotifications())
  .then((all) => all.map(({ title, tag, data }) => ({ title, tag, link: data.link })))"""
# What is called goes on to the browser, and is written down with what came of it.
WATCH = """(names) => {
  globalThis.asked = [];
  for (const name of names) {
    const owner = name === 'openWindow' ? clients : navigator;
    const real = owner[name].bind(owner);
    owner[name] = async (...given) => {
      const note = [name, ...given];
      asked.push(note);
      try { const found = await real(...given); note.push('done'); return found; }
      catch (error) { note.push(error.name); throw error; }
    };
  }
}"""
BADGES = ["setAppBadge", "clearAppBadge"]
CLICK = """async (tag) => {
  const [notification] = await registration.getNotifications({ tag });
  dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  const opened = () => asked.find((note) => note[0] === 'openWindow' && note.length === 3);
  while (!opened()) await new Promise((resolve) => setTimeout(resolve, 50));
  return opened();
}"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server with the demo community."""
    server = demo_server(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def inside(server: Server, tmp_path: Path) -> Iterator[Flask]:
    """The same community from inside, to make what the worker would send."""
    url = f"sqlite:///{tmp_path / FILE}"
    app = create_app({"VAR_DIR": tmp_path, "DATABASE_URL": url, "PUBLIC_URL": "http://localhost"})
    with app.app_context():
        yield app
    app.extensions["database"].engine.dispose()


def message(phone: str) -> dict[str, Any]:
    """What a device of this person is sent for an item that they have not read."""
    with transaction() as session:
        blind = keys().blind(phone)
        who = session.scalars(select(Person.id).where(Person.phone_blind == blind)).one()
        device = PushSubscription(
            person_id=who,
            endpoint="https://push.example.test/1",
            device_name="手机",
            **BrowserKeys().as_json(),
        )
        session.add(device)
        unread = select(InboxItem.id).where(InboxItem.person_id == who, InboxItem.read_at.is_(None))
        item_id = session.scalars(unread.limit(1)).one()
        session.flush()
        said = {"subscription_id": str(device.id), "item_id": str(item_id), "urgency": "normal"}
        job = Job(uuid7(), "push", said, attempts=1, created_at=clock.now())
        return parcels_of(session, [job])[job.id].message.payload


def shown_at_the_server() -> bool:
    with reading() as session:
        return session.scalars(select(Delivery.shown_at)).all() not in ([], [None])


class Screen:
    """An open app whose browser delivers pushes to it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.context.grant_permissions(["notifications"])
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.worker: Worker = page.context.service_workers[0]
        self._talk: CDPSession = page.context.new_cdp_session(page)
        found: list[str] = []
        self._talk.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
        )
        self._talk.send("ServiceWorker.enable")
        wait_until(page, lambda: bool(found))
        self._registration = found[0]

    def deliver(self, said: dict[str, Any]) -> None:
        origin = self.page.evaluate("location.origin")
        self._talk.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": origin, "registrationId": self._registration, "data": json.dumps(said)},
        )

    def shows(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate(SHOWN)
        return found

    def until_asked(self, who: Page | Worker, what: list[Any]) -> None:
        wait_until(self.page, lambda: who.evaluate("asked").count(what) == 1)


def test_a_push_shows_numbers_the_icon_and_goes_when_it_is_read(
    playwright: Playwright, server: Server, inside: Flask
) -> None:
    said = message("19900000001")  # 陈师傅
    with chromium(playwright, WHOLE) as browser:
        page = signed_in(browser, f"http://127.0.0.1:{server.port}", "陈师傅")
        screen = Screen(page)
        screen.worker.evaluate(WATCH, [*BADGES, "openWindow"])
        page.evaluate(WATCH, BADGES)
        screen.deliver(said)
        wait_until(page, lambda: bool(screen.shows()))
        one = {name: said[name] for name in ("title", "tag", "link")}
        assert screen.shows() == [one]
        screen.until_asked(screen.worker, ["setAppBadge", said["unread"], "done"])
        wait_until(page, shown_at_the_server)

        screen.deliver(said | {"title": "催一催", "unread": said["unread"] + 1})
        screen.until_asked(screen.worker, ["setAppBadge", said["unread"] + 1, "done"])
        wait_until(page, lambda: screen.shows() == [one | {"title": "催一催"}])

        page.get_by_role("link", name="消息").click()
        press(page, "全部看过了")
        expect(page.get_by_text("都看过了")).to_be_visible()
        screen.until_asked(page, ["clearAppBadge", "done"])
        wait_until(page, lambda: screen.shows() == [])

        screen.deliver(said)
        wait_until(page, lambda: len(screen.shows()) == 1)
        page.close()
        opened = screen.worker.evaluate(CLICK, said["tag"])
        assert opened == ["openWindow", f"/app{said['link']}", "InvalidAccessError"]
