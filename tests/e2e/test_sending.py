"""What waits is sent once, whoever sends it and whatever becomes of the answer."""

from collections.abc import Callable
from threading import Lock

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.device import Device, out_of_reach, settled_in
from tests.e2e.phone import WHOLE, card, fill_issue, fill_ok, save, wait_until
from tests.e2e.street import Street

pytestmark = pytest.mark.e2e


def records(street: Street) -> list[str]:
    return [row[0] for row in street.rows("SELECT visit_id FROM visit_record")]


def all_once(street: Street, visits: list[str]) -> None:
    assert sorted(records(street)) == sorted(each.replace("-", "") for each in visits)


class LosesEachFirstAnswer:
    """The server has committed, and the connection breaks on the way back; once for each write."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._lost: set[str] = set()

    def __call__(self, method: str, path: str, key: str) -> bool:
        if method == "GET" or "/sync/" in path:
            return False
        with self._lock:
            first = key not in self._lost
            self._lost.add(key)
        return first


def test_answers_lost_on_the_way_back_make_no_doubles(
    street: Street, phone: Callable[[], Device]
) -> None:
    visits = street.ask(5)
    device = phone()
    settled_in(device, street.chen)
    device.road.loses = LosesEachFirstAnswer()
    page = device.open("/app/today")
    for number, visit_id in enumerate(visits[:3]):
        fill_issue(page, visit_id, f"第{number}盏灯", number)
        save(page)
    for visit_id in visits[3:]:
        fill_ok(page, visit_id)
        save(page)

    def nothing_waits() -> bool:
        device.air(False)  # in a stairwell it comes and goes
        device.air(True)
        page.wait_for_timeout(300)
        return page.get_by_text("记录都已送达").is_visible()

    wait_until(page, nothing_waits)
    all_once(street, visits)
    assert len(street.rows("SELECT id FROM ticket")) == 3
    lost = [one for one in device.road.writes() if one.lost]
    records_lost = {one.key for one in lost if one.path.endswith("/record")}
    again = {one.key for one in device.road.writes() if one.key in records_lost and one.replayed}
    assert len(again) == len(records_lost) == len(visits)


def test_two_tabs_that_send_at_one_moment_send_each_once(
    street: Street, phone: Callable[[], Device]
) -> None:
    visits = street.ask(8)
    device = phone()
    one = out_of_reach(device, street.chen)
    for number, visit_id in enumerate(visits[:-1]):
        fill_issue(one, visit_id, f"第{number}盏灯", number)
        save(one)
    other = device.context.new_page()
    other.goto("/app/today")
    expect(other.get_by_text("7 条先存在手机里")).to_be_visible()

    for page in (one, other):
        fill_ok(page, visits[-1])
    device.road.seen.clear()
    device.air(True)
    for page in (one, other):
        page.evaluate("[...document.querySelectorAll('.foot button')].at(-1).click()")
    for page in (one, other):
        page.wait_for_url("**/app/today")
        expect(page.get_by_text("记录都已送达")).to_be_visible()
    all_once(street, visits)
    keys = [each.key for each in device.road.writes()]
    assert len(keys) == len(set(keys)) == len(visits) + 7  # a photo for each of the first seven


def test_what_waits_goes_when_the_network_comes_back_and_no_page_is_open(
    street: Street, phone: Callable[..., Device]
) -> None:
    visits = street.ask(3)
    device = phone(WHOLE)
    page = out_of_reach(device, street.chen)
    for number, visit_id in enumerate(visits):
        fill_issue(page, visit_id, f"第{number}盏灯", number)
        save(page)
    tags = page.evaluate("navigator.serviceWorker.ready.then((ready) => ready.sync.getTags())")
    assert tags == ["outbox"]
    page.goto("about:blank")
    assert [each.url for each in device.context.pages] == ["about:blank"]

    device.air(True)
    the_network_is_back(device, page)
    wait_until(page, lambda: len(records(street)) == len(visits))
    all_once(street, visits)
    page.goto("/app/today")
    expect(page.get_by_text("记录都已送达")).to_be_visible()
    expect(card(page, visits[0]).get_by_text("已记")).to_be_visible()


def the_network_is_back(device: Device, page: Page) -> None:
    """What the browser does by itself once there is a network: it wakes the service worker."""
    talk = device.talk(page)
    found: list[str] = []
    talk.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: found.extend(each["registrationId"] for each in said["registrations"]),
    )
    talk.send("ServiceWorker.enable")
    wait_until(page, lambda: bool(found))
    sync = {"origin": device.road.address, "registrationId": found[0], "tag": "outbox"}
    talk.send("ServiceWorker.dispatchSyncEvent", {**sync, "lastChance": False})
