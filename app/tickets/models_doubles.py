"""Tables of what is reported more than once: who follows a neighbour's report, and topics, which
gather what repeats. That one ticket was joined into another stands on it: `Ticket.duplicate_of`."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Versioned, uuid7
from app.identity.models import Organisation, Person
from app.places.models import Place
from app.tickets.models import Ticket

JOINED = text("duplicate_of IS NOT NULL")
NO_BUILDING = text("building_id IS NULL")
OPEN = text("closed_at IS NULL")

# Of few tickets each, so that a report costs nothing more.
Index(
    "ix_ticket_duplicate_of",
    Ticket.__table__.c.duplicate_of,
    sqlite_where=JOINED,
    postgresql_where=JOINED,
)
Index(
    "ix_ticket_public_place",
    Ticket.__table__.c.place_id,
    Ticket.__table__.c.moved_at,
    sqlite_where=NO_BUILDING,
    postgresql_where=NO_BUILDING,
)


class TicketFollower(Base):
    """Somebody who met the same thing as the reporter, and hears of what becomes of it."""

    __tablename__ = "ticket_follower"
    __table_args__ = (Index(None, "person_id", "since", "ticket_id"),)

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)


class Topic(Versioned, Base):
    """What keeps coming back: one kind of matter in one building, until it has been quiet."""

    __tablename__ = "topic"
    __table_args__ = (
        Index(
            "uq_topic_open",
            "building_id",
            "category",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(None, "community_id", "last_at", "id"),
        Index(None, "estate_id", "last_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    estate_id: Mapped[UUID | None] = mapped_column(ForeignKey(Place.id))
    building_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    place_text: Mapped[str] = mapped_column(String(200))
    category: Mapped[str] = mapped_column(String(40))
    count: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_at: Mapped[datetime | None]

    cure: Mapped[str] = mapped_column(String(300), default="")
    cure_org_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    cure_on: Mapped[date | None]


class TopicTicket(Base):
    """A ticket that was gathered into a topic; into one at most."""

    __tablename__ = "topic_ticket"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id), primary_key=True)
    topic_id: Mapped[UUID] = mapped_column(ForeignKey(Topic.id), index=True)
