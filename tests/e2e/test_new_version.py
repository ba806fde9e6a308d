"""A new version comes while entries wait on the phone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import first_tables
from tests.e2e.device import Device, out_of_reach, stored
from tests.e2e.phone import PASSWORD, card, choose, fill_issue, save, wait_until
from tests.e2e.release import next_release
from tests.e2e.street import Street

pytestmark = pytest.mark.e2e

BEGUN = "扶手松了，还没写完"


def texts(street: Street) -> list[str]:
    return sorted(row[0] for row in street.rows("SELECT text FROM ticket"))


def test_a_new_version_that_the_person_takes_sends_what_the_old_one_left(
    street: Street, phone: Callable[[], Device], tmp_path: Path
) -> None:
    visits = street.ask(4)
    device = phone()
    page = out_of_reach(device, street.chen)
    for number, visit_id in enumerate(visits[:3]):
        fill_issue(page, visit_id, f"第{number}盏灯", number)
        save(page)
    fill_issue(page, visits[3], BEGUN, 3)
    device.close()

    street.server.stop()
    street.server.folder = next_release(tmp_path / "next", "second")
    street.server.start()
    device.air(True)
    device.road.blocks = lambda method, path: method != "GET"  # a network that is hardly one
    page = device.open("/app/today")
    expect(page.get_by_text("3 条待送")).to_be_visible()
    take_the_new_version(page)
    expect(page.get_by_text("3 条待送")).to_be_visible()
    assert texts(street) == []

    device.road.blocks = lambda method, path: False
    device.air(False)
    device.air(True)
    wait_until(page, lambda: len(texts(street)) == 3)
    what_was_begun_is_still_there(page, visits[3])
    expect(page.get_by_text("记录都已送达")).to_be_visible()
    assert texts(street) == sorted([*(f"第{number}盏灯" for number in range(3)), BEGUN])
    assert len(street.rows("SELECT visit_id FROM visit_record")) == 4


def take_the_new_version(page: Page) -> None:
    assert page.locator("meta[name=release]").count() == 0
    page.get_by_role("button", name="有新版本").click()
    expect(page.locator("meta[name=release]")).to_have_attribute("content", "second")


def what_was_begun_is_still_there(page: Page, visit_id: str) -> None:
    card(page, visit_id).click()
    expect(page.get_by_label("什么事？")).to_have_value(BEGUN)
    expect(page.get_by_text("去掉这张")).to_be_visible()
    save(page)


def test_what_the_first_release_left_in_plain_tables_is_sealed_and_arrives_once(
    street: Street, phone: Callable[[], Device]
) -> None:
    visits = street.ask(3)
    today = (datetime.now(UTC) + timedelta(hours=8)).date().isoformat()
    entries = []
    for number, visit_id in enumerate(visits[:2]):
        photo, told = first_tables.record(street.chen.id, visit_id, number, f"第{number}盏灯")
        told["body"]["on"] = today
        entries += [photo, told]
    device = phone()
    page = device.start()
    page.goto("/healthz")
    first_tables.sign_in(page, street.chen.phone, PASSWORD)
    begun = {"outcome": "issue", "report": {"text": BEGUN, "category": "", "media": []}}
    first_tables.fill(page, entries, {f"visit:{visits[2]}": begun})

    page.goto("/app/today")
    wait_until(page, lambda: len(texts(street)) == 2)
    expect(page.get_by_text("记录都已送达")).to_be_visible()
    assert len(street.rows("SELECT hash FROM media")) == 2
    card(page, visits[2]).click()
    expect(page.get_by_label("什么事？")).to_have_value(BEGUN)
    choose(page, "公共部位")
    device.close()
    page = device.open("/app/today")
    expect(page.get_by_role("heading", name="户")).to_be_visible()
    wait_until(page, lambda: "盏灯" not in str(stored(page)) and BEGUN not in str(stored(page)))
    assert texts(street) == ["第0盏灯", "第1盏灯"]
