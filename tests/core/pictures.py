"""Pictures that tests send, made on the spot."""

import io
from hashlib import sha256
from random import Random

from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **extra: object) -> bytes:
    """A small picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, (184, 35, 43)).save(out, kind, **extra)
    return out.getvalue()


def photograph(seed: int = 1, side: int = 360) -> bytes:
    """A picture with as much in it as a photograph has: at least three pieces long."""
    dots = Random(seed).randbytes(side * side * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), dots).save(out, "JPEG", quality=95)
    return out.getvalue()


def named(raw: bytes) -> str:
    """The name of a picture: the hash of its bytes."""
    return sha256(raw).hexdigest()
