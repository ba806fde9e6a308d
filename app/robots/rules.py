"""What a group robot says: counts and a link. All its words are in this file; nothing that anybody
wrote goes through it. Pure.

Source of the limit: the makers of the three robots let about 20 messages a minute through. A bucket
of 10 that fills by 10 a minute never lets more than 20 through in any minute.
"""

import base64
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from app.channels.rules import Fault, other

ROOM = 10.0
FILLS_A_SECOND = 10 / 60
JOINED = timedelta(seconds=30)
MOST_ROBOTS = 5


class Kind(StrEnum):
    """Whose robot it is."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


class About(StrEnum):
    """What is counted."""

    EMERGENCY = "emergency"
    NEW = "new"
    OVERDUE = "overdue"
    MORNING = "morning"


SCHEMES = {"wecombot": Kind.WECOM, "dingtalk": Kind.DINGTALK, "feishu": Kind.FEISHU}
KIND_NAMES = {Kind.WECOM: "企业微信", Kind.DINGTALK: "钉钉", Kind.FEISHU: "飞书"}
SAID = {
    About.EMERGENCY: "应急的事 {} 件，请马上看",
    About.NEW: "新的事 {} 件",
    About.OVERDUE: "超时的 {} 件",
}
MORNING = "今天在办 {} 件，其中超时 {} 件"
TRIAL = "试一下：这个群以后会收到件数和链接"
NOT_A_ROBOT = "这不是企业微信、钉钉、飞书机器人的网址，请从群设置里复制。"
ORIGINS = {
    Kind.WECOM: "https://qyapi.weixin.qq.com",
    Kind.DINGTALK: "https://oapi.dingtalk.com",
    Kind.FEISHU: "https://open.feishu.cn",
}


def token_of(url: str) -> tuple[Kind, str]:
    """Whose robot a web address is, and its token. Raises Fault."""
    try:
        scheme, _, token = other(url.strip()).partition("://")
    except Fault as fault:
        raise Fault(NOT_A_ROBOT) from fault
    if scheme not in SCHEMES or "@" in token:
        raise Fault(NOT_A_ROBOT)
    return SCHEMES[scheme], token


def words(counts: Mapping[About, int], link: str) -> str | None:
    """One message for all that has come together; None for nothing."""
    parts = [SAID[about].format(counts[about]) for about in SAID if counts.get(about, 0) > 0]
    return f"红邻：{'，'.join(parts)}。点开看：{link}" if parts else None


def morning(open_: int, late: int, link: str) -> str | None:
    """What a day begins with; None where nothing is open."""
    return f"红邻：{MORNING.format(open_, late)}。点开看：{link}" if open_ else None


def trial(link: str) -> str:
    """What a new robot says first."""
    return f"红邻{TRIAL}。{link}"


@dataclass(frozen=True)
class Request:
    """What goes out."""

    url: str
    body: dict[str, Any]


def request(
    kind: Kind, origin: str, token: str, secret: str | None, text: str, seconds: int
) -> Request:
    """A message as each robot wants it, signed where there is a secret; at one moment (Unix)."""
    if kind is Kind.WECOM:
        body: dict[str, Any] = {"msgtype": "text", "text": {"content": text}}
        return Request(f"{origin}/cgi-bin/webhook/send?key={token}", body)
    if kind is Kind.DINGTALK:
        body = {"msgtype": "text", "text": {"content": text}}
        url = f"{origin}/robot/send?access_token={token}"
        if secret:
            at = seconds * 1000
            raw = hmac.new(secret.encode(), f"{at}\n{secret}".encode(), sha256).digest()
            url += f"&timestamp={at}&sign={quote(base64.b64encode(raw), safe='')}"
        return Request(url, body)
    body = {"msg_type": "text", "content": {"text": text}}
    if secret:
        raw = hmac.new(f"{seconds}\n{secret}".encode(), b"", sha256).digest()
        body |= {"timestamp": str(seconds), "sign": base64.b64encode(raw).decode()}
    return Request(f"{origin}/open-apis/bot/v2/hook/{token}", body)


FIELDS = {Kind.WECOM: "errcode", Kind.DINGTALK: "errcode", Kind.FEISHU: "code"}
TOO_FAST = frozenset({-1, 45009, 130101, 410100, 660026, 9499, 11232, 11233})
PAUSES = timedelta(minutes=2)
# What the office reads; the numbers are those of the makers.
WHYS = {
    93000: "网址不对，或者机器人已经删掉了",
    300005: "网址不对，或者机器人已经删掉了",
    19001: "网址不对，或者机器人已经删掉了",
    310000: "对方的安全设置没让过：关键词请填“红邻”，或者核对加签的密钥",
    19021: "加签的密钥不对",
    19024: "对方的安全设置没让过：关键词请填“红邻”",
    19022: "对方限制了服务器地址",
}
UNKNOWN = "对方没有收下（{}）"


@dataclass(frozen=True)
class Said:
    """What an answer means: taken, or why not, and whether asking again may help."""

    taken: bool
    why: str = ""
    again: bool = False


def heard(kind: Kind, status: int, answer: Mapping[str, Any]) -> Said:
    """Read an answer. All three answer 200 to nearly everything and say in a number how it went."""
    if status in {408, 425, 429} or status >= 500:
        return Said(False, UNKNOWN.format(status), again=True)
    code = answer.get(FIELDS[kind], answer.get("StatusCode"))
    if status != 200 or not isinstance(code, int):
        return Said(False, UNKNOWN.format(status))
    if code == 0:
        return Said(True)
    return Said(False, WHYS.get(code, UNKNOWN.format(code)), again=code in TOO_FAST)


def room_now(room: float, since: datetime, now: datetime) -> float:
    """How many messages may leave. A clock that was set back fills nothing and takes nothing."""
    gone = max(0.0, (now - since).total_seconds())
    return min(ROOM, room + gone * FILLS_A_SECOND)


def wait_for_room(room: float) -> timedelta:
    """How long until one may leave; no time at all if one may now."""
    return timedelta(seconds=max(0.0, (1 - room) / FILLS_A_SECOND))


def now_said(wants: Collection[str], *, quiet: bool) -> list[About]:
    """What may be said: at night emergencies only."""
    return [about for about in SAID if about in wants and (about is About.EMERGENCY or not quiet)]
