"""The water rises: the clerk calls an estate, a volunteer answers with one tap on a phone, the
board shows it building by building, and the end sums up, also on the screens of others."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.demo import demo_server
from tests.e2e.phone import Seats, press, shot
from tests.server import Server

pytestmark = pytest.mark.e2e

ESTATE = "和园一期"
WORDS = "到各自楼栋门口，看看地下车库有没有进水"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo community; all of this is done without the worker."""
    server = demo_server(tmp_path_factory.mktemp("calling"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def seats(server: Server, browser: Browser) -> Seats:
    return Seats(browser, f"http://127.0.0.1:{server.port}")


def look_again(page: Page) -> None:
    """Somebody comes back to this page: what the feed brings is on it, without opening it anew."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def building(page: Page, name: str) -> Locator:
    """A building on the board; 1号楼 is not 11号楼."""
    return page.locator("ul.buildings li", has_text=re.compile(f"{ESTATE} {name}"))


def test_an_estate_is_called_answers_and_is_thanked(seats: Seats) -> None:
    clerk = seats.page("王干事")
    call(clerk)
    elsewhere = seats.page("赵书记")
    elsewhere.goto(clerk.url)
    expect(elsewhere.get_by_text("进行中")).to_be_visible()
    phone = seats.page("陈师傅")
    answer(phone)
    look_again(clerk)
    expect(building(clerk, "1号楼")).to_contain_text("来的：陈师傅")
    expect(building(clerk, "2号楼")).to_contain_text("还没有人来")
    expect(clerk.get_by_label("大家的答复")).to_contain_text("1 我来")
    expect(clerk.get_by_text(re.compile("^截至 [0-9]{2}:[0-9]{2}$"))).to_be_visible()
    shot(clerk, "call_board")
    sum_up(clerk)
    for page in (elsewhere, phone):
        look_again(page)
        expect(page.get_by_text("已结束")).to_be_visible()
    expect(elsewhere.get_by_role("button", name="结束召集")).to_have_count(0)
    expect(phone.get_by_role("button", name="我来")).to_have_count(0)
    expect(phone.get_by_text("车库没有进水")).to_be_visible()


def call(clerk: Page) -> None:
    """What is asked of whom; whom it reaches is said before it goes out."""
    clerk.goto("/app/office/calls")
    clerk.get_by_role("link", name="发起召集").click()
    clerk.get_by_label("出了什么事").select_option(label="汛情")
    clerk.get_by_label("叫谁").select_option(label=ESTATE)
    clerk.get_by_label("请大家做什么").fill(WORDS)
    press(clerk, "看看会告诉谁")
    sheet = clerk.get_by_role("dialog")
    expect(
        sheet.get_by_text(re.compile("会告诉 [0-9]+ 人，其中物业值班 [0-9]+ 人"))
    ).to_be_visible()
    press(clerk, "发出召集")
    clerk.wait_for_url(re.compile("/office/calls/[0-9a-f-]{36}$"))
    expect(building(clerk, "1号楼")).to_contain_text("还没有人来")


def answer(phone: Page) -> None:
    """One tap on top of the day; the call's own page counts it for who leads the team."""
    look_again(phone)
    card = phone.get_by_label("社区紧急召集")
    expect(card).to_contain_text(WORDS)
    card.get_by_role("link").click()
    team = phone.get_by_label("自己队里")
    expect(team).to_contain_text("来 0 人")
    shot(phone, "call_on_phone")
    press(phone, "我来")
    expect(phone.get_by_text("答复收到了")).to_be_visible()
    expect(team).to_contain_text("来的：陈师傅")


def sum_up(clerk: Page) -> None:
    """A word, and all else is there already."""
    press(clerk, "结束召集")
    clerk.get_by_label("一句小结").fill("车库没有进水")
    press(clerk, "结束召集")
    expect(clerk.get_by_text("已结束")).to_be_visible()
    expect(clerk.get_by_text(re.compile("^截至"))).to_have_count(0)
    expect(clerk.get_by_text("小结：车库没有进水")).to_be_visible()
    expect(building(clerk, "1号楼")).to_contain_text("有 1 人来")
    expect(clerk.get_by_role("link", name="下载 Excel")).to_be_visible()
