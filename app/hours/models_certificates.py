"""Tables of certificates. A certificate keeps its figures as they were issued, so that its paper is
the same whenever it is made, and the records that they came from, so that it falls with them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Versioned, uuid7
from app.hours.models import ServiceHours


class Certificate(Versioned, Base):
    """证明. `content` is a list of kind, number of records and quarters of an hour."""

    __tablename__ = "service_certificate"
    __table_args__ = (
        UniqueConstraint("community_id", "year", "serial"),
        Index(None, "community_id", "id"),
        Index(None, "person_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(String(32), unique=True)
    code: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(40))
    issuer: Mapped[str] = mapped_column(String(80))
    handler: Mapped[str] = mapped_column(String(40))
    handler_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    issued_on: Mapped[date]
    first: Mapped[date]
    last: Mapped[date]
    quarters: Mapped[int]
    content: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    revoked_at: Mapped[datetime | None]
    revoke_reason: Mapped[str | None] = mapped_column(String(200))


class CertificateLine(Base):
    """One record of hours that a certificate counts, and how much of it."""

    __tablename__ = "service_certificate_line"

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey(Certificate.id), primary_key=True)
    hours_id: Mapped[UUID] = mapped_column(
        ForeignKey(ServiceHours.id), primary_key=True, index=True
    )
    quarters: Mapped[int]
