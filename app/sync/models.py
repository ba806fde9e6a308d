"""Tables of the area: the generation of the feed, and what each phone said of itself."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base
from app.identity.models import Device, Person


class Generation(Base):
    """One row: it is another one after the database came back from a backup."""

    __tablename__ = "feed_generation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    value: Mapped[UUID] = mapped_column(default=uuid4)
    since: Mapped[datetime] = mapped_column(default=clock.now)


class DeviceReport(Base):
    """What still lies on a phone, as it last said; and how wrong its clock is."""

    __tablename__ = "device_report"

    device_id: Mapped[UUID] = mapped_column(
        ForeignKey(Device.id, ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    waiting: Mapped[int]
    refused: Mapped[int]
    oldest_at: Mapped[datetime | None]
    skew_seconds: Mapped[int]
    reported_at: Mapped[datetime] = mapped_column(default=clock.now)
