"""Filters that people keep: a name for an address of the list of tickets."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Versioned, uuid7
from app.identity.models import Organisation, Person


class SavedFilter(Versioned, Base):
    """One filter of a person; `shared_with` an organisation, whose people then see it too."""

    __tablename__ = "saved_filter"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    shared_with: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    name: Mapped[str] = mapped_column(String(20))
    query: Mapped[str] = mapped_column(String(600))
    place: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class DefaultFilter(Base):
    """The filter that a person's list opens with; their own, or one shared with them."""

    __tablename__ = "default_filter"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    filter_id: Mapped[UUID] = mapped_column(
        ForeignKey(SavedFilter.id, ondelete="CASCADE"), index=True
    )
