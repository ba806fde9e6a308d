"""A write that is sent twice happens once. The device makes the key; same key and same body get
the first answer again, same key with another body is refused."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import Request, Response
from sqlalchemy import LargeBinary, String, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock, duties
from app.core.db import Base
from app.core.errors import BadRequest, KeyNeeded, KeyReused
from app.core.upsert import Upsert

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


TABLE: Any = Remembered.__table__
CLAIM = Upsert(TABLE, lambda insert: insert.on_conflict_do_nothing().returning(TABLE.c.key))
ANSWER = (
    update(TABLE)
    .where(TABLE.c.actor_id == bindparam("who"), TABLE.c.key == bindparam("which"))
    .returning(TABLE.c.at)
)


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


def seen(session: Session, actor_id: UUID, key: Key) -> Remembered | None:
    """Claim a key; the first answer if it was claimed before. KeyReused for another body.

    On PostgreSQL a second request with the same key waits here until the first has ended.
    """
    claim = {"actor_id": actor_id, "key": key.value, "fingerprint": key.fingerprint}
    if CLAIM.run(session, [claim | {"at": clock.now()}]):
        return None
    before = session.scalars(
        select(Remembered).where(Remembered.actor_id == actor_id, Remembered.key == key.value)
    ).one()
    if before.fingerprint != key.fingerprint:
        raise KeyReused
    return before


def remember(session: Session, actor_id: UUID, key: Key, response: Response) -> datetime:
    """Keep the answer beside the key, in the transaction that did the work. Says when the key was
    claimed."""
    answer = {"status": response.status_code, "body": response.get_data()}
    kept = session.connection().execute(ANSWER, answer | {"who": actor_id, "which": key.value})
    at: datetime = kept.scalar_one()
    return at


@duties.daily("idempotency.forget")
def forget_old_keys(session: Session, day: date) -> None:
    """Drop the keys that no phone will send again."""
    session.execute(delete(Remembered).where(Remembered.at < clock.now() - KEPT))
