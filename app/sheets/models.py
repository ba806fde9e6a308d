"""Tables of imports: the systems that hand tickets over, what they handed over, and what became
of each of their numbers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, enum_type, uuid7
from app.identity.models import Person
from app.places.models import EncryptedText, ImportState, Place
from app.sheets.rules.incoming import RowState
from app.tickets.models import Ticket


class TicketSource(Base):
    """Another system that hands tickets over to a community. `headings` are those under which its
    fields stood last time."""

    __tablename__ = "ticket_source"
    __table_args__ = (UniqueConstraint("community_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    name: Mapped[str] = mapped_column(String(40))
    headings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class TicketImport(Base):
    """One file. Its cells are kept, encrypted, only until somebody has decided about it."""

    __tablename__ = "ticket_import"
    __table_args__ = (Index(None, "community_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    source_id: Mapped[UUID] = mapped_column(ForeignKey(TicketSource.id), index=True)
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    created_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None]
    filename: Mapped[str] = mapped_column(String(120))
    state: Mapped[ImportState] = mapped_column(enum_type(ImportState, "ticket_import_state"))
    headings: Mapped[list[str]] = mapped_column(JSON)
    mapping: Mapped[dict[str, int]] = mapped_column(JSON)
    lines: Mapped[str | None] = mapped_column(EncryptedText())


class TicketImportRow(Base):
    """What is said about one row. `said` holds its texts, encrypted, until it is settled."""

    __tablename__ = "ticket_import_row"
    __table_args__ = (Index(None, "import_id", "state", "row"),)

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey(TicketImport.id, ondelete="CASCADE"), primary_key=True
    )
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[RowState] = mapped_column(enum_type(RowState, "row_state"))
    number: Mapped[str] = mapped_column(String(64))
    said: Mapped[str | None] = mapped_column(EncryptedText())
    category: Mapped[str | None] = mapped_column(String(40))
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey(Place.id))
    errors: Mapped[dict[str, Any]] = mapped_column(JSON)
    doubts: Mapped[dict[str, Any]] = mapped_column(JSON)
    ours: Mapped[str | None] = mapped_column(String(16))


class ForeignTicket(Base):
    """A number of another system and our ticket for it: so that nothing comes in twice, and the
    other system hears how it ended."""

    __tablename__ = "foreign_ticket"

    source_id: Mapped[UUID] = mapped_column(ForeignKey(TicketSource.id), primary_key=True)
    number: Mapped[str] = mapped_column(String(64), primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id), index=True)
    called_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    taken_at: Mapped[datetime] = mapped_column(default=clock.now)
