"""What a browser makes when it subscribes: a key pair and a secret; base64url beside them."""

import base64
import os
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def b64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def un_b64url(text: str) -> bytes:
    if "=" in text:
        raise ValueError("base64url of the Web Push standards has no padding")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class BrowserKeys:
    """The browser's half of RFC 8291: nobody but the browser can read what is sent to it."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=_new_key)
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @cached_property
    def p256dh(self) -> bytes:
        return point(self.private.public_key())

    def as_json(self) -> dict[str, str]:
        return {"p256dh": b64url(self.p256dh), "auth": b64url(self.auth)}
