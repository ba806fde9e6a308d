"""Tables of round sheets on paper: which visits stand on which sheet. What is ticked on one becomes
records of visits, and nothing of it is kept here."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Versioned, enum_type, uuid7
from app.visits.models import Visit
from app.visits.rules.paper import CODE_DIGITS, SheetKind


class PaperSheet(Versioned, Base):
    """One printed sheet: a person's outing, or a building's week. Forgotten after 60 days."""

    __tablename__ = "paper_sheet"
    __table_args__ = (Index(None, "community_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    code: Mapped[str] = mapped_column(String(CODE_DIGITS), unique=True)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    kind: Mapped[SheetKind] = mapped_column(enum_type(SheetKind, "paper_sheet_kind"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    building_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class PaperRow(Base):
    """One row of a sheet. Where the visit was called off and yet made, the visit that was made."""

    __tablename__ = "paper_row"

    sheet_id: Mapped[UUID] = mapped_column(
        ForeignKey(PaperSheet.id, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey(Visit.id), index=True)
