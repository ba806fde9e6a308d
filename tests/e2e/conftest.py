"""A street and phones for the stories; all of them end with their test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.e2e.device import Device
from tests.e2e.street import Street


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    """A server that has not been started yet."""
    var = tmp_path / "var"
    var.mkdir()
    street = Street(var)
    yield street
    street.close()


@pytest.fixture
def phone(
    playwright: Playwright, tmp_path: Path, street: Street
) -> Iterator[Callable[..., Device]]:
    """`phone()` is a new phone; it reaches the server itself unless told another address."""
    made: list[Device] = []

    def new(address: str | None = None) -> Device:
        profile = tmp_path / f"phone{len(made)}"
        made.append(Device(playwright, profile, address or street.address))
        return made[-1]

    yield new
    for device in made:
        device.close()
