"""The district's administrator gives the lamps less time, sees first what that moves, and does it;
the dispatcher's ticket shows the new due time with its reason. Then a year is imported."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import axe
from tests.e2e.demo import demo_server, worker_beside
from tests.e2e.phone import Seats, press, settle, shot
from tests.server import Server

pytestmark = pytest.mark.e2e
LAMP = "公共照明用电"
SPRING = "日期,种类,名称\n2027-02-05,放假,春节\n2027-02-08,放假,春节\n2027-01-31,调休上班,春节\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo community, and the worker beside it."""
    var = tmp_path_factory.mktemp("catalogue")
    server = demo_server(var)
    server.start()
    with worker_beside(server):
        yield server
    server.stop()


@pytest.fixture(scope="module")
def seats(server: Server, browser: Browser) -> Seats:
    return Seats(browser, f"http://127.0.0.1:{server.port}")


def open_category(page: Page, name: str) -> Locator:
    page.goto("/app/office/catalogue")
    settle(page)
    page.get_by_role("button", name=name, exact=True).click()
    return page.get_by_role("dialog")


def test_a_shorter_time_is_seen_first_then_done_then_explained(seats: Seats) -> None:
    administrator, dispatcher = seats.page("系统管理员"), seats.page("周工")
    sheet = open_category(administrator, LAMP)
    sheet.get_by_label("办结多少").fill("0")
    press(administrator, "先看会变哪些")
    expect(sheet.get_by_text("时限填 1 到 999 之间的数。").first).to_be_visible()
    sheet.get_by_label("办结多少").fill("36")
    press(administrator, "先看会变哪些")
    moved = sheet.get_by_role("region", name="会变的工单")
    expect(moved.get_by_text("件会变")).to_be_visible()
    shot(administrator, "catalogue-preview")
    axe.look(administrator)
    card = moved.get_by_role("listitem").filter(has_text="办结").filter(has_text="物业").first
    number = card.locator("b").first.inner_text()
    clock = card.locator(".clock").filter(has_text="办结")
    due = clock.locator("b").inner_text()
    press(administrator, "就这样改")
    expect(sheet.get_by_text("个时限已经改过来了。")).to_be_visible()
    see_why(dispatcher, number, due)


def see_why(dispatcher: Page, number: str, due: str) -> None:
    """On the ticket of the dispatcher stands the new time, and where it comes from."""
    dispatcher.goto(f"/app/office/board/all?q={number}")
    settle(dispatcher)
    dispatcher.get_by_role("row").filter(has_text=number).first.click()
    times = dispatcher.get_by_role("region", name="时限")
    question = times.get_by_text(f"为什么是{due}？")
    question.first.click()
    expect(times.get_by_text("办结的时限是 36 小时，白天黑夜都算。").first).to_be_visible()
    shot(dispatcher, "catalogue-why")


def test_what_was_changed_can_be_changed_back(seats: Seats) -> None:
    administrator = seats.page("系统管理员")
    sheet = open_category(administrator, "停车")
    sheet.get_by_label("办结多少").fill("2")
    press(administrator, "先看会变哪些")
    press(administrator, "就这样改")
    expect(sheet.get_by_text("已经记下").first).to_be_visible()
    press(administrator, "好了")
    sheet = open_category(administrator, "停车")
    expect(sheet.get_by_label("办结多少")).to_have_value("2")
    sheet.get_by_text("以前是怎样的").click()
    sheet.get_by_role("listitem").filter(has_text="全国通用的样子").get_by_role(
        "button", name="改回这样"
    ).click()
    expect(sheet.get_by_label("办结多少")).to_have_value("3")


def test_those_who_may_not_change_it_read_it(seats: Seats) -> None:
    dispatcher = seats.page("周工")
    sheet = open_category(dispatcher, "停车")
    expect(sheet.get_by_text("多久要办完")).to_be_visible()
    expect(sheet.get_by_role("button", name="先看会变哪些")).to_have_count(0)
    expect(dispatcher.get_by_role("button", name="加一个事项")).to_have_count(0)


def test_the_committee_enters_what_a_contract_says(seats: Seats) -> None:
    clerk = seats.page("王干事")
    clerk.goto("/app/office/contracts")
    settle(clerk)
    press(clerk, "记一条约定")
    sheet = clerk.get_by_role("dialog")
    sheet.get_by_label("哪个事项").select_option(label="养宠")
    sheet.get_by_label("办结怎么算").select_option(label="个工作日")
    sheet.get_by_label("办结多少").fill("2")
    press(clerk, "先看会变哪些")
    press(clerk, "就这样改")
    expect(sheet.get_by_text("已经记下").first).to_be_visible()
    press(clerk, "好了")
    expect(clerk.get_by_role("row").filter(has_text="养宠")).to_contain_text("办结 2 个工作日")
    axe.look(clerk)


def test_a_year_is_imported_after_it_was_looked_at(seats: Seats) -> None:
    administrator = seats.page("系统管理员")
    administrator.goto("/app/office/calendar")
    settle(administrator)
    press(administrator, "2027 年")
    expect(administrator.get_by_text("还没有公布").first).to_be_visible()
    take(administrator, SPRING.replace("2027-02-08", "2027-02-30"))
    expect(administrator.get_by_text("第 3 行")).to_be_visible()
    expect(administrator.get_by_text("日期看不懂")).to_be_visible()
    press(administrator, "换一份表格")
    take(administrator, SPRING)
    press(administrator, "就这样导入")
    expect(administrator.get_by_text("已经记下")).to_be_visible()
    days = administrator.get_by_role("list", name="放假和调休")
    expect(days.get_by_text("1月31日（周日）")).to_be_visible()
    expect(administrator.get_by_text("由管理员导入")).to_be_visible()
    axe.look(administrator)


def take(page: Page, text: str) -> None:
    """As a spreadsheet program of an office saves it."""
    content = {"name": "2027.csv", "mimeType": "text/csv", "buffer": text.encode("gb18030")}
    page.locator("input[type=file]").set_input_files(content)
    press(page, "先看会变什么")
