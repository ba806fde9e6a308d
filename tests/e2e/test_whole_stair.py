"""A whole stair, all well: ticks outlive the battery, and what was pressed by mistake is undone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.device import Device, out_of_reach
from tests.e2e.phone import card, press, shot, wait_until
from tests.e2e.street import Street

pytestmark = pytest.mark.e2e


def test_a_stair_is_recorded_in_one_go_without_a_network_and_can_be_taken_back(
    street: Street, phone: Callable[[], Device]
) -> None:
    visits = street.ask(6)
    device = phone()
    page = out_of_reach(device, street.chen)
    stair(page)
    page.get_by_role("checkbox", name="103").uncheck()
    page.get_by_role("button", name="楼下碰面").click()
    expect(page.get_by_role("button", name="5 户都平安，记好了")).to_be_visible()
    shot(page, "stair")
    page.wait_for_timeout(500)
    device.kill()

    page = device.open("/app/today")
    stair(page)
    expect(page.get_by_role("checkbox", name="103")).not_to_be_checked()
    press(page, "5 户都平安，记好了")
    shot(page, "stair-kept")
    press(page, "撤回，先不记")
    page.wait_for_url("**/app/today")
    expect(page.get_by_text("待送出")).to_have_count(0)

    stair(page)
    page.get_by_role("checkbox", name="103").uncheck()
    press(page, "5 户都平安，记好了")
    press(page, "好了")
    expect(card(page, visits[0]).get_by_text("上门 · 见到，平安")).to_be_visible()
    device.air(True)
    recorded = "SELECT method, outcome FROM visit_record"
    wait_until(page, lambda: street.rows(recorded) == [("door", "ok")] * 5)
    expect(card(page, visits[2]).get_by_text("上门", exact=True)).to_be_visible()


def stair(page: Page) -> None:
    page.get_by_role("link", name="整单元都平安").click()
    expect(page.get_by_role("heading", name="1单元")).to_be_visible()
