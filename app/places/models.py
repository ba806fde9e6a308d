"""Tables of places: grids, grid branches, households and the previews of spreadsheet imports.

The tree itself (`Place`) lies in identity, because memberships point into it; it is named here
too, so that later areas find every place in one module.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Versioned, enum_type, uuid7
from app.core.keys import Encrypted
from app.identity.models import Person
from app.identity.place_scope import Place
from app.identity.rules import PlaceKind
from app.places.plan import RowAction
from app.places.rules import CareLevel, VisitWish, masked

__all__ = [
    "Grid",
    "GridBranch",
    "Household",
    "HouseholdImport",
    "HouseholdImportRow",
    "ImportState",
    "Place",
    "PlaceKind",
]


class Grid(Base):
    """A part of a community; buildings point to it with `Place.grid_id`."""

    __tablename__ = "grid"
    __table_args__ = (UniqueConstraint("community_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    name: Mapped[str] = mapped_column(String(40))
    sort: Mapped[int] = mapped_column(default=0)


class GridBranch(Base):
    """A party branch that sits on a grid."""

    __tablename__ = "grid_branch"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    grid_id: Mapped[UUID] = mapped_column(ForeignKey(Grid.id), index=True)
    name: Mapped[str] = mapped_column(String(60))


class Household(Versioned, Base):
    """One door. How to address who lives there, never who they are."""

    __tablename__ = "household"
    __table_args__ = (
        UniqueConstraint("unit_id", "door"),
        Index(None, "community_id", "walk_order", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    estate_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), index=True)
    building_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    grid_id: Mapped[UUID | None] = mapped_column(ForeignKey(Grid.id), index=True)
    door: Mapped[str] = mapped_column(String(16))
    floor: Mapped[int | None]
    walk_order: Mapped[str] = mapped_column(String(32))
    contact_name: Mapped[str] = mapped_column(String(20), default="")
    contact_phone: Mapped[str | None] = mapped_column(Encrypted)
    care_level: Mapped[CareLevel] = mapped_column(
        enum_type(CareLevel, "care_level"), default=CareLevel.GENERAL
    )
    care_confirmed_on: Mapped[date | None]
    known_since: Mapped[date | None] = mapped_column(default=clock.today)
    wish: Mapped[VisitWish] = mapped_column(
        enum_type(VisitWish, "visit_wish"), default=VisitWish.ANY
    )

    @property
    def contact_phone_masked(self) -> str | None:
        return masked(self.contact_phone) if self.contact_phone else None


class EncryptedText(Encrypted):
    """A long text that is encrypted at rest: the lines of a spreadsheet that waits."""

    impl = Text()
    cache_ok = True


class ImportState(StrEnum):
    """A preview waits until somebody confirms or drops it."""

    PREVIEW = "preview"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class HouseholdImport(Base):
    """A spreadsheet that was read and planned; its rows are kept only until it is settled."""

    __tablename__ = "household_import"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), index=True)
    created_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    filename: Mapped[str] = mapped_column(String(120))
    state: Mapped[ImportState] = mapped_column(enum_type(ImportState, "import_state"))
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    news: Mapped[dict[str, int]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    lines: Mapped[str | None] = mapped_column(EncryptedText())


class HouseholdImportRow(Base):
    """What the import says about one row of the spreadsheet."""

    __tablename__ = "household_import_row"
    __table_args__ = (Index(None, "import_id", "action", "row"),)

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey(HouseholdImport.id, ondelete="CASCADE"), primary_key=True
    )
    row: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[RowAction] = mapped_column(enum_type(RowAction, "row_action"))
    door_text: Mapped[str] = mapped_column(String(120))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
