"""What another system is told and how it knows that it was us. Pure."""

import hmac
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

SIGNATURE, DELIVERY, KIND = "X-Honglin-Signature", "X-Honglin-Delivery", "X-Honglin-Kind"

# So many deliveries in a row that nobody took, the first of them so long ago: nobody is there.
FAILURES = 20
SILENT_FOR = timedelta(hours=6)


class Told(StrEnum):
    """What a system may be told of."""

    OPENED = "ticket.opened"
    MOVED = "ticket.moved"


TRIAL = "trial"


def signature(secret: str, seconds: int, body: bytes) -> str:
    """`t=…,v1=…`: the moment of sending, and an HMAC-SHA256 over the moment, a dot and the body.

    A receiver checks both, so that what was once overheard cannot be sent again later.
    """
    signed = hmac.new(secret.encode(), f"{seconds}.".encode() + body, sha256).hexdigest()
    return f"t={seconds},v1={signed}"


def is_taken(status: int) -> bool:
    """Whether an answer says that the delivery arrived."""
    return 200 <= status < 300


def is_gone(status: int) -> bool:
    """Whether the receiver asks for nothing more."""
    return status == 410


def has_had_enough(failures: int, silent: timedelta) -> bool:
    """Whether to stop trying altogether until a person looks."""
    return failures >= FAILURES and silent >= SILENT_FOR
