"""The table of people's own channels."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.channels.rules import Kind, State
from app.core import clock
from app.core.db import Base, enum_type, uuid7
from app.identity.models import Person
from app.places.models import EncryptedText


class OwnChannel(Base):
    """A way to reach somebody that they have named. The code that confirms it is made from `salt`
    and our keys, and is nowhere kept."""

    __tablename__ = "own_channel"
    __table_args__ = (UniqueConstraint("person_id", "address_blind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    kind: Mapped[Kind] = mapped_column(enum_type(Kind, "own_channel_kind"))
    address: Mapped[str] = mapped_column(EncryptedText)
    address_blind: Mapped[str] = mapped_column(String(64))
    state: Mapped[State] = mapped_column(enum_type(State, "own_channel_state"))
    salt: Mapped[str] = mapped_column(String(32))
    code_until: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class OwnChannelUse(Base):
    """How its messages went of late: `why` is what its owner reads when it is broken."""

    __tablename__ = "own_channel_use"

    channel_id: Mapped[UUID] = mapped_column(
        ForeignKey(OwnChannel.id, ondelete="CASCADE"), primary_key=True
    )
    last_ok_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    why: Mapped[str | None] = mapped_column(String(100))
