"""An administrator begins with nothing, adds a subdistrict and a community, and invites into its
office."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.demo import PASSWORD
from tests.e2e.demo import FILE, demo_server
from tests.e2e.phone import PHONE, opened, settle, sign_in, signed_in
from tests.server import Server

pytestmark = pytest.mark.e2e
FIRST = "19900000099"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = demo_server(tmp_path_factory.mktemp("divisions"))
    server.start()
    yield server
    server.stop()


def test_a_community_is_added_on_a_phone_and_its_first_person_invited(
    server: Server, browser: Browser
) -> None:
    page = signed_in(browser, f"http://127.0.0.1:{server.port}", "系统管理员")
    page.set_viewport_size(PHONE)
    page.goto("/app/office/divisions")
    page.get_by_role("button", name="加一个街道").click()
    code = page.get_by_label("统计用区划代码（9 位）")
    expect(code).to_have_value("320113")  # what every code here begins with
    expect(page.get_by_role("button", name="加上")).to_be_disabled()
    page.get_by_label("街道的名称").fill("新城街道")
    page.get_by_role("button", name="加上").click()
    said = "▲ 代码要 9 位数字，请照统计用区划代码填。"
    expect(page.get_by_text(said, exact=True)).to_be_visible()
    code.fill("320113099")
    page.get_by_role("button", name="加上").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_label("找社区").fill("新城")
    page.get_by_role("button", name="＋ 加一个社区").click()
    page.get_by_label("社区的名称").fill("新城社区")
    page.get_by_label("统计用区划代码（12 位）").fill("320113099001")
    page.get_by_role("button", name="加上").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="还没有人，去邀请 ›").click()
    office = page.get_by_label("在哪个组织")
    expect(office.locator("option:checked")).to_have_text("新城社区居委会（居委会）")


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Server]:
    """An installation in which nobody has done anything yet but its first administrator."""
    server = Server(tmp_path, f"sqlite:///{tmp_path / FILE}", workers=1)
    server.flask("keys")
    server.flask("migrate")
    options = {"name": "新管理员", "phone": FIRST, "code": "320113", "district": "栖霞区"}
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    server.flask("first-admin", *words, "--password", PASSWORD)
    server.start()
    yield server
    server.stop()


def test_a_new_administrator_is_led_to_the_communities_until_there_is_one(
    bare: Server, browser: Browser
) -> None:
    page = opened(browser, f"http://127.0.0.1:{bare.port}", PHONE)
    page.goto("/app/sign-in")
    sign_in(page, FIRST)
    expect(page.get_by_text("先加街道和社区", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="报一件事")).to_have_count(0)  # there is no place for it
    page.get_by_role("link", name="去加街道和社区").click()
    _add(page, "加一个街道", "街道", "新城", "320113099")
    _add(page, "＋ 加一个社区", "社区", "新城", "320113099001")
    page.get_by_role("link", name="今日").click()
    expect(page.get_by_text("没有等你们的事", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="报一件事")).to_be_visible()


def _add(page: Page, button: str, kind: str, name: str, code: str) -> None:
    page.get_by_role("button", name=button).click()
    page.get_by_label(f"{kind}的名称").fill(f"{name}{kind}")
    page.get_by_label("统计用区划代码").fill(code)
    page.get_by_role("button", name="加上").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    settle(page)
