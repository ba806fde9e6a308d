"""Neighbours report the same lamp: the second joins the first, the committee joins a third, and all
of them hear how it ends."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.demo import demo_server
from tests.e2e.phone import choose, press, settle, shot, signed_in
from tests.server import Server

pytestmark = pytest.mark.e2e
FIRST = "地下车库入口的灯全灭了，推车进去看不见"
SECOND = "地下车库入口的灯不亮，差点撞到"
THIRD = "车库入口黑的，地下车库的灯坏了"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo community."""
    var = tmp_path_factory.mktemp("doubles")
    server = demo_server(var)
    server.start()
    yield server
    server.stop()


def write(page: Page, text: str) -> None:
    """A report about the first building of the first estate, up to its last question."""
    page.goto("/app/tickets/new")
    settle(page)
    for level in ("哪个小区", "哪一栋"):
        page.get_by_role("region", name=level, exact=False).get_by_role("button").first.click()
    page.get_by_label("什么事？").fill(text)
    group = page.get_by_role("button", name="公共设施")
    group.click()
    page.get_by_role("button", name="公共照明用电").last.click()
    choose(page, "公共部位")


def send(page: Page, text: str) -> str:
    write(page, text)
    press(page, "报上去")
    page.wait_for_url("**/app/tickets/*-*")
    settle(page)
    return page.url.rpartition("/")[2]


def go_on(page: Page, ticket: str, verb: str, fill: str = "", choose: str = "") -> None:
    page.goto(f"/app/tickets/{ticket}")
    settle(page)
    press(page, verb)
    sheet = page.get_by_role("dialog")
    if choose:
        sheet.get_by_role("button", name=choose).first.click()
    if fill:
        sheet.get_by_label("做了什么").fill(fill)
        sheet.get_by_text("没有可拍的公共部位").click()
    sheet.get_by_role("button", name=verb, exact=True).click()
    settle(page)


def test_three_neighbours_and_one_lamp(server: Server, browser: Browser) -> None:
    address = f"http://127.0.0.1:{server.port}"
    names = ("陈师傅", "李姐", "钱社工", "王干事", "周工")
    chen, li, qian, clerk, company = (signed_in(browser, address, name) for name in names)
    ticket = send(chen, FIRST)
    join_while_typing(li, ticket)
    other = send(qian, THIRD)
    join_by_the_committee(clerk, ticket, other)
    see_both_where_one_works(clerk, ticket)
    go_on(clerk, ticket, "受理")
    go_on(clerk, ticket, "派单", choose="和园物业")
    go_on(company, ticket, "接单")
    go_on(company, ticket, "办结", fill="换了两根灯管")
    go_on(clerk, ticket, "审核通过")
    rate(chen, ticket)
    for page in (li, qian):
        hear_how_it_ended(page)
    take_apart(clerk, other)


def join_while_typing(li: Page, ticket: str) -> None:
    write(li, SECOND)
    hint = li.get_by_role("region", name="可能报过了")
    expect(hint.get_by_text("已有人报过“公共照明用电”类的事").first).to_be_visible()
    expect(hint).not_to_contain_text("推车进去")
    shot(li, "alike")
    hint.get_by_role("button", name="也是我遇到的").first.click()
    li.wait_for_url(f"**/app/followed/{ticket}")
    settle(li)
    expect(li.get_by_text(SECOND)).to_be_visible()
    expect(li.locator("main")).not_to_contain_text("推车进去")
    shot(li, "followed")


def join_by_the_committee(clerk: Page, ticket: str, other: str) -> None:
    clerk.goto(f"/app/tickets/{other}")
    settle(clerk)
    panel = clerk.get_by_role("region", name="可能是同一件事")
    panel.get_by_role("button", name=FIRST).click()
    sheet = clerk.get_by_role("dialog")
    expect(sheet.get_by_text(THIRD)).to_be_visible()
    shot(clerk, "compare")
    sheet.get_by_role("button", name="并到", exact=False).click()
    settle(clerk)
    expect(clerk.get_by_text("是同一件事，一起办")).to_be_visible()


def see_both_where_one_works(clerk: Page, ticket: str) -> None:
    clerk.goto(f"/app/tickets/{ticket}")
    settle(clerk)
    together = clerk.get_by_role("region", name="一起办的")
    expect(together.get_by_text(THIRD)).to_be_visible()
    expect(together.get_by_text("另有 1 位邻居说也遇到了")).to_be_visible()


def rate(chen: Page, ticket: str) -> None:
    chen.goto(f"/app/tickets/{ticket}")
    settle(chen)
    press(chen, "评价结单")
    sheet = chen.get_by_role("dialog")
    sheet.get_by_role("button", name="解决了", exact=True).click()
    sheet.get_by_role("button", name="满意", exact=True).click()
    sheet.get_by_role("button", name="评价结单", exact=True).click()
    settle(chen)
    expect(chen.get_by_text("已办结").first).to_be_visible()


def hear_how_it_ended(page: Page) -> None:
    page.goto("/app/inbox")
    settle(page)
    page.get_by_text("您也遇到的事结单了").first.click()
    settle(page)
    expect(page.get_by_text("换了两根灯管")).to_be_visible()


def take_apart(clerk: Page, other: str) -> None:
    clerk.goto(f"/app/tickets/{other}")
    settle(clerk)
    press(clerk, "拆开另办")
    sheet = clerk.get_by_role("dialog")
    sheet.get_by_label("为什么？").fill("是另一个入口的灯")
    sheet.get_by_role("button", name="拆开另办", exact=True).click()
    settle(clerk)
    expect(clerk.get_by_text("待受理").first).to_be_visible()
