"""The plan of an estate: a picture of its ground, and where its buildings stand on it."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Versioned
from app.core.media import Media
from app.identity.models import Person
from app.identity.place_scope import Place


class Spot(TypedDict):
    """Where a building stands: shares of the picture's width and height, from the upper left."""

    building_id: str
    x: float
    y: float


class EstatePlan(Versioned, Base):
    """One picture for each estate, kept as long as it is used."""

    __tablename__ = "estate_plan"

    estate_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), primary_key=True)
    picture: Mapped[str] = mapped_column(ForeignKey(Media.hash), index=True)
    spots: Mapped[list[Spot]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
