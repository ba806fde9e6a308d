"""What came differently meanwhile: refused, given away, told otherwise by somebody else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.device import Device, out_of_reach, settled_in
from tests.e2e.phone import card, choose, fill_ok, press, save, shot, sign_in, wait_until
from tests.e2e.street import Street

pytestmark = pytest.mark.e2e

NUMBERED = "阿姨的身份证号 110101199003070038"
MENDED = "阿姨想办居住证"
LIGHT = "想装一个夜灯"
AWAY = "邻居说回老家了"


def note(page: Page, words: str) -> None:
    page.get_by_text("写几句（可不填）").click()
    page.get_by_label("写几句", exact=True).fill(words)
    page.get_by_label("住户同意记下").check()


def leader_at_the_list(street: Street, device: Device) -> Page:
    page = device.open("/app/sign-in")
    sign_in(page, street.leader.phone)
    page.goto("/app/visits/settle")
    return page


def test_a_refused_record_says_why_is_changed_and_arrives(
    street: Street, phone: Callable[[], Device]
) -> None:
    visits = street.ask(2)
    device = phone()
    page = out_of_reach(device, street.chen)
    fill_ok(page, visits[0])
    note(page, NUMBERED)
    save(page)
    fill_ok(page, visits[1])
    save(page)

    device.air(True)
    page.get_by_text("1 条没有被收下，点这里看原因").click()
    refused = page.get_by_label("没收下")
    expect(refused.get_by_text("红邻不收集身份证号").first).to_be_visible()
    shot(page, "refused")
    expect(page.get_by_label("最近送到的").get_by_text("送到了")).to_be_visible()
    assert len(street.rows("SELECT visit_id FROM visit_record")) == 1  # the other was not held up
    press(page, "改一改再送")
    expect(page.get_by_label("写几句", exact=True)).to_have_value(NUMBERED)
    page.get_by_label("写几句", exact=True).fill(MENDED)
    save(page)
    expect(page.get_by_text("记录都已送达")).to_be_visible()
    assert sorted(street.rows("SELECT note FROM visit_record"), key=str) == [(MENDED,), (None,)]


def test_a_visit_that_was_given_away_meanwhile_goes_to_the_leader_who_enters_it(
    street: Street, phone: Callable[[], Device]
) -> None:
    visits = street.ask(1)
    device = phone()
    page = out_of_reach(device, street.chen)
    fill_ok(page, visits[0])
    note(page, LIGHT)
    save(page)

    called_off_by(street, visits[0])
    device.air(True)
    wait_until(page, lambda: len(street.rows("SELECT id FROM visit_stray")) == 1)
    page.goto("/app/me/outbox")
    expect(page.get_by_text("交给负责人了").first).to_be_visible()
    expect(page.get_by_text("这一户已经不归您了，记录交给了负责人")).to_be_visible()
    shot(page, "handed")
    leader = leader_at_the_list(street, phone())
    expect(leader.get_by_text("见到，平安")).to_be_visible()
    expect(leader.get_by_text(LIGHT)).to_have_count(0)  # a note is for who was at the door
    shot(leader, "stray")
    press(leader, "记进去")
    leader.get_by_role("dialog").get_by_role("button", name="记进去", exact=True).click()
    expect(leader.get_by_text("没有等您定的")).to_be_visible()
    said = street.rows("SELECT recorded_by, note FROM visit_record")
    assert said == [(street.chen.id.hex, LIGHT)]
    page.goto("/app/visits/strays")
    expect(page.get_by_role("article").get_by_text("已补记")).to_be_visible()


def called_off_by(street: Street, visit_id: str) -> None:
    office = street.visitor(street.committee)
    path = f"/api/v1/visits/{visit_id}/cancel"
    answer = office.call("POST", path, {"reason": "换人去了"}, version=1)
    assert answer.status == 200


def test_two_visitors_remember_one_visit_differently_and_the_leader_picks(
    street: Street, phone: Callable[[], Device]
) -> None:
    [visit_id] = street.ask(1, street.li)
    chens, lis = phone(), phone()
    settled_in(chens, street.chen)
    settled_in(lis, street.li)
    heard_by(lis, visit_id, "婉拒", AWAY)
    heard_by(chens, visit_id, "见到，平安", LIGHT)
    chen = chens.open("/app/today")
    wait_until(chen, lambda: len(street.rows("SELECT visit_id FROM visit_record")) == 1)
    li = lis.open("/app/today")
    wait_until(li, lambda: len(street.rows("SELECT id FROM visit_account")) == 1)

    leader = leader_at_the_list(street, phone())
    press(leader, "看看，定一份")
    sheet = leader.get_by_role("dialog")
    expect(sheet.get_by_text("见到，平安")).to_be_visible()
    expect(sheet.get_by_text("婉拒")).to_be_visible()
    shot(leader, "pick")
    sheet.get_by_label(street.li.name).check()
    with leader.expect_response("**/visits/disputed*"):
        leader.evaluate("dispatchEvent(new Event('online'))")  # the list is read anew meanwhile
    expect(sheet.get_by_label(street.li.name)).to_be_checked()
    press(leader, f"以{street.li.name}记的为准")
    expect(leader.get_by_text("没有等您定的")).to_be_visible()
    assert street.rows("SELECT outcome, note FROM visit_record") == [("declined", AWAY)]
    assert street.rows("SELECT outcome, note FROM visit_account") == [("ok", LIGHT)]
    for page in (chen, li):
        page.reload()
        card(page, visit_id).click()
        expect(page.get_by_text("以这份为准")).to_be_visible()
        expect(page.get_by_text(LIGHT)).to_be_visible()
    shot(chen, "picked")


def heard_by(device: Device, visit_id: str, outcome: str, words: str) -> None:
    """On a phone without a network, which is put away then."""
    device.air(False)
    page = device.open("/app/today")
    card(page, visit_id).click()
    choose(page, "婉拒 / 改约" if outcome == "婉拒" else outcome)
    if outcome == "婉拒":
        choose(page, "这次不方便")
    note(page, words)
    save(page)
    device.close()
    device.air(True)
