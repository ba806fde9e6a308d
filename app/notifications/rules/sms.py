"""Text messages: what a gateway is sent, by its template, and what its answer means. Pure.

The text is the same for everybody and everything: it names nobody, no place and no matter.
"""

import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import quote

SIGNATURE = "X-Honglin-Signature"


@dataclass(frozen=True)
class Gateway:
    """An HTTPS gateway: a template of its URL and of its body, in which `{phone}`, `{text}`,
    `{time}` and `{sign}` stand. `expects`: what the answer to a message it took contains."""

    url: str
    body: str
    content_type: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)
    secret: str = ""
    expects: str = ""
    most_a_day: int = 100
    most_for_one: int = 6


@dataclass(frozen=True)
class Request:
    """What goes out."""

    url: str
    body: bytes
    headers: Mapping[str, str]


def request(gateway: Gateway, phone: str, seconds: int) -> Request:
    """The message for one number at one moment (Unix time). With a secret, `{sign}` is the
    HMAC-SHA-256 (hex) of "time.phone", and the header that of "time.body"."""
    values = {
        "phone": phone,
        "text": gateway.text,
        "time": str(seconds),
        "sign": _sign(gateway.secret, f"{seconds}.{phone}") if gateway.secret else "",
    }
    is_json = "json" in gateway.content_type
    body = _filled(gateway.body, values, _in_json if is_json else _in_form)
    headers = {"Content-Type": gateway.content_type, **gateway.headers}
    if gateway.secret:
        signed = _sign(gateway.secret, f"{seconds}.{body}")
        headers[SIGNATURE] = f"t={seconds},v1={signed}"
    return Request(_filled(gateway.url, values, _in_form), body.encode(), headers)


def is_taken(gateway: Gateway, status: int, answer: bytes) -> bool:
    """Whether the gateway took the message."""
    return 200 <= status < 300 and gateway.expects.encode() in answer


def may_pass(status: int) -> bool:
    """Whether asking again may help: not where the gateway refuses what we say as such."""
    return status in {408, 425, 429} or status >= 500


def _filled(template: str, values: Mapping[str, str], escape: Callable[[str], str]) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", escape(value))
    return template


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _in_form(value: str) -> str:
    return quote(value, safe="")


def _sign(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), sha256).hexdigest()
