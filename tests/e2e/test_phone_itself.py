"""The phone itself: it is full, it is lost, it is read by a stranger, its clock is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.device import Device, out_of_reach, settled_in, stored
from tests.e2e.phone import card, fill_issue, fill_ok, press, save, shot, wait_until
from tests.e2e.street import RESIDENT, Street

pytestmark = pytest.mark.e2e

MATTER = "三楼的扶手松了"
NOTE = "想装一个夜灯"
FAST = """
  const Real = Date;
  const fast = 12 * 60_000;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length === 0 ? super(Real.now() + fast) : super(...given); }
    static now() { return Real.now() + fast; }
  };
"""


def test_a_full_phone_says_so_in_plain_words_and_keeps_what_it_had(
    street: Street, phone: Callable[[], Device]
) -> None:
    visits = street.ask(4)
    device = phone()
    page = out_of_reach(device, street.chen)
    for number, visit_id in enumerate(visits[:3]):
        fill_issue(page, visit_id, f"第{number}盏灯", number)
        save(page)
    before = stored(page)
    device.close()

    page = device.start()
    talk = device.talk(page)
    quota = {"origin": device.road.address}
    talk.send("Storage.overrideQuotaForOrigin", {**quota, "quotaSize": 1})
    page.goto("/app/today")
    fill_ok(page, visits[3])
    wait_until(page, lambda: a_tap_finds_it_full(page))
    press(page, "记好了")
    expect(page.get_by_text("刚写的没能存下。请删掉一些照片或软件腾出地方")).to_be_visible()
    shot(page, "full")
    now = stored(page)
    assert without_tries(now["outbox"]) == without_tries(before["outbox"])
    assert now["photos"] == before["photos"]

    talk.send("Storage.overrideQuotaForOrigin", quota)  # something was deleted elsewhere
    save(page)
    expect(page.get_by_text("4 条")).to_be_visible()
    device.air(True)
    expect(page.get_by_text("记录都已送达")).to_be_visible()
    assert len(street.rows("SELECT visit_id FROM visit_record")) == 4
    assert len(street.rows("SELECT hash FROM media")) == 3


def without_tries(entries: list[dict[str, object]]) -> list[dict[str, object]]:
    """What was written. Meanwhile the phone tries again and again to send it, and counts that."""
    counted = {"attempts", "next_try_at", "code"}
    return [{name: one[name] for name in one.keys() - counted} for one in entries]


def a_tap_finds_it_full(page: Page) -> bool:
    """Each tap is kept at once. Chromium asks how much room there is, and believes the answer for
    half a minute; our service worker may have had it ask a moment before the phone was full."""
    page.get_by_role("button", name="漏水").click()
    return page.get_by_text("手机存储满了，刚写的没能存下。请先腾出地方").is_visible()


def test_a_stranger_who_reads_the_storage_learns_no_door_no_name_and_no_word(
    street: Street, phone: Callable[[], Device]
) -> None:
    visits = street.ask(3)
    device = phone()
    page = out_of_reach(device, street.chen)
    fill_issue(page, visits[0], MATTER, 0)
    page.get_by_text("写几句（可不填）").click()
    page.get_by_label("写几句", exact=True).fill(NOTE)
    page.get_by_label("住户同意记下").check()
    save(page)
    fill_issue(page, visits[1], MATTER, 1)

    secrets = [RESIDENT, MATTER, NOTE, "1单元", "和园一村", street.chen.name, street.chen.phone]
    wait_until(page, lambda: len(stored(page)["drafts"]) == 1)
    kept = stored(page)
    assert all(kept[name] for name in ("rows", "outbox", "photos", "drafts", "settings"))
    assert [secret for secret in secrets if secret in str(kept)] == []
    assert [str(one["key"]) for one in kept["keys"]] == ["key, extractable: false"]
    assert "JFIF" not in str(kept["photos"])
    device.close()
    assert readable_on_the_disk(device.profile / "Default" / "IndexedDB", secrets) == []


def readable_on_the_disk(folder: Path, secrets: list[str]) -> list[str]:
    """In the browser's own files, in either of the two ways in which it writes letters."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert sum(map(len, files)) > 0
    return [
        secret
        for secret in secrets
        for code in ("utf-8", "utf-16-le")
        if any(secret.encode(code) in one for one in files)
    ]


def test_a_phone_that_was_signed_out_from_afar_is_empty_at_its_next_start_and_says_why(
    street: Street, phone: Callable[[], Device]
) -> None:
    visits = street.ask(3)
    lost = phone()
    settled_in(lost, street.chen)
    lost.air(False)
    page = lost.open("/app/today")
    fill_issue(page, visits[0], MATTER, 0)
    save(page)
    fill_issue(page, visits[1], MATTER, 1)
    lost.close()

    signed_out_by(street)
    lost.air(True)
    page = lost.open()
    expect(page.get_by_text("这台设备已经在别处退出登录")).to_be_visible()
    wait_until(page, lambda: not any(stored(page).values()))
    page.goto("/app/today")
    expect(page.get_by_label("手机号")).to_be_visible()
    assert street.rows("SELECT visit_id FROM visit_record") == []


def signed_out_by(street: Street) -> None:
    """Chen, at another device, ends all but that one."""
    elsewhere = street.visitor(street.chen)
    for device in elsewhere.call("GET", "/api/v1/devices").json()["items"]:
        if not device["current"]:
            answer = elsewhere.call("DELETE", f"/api/v1/devices/{device['id']}")
            assert answer.status == 204


def test_a_clock_that_is_twelve_minutes_fast_is_told_and_decides_nothing(
    street: Street, phone: Callable[[], Device]
) -> None:
    visits = street.ask(1)
    device = phone()
    settled_in(device, street.chen)
    page = device.start()
    page.add_init_script(FAST)
    page.goto("/app/today")
    expect(page.get_by_text("手机时间比标准时间快 12 分钟")).to_be_visible()
    fill_ok(page, visits[0])
    save(page)
    expect(card(page, visits[0]).get_by_text("已记")).to_be_visible()
    fast_by = street.rows(
        "SELECT (julianday(device_time) - julianday(received_at)) * 1440 FROM visit_record"
    )
    assert 11 < fast_by[0][0] < 13
    wait_until(page, lambda: minutes_fast(street) == [12])


def minutes_fast(street: Street) -> list[int]:
    """What the committee is told of the clocks of its phones."""
    told = street.visitor(street.committee).call("GET", "/api/v1/sync/silent").json()
    return [round(one["skew_seconds"] / 60) for one in told["items"]]
