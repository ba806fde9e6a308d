"""Pictures that arrive in pieces. What has arrived lies in one file per person and picture; its
length is the only record of how far it came, so that no crash can make it say more than is there.

Nothing here is in the database. Whoever waits for a file that is dropped in that moment writes
into nothing, and is told so with the next piece: WrongOffset, nothing received.
"""

import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from flask import current_app, request
from flask_login import current_user
from sqlalchemy.orm import Session

from app.core import clock, duties, media
from app.core.errors import BadRequest, Refusal, TooLarge

LARGEST_PIECE = 64 * 1024
KEPT = timedelta(days=7)


class WrongOffset(Refusal):
    """The piece is not the next one. `received` says where to go on."""

    status, code = 409, "wrong_offset"
    title = "照片要从断开的地方接着传。"


@dataclass(frozen=True)
class Progress:
    """How far a picture has come; with the picture once all of it is here and right."""

    received: int
    picture: media.Picture | None = None


def received(person_id: UUID, digest: str) -> int:
    """How many bytes of a picture this person has sent so far."""
    try:
        return _path(person_id, digest).stat().st_size
    except FileNotFoundError:
        return 0


def take(sent: dict[str, Any]) -> Progress:
    """The piece in the present request, on disk when this returns. Runs outside any transaction.

    Raises WrongOffset, TooLarge, and of the whole WrongHash, NotAPicture, TooManyPixels; a whole
    that is no good is thrown away.
    """
    if sent["total"] > media.MOST_BYTES:
        raise TooLarge
    digest = (request.view_args or {})["digest"]
    path = _path(current_user.id, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        here = _append(file, sent["offset"], sent["total"], request.get_data())
        media.sync_folder(path.parent)
        if here < sent["total"]:
            return Progress(here)
        file.seek(0)
        whole = file.read()
    try:
        return Progress(here, media.verified(digest, whole))
    except Refusal:
        drop(current_user.id, digest)
        raise


def _append(file: BinaryIO, offset: int, total: int, piece: bytes) -> int:
    """Add a piece to the end; the new length. The last piece again adds nothing."""
    here = file.seek(0, os.SEEK_END)
    if here >= total:
        return here
    if offset != here:
        raise WrongOffset(received=here)
    if not piece or here + len(piece) > total:
        raise BadRequest
    file.write(piece)
    file.flush()
    os.fsync(file.fileno())
    return here + len(piece)


def drop(person_id: UUID, digest: str) -> None:
    """Throw away what has arrived of a picture."""
    _path(person_id, digest).unlink(missing_ok=True)


def _path(person_id: UUID, digest: str) -> Path:
    if not media.HASH.fullmatch(digest):
        raise media.WrongHash
    return _folder() / f"{person_id}-{digest}"


def _folder() -> Path:
    root: Path = current_app.extensions["media_dir"]
    return root / "parts"


@duties.daily("media.sweep_parts")
def sweep(_session: Session, _day: date) -> None:
    """Throw away what nobody went on with for a week."""
    last = (clock.now() - KEPT).timestamp()
    for path in _folder().glob("*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < last:
                path.unlink()
