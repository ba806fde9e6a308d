"""The slip that goes with a push: a device sends it back to say that an item was shown or opened.

Signed, so that the sign-in may have run out by then. It says which item and which device, by their
numbers, and opens nothing else.
"""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from itsdangerous import BadSignature, Signer, URLSafeSerializer
from itsdangerous.encoding import base64_encode

from app.core.keys import keys


@dataclass(frozen=True, slots=True)
class Slip:
    """Who sends a slip back: a device that was rung for an item. No person."""

    item_id: UUID
    subscription_id: UUID

    is_authenticated = False


@lru_cache(maxsize=8)
def _serializer(secret: str) -> tuple[URLSafeSerializer, Signer]:
    """It would make another signer for each slip, and try to make each smaller."""
    serializer = URLSafeSerializer(secret, salt="push-receipt")
    return serializer, serializer.make_signer(serializer.salt)


def written(slip: Slip) -> str:
    """The slip as it travels."""
    said = f'"{slip.item_id.hex}{slip.subscription_id.hex}"'
    return _serializer(keys().secret)[1].sign(base64_encode(said)).decode()


def read(text: str) -> Slip | None:
    """A slip of ours; None for anything else."""
    try:
        said = str(_serializer(keys().secret)[0].loads(text))
        return Slip(UUID(hex=said[:32]), UUID(hex=said[32:]))
    except (BadSignature, ValueError):
        return None
