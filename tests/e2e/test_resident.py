"""A resident without an account: scan, report, follow, rate; a neighbour gets nothing of it."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from app.demo import ACCOUNTS, PASSWORD
from tests.e2e import axe
from tests.e2e.demo import demo_server
from tests.e2e.phone import PHONE, choose, heed, photo, press, settle, shot
from tests.server import Server, Visitor

pytestmark = pytest.mark.e2e

NUMBER = re.compile(r"\d{4}-\d{4}")


@dataclass
class Stairs:
    """A stairwell with a code on its door, and the server behind it."""

    browser: Browser
    server: Server
    code: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def phone(self) -> BrowserContext:
        """Another resident's phone: nothing on it, no service worker allowed, as in WeChat."""
        return heed(
            self.browser.new_context(
                viewport=PHONE, locale="zh-CN", base_url=self.address, service_workers="block"
            )
        )

    def office(self, name: str) -> Visitor:
        account = next(one for one in ACCOUNTS if one.name == name)
        return Visitor(self.server.port).sign_in(account.phone, PASSWORD)


@pytest.fixture(scope="module")
def stairs(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stairs]:
    var = tmp_path_factory.mktemp("resident")
    server = demo_server(var)
    server.start()
    yield Stairs(browser, server, code_of(server))
    server.stop()


def code_of(server: Server) -> str:
    """The code on the door of the first unit, as the committee prints it."""
    account = next(one for one in ACCOUNTS if one.name == "王干事")
    office = Visitor(server.port).sign_in(account.phone, PASSWORD)
    listed = office.call("GET", "/api/v1/residents/doors?limit=200").json()["items"]
    door = next(one for one in listed if "单元" in one["place"]["name"])
    sheet = office.call("POST", "/api/v1/residents/doors/sheet", {"ids": [door["id"]]}).json()
    link: str = sheet["items"][0]["link"]
    return link[link.index("/d/") :]


@pytest.fixture
def resident(stairs: Stairs) -> Iterator[Callable[[], Page]]:
    """`resident()` is somebody with a phone of their own, in front of the door."""
    open_now: list[BrowserContext] = []

    def come() -> Page:
        context = stairs.phone()
        open_now.append(context)
        page = context.new_page()
        page.on("pageerror", _fail)
        page.goto(stairs.code)
        expect(page.get_by_role("link", name="报一件事")).to_be_visible()
        return page

    yield come
    for context in open_now:
        context.close()


def _fail(error: Exception) -> None:
    raise AssertionError(f"the page broke: {error}")


def fill(page: Page, words: str) -> None:
    """The form of a lamp that is out."""
    page.get_by_role("link", name="报一件事").click()
    press(page, "公共设施")
    press(page, "公共照明用电")
    choose(page, "公共的地方")
    page.get_by_label("什么事？").fill(words)


def sent(page: Page) -> str:
    """Handed in and arrived; its number."""
    press(page, "交上去")
    expect(page.get_by_text("收到了。")).to_be_visible()
    found = NUMBER.search(page.locator("main").inner_text())
    assert found
    return found[0]


def work(stairs: Stairs, number: str) -> None:
    """The offices do their part, until it waits for the resident's word."""
    committee, company = stairs.office("王干事"), stairs.office("周工")
    listed = committee.call("GET", "/api/v1/tickets?limit=200").json()["items"]
    ticket = next(one for one in listed if one["number"] == number)
    path = f"/api/v1/tickets/{ticket['id']}"

    def move(who: Visitor, **said: Any) -> None:
        version = who.call("GET", path).json()["version"]
        answer = who.call("POST", f"{path}/moves", said, version=version)
        assert answer.status == 200, answer.body.decode()

    choices = committee.call("GET", f"{path}/dispatch-options").json()["items"]
    lead = next(one["id"] for one in choices if one["party"] == "property")
    if ticket["status"] == "submitted":
        move(committee, verb="accept")
        move(committee, verb="dispatch", lead_org_id=lead)
    committee.call("POST", f"{path}/notes", {"text": "请问是哪一盏？"})
    move(company, verb="start")
    move(company, verb="resolve", what_was_done="换了灯管", nothing_to_see=True)
    move(committee, verb="review")


def reported(page: Page) -> str:
    """A lamp that is out, with a photo, handed in and found again by its link; its number."""
    settle(page)
    axe.look(page)
    shot(page, "door")
    fill(page, "三楼楼道灯不亮")
    page.locator("input[type=file]").set_input_files([photo(7)])
    expect(page.get_by_text("去掉这张")).to_be_visible()
    axe.look(page)
    shot(page, "door-report")
    number = sent(page)
    axe.look(page)
    shot(page, "door-sent")
    press(page, "看办得怎么样")
    expect(page.get_by_text("已收到")).to_be_visible()
    expect(page.get_by_role("img", name="报事时")).to_be_visible()
    return number


