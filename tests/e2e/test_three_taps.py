"""A slow phone in a stairwell: "seen, all well" is three taps and a few seconds from opening."""

from collections.abc import Callable
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.device import Device, settled_in
from tests.e2e.phone import WHOLE, card, choose, press, shot
from tests.e2e.street import Street

pytestmark = pytest.mark.e2e

SLOWER = 4
READING_MS = 1_000  # somebody looks before each tap
SECONDS = 15
COUNT_TAPS = """
  window.taps = 0;
  addEventListener('pointerdown', (event) => (window.taps += event.isTrusted ? 1 : 0), true);
"""


def test_seen_all_well_takes_three_taps_and_less_than_fifteen_seconds_offline_on_a_slow_phone(
    street: Street, phone: Callable[..., Device], record_property: Callable[[str, object], None]
) -> None:
    visits = street.ask(6)
    device = phone(WHOLE)
    settled_in(device, street.chen)
    device.air(False)
    page = device.start()
    page.add_init_script(COUNT_TAPS)
    device.talk(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    began = monotonic()
    page.goto("/app/")
    expect(card(page, visits[0])).to_be_visible()
    shot(page, "taps-1-today")
    after_a_look(page, lambda: card(page, visits[0]).click())
    expect(page.get_by_text("见到，平安")).to_be_visible()
    after_a_look(page, lambda: choose(page, "见到，平安"))
    expect(page.get_by_text("这一户走到了")).to_be_visible()
    shot(page, "taps-2-all-well")
    after_a_look(page, lambda: press(page, "记好了"))
    expect(card(page, visits[0]).get_by_text("上门 · 见到，平安")).to_be_visible()
    expect(card(page, visits[0]).get_by_text("待送出")).to_be_visible()
    seconds, taps = monotonic() - began, page.evaluate("window.taps")
    shot(page, "taps-3-kept")
    record_property("seconds", round(seconds, 1))
    assert taps == 3
    assert seconds < SECONDS

    device.air(True)
    expect(page.get_by_text("记录都已送达")).to_be_visible()
    recorded = "SELECT method, outcome FROM visit_record"
    assert street.rows(recorded) == [("door", "ok")]


def after_a_look(page: Page, tap: Callable[[], None]) -> None:
    page.wait_for_timeout(READING_MS)
    tap()
