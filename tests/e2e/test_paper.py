"""A round goes on paper for somebody without a phone, comes back ticked, and is entered in a
minute: the PDF is what the printer gets, and the keys are those printed before the boxes."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.core import clock
from tests.e2e.phone import OFFICE, PHONE, opened, press, settle, shot, sign_in
from tests.e2e.street import RESIDENT, Street, doors
from tests.services import lacking

pytestmark = pytest.mark.e2e

DOORS = 6


@pytest.fixture
def clerk(browser: Browser, street: Street) -> Page:
    """The committee's clerk at the office computer."""
    page = opened(browser, street.address, OFFICE)
    page.goto("/app/sign-in")
    sign_in(page, street.committee.phone)
    return page


def words_of(pdf: Path) -> list[str]:
    """The text of each page of a PDF."""
    if not shutil.which("pdftotext"):
        lacking("pdftotext (poppler-utils)", "what stands on a printed sheet")
    read = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True)
    return read.stdout.decode().split("\f")[:-1]


def printed(page: Page, pdf: Path) -> str:
    """Print today's visits; the code on the paper."""
    page.goto("/app/paper")
    settle(page)
    press(page, "排好，去打印")
    expect(page.get_by_text("走访单 · 陈师傅").first).to_be_visible()
    settle(page)
    shot(page, "paper")
    page.pdf(path=pdf, prefer_css_page_size=True)
    pages = words_of(pdf)
    assert len(pages) == 2  # four doors a page
    for number, words in enumerate(pages, start=1):
        assert f"第 {number} 页，共 2 页" in words
        assert "录好就销毁" in words
        assert RESIDENT not in words
    text = "".join(pages)
    found = re.findall(r"单元 (\d{3})\b", text)
    assert found == doors(range(DOORS))
    [code] = set(re.findall(r"(?<!\d)(\d{4})\s*(\d{4})(?!\d)", text))
    return "".join(code)


def check_records(street: Street, visits: list[str]) -> None:
    """The records are those of who went; the audit says who entered them."""
    rows = street.rows("SELECT visit_id, outcome, method, needs, recorded_by FROM visit_record")
    assert {row[4] for row in rows} == {street.chen.id.hex}
    said = {str(row[0]): row[1:4] for row in rows}
    assert [said[one.replace("-", "")] for one in visits] == [
        ("ok", "door", "[]"),
        ("ok", "phone", '["leak"]'),
        ("not_home", "door", "[]"),
        ("declined", "downstairs", "[]"),
        ("ok", "phone", "[]"),
        ("ok", "door", "[]"),
    ]
    entered = street.rows("SELECT actor_id FROM audit WHERE verb = 'entered_for'")
    assert {row[0] for row in entered} == {street.committee.id.hex}
    assert len(entered) == DOORS - 1


def open_sheet(page: Page, code: str) -> None:
    """The field has the focus, and then the first free row."""
    settle(page)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.get_by_text("✓ 陈师傅已记")).to_be_visible()
    settle(page)
    expect(page.locator("#row-1")).to_be_focused()


def test_a_round_is_printed_and_entered(clerk: Page, street: Street, tmp_path: Path) -> None:
    visits = street.ask(DOORS)
    code = printed(clerk, tmp_path / "sheet.pdf")
    record = {"on": clock.today().isoformat(), "method": "phone", "outcome": "ok"}
    done = street.visitor(street.chen).call(
        "PUT", f"/api/v1/visits/{visits[4]}/record", record, version=1
    )
    assert done.status == 200

    clerk.goto("/app/paper")
    open_sheet(clerk, code)
    press(clerk, "返回")
    open_sheet(clerk, code)  # the second time at once, from the copy that is kept here
    for keys in ("1", "1cg", "3", "4mb"):
        clerk.keyboard.type(keys)
        clerk.keyboard.press("Enter")
    shot(clerk, "paper-entry")
    press(clerk, "提交 4 户")
    expect(clerk.get_by_text("录好了 4 户")).to_be_visible()

    clerk.set_viewport_size(PHONE)
    wider = clerk.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0
    clerk.keyboard.type("1")  # the last free row, seen again: its writing is legible after all
    press(clerk, "提交 1 户")
    expect(clerk.get_by_text("这张录完了，纸可以销毁了。")).to_be_visible()
    check_records(street, visits)
