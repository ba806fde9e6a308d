"""The boards by hand in a real browser: a dispatcher with a phone, the committee, the owners, and
the plan of an estate. Taps are counted."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import axe
from tests.e2e.demo import FILE, demo_server
from tests.e2e.phone import OFFICE, PHONE, Seats, photo, press, settle, shot
from tests.server import Server

pytestmark = pytest.mark.e2e
UNDO_MS = 4_000
FEW = "3号楼"  # of the second estate: three households live there


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo community."""
    var = tmp_path_factory.mktemp("boards")
    server = demo_server(var)
    leave_three_households(var / FILE)
    server.start()
    yield server
    server.stop()


def leave_three_households(file: Path) -> None:
    """In one building, before anybody has come: the others of it live elsewhere."""
    with sqlite3.connect(file) as connection:
        [few, other] = (
            connection.execute(BUILDING, (name,)).fetchone()[0] for name in (FEW, "4号楼")
        )
        connection.execute(MOVE_OUT, (other, few, few))
    connection.close()


BUILDING = """SELECT building.id FROM place AS building JOIN place AS estate
    ON estate.id = building.parent_id WHERE estate.name = '和园二期' AND building.name = ?"""
MOVE_OUT = """UPDATE household SET building_id = ? WHERE building_id = ? AND id NOT IN
    (SELECT id FROM household WHERE building_id = ? LIMIT 3)"""


@pytest.fixture(scope="module")
def seats(server: Server, browser: Browser) -> Seats:
    return Seats(browser, f"http://127.0.0.1:{server.port}")


@pytest.fixture
def board(seats: Seats) -> Iterator["Board"]:
    boards = Board(seats)
    yield boards
    for page in boards.pages:
        page.close()


class Board:
    """Opens boards, each for somebody, and counts the taps on them."""

    def __init__(self, seats: Seats) -> None:
        self.seats = seats
        self.pages: list[Page] = []
        self.taps = 0

    def of(self, name: str, *, phone: bool = False) -> Page:
        page = self.seats.page(name)
        self.pages.append(page)
        if phone:
            page.set_viewport_size(PHONE)
        expect(page.get_by_role("heading", name="今日工作")).to_be_visible()
        settle(page)
        return page

    def tap(self, on: Locator) -> None:
        self.taps += 1
        on.click()


def work(page: Page, verb: str) -> Locator:
    """The first piece of work whose next step this is."""
    return page.locator("article", has=page.locator(f"button.step.main:text-is('{verb}')")).first


def named(page: Page, card: Locator) -> Locator:
    """This very card, wherever it moves on the page."""
    link = str(card.locator("a.what").get_attribute("href"))
    return page.locator("article", has=page.locator(f"a.what[href='{link}']"))


def sideways(page: Page) -> int:
    wide: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wide


@pytest.mark.parametrize("name", ["周工", "王干事", "孙主任", "钱社工", "吴科长"])
def test_every_board_fits_the_phone_and_the_office_and_shuts_nobody_out(
    board: Board, name: str
) -> None:
    page = board.of(name)
    for size in (PHONE, OFFICE):
        page.set_viewport_size(size)
        for path in ("/app/office/today", "/app/office/buildings"):
            page.goto(path)
            expect(page.locator("table, section.part, .empty").first).to_be_visible()
            assert sideways(page) <= 0
            axe.look(page)
            shot(page, f"{name}-{path.rsplit('/', 1)[1]}-{size['width']}")


def test_a_dispatcher_arrives_with_one_tap_and_finishes_with_two(board: Board) -> None:
    page = board.of("周工", phone=True)
    assert sideways(page) <= 0
    shot(page, "day")
    card = named(page, work(page, "到场了"))
    board.tap(card.get_by_role("button", name="到场了"))
    assert board.taps == 1
    expect(card.get_by_role("button", name="撤销")).to_be_visible()
    expect(card.get_by_role("button", name="办结")).to_be_visible(timeout=UNDO_MS + 10_000)
    expect(card.get_by_role("button", name="到场了")).to_have_count(0)

    board.taps = 0
    board.tap(card.get_by_role("button", name="办结"))
    sheet = page.get_by_role("dialog")
    expect(sheet.locator("textarea")).not_to_have_value("")
    axe.look(page)
    board.tap(sheet.get_by_role("button", name="没有可拍的，办结"))
    assert board.taps == 2
    expect(card).to_have_count(0)


