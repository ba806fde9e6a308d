"""Which ways of one's own there are, how an address becomes one of apprise, and what an answer
means. Pure.

Only what stands in `SCHEMES` leaves: services whose server apprise fixes itself, and https hooks,
whose address is checked when the socket is made. No parameters: `?verify=no` and its like stay out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit


class Kind(StrEnum):
    """What a person types: an address, a WeCom user name, or an address for those who know."""

    MAIL = "mail"
    WECOM = "wecom"
    OTHER = "other"


class State(StrEnum):
    """A channel is used when its owner has typed the code that came through it."""

    UNCONFIRMED = "unconfirmed"
    READY = "ready"
    BROKEN = "broken"


class Verdict(StrEnum):
    """What became of a message: `never` is the channel's fault, `later` may be anybody's."""

    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.MAIL: "邮箱",
    Kind.WECOM: "企业微信",
    Kind.OTHER: "其他",
}

MOST_CHANNELS = 5
MOST_CODES_A_DAY = 10
MOST_TRIES = 5
CODE_LASTS = timedelta(minutes=15)
LONGEST = 300

MAIL = re.compile(
    r"[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
WECOM_USER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}")
TOKEN = r"[A-Za-z0-9_\-]{6,128}"  # noqa: S105 - a pattern
HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"

SCHEMES: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "wecombot": ("企业微信机器人", re.compile(rf"wecombot://{TOKEN}")),
    "dingtalk": ("钉钉机器人", re.compile(rf"dingtalk://(?:{TOKEN}@)?{TOKEN}")),
    "feishu": ("飞书机器人", re.compile(rf"feishu://{TOKEN}")),
    "lark": ("Lark 机器人", re.compile(rf"lark://{TOKEN}")),
    "schan": ("Server 酱", re.compile(rf"schan://{TOKEN}")),
    "pushplus": ("PushPlus", re.compile(r"pushplus://[0-9a-fA-F]{32}")),
    "tgram": ("Telegram", re.compile(r"tgram://\d{6,12}:[A-Za-z0-9_\-]{30,40}/-?\d{1,16}")),
    "jsons": (
        "网址",
        re.compile(rf"jsons://{HOST}(?::\d{{1,5}})?(?:/[A-Za-z0-9_.~\-]{{1,100}}){{0,6}}/?"),
    ),
}
# Where a robot's web address, as one copies it, names its token.
HOOKS: Mapping[tuple[str, str], tuple[str, str | None]] = {
    ("qyapi.weixin.qq.com", "/cgi-bin/webhook/send"): ("wecombot", "key"),
    ("oapi.dingtalk.com", "/robot/send"): ("dingtalk", "access_token"),
    ("open.feishu.cn", "/open-apis/bot/v2/hook/"): ("feishu", None),
    ("open.larksuite.com", "/open-apis/bot/v2/hook/"): ("lark", None),
}

MAIL_WRONG = "邮箱地址不对，请检查。"
WECOM_WRONG = "请填企业微信里的账号（字母和数字），不是名字，也不是手机号。"
OTHER_WRONG = "这个地址不能用。可以粘贴企业微信、钉钉、飞书机器人的网址，或者 https 开头的网址。"


class Fault(Exception):
    """What is wrong with an address, in Chinese."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def cleaned(kind: Kind, text: str) -> str:
    """The address as it is kept. Raises Fault."""
    text = text.strip()
    if len(text) > LONGEST or not text.isascii() or not text.isprintable():
        raise Fault({Kind.MAIL: MAIL_WRONG, Kind.WECOM: WECOM_WRONG}.get(kind, OTHER_WRONG))
    if kind is Kind.MAIL:
        if not MAIL.fullmatch(text):
            raise Fault(MAIL_WRONG)
        local, _, domain = text.rpartition("@")
        return f"{local}@{domain.lower()}"
    if kind is Kind.WECOM:
        if not WECOM_USER.fullmatch(text) or text.lower() == "all":
            raise Fault(WECOM_WRONG)
        return text
    return other(text)


def other(text: str) -> str:
    """An address for those who know, as it is kept; also a web address as one copies it. Fault."""
    url = _from_web(text) if text.startswith("https://") else text
    scheme = url.partition("://")[0]
    if scheme not in SCHEMES or not SCHEMES[scheme][1].fullmatch(url):
        raise Fault(OTHER_WRONG)
    return url


def _from_web(text: str) -> str:
    """A web address as apprise writes it."""
    parts = urlsplit(text)
    for (host, path), (scheme, name) in HOOKS.items():
        if parts.netloc == host and name and parts.path.rstrip("/") == path:
            return f"{scheme}://{(parse_qs(parts.query).get(name) or [''])[0]}"
        if parts.netloc == host and name is None and parts.path.startswith(path):
            return f"{scheme}://{parts.path.removeprefix(path).strip('/')}"
    return "jsons://" + text.removeprefix("https://")


