"""The audit log: who did what to which thing, when. Append only; kept at least 180 days."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock
from app.core.db import Base, uuid7
from app.core.prepared import Prepared


class AuditRow(Base):
    """One change of state. Details never hold notes, names or numbers of residents."""

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "subject_kind", "subject_id", "at"),
        Index(None, "actor_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[UUID | None]
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[UUID]
    verb: Mapped[str] = mapped_column(String(32))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


WRITE = Prepared(insert(AuditRow))


def write(
    session: Session,
    *,
    actor_id: UUID | None,
    subject_kind: str,
    subject_id: UUID,
    verb: str,
    details: dict[str, Any],
) -> None:
    """Add one row to the log, in the present transaction."""
    row = {
        "id": uuid7(),
        "at": clock.now(),
        "actor_id": actor_id,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "verb": verb,
        "details": details,
    }
    WRITE.write(session, [row])
