"""What a robot may say, how often, and what its maker's answers mean."""

import base64
import hmac
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.channels.rules import Fault
from app.robots.rules import (
    ORIGINS,
    About,
    Kind,
    heard,
    morning,
    now_said,
    request,
    room_now,
    token_of,
    trial,
    wait_for_room,
    words,
)

LINK = "https://honglin.example.cn/app/tickets"
BEGIN = datetime(2027, 3, 3, 4, 0, tzinfo=UTC)
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-def-123"


def test_what_came_together_is_one_message() -> None:
    counts = {About.OVERDUE: 1, About.NEW: 3, About.EMERGENCY: 2}
    said = f"红邻：应急的事 2 件，请马上看，新的事 3 件，超时的 1 件。点开看：{LINK}"
    assert words(counts, LINK) == said
    assert words({}, LINK) is None
    assert words({About.NEW: 0}, LINK) is None


@given(some.dictionaries(some.sampled_from(list(About)), some.integers(-5, 10**9)))
def test_every_message_is_counts_and_the_link(counts: dict[About, int]) -> None:
    said = words(counts, LINK)
    if said is not None:
        part = r"(应急的事 \d+ 件，请马上看|新的事 \d+ 件|超时的 \d+ 件)"
        assert re.fullmatch(rf"红邻：{part}(，{part})*。点开看：{re.escape(LINK)}", said)


def test_a_morning_without_work_says_nothing() -> None:
    assert morning(0, 0, LINK) is None
    assert morning(12, 3, LINK) == f"红邻：今天在办 12 件，其中超时 3 件。点开看：{LINK}"


def test_every_message_has_the_word_that_a_robot_may_want() -> None:
    """A maker may ask for a keyword; ours is 红邻."""
    for said in (words({About.NEW: 1}, LINK), morning(1, 0, LINK), trial(LINK)):
        assert said is not None
        assert "红邻" in said


def test_at_night_only_emergencies_are_said() -> None:
    assert now_said(list(About), quiet=True) == [About.EMERGENCY]
    assert now_said([About.NEW], quiet=True) == []
    assert now_said([About.NEW, About.MORNING], quiet=False) == [About.NEW]


@given(some.lists(some.floats(0, 90), min_size=1, max_size=200))
def test_never_more_than_twenty_leave_in_any_minute(pauses: list[float]) -> None:
    room, since, now = 10.0, BEGIN, BEGIN
    left: list[datetime] = []
    for pause in pauses:
        now += timedelta(seconds=pause)
        there = room_now(room, since, now)
        if not wait_for_room(there):
            room, since = there - 1, now
            left.append(now)
    for first in left:
        assert sum(first <= one < first + timedelta(minutes=1) for one in left) <= 20


def test_a_clock_that_is_set_back_does_not_stop_a_robot_for_long() -> None:
    assert room_now(0.5, BEGIN, BEGIN - timedelta(days=1)) == 0.5
    assert wait_for_room(0.5) == timedelta(seconds=3)


def test_dingtalk_wants_its_signature_in_the_address() -> None:
    out = request(Kind.DINGTALK, ORIGINS[Kind.DINGTALK], "tok", "SECx", "文", 1_700_000_000)
    asked = parse_qs(urlsplit(out.url).query)
    raw = hmac.new(b"SECx", b"1700000000000\nSECx", sha256).digest()
    assert asked["timestamp"] == ["1700000000000"]
    assert asked["sign"] == [base64.b64encode(raw).decode()]


def test_feishu_wants_its_signature_in_the_body() -> None:
    out = request(Kind.FEISHU, ORIGINS[Kind.FEISHU], "tok", "s", "文", 1_700_000_000)
    raw = hmac.new(b"1700000000\ns", b"", sha256).digest()
    assert out.body == {
        "msg_type": "text",
        "content": {"text": "文"},
        "timestamp": "1700000000",
        "sign": base64.b64encode(raw).decode(),
    }


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (WECOM, Kind.WECOM),
        ("https://oapi.dingtalk.com/robot/send?access_token=abcdef", Kind.DINGTALK),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/abc-def", Kind.FEISHU),
    ],
)
def test_a_robot_is_known_by_its_address(url: str, kind: Kind) -> None:
    assert token_of(f" {url} ")[0] is kind


@pytest.mark.parametrize(
    "url",
    [
        "https://example.cn/hook",
        "https://127.0.0.1/x",
        "https://qyapi.weixin.qq.com.evil.cn/cgi-bin/webhook/send?key=abcdef",
        "https://qyapi.weixin.qq.com@evil.cn/cgi-bin/webhook/send?key=abcdef",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=../../x",
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcdef",
        "tgram://123456789:abcdefghijklmnopqrstuvwxyz123456789/1",
        "",
    ],
)
def test_nothing_else_is_a_robot(url: str) -> None:
    with pytest.raises(Fault):
        token_of(url)


@pytest.mark.parametrize(
    ("kind", "status", "answer", "taken", "again"),
    [
        (Kind.WECOM, 200, {"errcode": 0}, True, False),
        (Kind.WECOM, 200, {"errcode": 45009}, False, True),
        (Kind.WECOM, 200, {"errcode": 93000}, False, False),
        (Kind.DINGTALK, 200, {"errcode": 310000}, False, False),
        (Kind.FEISHU, 200, {"code": 0}, True, False),
        (Kind.FEISHU, 200, {"StatusCode": 0}, True, False),
        (Kind.FEISHU, 200, {"code": 19021}, False, False),
        (Kind.FEISHU, 200, {"code": "0"}, False, False),
        (Kind.WECOM, 502, {}, False, True),
        (Kind.WECOM, 302, {}, False, False),
        (Kind.WECOM, 200, {}, False, False),
    ],
)
def test_what_an_answer_means(
    kind: Kind, status: int, answer: dict[str, object], taken: bool, again: bool
) -> None:
    said = heard(kind, status, answer)
    assert (said.taken, said.again) == (taken, again)
    assert said.taken or said.why
