"""The dispatcher changes who is there tomorrow, and takes it back; the clerk says who leads what,
arbitrates what nobody wants, and telephones who is on duty for an emergency."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import axe
from tests.e2e.demo import demo_server
from tests.e2e.phone import PHONE, settle, signed_in
from tests.server import Server

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo community."""
    var = tmp_path_factory.mktemp("routing")
    server = demo_server(var)
    server.start()
    yield server
    server.stop()


def sit(browser: Browser, server: Server, name: str) -> Page:
    return signed_in(browser, f"http://127.0.0.1:{server.port}", name)


def opened(page: Page, path: str) -> Locator:
    page.goto(f"/app{path}")
    settle(page)
    return page.get_by_role("main")


def press(inside: Locator, name: str) -> None:
    inside.get_by_role("button", name=name).first.click()


def test_a_duty_list_is_changed_in_a_minute_and_back(browser: Browser, server: Server) -> None:
    page = sit(browser, server, "周工")
    page.set_viewport_size(PHONE)
    main = opened(page, "/duty")
    expect(main.get_by_label("我的值班")).to_contain_text("和园物业")
    main.get_by_role("link", name="改值班表").click()
    expect(main).to_contain_text("每天 20:00 到第二天 08:00")
    press(main, "换一次班")
    sheet = page.get_by_role("dialog")
    press(sheet, "夜班")
    press(sheet, "周工")
    axe.look(page)
    press(sheet, "存下")
    expect(main).to_contain_text("存下了，从现在起照新的。")
    dated = main.get_by_role("button", name=re.compile("月.*到第二天 08:00"))
    expect(dated).to_contain_text("周工")
    press(main, "撤回")
    expect(dated).to_have_count(0)
    page.context.close()


def test_the_clerk_says_who_leads_and_arbitrates(browser: Browser, server: Server) -> None:
    page = sit(browser, server, "王干事")
    rule_for_pets(page)
    arbitrate(page)
    telephone(page)
    page.context.close()


def rule_for_pets(page: Page) -> None:
    """Seen first, kept, taken away and put back."""
    main = opened(page, "/office/routing")
    press(main, "写一条规则")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("什么事？").select_option(label="养宠")
    press(sheet.get_by_label("谁主办？"), "暖邻社工站")
    press(sheet, "受理后直接派")
    axe.look(page)
    press(sheet, "先看会碰到哪些")
    expect(sheet).to_contain_text("规则从下一件受理的工单用起")
    press(sheet, "就这样定")
    pets = main.get_by_role("button", name="养宠")
    expect(pets).to_be_visible()
    pets.click()
    press(sheet, "删掉")
    expect(pets).to_have_count(0)
    press(main, "放回来")
    expect(pets).to_be_visible()


def arbitrate(page: Page) -> None:
    main = opened(page, "/office/board/arbitration")
    page.set_viewport_size(PHONE)
    main = opened(page, "/office/today")
    main.get_by_role("link", name=re.compile("说不清|地下室")).first.click()
    expect(page.get_by_role("main")).to_contain_text("退过 1 次")
    press(page.locator("footer"), "定主办方")
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("button", name="（退过）").first).to_be_visible()
    press(sheet.get_by_label("派给谁主办？"), "业委会")
    sheet.get_by_label("为什么？").fill("开发商留下的，由业委会去谈")
    press(sheet, "定主办方")
    expect(page.get_by_role("main")).to_contain_text("待接单")
    main = opened(page, "/office/today")
    expect(main.get_by_text("地下室")).to_have_count(0)


def telephone(page: Page) -> None:
    """The office's own number at once, a person's for a reason."""
    found = page.evaluate(
        "fetch('/api/v1/tickets?emergency=true&status=dispatched,in_progress')"
        ".then((answer) => answer.json())"
    )
    main = opened(page, f"/tickets/{found['items'][0]['id']}")
    card = main.get_by_label("和园物业值班")
    expect(card).to_contain_text("先打电话")
    expect(card.get_by_role("link", name="025-00000000")).to_be_visible()
    press(card, "看电话")
    press(page.get_by_role("dialog"), "应急，马上要人")
    press(page.get_by_role("dialog").locator(".two"), "看电话")
    expect(card.get_by_role("link", name=re.compile(r"199\d{8}"))).to_be_visible()
    axe.look(page)