def test_the_picture_that_proves_it_is_the_second_tap(board: Board) -> None:
    page = board.of("周工", phone=True)
    card = named(page, page.locator("article", has=page.locator("button:text-is('办结')")).first)
    card.get_by_role("button", name="办结").click()
    sheet = page.get_by_role("dialog")
    for number in (7, 8):  # the demo's reports bring no picture of before
        sheet.locator("input[type=file]").set_input_files([photo(number)])
        if number == 7:
            expect(sheet.get_by_text("拍修好后的，办结")).to_be_visible()
    expect(card).to_have_count(0)


def test_what_was_begun_outlives_the_page_and_a_tap_taken_back(board: Board) -> None:
    page = board.of("周工", phone=True)
    card = named(page, page.locator("article", has=page.locator("button:text-is('办结')")).first)
    sheet = page.get_by_role("dialog")
    card.get_by_role("button", name="办结").click()
    sheet.locator("textarea").fill("换了一扇门，试过三遍")
    sheet.locator("input[type=file]").set_input_files([photo(17)])
    expect(sheet.get_by_text("重拍修之前的")).to_be_visible()
    page.reload()  # what Android does to a page behind its camera
    card.get_by_role("button", name="办结").click()
    expect(sheet.locator("textarea")).to_have_value("换了一扇门，试过三遍")
    expect(sheet.get_by_text("重拍修之前的")).to_be_visible()
    axe.look(page)
    sheet.locator("input[type=file]").set_input_files([photo(18)])
    press(page, "撤销")
    card.get_by_role("button", name="办结").click()
    expect(sheet.get_by_text("重拍修好后的")).to_be_visible()
    sheet.get_by_role("button", name="办结", exact=True).click()
    expect(card).to_have_count(0)


def test_a_tap_can_be_taken_back_before_it_is_sent(board: Board) -> None:
    page = board.of("周工", phone=True)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if "/moves" in asked.url else None)
    card = named(page, work(page, "接单"))
    card.get_by_role("button", name="接单").click()
    card.get_by_role("button", name="撤销").click()
    page.wait_for_timeout(UNDO_MS + 500)
    expect(card.get_by_role("button", name="接单")).to_be_visible()
    assert not sent


def test_who_goes_on_has_meant_it(board: Board) -> None:
    page = board.of("周工", phone=True)
    card = named(page, work(page, "接单"))
    card.get_by_role("button", name="接单").click()
    page.get_by_role("link", name="工单", exact=True).click()
    page.get_by_role("link", name="今日").click()
    expect(card.locator("button.main")).not_to_have_text("接单")


def test_the_way_of_sorting_stands_in_the_address(board: Board) -> None:
    page = board.of("周工")
    press(page, "按楼栋")
    page.wait_for_url("**by=building")
    expect(page.get_by_role("heading", level=2).filter(has_text="和园一期").first).to_be_visible()
    page.reload()
    settle(page)
    expect(page.get_by_role("button", name="按楼栋", pressed=True)).to_be_visible()


def test_the_board_hears_of_what_others_do(board: Board) -> None:
    clerk, other = board.of("王干事"), board.of("赵书记")
    part = clerk.locator("section#to_accept")
    title = part.locator(".title").first.inner_text()
    first = part.locator("li").filter(has_text=title).first
    number = int(part.locator("h2 b").inner_text())
    there = other.locator("section#to_accept")
    first.get_by_role("button", name="受理").click()
    expect(part.locator("h2 b")).to_have_text(str(number - 1))
    expect(there.locator("h2 b")).to_have_text(str(number - 1))


