"""The server comes back from last night's backup: the phones bring what it has lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.device import Device, settled_in
from tests.e2e.phone import card, fill_issue, fill_ok, save, shot, wait_until
from tests.e2e.street import Street

pytestmark = pytest.mark.e2e


def test_what_the_phone_had_sent_since_the_backup_is_there_again_and_once(
    street: Street, phone: Callable[[], Device], tmp_path: Path
) -> None:
    visits = street.ask(5)
    device = phone()
    settled_in(device, street.chen)
    page = device.open("/app/today")
    sent(page, visits[:2])

    street.server.stop()
    street.back_up(tmp_path / "backup")
    street.server.start()
    sent(page, visits[2:4])
    before = known_of(street)
    device.close()

    street.server.stop()
    street.restore(tmp_path / "backup")
    assert len(street.rows("SELECT visit_id FROM visit_record")) == 2
    street.server.start()
    page = device.open("/app/today")
    wait_until(page, lambda: len(street.rows("SELECT visit_id FROM visit_record")) == 4)
    expect(page.get_by_text("记录都已送达")).to_be_visible()
    for visit_id in visits[:4]:
        expect(card(page, visit_id).get_by_text("已记")).to_be_visible()
    wait_until(page, lambda: known_of(street) == before)
    every_photo_can_be_looked_at(page, street)
    fill_ok(page, visits[4])  # and work goes on
    save(page)
    expect(page.get_by_role("heading", name="今天都走完了")).to_be_visible()
    assert len(street.rows("SELECT visit_id FROM visit_record")) == 5
    page.goto("/app/me/outbox")
    expect(page.get_by_label("最近送到的").get_by_text("回执号")).to_have_count(5)
    shot(page, "restored")


def sent(page: Page, visits: list[str]) -> None:
    for number, visit_id in enumerate(visits):
        fill_issue(page, visit_id, f"第{visit_id[-6:]}盏灯", int(visit_id[-6:], 16) + number)
        save(page)
        expect(card(page, visit_id).get_by_text("已记")).to_be_visible()


def known_of(street: Street) -> list[list[tuple[str, ...]]]:
    """Records, matters and photos, without the moments at which they came."""
    return [
        sorted(street.rows("SELECT visit_id, outcome, ticket_id FROM visit_record")),
        sorted(street.rows("SELECT id, text FROM ticket")),
        sorted(street.rows("SELECT ticket_id, hash FROM ticket_photo")),
        sorted(street.rows("SELECT hash, stored FROM media")),
    ]


def every_photo_can_be_looked_at(page: Page, street: Street) -> None:
    for (digest,) in street.rows("SELECT hash FROM media"):
        assert page.request.get(f"/api/v1/media/{digest}").ok
