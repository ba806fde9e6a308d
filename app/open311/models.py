"""Tables of this area: the keys of other systems, and how they are used."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, uuid7
from app.identity.models import Person
from app.places.models import Place


class Open311Key(Base):
    """Another system that may report. Only a digest of its key is kept.

    `place_id` is the community or estate it may report in. `person_id` is who its tickets say
    reported them: a row without telephone, password and posts, so that nobody can sign in as it.
    """

    __tablename__ = "open311_key"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), unique=True)
    created_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]


class Open311Use(Base):
    """When a key was last used, to the day, and how often in the present minute."""

    __tablename__ = "open311_use"

    key_id: Mapped[UUID] = mapped_column(ForeignKey(Open311Key.id), primary_key=True)
    last_used_on: Mapped[date | None]
    minute: Mapped[datetime | None]
    posts: Mapped[int] = mapped_column(default=0)
