"""The counts of months that are over, kept so that a page need not count them again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base
from app.places.models import Place


class RateMonth(Base):
    """What was counted of one community and month: `[organisation, measure, outcome, number]`.
    Whatever changes a ticket of that month throws the row away; it is counted anew at night."""

    __tablename__ = "rate_month"

    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    counts: Mapped[list[list[Any]]] = mapped_column(JSON)
    counted_at: Mapped[datetime] = mapped_column(default=clock.now)
