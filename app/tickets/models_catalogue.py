"""Tables of what districts and contracts change in the table of categories. Nothing is overwritten:
each row is one change, and the newest of a category or a contract holds."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, enum_type, uuid7
from app.identity.models import Organisation, Person
from app.identity.rules import Party
from app.places.models import Place


class CategoryChange(Base):
    """A category as a district has it since a moment; `times` by the kind of clock."""

    __tablename__ = "category_change"
    __table_args__ = (UniqueConstraint("district_id", "code", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    district_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    since: Mapped[datetime] = mapped_column(default=clock.now)
    by_person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    name: Mapped[str] = mapped_column(String(20))
    lead: Mapped[Party] = mapped_column(enum_type(Party, "lead"))
    off: Mapped[bool] = mapped_column(default=False)
    times: Mapped[dict[str, Any]] = mapped_column(JSON)


class ContractChange(Base):
    """What the contract with a company says of a category since a moment; nothing where it has
    ended. Kinds of clock that are not named go by the category."""

    __tablename__ = "contract_change"
    __table_args__ = (UniqueConstraint("organisation_id", "code", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    since: Mapped[datetime] = mapped_column(default=clock.now)
    by_person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    limits: Mapped[dict[str, Any]] = mapped_column(JSON)
