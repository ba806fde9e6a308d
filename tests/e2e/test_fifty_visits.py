"""A day without a network: fifty doors, a dying battery, and everything arrives once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.device import Device, bar_words, settled_in
from tests.e2e.phone import card, fill_issue, save, wait_until
from tests.e2e.street import Street

pytestmark = pytest.mark.e2e

DOORS = 50
KILLED_AT = 25


def matter(number: int) -> str:
    return f"第{number}户门口的灯不亮"


def test_fifty_visits_with_photos_outlive_the_battery_without_a_network_and_arrive_once(
    street: Street, phone: Callable[[], Device]
) -> None:
    visits = street.ask(DOORS)
    device = phone()
    settled_in(device, street.chen)
    street.server.stop()
    device.air(False)

    page = device.open()
    expect(page.get_by_role("heading", name=f"{DOORS} 户")).to_be_visible()
    for number in range(KILLED_AT):
        recorded(page, visits[number], number)
    fill_issue(page, visits[KILLED_AT], matter(KILLED_AT), KILLED_AT)
    killed_while_pressing(device, page)

    page = device.open()
    the_one_in_hand_is_not_lost(page, visits[KILLED_AT])
    for number in range(KILLED_AT + 1, DOORS):
        recorded(page, visits[number], number)
    expect(page.get_by_text(f"没有信号：{DOORS} 条先存在手机里")).to_be_visible()

    street.server.start()
    device.air(True)
    killed_while_sending(device, page, street)
    page = device.open()
    wait_until(page, lambda: arrived(street) == DOORS)
    expect(page.get_by_text("记录都已送达")).to_be_visible()
    all_are_there_once(street, visits)
    the_app_says_so(page)


def recorded(page: Page, visit_id: str, number: int) -> None:
    fill_issue(page, visit_id, matter(number), number)
    save(page)
    expect(card(page, visit_id).get_by_text("待送出")).to_be_visible()


def killed_while_pressing(device: Device, page: Page) -> None:
    """The button has been pressed, and the battery dies before anything is said about it."""
    page.evaluate("[...document.querySelectorAll('.foot button')].at(-1).click()")
    device.kill()


def the_one_in_hand_is_not_lost(page: Page, visit_id: str) -> None:
    """Either it waits already, or its form is still filled, photo and all, and only to be sent."""
    expect(card(page, visit_id)).to_be_visible()
    expect(page.get_by_text(re.compile("没有信号：[0-9]+ 条先存在手机里"))).to_be_visible()
    assert not [said for said in bar_words(page) if "送达" in said]
    if card(page, visit_id).get_by_text("待送出").count() == 0:
        card(page, visit_id).click()
        expect(page.get_by_label("什么事？")).to_have_value(matter(KILLED_AT))
        expect(page.get_by_text("去掉这张")).to_be_visible()
        save(page)
    expect(card(page, visit_id).get_by_text("待送出")).to_be_visible()


def killed_while_sending(device: Device, page: Page, street: Street) -> None:
    wait_until(page, lambda: arrived(street) >= DOORS // 5)
    device.kill()
    assert 0 < arrived(street) < DOORS, "the blow came too late to prove anything"


def arrived(street: Street) -> int:
    return int(street.rows("SELECT count(*) FROM visit_record")[0][0])


def all_are_there_once(street: Street, visits: list[str]) -> None:
    """Records, the matters opened by them, and a photo of its own for each."""
    recorded = [row[0] for row in street.rows("SELECT visit_id FROM visit_record")]
    assert sorted(recorded) == sorted(each.replace("-", "") for each in visits)
    said = [row[0] for row in street.rows("SELECT text FROM ticket")]
    assert sorted(said) == sorted(matter(number) for number in range(DOORS))
    cited = [row[0] for row in street.rows("SELECT hash FROM ticket_photo")]
    assert len(cited) == len(set(cited)) == DOORS
    assert {row[0] for row in street.rows("SELECT hash FROM media")} == set(cited)


def the_app_says_so(page: Page) -> None:
    page.goto("/app/me/outbox")
    arrived = page.get_by_label("最近送到的")
    expect(arrived.get_by_text("回执号")).to_have_count(DOORS)
    expect(page.get_by_text("还没送到")).to_have_count(0)
