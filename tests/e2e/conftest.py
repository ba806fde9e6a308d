"""A street and phones for the stories; all of them end with their test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.e2e.device import Device
from tests.e2e.phone import SHELL, Kind, chromium
from tests.e2e.road import Road
from tests.e2e.street import Street


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def one_browser(playwright: Playwright) -> Iterator[Browser]:
    with chromium(playwright) as browser:
        yield browser


@pytest.fixture(scope="module")
def browser(one_browser: Browser) -> Iterator[Browser]:
    """For all that one process tries, started once: what a file opens in it ends with the file."""
    yield one_browser
    for context in one_browser.contexts:
        context.close()


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    """A street, and its server running."""
    var = tmp_path / "var"
    var.mkdir()
    street = Street(var)
    street.server.start()
    yield street
    street.close()


@pytest.fixture
def phone(
    playwright: Playwright, tmp_path: Path, street: Street
) -> Iterator[Callable[..., Device]]:
    """`phone()` is a new phone with a road of its own to the server; `phone(WHOLE)` with the whole
    browser."""
    with ExitStack() as ends:

        def new(kind: Kind = SHELL) -> Device:
            road = ends.enter_context(Road(street.server.port))
            made = Device(playwright, tmp_path / f"phone{road.port}", road, kind)
            ends.callback(made.close)
            return made

        yield new
