"""The story the product exists for, by hand in a real browser, through all roles."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.demo import demo_server
from tests.e2e.phone import choose, photo, press, settle, shot, signed_in
from tests.server import Server

pytestmark = pytest.mark.e2e
MATTER = "三楼楼道灯不亮，王阿姨上楼看不清"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo community."""
    var = tmp_path_factory.mktemp("story")
    server = demo_server(var)
    server.start()
    yield server
    server.stop()


def open_ticket(page: Page, address: str, link: str) -> None:
    page.goto(address + link)
    settle(page)


def test_a_round_becomes_a_visit_a_ticket_and_a_closed_matter(
    server: Server, browser: Browser
) -> None:
    address = f"http://127.0.0.1:{server.port}"
    clerk = signed_in(browser, address, "王干事")
    volunteer = signed_in(browser, address, "陈师傅")
    property_ = signed_in(browser, address, "周工")
    schedule_a_round(clerk)
    answer_the_proposals(volunteer)
    link = record_with_an_issue(volunteer)
    record_without_a_network(volunteer)
    accept_and_dispatch(clerk, address, link)
    start_and_resolve(property_, address, link)
    review(clerk, address, link)
    hear_and_rate(volunteer, address, link)


def schedule_a_round(clerk: Page) -> None:
    shot(clerk, "board")
    clerk.get_by_role("link", name="走访轮次").first.click()
    clerk.get_by_role("link", name="排一轮走访").first.click()
    clerk.get_by_label("这一轮叫什么").fill("电梯检修前上门告知")
    clerk.get_by_role("button", name="上门告知").click()
    clerk.get_by_label("哪支队伍去").select_option(label="和园一期红旗手队")
    clerk.get_by_role("button", name="重点", exact=False).first.click()
    press(clerk, "存好，看预览")
    expect(clerk.get_by_role("heading", name="发出以后会怎样")).to_be_visible()
    expect(clerk.get_by_role("rowheader", name="陈师傅")).to_be_visible()
    shot(clerk, "round")
    press(clerk, "发出")
    press(clerk, "发出")
    expect(clerk.get_by_text("等回话").first).to_be_visible()


def answer_the_proposals(volunteer: Page) -> None:
    volunteer.reload()  # signed in before the round was sent out
    settle(volunteer)
    shot(volunteer, "today")
    volunteer.get_by_role("link", name="看看").or_(volunteer.get_by_text("户请你")).first.click()
    volunteer.get_by_role("button", name="都答应").click()
    expect(volunteer.get_by_text("没有等您回话的走访")).to_be_visible()
    volunteer.goto("/app/today")
    settle(volunteer)


def next_door(volunteer: Page) -> Locator:
    """The first door of today that is not done yet."""
    return volunteer.locator("main section a[href*='/visits/']").filter(has_not_text="已记").first


def record_with_an_issue(volunteer: Page) -> str:
    next_door(volunteer).click()
    choose(volunteer, "有事")
    shot(volunteer, "visit")
    volunteer.get_by_role("button", name="公共设施").click()
    volunteer.get_by_role("button", name="公共照明用电").click()
    volunteer.get_by_label("什么事？").fill(MATTER)
    choose(volunteer, "公共")
    volunteer.locator("input[type=file]").set_input_files([photo(120)])
    expect(volunteer.get_by_text("去掉这张")).to_be_visible()
    press(volunteer, "记好了")
    volunteer.wait_for_url("**/app/today")
    settle(volunteer)
    expect(volunteer.get_by_text("记录都已送达")).to_be_visible()
    volunteer.goto("/app/tickets")
    ticket = volunteer.get_by_role("link", name=MATTER).first
    expect(ticket).to_be_visible()
    return str(ticket.get_attribute("href"))


def record_without_a_network(volunteer: Page) -> None:
    volunteer.goto("/app/today")
    settle(volunteer)
    volunteer.context.set_offline(True)
    next_door(volunteer).click()
    choose(volunteer, "见到，平安")
    press(volunteer, "记好了")
    expect(volunteer.get_by_text("没有信号").first).to_be_visible()
    volunteer.reload()
    expect(volunteer.get_by_role("heading", level=1)).to_be_visible()
    volunteer.context.set_offline(False)
    volunteer.goto("/app/today")
    expect(volunteer.get_by_text("记录都已送达")).to_be_visible()


def accept_and_dispatch(clerk: Page, address: str, link: str) -> None:
    open_ticket(clerk, address, link)
    for verb in ("受理", "派单"):
        press(clerk, verb)
        if verb == "派单":
            clerk.get_by_role("dialog").get_by_role("button", name="和园物业").first.click()
        clerk.get_by_role("dialog").get_by_role("button", name=verb, exact=True).click()
        settle(clerk)
    expect(clerk.get_by_text("待接单").first).to_be_visible()


def start_and_resolve(property_: Page, address: str, link: str) -> None:
    open_ticket(property_, address, link)
    press(property_, "接单")
    property_.get_by_role("dialog").get_by_role("button", name="接单", exact=True).click()
    settle(property_)
    press(property_, "办结")
    sheet = property_.get_by_role("dialog")
    sheet.get_by_label("做了什么").fill("换了灯泡和开关，试过三遍都亮。")
    for place, red in ((0, 90), (1, 230)):
        sheet.locator("input[type=file]").nth(place).set_input_files([photo(red)])
        expect(sheet.get_by_text("去掉这张")).to_have_count(place + 1)
    sheet.get_by_role("button", name="办结", exact=True).click()
    settle(property_)
    expect(property_.get_by_text("待审核").first).to_be_visible()
    shot(property_, "ticket")


def review(clerk: Page, address: str, link: str) -> None:
    open_ticket(clerk, address, link)
    press(clerk, "审核通过")
    clerk.get_by_role("dialog").get_by_role("button", name="审核通过", exact=True).click()
    settle(clerk)
    expect(clerk.get_by_text("待回访").first).to_be_visible()


def hear_and_rate(volunteer: Page, address: str, link: str) -> None:
    volunteer.goto(f"{address}/app/inbox")
    settle(volunteer)
    expect(volunteer.get_by_text("审核过了").first).to_be_visible()
    shot(volunteer, "inbox")
    open_ticket(volunteer, address, link)
    press(volunteer, "评价结单")
    sheet = volunteer.get_by_role("dialog")
    sheet.get_by_role("button", name="解决了", exact=True).click()
    sheet.get_by_role("button", name="满意", exact=True).click()
    sheet.get_by_role("button", name="评价结单", exact=True).click()
    settle(volunteer)
    expect(volunteer.get_by_text("已办结").first).to_be_visible()
    shot(volunteer, "closed")