def test_the_committee_reviews_from_its_board(board: Board) -> None:
    clerk = board.of("王干事")
    part = clerk.locator("section#to_review")
    number = int(part.locator("h2 b").inner_text())
    part.locator("a.what").first.click()
    press(clerk, "审核通过")
    clerk.get_by_role("dialog").get_by_role("button", name="审核通过", exact=True).click()
    settle(clerk)
    clerk.get_by_role("link", name="今日工作").click()
    expect(clerk.locator("section#to_review h2 b")).to_have_text(str(number - 1))


@pytest.mark.parametrize(("name", "words"), [("孙主任", "请你们看一看"), ("钱社工", "你们手上的")])
def test_those_who_help_find_in_plain_words_what_waits(board: Board, name: str, words: str) -> None:
    page = board.of(name, phone=True)
    assert sideways(page) <= 0
    part = page.locator("section.part", has=page.get_by_role("heading", name=words))
    part.locator("a.what").first.click()
    page.wait_for_url("**/tickets/*")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_plan_is_laid_down_and_shows_the_numbers(board: Board) -> None:
    clerk = board.of("王干事")
    clerk.get_by_role("link", name="楼栋图").click()
    clerk.get_by_label("小区").select_option(label="和园二期")
    clerk.get_by_role("link", name="传平面图").click()
    clerk.locator("input[type=file]").set_input_files([photo(11, side=640)])
    picture = clerk.locator(".ground")
    expect(picture).to_be_visible()
    picture.click(position={"x": 120, "y": 90})
    picture.click(position={"x": 400, "y": 300})
    pins = clerk.locator("button.pin")
    expect(pins).to_have_count(2)
    press(clerk, "撤销")
    expect(pins).to_have_count(1)
    press(clerk, "先放到图中间")
    pins.nth(1).focus()
    clerk.keyboard.press("ArrowLeft")
    drag(clerk, pins.first)
    axe.look(clerk)
    press(clerk, "存好")
    expect(clerk.get_by_text("平面图存好了")).to_be_visible()
    clerk.get_by_role("link", name="回楼栋图").click()
    clerk.get_by_label("小区").select_option(label="和园二期")
    expect(clerk.locator("a.spot")).to_have_count(2)
    clerk.locator("a.spot").first.click()
    clerk.wait_for_url("**/office/board/all?building_id=*")


def test_the_circles_and_the_table_say_the_same_and_lead_to_the_list(board: Board) -> None:
    page = board.of("周工", phone=True)
    page.goto("/app/office/buildings?what=recent")
    spots = page.locator("a.spot")
    expect(spots).to_have_count(12)
    for name in ("1号楼", "12号楼"):
        circle = spots.filter(has=page.locator(f".name:text-is('{name}')")).locator("b")
        line = page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))
        expect(line.locator("td.on")).to_have_text(circle.inner_text())
    heaviest = spots.last  # it lies on top
    number = int(heaviest.locator("b").inner_text())
    assert number == max(map(int, spots.locator("b").all_inner_texts()))
    page.get_by_label("看什么").select_option(label="没办完的")
    page.wait_for_url(lambda address: "what" not in address)
    spots.last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/office/board/all?building_id=*")


def test_of_few_households_no_number_is_shown(board: Board) -> None:
    page = board.of("王干事", phone=True)
    page.get_by_role("link", name="菜单").click()
    page.get_by_role("link", name="楼栋图").click()
    page.get_by_label("小区").select_option(label="和园二期")
    line = page.get_by_role("row").filter(has=page.get_by_role("link", name=FEW, exact=True))
    expect(line.locator("td")).to_have_text(["–", "–", "–"])
    expect(page.get_by_text("不足 5 户的楼栋不显示数字")).to_be_visible()


def drag(page: Page, pin: Locator) -> None:
    before = pin.bounding_box()
    assert before is not None
    page.mouse.move(before["x"] + 10, before["y"] + 10)
    page.mouse.down()
    page.mouse.move(before["x"] + 90, before["y"] + 60, steps=5)
    page.mouse.up()
    after = pin.bounding_box()
    assert after is not None
    assert after["x"] > before["x"] + 40
