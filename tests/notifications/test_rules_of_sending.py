"""When a device may ring, what may leave the house, where to, and what an answer means."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.addresses import is_public
from app.notifications.rules.addresses import (
    auth_fault,
    endpoint_fault,
    origin_of,
    p256dh_fault,
)
from app.notifications.rules.quiet import is_quiet, may_ring_at
from app.notifications.rules.retrying import Verdict, verdict_of
from app.notifications.rules.telling import on_device, topic_of
from tests.push_receiver.keys import BrowserKeys

LOCAL = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("at", "rings"),
    [
        ("2026-03-02T20:59:59", "2026-03-02T20:59:59"),
        ("2026-03-02T21:00:00", "2026-03-03T08:30:00"),
        ("2026-03-02T23:59:59", "2026-03-03T08:30:00"),
        ("2026-03-03T00:00:00", "2026-03-03T08:30:00"),
        ("2026-03-03T08:29:59", "2026-03-03T08:30:00"),
        ("2026-03-03T08:30:00", "2026-03-03T08:30:00"),
        ("2026-12-31T22:00:00", "2027-01-01T08:30:00"),
    ],
)
def test_nothing_rings_between_nine_in_the_evening_and_half_past_eight(at: str, rings: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=LOCAL)
    expected = datetime.fromisoformat(rings).replace(tzinfo=LOCAL)
    assert may_ring_at(moment, at_any_hour=False) == expected
    assert may_ring_at(moment, at_any_hour=True) == moment


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(LOCAL)))  # noqa: DTZ001
def test_what_is_put_off_rings_within_half_a_day_and_never_at_night(moment: datetime) -> None:
    rings = may_ring_at(moment, at_any_hour=False)
    assert timedelta(0) <= rings - moment <= timedelta(hours=11, minutes=30)
    assert not is_quiet(rings)


def test_what_leaves_for_a_device_is_four_generic_fields() -> None:
    link = f"/tickets/{uuid4()}"
    payload = on_device("有一件工单派给你们，请接单", link)
    assert set(payload) == {"title", "body", "link", "tag"}
    assert payload["body"] == "点开红邻看看。"
    assert payload["tag"] == topic_of(link)
    assert len(topic_of(link)) <= 32


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.TAKEN),
        (201, Verdict.TAKEN),
        (202, Verdict.TAKEN),
        (301, Verdict.NEVER),
        (307, Verdict.NEVER),
        (400, Verdict.NEVER),
        (401, Verdict.NEVER),
        (403, Verdict.NEVER),
        (404, Verdict.GONE),
        (410, Verdict.GONE),
        (413, Verdict.NEVER),
        (429, Verdict.LATER),
        (500, Verdict.LATER),
        (503, Verdict.LATER),
    ],
)
def test_each_answer_of_a_push_service_means_one_thing(status: int, verdict: Verdict) -> None:
    assert verdict_of(status) is verdict


NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1",  # noqa: S104
        "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
        "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::c0a8:101", "2002:7f00:1::", "2002:a00:1::1",
    ],
)  # fmt: skip
def test_no_message_goes_to_an_inner_address(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "142.250.1.188", "2600:1901:0:38d7::", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_an_open_address_is_fine(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.com/x", "ftp://push.example.com/x", "https://", "push.example.com",
        "https://user@push.example.com/", "https://user:word@push.example.com/",
        "https://push.example.com:99999/", "https://[::1/", "https://推送.example.com/",
        "https://127.0.0.1/x", "https://[::1]/x", "https://10.1.2.3:8443/x",
        "https://push.example.com/" + "x" * 1000, "javascript:alert(1)", "",
    ],
)  # fmt: skip
def test_an_endpoint_that_cannot_be_one_is_refused(endpoint: str) -> None:
    assert endpoint_fault(endpoint, inner=False)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGtY",
        "https://wns2-par02p.notify.windows.com/w/?token=BQY",
    ],
)
def test_the_push_services_there_are_pass(endpoint: str) -> None:
    assert endpoint_fault(endpoint, inner=False) is None


def test_plain_http_is_only_for_who_allows_it() -> None:
    assert endpoint_fault("http://127.0.0.1:1/x", inner=True) is None


def test_the_origin_keeps_the_port_and_drops_the_path() -> None:
    assert origin_of("https://push.example.com:8443/a?b") == "https://push.example.com:8443"


def test_the_keys_of_a_browser_pass_with_and_without_padding() -> None:
    keys = BrowserKeys()
    for value in (keys.p256dh, keys.auth):
        text = base64.urlsafe_b64encode(value).decode()
        fault = p256dh_fault if len(value) == 65 else auth_fault
        assert fault(text) is None
        assert fault(text.rstrip("=")) is None


@pytest.mark.parametrize("raw", [b"", b"\4" + b"\1" * 64, b"\4" + b"\0" * 64, b"\2" + b"\1" * 32])
def test_a_key_that_is_no_point_of_the_curve_is_refused(raw: bytes) -> None:
    assert p256dh_fault(base64.urlsafe_b64encode(raw).decode())


@pytest.mark.parametrize("text", ["", "!!", "AAAA", "汉字", "A" * 43])
def test_a_secret_that_has_not_sixteen_octets_is_refused(text: str) -> None:
    assert auth_fault(text)


@given(st.text(max_size=200))
def test_no_endpoint_or_key_breaks_the_reader(text: str) -> None:
    endpoint_fault(text, inner=False)
    p256dh_fault(text)
    auth_fault(text)
