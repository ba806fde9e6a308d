"""Axe looks at every screen of the app, in every seat, on a phone, in large print and at the office
computer: nothing serious may be found. The screens are asked of the app's own router, so that a
new page is walked to as well, or missed by name."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import axe
from tests.e2e.demo import demo_server
from tests.e2e.phone import OFFICE, PHONE, opened, settle, signed_in
from tests.server import Server

pytestmark = pytest.mark.e2e

SEATS = {
    "陈师傅": "volunteer",
    "周工": "property",
    "王干事": "committee",
    "孙主任": "owners",
    "钱社工": "social",
    "吴科长": "subdistrict",
    "系统管理员": "admin",
}
# How one comes to a page whose address alone does not say what it shows: who, from where, and what
# is pressed on the way.
VISIT = "main section a[href*='/visits/']"
MONTH = "main a[href*='/office/months/']"
WAYS: dict[str, tuple[str, ...]] = {
    "/visits/:id": ("陈师傅", "/today", VISIT),
    "/visits/stair/:unitId": ("陈师傅", "/today", "main a[href*='/visits/stair/']"),
    "/visits/household/:id": ("陈师傅", "/today", VISIT, "a[href*='/visits/household/']"),
    "/tickets/:id": ("陈师傅", "/tickets", "main a[href*='/tickets/0']"),
    "/duty/:id": ("周工", "/duty", "main a[href*='/duty/']"),
    "/office/topics/:id": ("周工", "/office/topics", "main a[href*='/office/topics/']"),
    "/office/rounds/:id": ("王干事", "/office/rounds", "main a[href*='/office/rounds/0']"),
    "/patrols/:id": ("王干事", "/office/patrols", "main a[href*='/patrols/0']"),
    "/paper/:code": ("王干事", "/paper", "main .lines a[href*='/paper/']"),
    "/office/months/:id": ("王干事", "/office/months", MONTH),
    "/office/months/:planId/:id": ("王干事", "/office/months", MONTH, MONTH),
    "/office/plans/:estateId": ("王干事", "/office/buildings", "a[href*='/office/plans/']"),
    "/office/calls/:id": ("王干事", "/office/calls", "main a[href*='/office/calls/0']"),
    "/office/rates/tickets": ("王干事", "/office/rates", "a.cell"),
}
# Pages that need a story of their own to come about, of the same pieces as the others.
ELSEWHERE = {
    "/",
    "/join/:token",
    "/visits/:id/correct",
    "/patrols/at/:mark",
    "/followed/:id",
    "/office/rounds/:id/edit",
    "/calls/:id",
    "/sign-in",
}
# What a button opens.
FURTHER = {"周工": ("/office/today", "/office/today", "button[aria-label^='办结']")}

ROUTER = "document.querySelector('#app').__vue_app__.config.globalProperties.$router"
ROUTES = f"{ROUTER}.getRoutes().map((one) => [one.path, one.meta.homes ?? null])"
GO = f"(path) => {ROUTER}.push(path)"
LARGE = "(on) => document.documentElement.classList.toggle('elder', on)"


class Walk:
    """One seat's page, and what the app says of its screens."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name

    def screens(self) -> Iterator[tuple[str, ...]]:
        """Where this seat goes: its own pages, for a volunteer those that all have, for an
        administrator those that nobody else has. Each is a route, an address to begin at, and what
        is pressed there."""
        for route, homes in self.page.evaluate(ROUTES):
            if route in WAYS:
                if WAYS[route][0] == self.name:
                    yield route, *WAYS[route][1:]
                continue
            seats = ["volunteer"] if homes is None else homes or ["admin"]
            if route not in ELSEWHERE and SEATS[self.name] in seats:
                yield route, re.sub(r"/:.*", "", route) or "/nowhere"
        if self.name in FURTHER:
            yield FURTHER[self.name]

    def go(self, route: str, path: str, *presses: str) -> None:
        self.page.set_viewport_size(PHONE)
        self.page.evaluate(GO, path)
        for link in presses:
            settle(self.page)
            self.page.locator(link).first.click()
        self.page.wait_for_url(re.compile("/app" + re.sub(r":[^/]+", "[^/]*", route) + r"(\?|$)"))
        settle(self.page)

    def faults(self) -> Iterator[str]:
        """What axe finds at each size; large print on the phone only."""
        for size, elder in ((PHONE, False), (PHONE, True), (OFFICE, False)):
            self.page.set_viewport_size(size)
            self.page.evaluate(
                "on => document.documentElement.classList.toggle('elder', on)", elder
            )
            try:
                axe.look(self.page)
            except AssertionError as fault:
                yield f"{size['width']} wide, large print {elder}: {fault}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo community."""
    var = tmp_path_factory.mktemp("axe")
    server = demo_server(var)
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize("name", SEATS)
def test_nobody_is_shut_out(server: Server, browser: Browser, name: str) -> None:
    walk = Walk(signed_in(browser, f"http://127.0.0.1:{server.port}", name), name)
    found = []
    for screen in walk.screens():
        walk.go(*screen)
        expect(walk.page.get_by_role("button", name="再试一次")).to_have_count(0)
        found += walk.faults()
    walk.page.context.close()
    assert not found, "\n\n".join(found)


def test_who_has_not_signed_in_is_not_shut_out_and_no_page_is_forgotten(
    server: Server, browser: Browser
) -> None:
    """A page whose address holds a number has its way above."""
    page = opened(browser, f"http://127.0.0.1:{server.port}", PHONE)
    walk = Walk(page, "")
    walk.page.goto("/app/sign-in")
    settle(walk.page)
    found = [*walk.faults()]
    routes: dict[str, list[str] | None] = dict(walk.page.evaluate(ROUTES))
    page.context.close()
    assert not found, "\n\n".join(found)
    assert {route for route in routes if re.search(r":\w+(/|$)", route)} <= WAYS.keys() | ELSEWHERE
    assert {home for homes in routes.values() for home in homes or ()} <= set(SEATS.values())
