"""Which addresses a message may be sent to, and which subscriptions can be used at all."""

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from app.core.addresses import is_inner_number

LONGEST_ENDPOINT = 1000
AUTH_OCTETS = 16
UNREADABLE = "推送地址读不懂，请在手机上重新打开推送。"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a browser is reached, and how to write so that only it can read."""

    endpoint: str
    p256dh: str
    auth: str


def origin_of(endpoint: str) -> str:
    """Scheme, host and port: what a VAPID token is made out to."""
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}"


def endpoint_fault(endpoint: str, *, inner: bool) -> str | None:
    """What is wrong with the address of a subscription, in Chinese; None if nothing is.

    `inner` also lets plain http and inner addresses pass: for tests only.
    """
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return UNREADABLE
    if not host or parts.username is not None or not endpoint.isascii():
        return UNREADABLE
    if len(endpoint) > LONGEST_ENDPOINT:
        return f"推送地址太长了，最多 {LONGEST_ENDPOINT} 个字符。"
    if parts.scheme not in ({"https", "http"} if inner else {"https"}):
        return "推送地址必须以 https 开头。"
    if not inner and is_inner_number(host):
        return "推送地址指向内部网络，不能使用。"
    return None


def decoded(text: str) -> bytes | None:
    """Base64url with or without padding; None when it is not."""
    bare = text.rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None


def p256dh_fault(text: str) -> str | None:
    """What is wrong with a browser's public key; None if it is a point of the curve."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(text) or b"")
    except ValueError:
        return "浏览器给的公钥不对，请在手机上重新打开推送。"
    return None


def auth_fault(text: str) -> str | None:
    """What is wrong with a browser's secret; None if it has its 16 octets."""
    raw = decoded(text)
    if raw is None or len(raw) != AUTH_OCTETS:
        return "浏览器给的口令不对，请在手机上重新打开推送。"
    return None
