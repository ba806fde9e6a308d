"""A write that is sent twice happens once. The device makes the key; same key and same body get
the first answer again, same key with another body is refused.

The answer is written last, in the transaction that did the work. Of two that come at the same time
one cannot write it and loses its work with it; so the edge asks once more, whenever a write is
refused, whether its key has been answered meanwhile.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from flask import Request, Response
from sqlalchemy import LargeBinary, String, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock, duties
from app.core.db import Base
from app.core.errors import BadRequest, KeyNeeded, KeyReused
from app.core.prepared import Prepared

KEPT = timedelta(days=60)  # a phone may lie in a drawer; then its entries are offered again


class Remembered(Base):
    """The answer that a key got."""

    __tablename__ = "idempotency"

    actor_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(default=0)
    body: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


# Built once: every write asks this.
ANSWERED = Prepared(
    select(Remembered.fingerprint, Remembered.status, Remembered.body, Remembered.at).where(
        Remembered.actor_id == bindparam("actor_id"), Remembered.key == bindparam("key")
    )
)
REMEMBER = Prepared(insert(Remembered))


class Answered(Protocol):
    """What a key was answered with."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> bytes: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True)
class Key:
    """A key and the digest of the request that carries it."""

    value: UUID
    fingerprint: str


def key_of(request: Request) -> Key:
    """The key of a request. KeyNeeded without one, BadRequest if it is not a UUID."""
    sent = request.headers.get("Idempotency-Key")
    if not sent:
        raise KeyNeeded
    try:
        value = UUID(sent)
    except ValueError as bad:
        raise BadRequest("提交编号不对，请刷新后再提交。") from bad
    return Key(value, _fingerprint(request))


def _fingerprint(request: Request) -> str:
    """What was asked for. A form counts by its fields and files: sent again, it has other bytes."""
    digest = sha256(f"{request.method} {request.full_path}\n".encode())
    if request.mimetype != "multipart/form-data":
        digest.update(request.get_data())
        return digest.hexdigest()
    for name, text in sorted(request.form.items(multi=True)):
        digest.update(f"{name}={len(text)}:{text}\n".encode())
    for name, file in sorted(request.files.items(multi=True), key=lambda part: part[0]):
        content = sha256(file.stream.read()).hexdigest()
        file.stream.seek(0)
        digest.update(f"{name}={file.filename}:{content}\n".encode())
    return digest.hexdigest()


def seen(session: Session, actor_id: UUID, key: Key) -> Answered | None:
    """What a key was answered with, or None. KeyReused for another body."""
    before = ANSWERED.first(session, {"actor_id": actor_id, "key": key.value})
    if before is not None and before.fingerprint != key.fingerprint:
        raise KeyReused
    answered: Answered | None = before
    return answered


def remember(session: Session, actor_id: UUID, key: Key, response: Response) -> datetime:
    """Keep the answer beside the key, in the transaction that did the work; the moment."""
    now = clock.now()
    row = {
        "actor_id": actor_id,
        "key": key.value,
        "fingerprint": key.fingerprint,
        "status": response.status_code,
        "body": response.get_data(),
        "at": now,
    }
    REMEMBER.write(session, [row])
    return now


@duties.daily("idempotency.forget")
def forget_old_keys(session: Session, day: date) -> None:
    """Drop the keys that no phone will send again."""
    session.execute(delete(Remembered).where(Remembered.at < clock.now() - KEPT))
