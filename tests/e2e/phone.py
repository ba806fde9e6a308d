"""A browser in somebody's hand: signed in, with the screen of a phone or of an office."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from random import Random
from time import monotonic
from typing import NamedTuple
from weakref import WeakKeyDictionary

from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    Playwright,
    Request,
    ViewportSize,
    expect,
)

from app.demo import ACCOUNTS, PASSWORD
from tests.services import lacking

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)


class Kind(NamedTuple):
    """One of the builds of Debian's Chromium."""

    path: Path
    flags: tuple[str, ...] = FLAGS


WHOLE = Kind(Path("/usr/bin/chromium"))
# The same pages, scripts and service workers for less work: without all that only a window has, and
# without notifications. It would end a page that asks whether the phone can hear.
SHELL = Kind(
    Path("/usr/bin/chromium-headless-shell"),
    (*FLAGS, "--disable-blink-features=OnDeviceWebSpeechAvailable"),
)
PHONE: ViewportSize = {"width": 360, "height": 740}
OFFICE: ViewportSize = {"width": 1440, "height": 900}
SHOTS = os.environ.get("HONGLIN_SHOTS")
PATIENCE_MS = 60_000  # a busy machine is no defect of the page
LOOK_MS = 40
QUIET = 4  # looks in a row
RESTED = """document.readyState === 'complete'
  && !document.querySelector('.loading, [aria-busy]')
  && document.querySelector('h1')
  && document.getAnimations().every((one) => one.playState !== 'running')"""

_asked: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()


expect.set_options(timeout=PATIENCE_MS)


@contextmanager
def chromium(playwright: Playwright, kind: Kind = SHELL) -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    if not kind.path.exists():
        lacking(kind.path.name, "the whole story in a browser")
    browser = playwright.chromium.launch(executable_path=str(kind.path), args=kind.flags)
    yield browser
    browser.close()


def heed(context: BrowserContext) -> BrowserContext:
    """Be patient with this browser's pages, and know what each of them asks for."""
    context.set_default_timeout(PATIENCE_MS)
    context.on("page", _listen)
    for page in context.pages:
        _listen(page)
    return context


def _listen(page: Page) -> None:
    asked = _asked[page] = set()

    def ask(request: Request) -> None:
        if request.is_navigation_request():  # the page before has no more questions
            asked.clear()
        asked.add(request)

    page.on("request", ask)
    page.on("requestfinished", lambda request: asked.discard(request))
    page.on("requestfailed", lambda request: asked.discard(request))


def opened(browser: Browser, address: str, screen: ViewportSize) -> Page:
    """An empty page of its own at this address, on a screen of this size."""
    context = browser.new_context(viewport=screen, locale="zh-CN", base_url=address)
    return heed(context).new_page()


def signed_in(browser: Browser, address: str, name: str) -> Page:
    """The first page of a demo person: volunteers hold a phone, the others sit in an office."""
    account = next(each for each in ACCOUNTS if each.name == name)
    screen = PHONE if "志愿者" in account.what_for else OFFICE
    page = opened(browser, address, screen)
    page.on("pageerror", _fail)
    page.goto("/app/sign-in")
    sign_in(page, account.phone)
    return page


class Seats:
    """The people of one server: each signs in once, and then has as many pages as are asked for."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._first: dict[str, Page] = {}

    def page(self, name: str) -> Page:
        """Another page of this person, who has come to where their work begins."""
        if name not in self._first:
            self._first[name] = signed_in(self._browser, self._address, name)
            return self._first[name]
        page = self._first[name].context.new_page()
        page.on("pageerror", _fail)
        page.goto("/app/")
        settle(page)
        return page


def sign_in(page: Page, phone: str) -> None:
    """By hand, on the page for it."""
    page.get_by_label("手机号").fill(phone)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    settle(page)


def _fail(error: Exception) -> None:
    raise AssertionError(f"the page broke: {error}")


def shot(page: Page, name: str) -> None:
    """Keep a picture where asked to: HONGLIN_SHOTS=docs/img."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def settle(page: Page) -> None:
    """Wait until nothing is asked for, loading or moving, several looks in a row."""
    quiet = 0
    last = monotonic() + PATIENCE_MS / 1000
    while quiet < QUIET:
        assert monotonic() < last, f"{page.url} does not come to rest"
        page.wait_for_timeout(LOOK_MS)
        quiet = quiet + 1 if not _asked[page] and _is_still(page) else 0


def _is_still(page: Page) -> bool:
    try:
        return bool(page.evaluate(RESTED))
    except Error:  # it goes elsewhere at this moment
        return False


def press(page: Page, name: str) -> None:
    """Press the button that says just this."""
    page.get_by_role("button", name=name, exact=True).last.click()


def choose(page: Page, words: str) -> None:
    """Choose one of large options by its words."""
    page.locator("label.choice", has_text=words).click()


def photo(number: int, side: int = 320) -> dict[str, object]:
    """A picture like no other: a wall of stones in colours of its own, about 30 KB on the phone."""
    colours = Random(number)
    stones = Image.new("RGB", (side // 16, side // 16))
    stones.putdata([tuple(colours.randbytes(3)) for _ in range((side // 16) ** 2)])
    out = BytesIO()
    stones.resize((side, side)).save(out, "JPEG", quality=90)
    return {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def card(page: Page, visit_id: str) -> Locator:
    """The door of a visit on the page of today."""
    return page.locator(f"a[href$='/visits/{visit_id}']")


def fill_issue(page: Page, visit_id: str, matter: str, number: int) -> None:
    """From today's list into the form of a door, and all that a matter needs, with a photo."""
    card(page, visit_id).click()
    choose(page, "有事")
    press(page, "公共设施")
    press(page, "公共照明用电")
    page.get_by_label("什么事？").fill(matter)
    choose(page, "公共部位")
    page.locator("input[type=file]").set_input_files([photo(number)])
    expect(page.get_by_text("去掉这张")).to_be_visible()


def fill_ok(page: Page, visit_id: str) -> None:
    card(page, visit_id).click()
    choose(page, "见到，平安")


def save(page: Page) -> None:
    """The form is sent or kept, and the phone is back on the page of today."""
    press(page, "记好了")
    page.wait_for_url("**/app/today")


def wait_until(page: Page, true: Callable[[], bool]) -> None:
    """What no page shows: asked again and again, while the page goes on with its work."""
    last = monotonic() + PATIENCE_MS / 1000
    while not true():
        assert monotonic() < last, "it did not come true"
        page.wait_for_timeout(50)
