"""Finding tickets at the office and acting for several at once, by hand in a real browser."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.demo import demo_server
from tests.e2e.phone import Seats, press, settle, shot, signed_in
from tests.server import Server

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo community."""
    var = tmp_path_factory.mktemp("finding")
    server = demo_server(var)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def seats(server: Server, browser: Browser) -> Seats:
    return Seats(browser, address_of(server))


def address_of(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}"


def board(page: Page, address: str) -> None:
    page.goto(f"/app/office/board/{address}")
    settle(page)


def titles(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("td.lead button").all_inner_texts()]


def test_two_signs_are_found_kept_under_a_name_and_sent_to_a_colleague(
    seats: Seats,
) -> None:
    clerk = seats.page("王干事")
    board(clerk, "all")
    clerk.keyboard.press("/")
    clerk.keyboard.type("楼道")
    expect(clerk.locator("mark").first).to_have_text("楼道")
    assert titles(clerk)
    assert all("楼道" in text for text in clerk.locator("tbody tr").all_inner_texts())
    clerk.get_by_label("顺序").select_option("due")
    clerk.wait_for_url("**sort=due**")
    asked = parse_qs(urlsplit(clerk.url).query)
    assert asked == {"q": ["楼道"], "sort": ["due"]}
    shot(clerk, "finding")

    press(clerk, "＋ 存下这个筛选")
    clerk.get_by_label("叫什么").fill("楼道的事")
    clerk.get_by_label("给谁用").select_option(index=1)
    press(clerk, "存下")
    kept = clerk.get_by_role("navigation", name="存下的筛选")
    expect(kept.get_by_role("link", name="楼道的事")).to_be_visible()

    company = seats.page("周工")
    company.goto(clerk.url)
    settle(company)
    expect(company.locator("mark").first).to_have_text("楼道")
    assert set(titles(company)) <= set(titles(clerk))
    assert company.get_by_role("link", name="楼道的事").count() == 0

    keep_in_order(clerk)


def keep_in_order(clerk: Page) -> None:
    """Leave the kept filter, come back to it, take it away and bring it back, begin with it."""
    kept = clerk.get_by_role("navigation", name="存下的筛选")
    press(clerk, "清除筛选")
    expect(clerk.locator("mark")).to_have_count(0)
    kept.get_by_role("link", name="楼道的事").click()
    expect(clerk.get_by_label("搜工单")).to_have_value("楼道")

    press(clerk, "整理")
    press(clerk, "删掉")
    expect(clerk.get_by_text("已删掉“楼道的事”")).to_be_visible()
    press(clerk, "撤销")
    expect(clerk.get_by_role("button", name="楼道的事 往前移")).to_be_visible()
    press(clerk, "打开时先看")
    press(clerk, "关闭")
    board(clerk, "")
    expect(clerk.get_by_label("搜工单")).to_have_value("楼道")


def test_an_address_from_another_seat_says_so_and_asks_the_same_of_what_one_sees(
    seats: Seats,
) -> None:
    company = seats.page("周工")
    board(company, "to_review?q=楼道&sort=due")
    expect(company.get_by_text("这一栏是别的岗位的", exact=True)).to_be_visible()
    expect(company.get_by_role("link", name="导出")).to_have_count(1)  # the menu's
    company.get_by_role("link", name="在我能看的工单里找").click()
    expect(company.locator("mark").first).to_have_text("楼道")
    asked = urlsplit(company.url)
    assert asked.path == "/app/office/board/all"
    assert parse_qs(asked.query) == {"q": ["楼道"], "sort": ["due"]}


