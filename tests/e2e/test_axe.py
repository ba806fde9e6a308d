"""Axe looks at every screen of the app, in every seat, on a phone, in large print and at the office
computer: nothing serious may be found. One browser, one page for each seat."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.e2e import axe
from tests.e2e.phone import OFFICE, PHONE, chromium, settle, signed_in
from tests.server import Server

pytestmark = pytest.mark.e2e

SOURCE = Path(__file__).resolve().parents[2] / "static/pwa/src"


class Screen:
    """A page of the app: its route, and where and what is pressed to come there. Without `at` the
    route is the address."""

    def __init__(self, route: str, *presses: str, at: str = "") -> None:
        self.route, self.presses = route, presses
        self.address = at or re.sub(r"/:\w+\?", "/all", route)


VISIT = "main section a[href*='/visits/']"
SEATS: dict[str, tuple[Screen, ...]] = {
    "陈师傅": (
        Screen("/today"),
        Screen("/visits/:id", VISIT, at="/today"),
        Screen("/visits/household/:id", VISIT, "a[href*='/visits/household/']", at="/today"),
        *map(Screen, ("/proposals", "/visits", "/visits/new", "/visits/settle", "/visits/strays")),
        Screen("/tickets"),
        Screen("/tickets/:id", "main a[href*='/tickets/0']", at="/tickets"),
        *map(Screen, ("/tickets/new", "/callbacks", "/inbox", "/me", "/me/devices")),
        *map(Screen, ("/me/outbox", "/me/password", "/me/push")),
    ),
    "周工": (
        Screen("/office/today"),
        Screen("/office/today", "button[aria-label^='办结']"),
        Screen("/office/board/:queue?"),
        Screen("/office/buildings"),
        Screen("/office/topics"),
        Screen("/office/topics/:id", "main a[href*='/office/topics/']", at="/office/topics"),
        Screen("/office/people"),
        Screen("/menu"),
    ),
    "王干事": (
        Screen("/office/today"),
        Screen("/office/board/:queue?"),
        Screen("/office/buildings"),
        Screen("/office/plans/:estateId", "a[href*='/office/plans/']", at="/office/buildings"),
        *map(Screen, ("/office/doors", "/office/doors/sheet", "/office/households")),
        *map(Screen, ("/office/imports", "/office/pairings", "/office/people", "/office/rates")),
        *map(Screen, ("/office/rates/tickets", "/office/rechecks", "/office/rounds")),
        Screen("/office/rounds/:id", "main a[href*='/office/rounds/0']", at="/office/rounds"),
        *map(Screen, ("/office/rounds/new", "/office/settle", "/office/silent", "/office/teams")),
        *map(Screen, ("/wishes", "/menu")),
    ),
    "孙主任": (Screen("/office/today"), Screen("/office/board/:queue?")),
    "钱社工": (Screen("/office/today"), Screen("/office/board/:queue?")),
    "吴科长": (Screen("/office/today"), Screen("/office/rates")),
    "系统管理员": (Screen("/office/today"), Screen("/office/people"), Screen("/menu")),
}
# Pages that need a story of their own to come about, of the same pieces as the others.
ELSEWHERE = {"/join/:token", "/followed/:id", "/office/rounds/:id/edit", "/sign-in"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo community."""
    var = tmp_path_factory.mktemp("axe")
    server = Server(var, f"sqlite:///{var / 'axe.sqlite3'}", workers=2)
    server.flask("migrate")
    server.flask("demo")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with chromium(playwright) as browser:
        yield browser


def opened(page: Page, screen: Screen) -> None:
    page.goto(f"/app{screen.address}")
    settle(page)
    for link in screen.presses:
        page.locator(link).first.click()
        settle(page)


def faults(page: Page, screen: Screen) -> list[str]:
    """What axe finds at each size; large print on the phone only."""
    found = []
    for size, elder in ((PHONE, False), (PHONE, True), (OFFICE, False)):
        page.set_viewport_size({**size})
        page.evaluate("on => document.documentElement.classList.toggle('elder', on)", elder)
        try:
            axe.look(page)
        except AssertionError as fault:
            found.append(f"{screen.route} at {size['width']}, large {elder}: {fault}")
    return found


@pytest.mark.parametrize("name", SEATS)
def test_nobody_is_shut_out(server: Server, browser: Browser, name: str) -> None:
    page = signed_in(browser, f"http://127.0.0.1:{server.port}", name)
    found = []
    for screen in SEATS[name]:
        page.set_viewport_size({**PHONE})
        opened(page, screen)
        found += faults(page, screen)
    page.context.close()
    assert not found, "\n\n".join(found)


def test_the_page_of_signing_in_shuts_nobody_out(server: Server, browser: Browser) -> None:
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.port}", locale="zh-CN")
    page = context.new_page()
    found = []
    for screen in (Screen("/sign-in"), Screen("/nowhere")):
        opened(page, screen)
        found += faults(page, screen)
    context.close()
    assert not found, "\n\n".join(found)


def test_every_screen_of_the_app_is_looked_at() -> None:
    """Where a new page is added, it is added above."""
    declared = {
        path
        for file in SOURCE.rglob("routes.ts")
        for path in re.findall(r"path: '(/[^']+)'", file.read_text())
    }
    walked = {screen.route for screens in SEATS.values() for screen in screens}
    assert not declared - walked - ELSEWHERE
