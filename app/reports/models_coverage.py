"""What is told of visits in months that are over, as it was settled: only figures that may be told,
so that what is hidden lies nowhere."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base
from app.places.models import Place


class CoverageMonth(Base):
    """One community and month: `[place, care level or null, due, done, open, impossible, refused]`,
    null where a figure is hidden. Settled once; what is recorded later changes nothing."""

    __tablename__ = "coverage_month"

    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    lines: Mapped[list[list[Any]]] = mapped_column(JSON)
    settled_at: Mapped[datetime] = mapped_column(default=clock.now)