def test_several_are_accepted_by_keys_and_what_cannot_be_says_why(
    server: Server, browser: Browser, seats: Seats
) -> None:
    clerk = seats.page("王干事")
    other = signed_in(browser, address_of(server), "王干事")
    board(clerk, "to_accept")
    clerk.keyboard.press("?")
    expect(clerk.get_by_text("键盘怎么用").first).to_be_visible()
    clerk.keyboard.press("x")  # a sheet is open: nothing is picked
    clerk.keyboard.press("Escape")
    expect(clerk.get_by_role("dialog")).to_have_count(0)
    for key in ("j", "x", "ArrowDown", "x"):
        clerk.keyboard.press(key)
    expect(clerk.get_by_text("已选 2 件")).to_be_visible()

    board(other, "to_accept")  # meanwhile somebody else accepts the first
    other.keyboard.press("j")
    other.keyboard.press("a")
    press(other, "受理")
    expect(other.get_by_text("1 件都受理好了。")).to_be_visible()

    clerk.keyboard.press("a")
    press(clerk, "受理")
    expect(clerk.get_by_text("1 件受理好了，1 件没办成。")).to_be_visible()
    expect(clerk.get_by_text("这条内容刚刚有人改过")).to_be_visible()
    shot(clerk, "bulk")
    press(clerk, "知道了，没办成的还勾着")

    board(clerk, "to_dispatch")
    waiting = clerk.locator("tbody tr").count()
    clerk.get_by_label("勾选列出的").check()
    clerk.keyboard.press("d")
    clerk.get_by_role("radiogroup", name="主办单位").get_by_role("radio").first.check()
    press(clerk, "派单")
    expect(clerk.get_by_text("派单好了").or_(clerk.get_by_text("都派单好了"))).to_be_visible()
    clerk.keyboard.press("Escape")
    expect(clerk.locator("tbody tr")).not_to_have_count(waiting)


def test_a_ticket_beside_the_board_leaves_its_lines_room_for_their_words(seats: Seats) -> None:
    clerk = seats.page("王干事")
    clerk.set_viewport_size({"width": 1440, "height": 900})
    board(clerk, "to_accept")
    moved = clerk.get_by_role("columnheader", name="更新")
    expect(moved).to_be_visible()
    clerk.locator("td.lead button").first.click()
    expect(clerk.get_by_role("button", name="收起")).to_be_visible()
    expect(moved).to_be_hidden()
    words = clerk.locator("td.lead").first.bounding_box()
    assert words is not None
    assert words["width"] >= 200  # a title of twelve signs stands in one line


def test_no_key_acts_while_somebody_types(seats: Seats) -> None:
    clerk = seats.page("王干事")
    board(clerk, "all")
    clerk.keyboard.press("j")
    clerk.keyboard.press("/")
    clerk.keyboard.type("xad?")
    expect(clerk.get_by_label("搜工单")).to_have_value("xad?")
    expect(clerk.get_by_text("没有找到")).to_be_visible()
    assert clerk.get_by_role("dialog").count() == 0
    press(clerk, "清除筛选，看这一栏全部的")
    expect(clerk.locator("tbody tr").first).to_be_visible()


def test_a_phone_shows_what_a_kept_filter_finds_and_not_its_fields(seats: Seats) -> None:
    clerk = seats.page("王干事")
    clerk.set_viewport_size({"width": 360, "height": 740})
    board(clerk, "all?category=facility&sort=due")
    expect(clerk.get_by_role("button", name="去掉条件：公共设施")).to_be_in_viewport()
    expect(clerk.locator("tbody tr").first).to_be_in_viewport(ratio=1)
    fields = clerk.get_by_label("事项类别")
    expect(fields).to_be_hidden()
    clerk.get_by_role("button", name="筛选 ●").click()
    expect(fields).to_be_visible()


def test_a_phone_comes_back_to_where_it_was(seats: Seats) -> None:
    clerk = seats.page("王干事")
    clerk.set_viewport_size({"width": 360, "height": 740})
    board(clerk, "all")
    press(clerk, "再看 50 件")
    expect(clerk.locator("tbody tr")).to_have_count(100)
    line = clerk.locator("tbody tr").nth(70)
    name = line.locator("td.lead button").inner_text()
    line.locator("td.lead button").click()
    clerk.wait_for_url("**/app/tickets/**")
    settle(clerk)
    clerk.go_back()
    expect(clerk.locator("tbody tr")).to_have_count(100)
    expect(clerk.locator("tbody tr").nth(70).get_by_role("button", name=name)).to_be_in_viewport()
