"""A red armband on the way: a point's code is opened by the phone's camera, what is broken there
becomes a ticket, and the office sees on which patrol it was found."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.core import clock
from tests.e2e.device import Device
from tests.e2e.phone import OFFICE, opened, press, settle, shot, sign_in, wait_until
from tests.e2e.street import Street
from tests.server import Visitor

pytestmark = pytest.mark.e2e

ALL_DAYS = [1, 2, 3, 4, 5, 6, 7]


def made(office: Visitor, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = office.call("POST", f"/api/v1{path}", body)
    assert answer.status in (200, 201), answer.body.decode()
    return dict(answer.json())


def a_route(street: Street, *names: str) -> list[str]:
    """A route past these points that Chen is asked to today; the links on its printed codes."""
    office = street.visitor(street.committee)
    community, place = street.place("community"), street.place("building")
    points = [
        made(office, "/patrol-points", {"place_id": place, "name": name, "hint": "看一看"})["id"]
        for name in names
    ]
    route = {
        "community_id": community,
        "name": "早上一圈",
        "days": ALL_DAYS,
        "window": {"from": "09:00", "to": "10:00"},
        "people": [str(street.chen.id)],
        "at_once": 1,
        "points": points,
    }
    made(office, "/patrol-routes", route)
    sheet = made(office, "/patrol-points/sheet", {"ids": points})
    return [one["link"].replace(street.address, "") for one in sheet["items"]]


def reported(page: Page, words: str) -> None:
    """What is broken at the second point, in the form that it opens."""
    page.get_by_role("link", name="发现问题，报一件 ›").last.click()
    press(page, "公共设施")
    press(page, "公共照明用电")
    page.get_by_label("什么事？").fill(words)
    press(page, "报上去")


def test_a_point_is_ticked_by_its_code_and_a_finding_becomes_a_ticket_of_the_patrol(
    street: Street, phone: Callable[[], Device], browser: Browser
) -> None:
    _, shed = a_route(street, "东门岗亭", "电动车棚")
    device = phone()
    page = device.open("/app/sign-in")
    sign_in(page, street.chen.phone)
    page.goto("/app/patrols")
    press(page, "答应")
    page.goto(shed)
    expect(page.get_by_role("checkbox", name="电动车棚")).to_be_checked()
    expect(page.get_by_role("checkbox", name="东门岗亭")).not_to_be_checked()
    reported(page, "车棚的灯不亮")
    expect(page.get_by_role("link", name="车棚的灯不亮")).to_contain_text("待受理")
    settle(page)
    shot(page, "patrol")
    press(page, "走完了（看了 1 个点）")
    kept = 'SELECT state, minutes FROM patrol WHERE "on" = ?'
    today = clock.today().isoformat()
    wait_until(page, lambda: street.rows(kept, today) == [("done", 60)])
    page.get_by_role("link", name="看过哪些点、报了什么 ›").click()
    expect(page.get_by_role("link", name="车棚的灯不亮")).to_be_visible()

    office = opened(browser, street.address, OFFICE)
    office.goto("/app/sign-in")
    sign_in(office, street.committee.phone)
    office.goto("/app/office/patrols")
    office.get_by_role("link", name="车棚的灯不亮").click()
    expect(office.get_by_text("巡查发现")).to_be_visible()
    office.get_by_role("link", name="电动车棚 ›").click()
    expect(office.get_by_text("走过了")).to_be_visible()
    settle(office)
    shot(office, "patrol-office")


def test_a_yes_to_a_patrol_is_taken_back(street: Street, phone: Callable[[], Device]) -> None:
    a_route(street, "东门岗亭")
    page = phone().open("/app/sign-in")
    sign_in(page, street.chen.phone)
    page.goto("/app/patrols")
    first = page.locator("article.card").first
    first.get_by_role("button", name="答应").click()
    shot(page, "patrol-accepted")
    first.get_by_role("button", name="这次去不了 ›").click()
    page.get_by_role("dialog").get_by_role("button", name="这次不去").click()
    said = (
        """SELECT answer FROM patrol_person JOIN patrol ON patrol.id = patrol_id WHERE "on" = ?"""
    )
    wait_until(page, lambda: street.rows(said, clock.today().isoformat()) == [("declined",)])
