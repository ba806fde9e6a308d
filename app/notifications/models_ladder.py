"""How many text messages were sent: on each day, to each person and to all together."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class SmsCount(Base):
    """So many on one local day. `whose` is a person, or nobody (zero) for all together."""

    __tablename__ = "sms_count"

    day: Mapped[date] = mapped_column(primary_key=True)
    whose: Mapped[UUID] = mapped_column(primary_key=True)
    count: Mapped[int]
