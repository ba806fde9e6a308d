"""A volunteer says on a phone when it suits her; the clerk takes a suggestion, undoes it, and hands
over somebody's doors."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.demo import demo_server
from tests.e2e.phone import press, settle, shot, signed_in
from tests.server import Server

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo community."""
    var = tmp_path_factory.mktemp("keeping")
    server = demo_server(var)
    server.start()
    yield server
    server.stop()


def test_a_volunteer_says_in_few_taps_when_it_suits_her(server: Server, browser: Browser) -> None:
    address = f"http://127.0.0.1:{server.port}"
    page = signed_in(browser, address, "陈师傅")
    page.goto(f"{address}/app/me")
    page.get_by_role("link", name="方便的时间").click()
    expect(page.get_by_text("您还没有说过")).to_be_visible()
    for span in ("工作日上午", "工作日下午"):
        page.get_by_role("switch", name=span).click()
        expect(page.get_by_role("switch", name=span)).not_to_be_checked()
    press(page, "存下这个星期的安排")
    expect(page.get_by_text("您还没有说过")).to_be_hidden()
    press(page, "有几天不在")
    page.get_by_role("button", name="三天").click()
    page.get_by_role("button", name="不在").last.click()
    expect(page.get_by_text("3 天不在")).to_be_visible()
    expect(page.get_by_role("link", name="这些天您答应过")).to_be_visible()
    shot(page, "availability")
    page.reload()
    settle(page)
    expect(page.get_by_text("3 天不在")).to_be_visible()
    expect(page.get_by_role("switch", name="工作日上午")).not_to_be_checked()
    expect(page.get_by_role("switch", name="工作日傍晚")).to_be_checked()


def test_the_clerk_takes_a_suggestion_undoes_it_and_hands_over_doors(
    server: Server, browser: Browser
) -> None:
    address = f"http://127.0.0.1:{server.port}"
    page = signed_in(browser, address, "王干事")
    page.goto(f"{address}/app/office/keeping")
    take_and_undo(page)
    hand_over(page)


def take_and_undo(page: Page) -> None:
    page.get_by_role("button", name="和园一期：看建议").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("哪些户换人")).to_be_visible()
    shot(page, "suggestion")
    press(page, "就这样安排")
    expect(page.get_by_text("和园一期按建议安排")).to_be_visible()
    undo(page)
    expect(page.get_by_text("已撤回")).to_be_visible()


def undo(page: Page) -> None:
    page.get_by_role("button", name="撤回").first.click()
    page.get_by_role("dialog").get_by_role("button", name="撤回", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def hand_over(page: Page) -> None:
    press(page, "办交接")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("谁要交出去").select_option(label="陈师傅（队长）")
    taker = sheet.get_by_role("region", name="交给谁").get_by_role("button").first
    name = taker.inner_text()
    taker.click()
    press(page, "看看会怎么换")
    expect(sheet.get_by_text("没走完的走访也一起交")).to_be_visible()
    shot(page, "hand_over")
    press(page, "就这样交接")
    expect(page.get_by_text(f"陈师傅交给{name}")).to_be_visible()
