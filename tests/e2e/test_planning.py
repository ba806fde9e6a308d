"""The clerk has a month planned, changes it on the board by mouse and by keys, and sends it out; a
volunteer answers on a phone; somebody falls ill and the plan is mended."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.demo import demo_server, worker_beside
from tests.e2e.phone import press, settle, shot, signed_in
from tests.server import Server

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo community, and the worker beside it."""
    var = tmp_path_factory.mktemp("planning")
    server = demo_server(var)
    server.start()
    with worker_beside(server):
        yield server
    server.stop()


@pytest.fixture(scope="module")
def clerk(server: Server, browser: Browser) -> Page:
    """The same office from the first story to the last."""
    return signed_in(browser, f"http://127.0.0.1:{server.port}", "王干事")


def drag(page: Page, chip: Locator, row: Locator) -> str:
    """Drag a chip to the first free cell of a row against which nothing stands; its date."""
    box = chip.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + 20, steps=3)
    cell = row.locator("td.ok:not(:has(button))").first
    expect(cell).to_be_visible()
    there = cell.bounding_box()
    assert there is not None
    page.mouse.move(there["x"] + 12, there["y"] + 12, steps=3)
    expect(page.locator(".ghost")).to_contain_text("可以。")
    shot(page, "planning")
    date = str(cell.get_attribute("data-cell")).split("|")[1]
    page.mouse.up()
    return date


def test_the_clerk_has_a_month_planned_changes_it_and_sends_it_out(clerk: Page) -> None:
    clerk.goto("/app/office/months")
    press(clerk, "排一个月")
    clerk.get_by_role("dialog").get_by_role("button", name="第1网格").click()
    press(clerk, "开始排")
    expect(clerk.get_by_text(re.compile("^算过了"))).to_be_visible()
    clerk.get_by_role("link", name="看一看、改一改").click()
    press(clerk, "一周")
    press(clerk, "下一周")
    row = clerk.locator("tbody tr", has=clerk.locator("button.chip")).first
    chip = row.locator("button.chip").first
    door = chip.inner_text().lstrip("◇▲")
    date = drag(clerk, chip, row)
    moved = row.locator(f"td[data-cell$='{date}'] button.chip", has_text=door)
    expect(moved).to_be_visible()
    clerk.keyboard.press("Control+z")
    expect(moved).to_have_count(0)
    press(clerk, "↷ 重做")
    expect(moved).to_be_visible()
    by_keys(clerk, moved)
    back_on_a_slow_line(clerk)
    press(clerk, "发出去")
    press(clerk, "发出去")
    expect(clerk.get_by_text("已发出")).to_be_visible()


def test_a_month_that_was_stopped_goes_on(clerk: Page) -> None:
    clerk.goto("/app/office/months")
    press(clerk, "排一个月")
    press(clerk, "开始排")
    press(clerk, "停下来")
    left = clerk.get_by_role("region", name="没排完的")
    expect(left).to_contain_text("个网格没有排完")
    shot(clerk, "stopped")
    press(clerk, "接着排")
    expect(clerk.get_by_role("progressbar")).to_be_visible()
    expect(left).to_have_count(0)
    press(clerk, "不要了")
    clerk.get_by_role("dialog").get_by_role("button", name="不要了").click()
    expect(clerk.get_by_role("heading", name="月计划")).to_be_visible()


def back_on_a_slow_line(page: Page) -> None:
    """What this browser kept of the month is from before the changes: it sends nothing out."""
    held: list[Route] = []
    page.route("**/month-plans/*", lambda asked: held.append(asked))
    page.get_by_role("link", name="回到整份计划").click()
    send = page.get_by_role("button", name="发出去")
    expect(send).to_be_disabled()
    assert held
    page.unroute("**/month-plans/*")  # which lets them go on
    expect(send).to_be_enabled()


def by_keys(page: Page, chip: Locator) -> None:
    """Picked up, carried a row down and let go where it was."""
    chip.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("td.target")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("td.target")).to_have_count(0)
    expect(chip).to_be_visible()


def test_a_volunteer_moves_declines_and_accepts_on_a_phone(
    server: Server, browser: Browser
) -> None:
    phone = signed_in(browser, f"http://127.0.0.1:{server.port}", "陈师傅")
    phone.goto("/app/proposals")
    cards = phone.locator("article.card")
    expect(cards.nth(3)).to_be_visible()
    before = cards.count()
    last = cards.last
    last.get_by_role("button", name="婉拒").click()
    expect(cards).to_have_count(before - 1)
    last.get_by_role("button", name="改天").click()
    sheet = phone.get_by_role("dialog")
    sheet.get_by_role("region", name="改到哪天").get_by_role("button").nth(2).click()
    sheet.get_by_role("region", name="什么时候").get_by_role("button").first.click()
    shot(phone, "own_evenings")
    press(phone, "就这个时间")
    expect(cards).to_have_count(before - 2)
    phone.get_by_role("button", name=re.compile("户都答应$")).click()
    expect(phone.get_by_text("没有等您回话的走访")).to_be_visible()


def test_a_yes_is_taken_back_on_the_phone(server: Server, browser: Browser) -> None:
    phone = signed_in(browser, f"http://127.0.0.1:{server.port}", "陈师傅")
    phone.goto("/app/visits")
    doors = phone.locator("section a.card")
    expect(doors.nth(1)).to_be_visible()
    before = doors.count()
    doors.last.click()
    expect(phone.get_by_text(re.compile("^约在.+月.+日 周. .+–"))).to_be_visible()
    press(phone, "去不了？改天或不去 ›")
    expect(phone.get_by_role("region", name="改到哪天")).to_be_visible()
    shot(phone, "taken_back")
    press(phone, "这次不去，请社区另想办法")
    expect(phone.get_by_role("link", name="后面几天的走访 ›")).to_be_visible()
    phone.goto("/app/visits")
    expect(doors).to_have_count(before - 1)


def test_somebody_falls_ill_and_the_plan_is_mended(clerk: Page) -> None:
    clerk.goto("/app/office/months")
    clerk.locator("tbody tr", has_text="第1网格").get_by_role("link").click()
    settle(clerk)
    press(clerk, "有变化，再算一遍")
    clerk.get_by_label("有人来不了吗").select_option(label="陈师傅")
    press(clerk, "看看要改哪些")
    expect(clerk.get_by_text(re.compile("按最新情况有 [0-9]+ 户要改"))).to_be_visible()
    clerk.get_by_role("link", name="看看要改哪些").click()
    expect(clerk.get_by_text(re.compile("已经答应过，要再问一次"))).to_be_visible()
    shot(clerk, "difference")
    press(clerk, "就这样改")
    expect(clerk.get_by_text("按最新情况算了一遍")).to_have_count(0)
    clerk.get_by_role("link", name="回到整份计划").click()
    expect(clerk.get_by_text(re.compile("户改了还没发"))).to_be_visible()
    press(clerk, "发出去")
    press(clerk, "发出去")
    expect(clerk.get_by_text(re.compile("户改了还没发"))).to_have_count(0)
