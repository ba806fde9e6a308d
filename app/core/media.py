"""Pictures by hash. A device names a picture by the SHA-256 of what it sends; we look at the
content (never at the name), re-encode it without metadata, and keep our own hash beside it.
"""

import io
import os
import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock
from app.core.db import Base
from app.core.errors import Invalid, NotFound, Refusal, TooLarge
from app.core.upsert import insert_into

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 2048
FORMATS = ("JPEG", "PNG", "WEBP")
HASH = re.compile(r"[0-9a-f]{64}")

Image.MAX_IMAGE_PIXELS = MOST_PIXELS

Grant = Callable[[Session, Any, str], bool]


class NotAPicture(Refusal):
    status, code = 415, "not_a_picture"
    title = "这个文件不是照片，请选 JPG、PNG 或 WebP 图片。"


class TooManyPixels(Refusal):
    status, code = 413, "too_many_pixels"
    title = "照片太大了，请用手机拍的普通照片。"


class WrongHash(Refusal):
    status, code = 422, "wrong_hash"
    title = "照片在路上坏了，请再传一次。"


class Media(Base):
    """One picture. `hash` is of what the device sent, `stored` of what we keep."""

    __tablename__ = "media"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    stored: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    bytes: Mapped[int]
    uploaded_by: Mapped[UUID] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class MediaSender(Base):
    """Somebody who sent a picture that was here already: it is theirs too from then on."""

    __tablename__ = "media_sender"

    hash: Mapped[str] = mapped_column(ForeignKey(Media.hash, ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


@dataclass(frozen=True)
class Picture:
    """A picture that has been looked at and re-encoded (JPEG, no metadata)."""

    hash: str
    stored: str
    content: bytes
    width: int
    height: int


def read_upload(_body: dict[str, Any]) -> Picture:
    """The picture in the present request, ready to be kept. Runs outside any transaction.

    Raises TooLarge, NotAPicture, TooManyPixels, WrongHash.
    """
    return verified((request.view_args or {})["digest"], request.get_data())


def verified(digest: str, raw: bytes) -> Picture:
    """The picture in these bytes, if they are the ones that were announced."""
    if len(raw) > MOST_BYTES:
        raise TooLarge
    if not HASH.fullmatch(digest) or sha256(raw).hexdigest() != digest:
        raise WrongHash
    return reencode(digest, raw)


def reencode(digest: str, raw: bytes) -> Picture:
    """Decode a picture by its content and encode it anew: upright, at most 2048 px, JPEG."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(raw), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise TooManyPixels
            upright = ImageOps.exif_transpose(picture)
            flat = upright.convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooManyPixels from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as bad:
        raise NotAPicture from bad
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    flat.info.clear()
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=82, optimize=True)
    content = out.getvalue()
    return Picture(digest, sha256(content).hexdigest(), content, flat.width, flat.height)


def keep(session: Session, actor_id: UUID, picture: Picture) -> Media:
    """Put a picture on disk, then its row; the same picture again changes nothing.

    After a backup came back its row may be here and its file not: then the file is written again.
    """
    media = session.get(Media, picture.hash)
    if media is None or not path_of(media.stored).exists():
        _write(path_of(picture.stored), picture.content)
        media = _put_row(session, actor_id, picture)
    if media.uploaded_by != actor_id:
        session.execute(
            insert_into(session, MediaSender)
            .values(hash=media.hash, person_id=actor_id, created_at=clock.now())
            .on_conflict_do_nothing()
        )
    return media


def _put_row(session: Session, actor_id: UUID, picture: Picture) -> Media:
    """The row, whoever of two at the same moment comes first."""
    file = {
        "stored": picture.stored,
        "width": picture.width,
        "height": picture.height,
        "bytes": len(picture.content),
    }
    session.execute(
        insert_into(session, Media)
        .values(hash=picture.hash, uploaded_by=actor_id, created_at=clock.now(), **file)
        .on_conflict_do_update(index_elements=[Media.hash], set_=file)
    )
    return session.get_one(Media, picture.hash, populate_existing=True)


def _write(path: Path, content: bytes) -> None:
    """A file that is whole, and there after a power cut, or not there at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{token_hex(4)}.new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)
    sync_folder(path.parent.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk, not only what is in its files."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def path_of(stored: str) -> Path:
    """Where a stored picture lies."""
    root: Path = current_app.extensions["media_dir"]
    return root / stored[:2] / f"{stored}.jpg"


def grant_when(grant: Grant) -> None:
    """An area says when a picture may be seen; used inside the area's `register`."""
    current_app.extensions["media_grants"].append(grant)


def get(session: Session, actor: Any, digest: str) -> Media:
    """A picture that the actor sent, or that something they may see cites. NotFound otherwise."""
    media = session.get(Media, digest)
    if media is None:
        raise NotFound
    grants: list[Grant] = current_app.extensions["media_grants"]
    if not sent_at(session, media, actor.id) and not any(g(session, actor, digest) for g in grants):
        raise NotFound
    return media


def sent_at(session: Session, media: Media, person_id: UUID) -> datetime | None:
    """When somebody first sent this picture; None if they never did."""
    if media.uploaded_by == person_id:
        return media.created_at
    also = session.get(MediaSender, (media.hash, person_id))
    return also.created_at if also else None


def is_here(session: Session, actor: Any, digest: str) -> bool:
    """True if the actor need not send this picture: they may see it, and its file is there."""
    try:
        return path_of(get(session, actor, digest).stored).exists()
    except NotFound:
        return False


def require(session: Session, hashes: Iterable[str], field: str = "media") -> None:
    """All these pictures have arrived. Invalid, naming the field, if one has not."""
    wanted = set(hashes)
    here = (
        set(session.scalars(select(Media.hash).where(Media.hash.in_(wanted)))) if wanted else set()
    )
    if wanted - here:
        raise Invalid(errors={field: ["有照片还没传上来，请等一下再提交。"]})


def sent(media: Media) -> Response:
    """The picture as an answer; it never changes, so the browser may keep it. NotFound while a
    server that came back from a backup waits for the file to be sent again."""
    path = path_of(media.stored)
    if not path.exists():
        raise NotFound
    response = Response(path.read_bytes(), mimetype="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=2592000, immutable"
    return response
