"""The tables of group robots, of what each has yet to say, and of how it went."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Float, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, enum_type, uuid7
from app.core.keys import Encrypted
from app.identity.models import Organisation, Person
from app.places.models import EncryptedText, Place
from app.robots.rules import ROOM, Kind


class Robot(Base):
    """The robot of one group, of one organisation; `place_id` is what that organisation serves. One
    that is stopped waits until somebody resumes it."""

    __tablename__ = "robot"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    kind: Mapped[Kind] = mapped_column(enum_type(Kind, "robot_kind"))
    name: Mapped[str] = mapped_column(String(40))
    token: Mapped[str] = mapped_column(EncryptedText)
    token_blind: Mapped[str] = mapped_column(String(64), unique=True)
    secret: Mapped[str | None] = mapped_column(Encrypted)
    wants: Mapped[list[str]] = mapped_column(JSON)
    created_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    stopped_at: Mapped[datetime | None]


class RobotUse(Base):
    """How many messages may leave (`room`, as it was at `room_at`), who is about to send one
    (`busy_until`), and how it went."""

    __tablename__ = "robot_use"

    robot_id: Mapped[UUID] = mapped_column(
        ForeignKey(Robot.id, ondelete="CASCADE"), primary_key=True
    )
    room: Mapped[float] = mapped_column(Float, default=ROOM)
    room_at: Mapped[datetime] = mapped_column(default=clock.now)
    busy_until: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    why: Mapped[str | None] = mapped_column(String(100))


class RobotNews(Base):
    """What has come together and was not said yet."""

    __tablename__ = "robot_news"

    robot_id: Mapped[UUID] = mapped_column(
        ForeignKey(Robot.id, ondelete="CASCADE"), primary_key=True
    )
    about: Mapped[str] = mapped_column(String(16), primary_key=True)
    count: Mapped[int]
