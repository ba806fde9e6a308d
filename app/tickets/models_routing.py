"""Tables of who leads and who is there: a committee's rules, and the duty lists of organisations.

A duty list is one row, edited as a whole under one version. `week` and `instead` are as
`rules/duty.py` has them, with hours as "08:00" and people by their ids.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Versioned, uuid7
from app.identity.models import Organisation, Person
from app.places.models import Place


class RoutingRule(Versioned, Base):
    """Who leads what is about this (a category or a group) at this place and below it."""

    __tablename__ = "routing_rule"
    __table_args__ = (UniqueConstraint("place_id", "about"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), index=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    about: Mapped[str] = mapped_column(String(40))
    lead_org_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    co_org_ids: Mapped[list[str]] = mapped_column(JSON)
    decides: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))


class DutyRow(Versioned, Base):
    """The duty list of an organisation. `hotline` is the organisation's, never a person's."""

    __tablename__ = "duty_list"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), primary_key=True)
    week: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    instead: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    always: Mapped[bool]
    hotline: Mapped[str] = mapped_column(String(20))
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
