"""The secrets of one installation: made once at set-up, kept in `var/keys.json`, never committed.

`field` encrypts telephone numbers at rest, `lookup` makes the blind index that finds them again,
`vapid` signs Web Push. Losing the file means losing the telephone numbers: back it up.
"""

import base64
import hmac
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import current_app
from sqlalchemy import String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


@dataclass(frozen=True)
class Keys:
    """The secrets, and the few things that are done with them."""

    secret: str
    field: str
    lookup: str
    vapid_private: str  # PEM, PKCS 8
    vapid_public: str  # uncompressed point, base64url without padding
    older: Sequence[str] = ()  # secrets before this one, oldest first: codes on walls outlive them

    def encrypt(self, text: str) -> str:
        return Fernet(self.field).encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        return Fernet(self.field).decrypt(token.encode()).decode()

    def blind(self, text: str) -> str:
        """A keyed digest (hex, 64 characters) by which an encrypted value is found again."""
        return hmac.new(self.lookup.encode(), text.encode(), sha256).hexdigest()


def make() -> Keys:
    """A fresh set of secrets."""
    private = ec.generate_private_key(ec.SECP256R1())
    point = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return Keys(
        secret=token_urlsafe(48),
        field=Fernet.generate_key().decode(),
        lookup=token_urlsafe(32),
        vapid_private=pem.decode(),
        vapid_public=base64.urlsafe_b64encode(point).rstrip(b"=").decode(),
    )


def _draft(path: Path, secrets: Keys) -> Path:
    """Written beside the file, readable by the owner only."""
    draft = path.with_suffix(f".{token_urlsafe(6)}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        json.dump(secrets.__dict__, file, indent=1)
    return draft


def renew_vapid(path: Path) -> None:
    """Give this file another key towards push services; all other secrets stay."""
    fresh = make()
    vapid = {"vapid_private": fresh.vapid_private, "vapid_public": fresh.vapid_public}
    _draft(path, replace(load_or_make(path), **vapid)).replace(path)


def load_or_make(path: Path) -> Keys:
    """The secrets in this file; made, readable by the owner only, when it is not there yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = _draft(path, make())
        try:
            os.link(draft, path)  # of two processes that start together, one wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return Keys(**json.loads(path.read_text()))


def keys() -> Keys:
    """The secrets of the current application."""
    found: Keys = current_app.extensions["keys"]
    return found


class Encrypted(TypeDecorator[str]):
    """A short text that is encrypted at rest (telephone numbers)."""

    impl = String(255)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keys().encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keys().decrypt(value)