def rated(page: Page) -> None:
    """A question answered, then the two at the end."""
    page.reload()
    expect(page.get_by_text("核对过了。解决没有")).to_be_visible()
    expect(page.get_by_text("请问是哪一盏？")).to_be_visible()
    press(page, "回话，或者补充几句")
    page.get_by_label("想说的话").fill("三楼东头那一盏，已经亮了")
    press(page, "送出去")
    expect(page.get_by_text("说的话送到了。")).to_be_visible()
    axe.look(page)
    shot(page, "follow")
    choose(page, "解决了")
    choose(page, "基本满意")
    press(page, "就这样，确认")
    expect(page.get_by_text("谢谢您，记下了。")).to_be_visible()
    expect(page.get_by_text("您说：解决了，基本满意")).to_be_visible()
    axe.look(page)


def shut_out(stairs: Stairs, neighbour: Page, number: str) -> None:
    """Somebody else at the same door, who knows the number, sees and does nothing with it."""
    expect(neighbour.get_by_text(number)).to_have_count(0)
    neighbour.goto(f"/f/{number}")
    expect(neighbour.get_by_text("已经换掉了，或者抄错了")).to_be_visible()
    axe.look(neighbour)
    answer = neighbour.request.post(
        f"{stairs.address}/api/v1/follow/{number}/moves",
        data={"verb": "reopen", "reason": "我也要再办"},
        headers={"If-Match": "1"},
    )
    assert answer.status == 404


def test_a_resident_reports_follows_and_rates_and_a_neighbour_cannot(
    stairs: Stairs, resident: Callable[[], Page]
) -> None:
    page = resident()
    number = reported(page)
    work(stairs, number)
    rated(page)
    shut_out(stairs, resident(), number)
    page.get_by_role("button", name="没有解决，请再办").click()
    page.get_by_label("哪里没有解决？").fill("又不亮了")
    press(page, "请再办")
    expect(page.get_by_text("已经请他们再办。")).to_be_visible()
    page.goto(stairs.code)
    expect(page.get_by_role("link", name=number)).to_be_visible()  # this phone remembers


def test_whom_to_ring_comes_before_the_form(resident: Callable[[], Page]) -> None:
    page = resident()
    calls = page.get_by_role("region", name="紧急电话").get_by_role("link")
    expect(calls.first).to_have_attribute("href", "tel:119")
    page.get_by_role("link", name="报一件事").click()
    press(page, "应急")
    press(page, "电梯困人")
    expect(page.get_by_text("请先打上面的电话，再来填。")).to_be_visible()
    expect(page.get_by_label("什么事？")).to_have_count(0)
    shot(page, "door-emergency")
    axe.look(page)
    press(page, "电话打过了，接着报")
    expect(page.get_by_label("什么事？")).to_be_visible()


def test_another_matter_has_a_form_of_its_own(resident: Callable[[], Page]) -> None:
    page = resident()
    answers: list[int] = []
    page.on("response", lambda one: answers.append(one.status) if "/reports" in one.url else None)
    for words in ("一楼信箱坏了", "三楼窗户关不上"):
        fill(page, words)
        sent(page)
        press(page, "回到首页")
    assert answers.count(201) == 2
    assert 409 not in answers  # the form of the first was not shown again


def test_a_draft_outlives_a_reload_and_a_report_the_network(resident: Callable[[], Page]) -> None:
    page = resident()
    fill(page, "二楼扶手松了")
    page.locator("input[type=file]").set_input_files([photo(9)])
    expect(page.get_by_text("去掉这张")).to_be_visible()
    page.reload()
    expect(page.get_by_label("什么事？")).to_have_value("二楼扶手松了")
    expect(page.get_by_text("去掉这张")).to_be_visible()

    # The report arrives, and its answer is lost on the way: it is not reported a second time.
    lost: list[str] = []

    def lose(route: Route) -> None:
        answer = route.fetch()
        if answer.status == 201 and not lost:  # not one that was only too fast
            lost.append(str(answer.json()["number"]))
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/reports", lose)
    press(page, "交上去")
    expect(page.get_by_text("还没有送出去")).to_be_visible()
    axe.look(page)
    shot(page, "door-waiting")
    with suppress(Exception):  # it may have gone by itself already
        page.get_by_role("button", name="现在再送一次").click(timeout=3000)
    expect(page.get_by_text("收到了。")).to_be_visible()
    assert lost[0] in page.locator("main").inner_text()


def test_a_wish_is_taken_in_large_print(resident: Callable[[], Page]) -> None:
    page = resident()
    press(page, "大字")
    settle(page)
    shot(page, "door-large")
    axe.look(page)
    page.get_by_role("link", name="谁照看这栋楼").click()
    expect(page.get_by_role("heading", name="谁照看这栋楼")).to_be_visible()
    shot(page, "door-carers")
    axe.look(page)
    page.go_back()
    page.get_by_role("link", name="请来看看我").click()
    choose(page, "请来看看我")
    page.get_by_label("您家门牌").fill("202")
    axe.look(page)
    shot(page, "door-wish")
    press(page, "交上去")
    expect(page.get_by_text("会先核实")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]


def test_the_page_brings_little_and_asks_nobody_else(
    stairs: Stairs, resident: Callable[[], Page]
) -> None:
    context = stairs.phone()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(stairs.code)
    settle(page)
    assert all(url.startswith((stairs.address, "data:", "blob:")) for url in asked)
    assert not [url for url in asked if "/app/assets/" in url or url.endswith("sw.js")]
    assert answer is not None
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert not context.cookies()
    context.close()