def masked(kind: Kind, address: str) -> str:
    """An address as screens show it."""
    if kind is Kind.MAIL:
        local, _, domain = address.rpartition("@")
        return f"{local[:1]}***@{domain}"
    if kind is Kind.WECOM:
        return f"{address[:2]}***"
    scheme, _, rest = address.partition("://")
    if scheme == "jsons":
        return f"{SCHEMES[scheme][0]} {rest.partition('/')[0]}/***"
    return f"{SCHEMES[scheme][0]} ***{rest[-4:]}"


@dataclass(frozen=True, kw_only=True)
class Servers:
    """What an administrator has set up: the mail server and the WeCom application; or not."""

    smtp_host: str = ""
    smtp_port: int = 465
    smtp_mode: str = "ssl"  # ssl, starttls or insecure
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_from: str = ""
    wecom_corp: str = ""
    wecom_secret: str = ""
    wecom_agent: str = ""

    def offered(self) -> tuple[Kind, ...]:
        """Which kinds people can add here."""
        found = {
            Kind.MAIL: bool(self.smtp_host and self.smtp_from),
            Kind.WECOM: bool(self.wecom_corp and self.wecom_secret and self.wecom_agent),
            Kind.OTHER: True,
        }
        return tuple(kind for kind in Kind if found[kind])


@dataclass(frozen=True)
class Route:
    """Where apprise shall send; `inner` where our operator named the server; `line` is what shares
    a fate: the server that may hang."""

    url: str
    inner: bool
    line: str


def route(kind: Kind, address: str, servers: Servers) -> Route | None:
    """How a message gets to this address now; None while that is not set up."""
    if kind not in servers.offered():
        return None
    if kind is Kind.MAIL:
        who = ""
        if servers.smtp_user:
            who = f"{quote(servers.smtp_user, safe='')}:{quote(servers.smtp_password, safe='')}@"
        scheme = "mailto" if servers.smtp_mode == "insecure" else "mailtos"
        said = {"from": servers.smtp_from, "to": address, "smtp": servers.smtp_host}
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in said.items())
        where = f"{servers.smtp_host}:{servers.smtp_port}"
        return Route(
            f"{scheme}://{who}{where}?{asked}&mode={servers.smtp_mode}&format=text", True, where
        )
    if kind is Kind.WECOM:
        corp, secret = quote(servers.wecom_corp, safe=""), quote(servers.wecom_secret, safe="")
        return Route(f"wechat://{corp}:{secret}@{servers.wecom_agent}/@{address}", False, "wechat")
    scheme, _, rest = address.partition("://")
    return Route(address, False, rest.partition("/")[0] if scheme == "jsons" else scheme)


# By scheme: where an answer says how it went, the number for well, and those that pass by.
ANSWERS: Mapping[str, tuple[str, int, frozenset[int]]] = {
    "wecombot": ("errcode", 0, frozenset({-1, 45009})),
    "dingtalk": ("errcode", 0, frozenset({-1, 130101, 410100, 660026})),
    "feishu": ("code", 0, frozenset({9499, 11232, 11233})),
    "lark": ("code", 0, frozenset({9499, 11232, 11233})),
    "pushplus": ("code", 200, frozenset({500, 888, 900, 999})),
    "schan": ("code", 0, frozenset()),
}
PASSING = frozenset({408, 425, 429})
# Of our own WeCom application only these are about the person; the rest is for who set it up.
NO_SUCH_USER = frozenset({40003, 40031, 60111, 81013, 82001})


def verdict(url: str, heard: Mapping[str, Any]) -> tuple[Verdict, str]:
    """What became of a message, and why in a few plain words that name nobody (for the log)."""
    if heard.get("unusable") or heard.get("inside"):
        return Verdict.NEVER, "unusable" if heard.get("unusable") else "a private address"
    smtp = int(heard.get("smtp") or 0)
    if smtp and not heard["ok"]:
        final = smtp >= 500 and bool(heard.get("recipient"))
        return Verdict.NEVER if final else Verdict.LATER, f"SMTP {smtp}"
    scheme = url.partition("://")[0]
    status = int(heard.get("status") or 0)
    answer = heard.get("answer", {})
    if scheme == "wechat" and answer.get("errcode"):
        final = answer["errcode"] in NO_SUCH_USER
        return Verdict.NEVER if final else Verdict.LATER, f"code {answer['errcode']}"
    name, well, passing = ANSWERS.get(scheme, ("", 0, frozenset()))
    said = answer.get(name)
    if status == 200 and said not in {None, well}:
        return Verdict.LATER if said in passing else Verdict.NEVER, f"code {said}"
    if heard["ok"]:
        return Verdict.TAKEN, "taken"
    if 300 <= status < 500 and status not in PASSING:
        return Verdict.NEVER, f"HTTP {status}"
    return Verdict.LATER, f"HTTP {status}" if status else "no answer"
