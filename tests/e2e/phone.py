"""A browser in somebody's hand: signed in, with the screen of a phone or of an office."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from app.demo import ACCOUNTS, PASSWORD
from tests.services import lacking

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]
PHONE = {"width": 360, "height": 740}
OFFICE = {"width": 1440, "height": 900}
PATIENCE_MS = 30_000  # a busy machine is no defect of the page

expect.set_options(timeout=PATIENCE_MS)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    if not CHROMIUM.exists():
        lacking("Chromium", "the whole story in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


def signed_in(browser: Browser, address: str, name: str) -> Page:
    """The first page of a demo person: volunteers hold a phone, the others sit in an office."""
    account = next(each for each in ACCOUNTS if each.name == name)
    screen = PHONE if "志愿者" in account.what_for else OFFICE
    context = browser.new_context(viewport=screen, locale="zh-CN", base_url=address)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("pageerror", _fail)
    page.goto("/app/sign-in")
    page.get_by_label("手机号").fill(account.phone)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    settle(page)
    return page


def _fail(error: Exception) -> None:
    raise AssertionError(f"the page broke: {error}")


def settle(page: Page) -> None:
    """Wait until the page has its data and its letters."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(250)


def press(page: Page, name: str) -> None:
    """Press the button that says just this."""
    page.get_by_role("button", name=name, exact=True).last.click()


def choose(page: Page, words: str) -> None:
    """Choose one of large options by its words."""
    page.locator("label.choice", has_text=words).click()
