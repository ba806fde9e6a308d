"""The receipt of a write: a short number that a person can read out, and the moment it was first
received. The same write sent again gets the same receipt, whatever became of the first answer.
"""

from datetime import UTC, datetime
from hashlib import sha256

from flask import Response

from app.core import clock

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is taken for another
LENGTH = 6


def number(key: bytes, at: datetime) -> str:
    """`1124-7K3F9Q`: the day in Asia/Shanghai, and letters that say only which key it was."""
    value = int.from_bytes(sha256(key).digest())
    letters = "".join(LETTERS[value >> 5 * place & 31] for place in range(LENGTH))
    return f"{at.astimezone(clock.LOCAL):%m%d}-{letters}"


def stamp(response: Response, key: bytes, at: datetime) -> None:
    """Put the receipt onto an answer."""
    response.headers["Honglin-Receipt"] = number(key, at)
    response.headers["Honglin-Received-At"] = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
