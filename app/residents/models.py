"""Tables of residents without an account: the codes on the doors, public numbers, what was reported
through a door, wishes about visits, and how often a door or an address did something."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, enum_type, uuid7
from app.core.keys import Encrypted
from app.identity.models import Person
from app.places.models import Household, Place
from app.places.rules import masked
from app.residents.rules import WishKind, WishState
from app.tickets.models import Ticket

STANDING = text("revoked_at IS NULL")


class DoorCode(Base):
    """The code on the door of a building or unit. `token` can be read again, to print the sheet;
    a request is looked up by its digest. One stands for a place at a time."""

    __tablename__ = "door_code"
    __table_args__ = (
        Index(
            "uq_door_code_standing",
            "place_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        Index(None, "community_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    token: Mapped[str] = mapped_column(Encrypted)
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    made_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]


class PublicNumber(Base):
    """A telephone number that the committee wants everybody to know: the community's office, the
    property company on duty. Of the whole community, or of one estate."""

    __tablename__ = "public_number"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), index=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    name: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(20))


class ResidentReport(Base):
    """Something reported through a door, and the link to follow it, of which only a digest is kept.

    `person_id` is the guest (`Person.guest`) whom the ticket names as its reporter, or as one who
    met the same: they look on, and the first one answers. The telephone is forgotten 90 days after
    the end.
    """

    __tablename__ = "resident_report"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id), index=True)
    door_id: Mapped[UUID] = mapped_column(ForeignKey(DoorCode.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), unique=True)
    name: Mapped[str] = mapped_column(String(20), default="")
    phone: Mapped[str | None] = mapped_column(Encrypted)
    at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def phone_masked(self) -> str | None:
        return masked(self.phone) if self.phone else None


class DoorWish(Base):
    """Somebody asked at a stairwell that nobody, or somebody, come to a door. It is a request: who
    looks after the door asks there, then confirms or drops it. `household_id` is our guess until
    then; whoever asked never learns whether there was one."""

    __tablename__ = "door_wish"
    __table_args__ = (Index(None, "community_id", "state", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    door_id: Mapped[UUID] = mapped_column(ForeignKey(DoorCode.id))
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    kind: Mapped[WishKind] = mapped_column(enum_type(WishKind, "wish_kind"))
    state: Mapped[WishState] = mapped_column(
        enum_type(WishState, "wish_state"), default=WishState.WAITING
    )
    door: Mapped[str] = mapped_column(String(16))
    said: Mapped[str] = mapped_column(String(200), default="")
    name: Mapped[str] = mapped_column(String(20), default="")
    phone: Mapped[str | None] = mapped_column(Encrypted)
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey(Household.id), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    settled_at: Mapped[datetime | None]

    @property
    def phone_masked(self) -> str | None:
        return masked(self.phone) if self.phone else None


class DoorCount(Base):
    """How often something was done at a door or from an address since a moment. An address stands
    here as a keyed digest of itself and the day."""

    __tablename__ = "door_count"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    seen: Mapped[int] = mapped_column(default=1)
