"""Checking who sends: the signed token of RFC 8292, by our own code. No transport here."""

import json
import time
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.push_receiver.keys import un_b64url

LONGEST_LIFE = 24 * 3600


class NotVouchedFor(Exception):
    """The Authorization header does not prove who sends."""


@dataclass(frozen=True)
class Vouched:
    """A token that held: what it claims, and the key it was signed with."""

    claims: dict[str, object]
    public_key: bytes


def vouched(header: str | None, audience: str, now: float | None = None) -> Vouched:
    """Read `vapid t=…, k=…`; every clause of the RFC that a push service checks is checked."""
    token, key = _split(header)
    parts = token.split(".")
    if len(parts) != 3:
        raise NotVouchedFor("the token does not have three parts")
    head, claims = (_json(part) for part in parts[:2])
    if head.get("alg") != "ES256" or head.get("typ", "JWT") != "JWT":
        raise NotVouchedFor(f"signed with {head.get('alg')!r}, not ES256")
    _check_signature(".".join(parts[:2]).encode(), un_b64url(parts[2]), key)
    _check_claims(claims, audience, time.time() if now is None else now)
    return Vouched(claims, key)


def _split(header: str | None) -> tuple[str, bytes]:
    scheme, _, rest = (header or "").partition(" ")
    fields = dict(item.strip().partition("=")[::2] for item in rest.split(","))
    if scheme.lower() != "vapid" or not {"t", "k"} <= fields.keys():
        raise NotVouchedFor("no `vapid t=…, k=…` in Authorization")
    return fields["t"], un_b64url(fields["k"])


def _json(part: str) -> dict[str, object]:
    value = json.loads(un_b64url(part))
    if not isinstance(value, dict):
        raise NotVouchedFor("a part of the token is not an object")
    return value


def _check_signature(signed: bytes, signature: bytes, key: bytes) -> None:
    if len(signature) != 64:
        raise NotVouchedFor("an ES256 signature has 64 octets")
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    try:
        public.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise NotVouchedFor("the signature does not fit the key") from None


def _check_claims(claims: dict[str, object], audience: str, now: float) -> None:
    if claims.get("aud") != audience:
        raise NotVouchedFor(f"meant for {claims.get('aud')!r}, not {audience!r}")
    until = claims.get("exp")
    if not isinstance(until, int) or not now < until <= now + LONGEST_LIFE:
        raise NotVouchedFor("exp must lie ahead, at most 24 hours")
    if not str(claims.get("sub", "")).startswith(("mailto:", "https://")):
        raise NotVouchedFor("sub must be a mailto: or https: address")
