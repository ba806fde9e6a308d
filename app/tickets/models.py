"""Tables of tickets: the ticket, its helping parties, its timeline, its photos, its numbers.

What a list shows is written on the ticket itself (`place_text`, `review_by`), so that a list reads
one index and one table however many tickets there are.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, Versioned, enum_type, uuid7
from app.identity.models import Organisation, Person
from app.identity.rules import Party
from app.places.models import Household, Place
from app.tickets.rules import (
    ClockKind,
    Holder,
    PhotoPhase,
    Reviewer,
    Satisfied,
    Solved,
    SuspendReason,
    TicketStatus,
)

# The clocks of what is over are not looked for.
RUNNING = text("due_at IS NOT NULL")
ON_DUTY = text("duty_person_id IS NOT NULL")
# In these very words in an index and in the query, so that a database sees the one in the other.
UNSETTLED = text("ticket.status NOT IN ('closed', 'rejected', 'withdrawn')")
# Behind the order of an index stands what a count or a walk asks, so that it stays in the index.
WAITING = ("moved_at", "id", "due_at")
ASKED_OF_QUEUES = ("review_by", "returned", "suspension_pending")
ELSEWHERE = ("community_id", "lead_org_id")  # is it looked at on another ground already?
BY_DUE = ("due_at", "status", "category", "warn_at")
OWNED = "all, delete-orphan"


class Ticket(Versioned, Base):
    """One matter, from the report to the end. `household_id` and `agreed_by` are for the community
    and the reporter only; `stage_at` is since when the present state stands. `due_at` and `warn_at`
    are of the next clock of those in whose hands it is: see `TicketClock`."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("number", "community_id"),
        Index(None, "community_id", "moved_at", "id", "category"),
        Index("ix_ticket_community_waiting", "community_id", "status", *WAITING, *ASKED_OF_QUEUES),
        Index("ix_ticket_lead_latest", "lead_org_id", "moved_at", "id", "category", "community_id"),
        Index("ix_ticket_lead_waiting", "lead_org_id", "status", *WAITING),
        Index(None, "estate_id", "moved_at", "id", "category"),
        Index(None, "estate_id", "status", "moved_at", "id"),
        Index(None, "building_id", "moved_at", "id"),
        Index("ix_ticket_reporter_latest", "reporter_id", "moved_at", "id", *ELSEWHERE),
        Index("ix_ticket_reporter_waiting", "reporter_id", "status", "moved_at", "id", *ELSEWHERE),
        Index(None, "community_id", "created_at", "id"),
        Index(None, "lead_org_id", "created_at", "id"),
        Index(None, "reporter_id", "created_at", "id"),
        Index(None, "status", "stage_at"),
        Index(None, "community_id", "supervised", "status", "moved_at", "id"),
        Index(None, "estate_id", "created_at", "building_id", "category"),
        Index(
            "ix_ticket_unsettled",
            "estate_id",
            "building_id",
            "due_at",
            sqlite_where=text("status NOT IN ('closed', 'rejected', 'withdrawn')"),
            postgresql_where=text("status NOT IN ('closed', 'rejected', 'withdrawn')"),
        ),
        Index(
            "ix_ticket_emergency",
            "lead_org_id",
            "status",
            "moved_at",
            "id",
            sqlite_where=text("emergency = 1"),
            postgresql_where=text("emergency"),
        ),
        Index(
            "ix_ticket_community_id_due_at",
            "community_id",
            *BY_DUE,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
        Index(
            "ix_ticket_lead_org_id_due_at",
            "lead_org_id",
            *BY_DUE,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
        Index(
            "ix_ticket_duty_person_id",
            "duty_person_id",
            "status",
            "moved_at",
            sqlite_where=ON_DUTY,
            postgresql_where=ON_DUTY,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    number: Mapped[str] = mapped_column(String(16))
    category: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(500))
    status: Mapped[TicketStatus] = mapped_column(enum_type(TicketStatus, "status"))

    emergency: Mapped[bool] = mapped_column(default=False)
    supervised: Mapped[bool] = mapped_column(default=False)
    duplicate_of: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"))

    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    estate_id: Mapped[UUID | None] = mapped_column(ForeignKey(Place.id))
    building_id: Mapped[UUID | None] = mapped_column(ForeignKey(Place.id))
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    place_text: Mapped[str] = mapped_column(String(200))
    spot: Mapped[str | None] = mapped_column(String(40))
    public_area: Mapped[bool]
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey(Household.id))
    agreed_by: Mapped[str | None] = mapped_column(String(40))
    reporter_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))

    lead_org_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    lead_party: Mapped[Party | None] = mapped_column(enum_type(Party, "lead_party"))
    review_by: Mapped[Reviewer | None] = mapped_column(enum_type(Reviewer, "review_by"))
    duty_person_id: Mapped[UUID | None]  # SQLite could not take a foreign key back
    bound: Mapped[bool] = mapped_column(default=False)
    returned: Mapped[int] = mapped_column(default=0)
    reopened: Mapped[int] = mapped_column(default=0)
    came_from: Mapped[TicketStatus | None] = mapped_column(enum_type(TicketStatus, "came_from"))
    due_on: Mapped[date | None]
    due_at: Mapped[datetime | None]
    warn_at: Mapped[datetime | None]

    suspend_reason: Mapped[SuspendReason | None] = mapped_column(
        enum_type(SuspendReason, "suspend_reason")
    )
    suspended_until: Mapped[date | None]
    suspension_pending: Mapped[bool] = mapped_column(default=False)

    resolved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    solved: Mapped[Solved | None] = mapped_column(enum_type(Solved, "solved"))
    satisfied: Mapped[Satisfied | None] = mapped_column(enum_type(Satisfied, "satisfied"))

    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)
    stage_at: Mapped[datetime] = mapped_column(default=clock.now)
    work_since: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    place: Mapped[Place] = relationship(foreign_keys=place_id)
    helpers: Mapped[list["TicketCo"]] = relationship(cascade=OWNED)
    clocks: Mapped[list["TicketClock"]] = relationship(cascade=OWNED, order_by="TicketClock.no")
    entries: Mapped[list["TicketEntry"]] = relationship(
        cascade=OWNED, order_by="(TicketEntry.at, TicketEntry.id)"
    )
    photos: Mapped[list["TicketPhoto"]] = relationship(
        cascade=OWNED, order_by="(TicketPhoto.at, TicketPhoto.id)"
    )


class TicketCo(Base):
    """An organisation that helps, with the moment its own part was done."""

    __tablename__ = "ticket_co"
    __table_args__ = (Index(None, "organisation_id", "ticket_id"),)

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), primary_key=True)
    done_at: Mapped[datetime | None]


class TicketClock(Base):
    """One clock of a ticket, as its history says (`rules/clocks.py`); what has only a word for a
    time has no row. `warned` and `late`: whom it concerns has been told."""

    __tablename__ = "ticket_clock"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    holder: Mapped[Holder] = mapped_column(enum_type(Holder, "holder"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    kind: Mapped[ClockKind] = mapped_column(enum_type(ClockKind, "kind"))
    started_at: Mapped[datetime]
    warn_at: Mapped[datetime]
    due_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    met: Mapped[bool] = mapped_column(default=False)
    warned: Mapped[bool] = mapped_column(default=False)
    late: Mapped[bool] = mapped_column(default=False)

    @property
    def identity(self) -> tuple[object, ...]:
        """By what a row finds its clock again when it is told anew (`Clock.identity`)."""
        return self.holder, self.organisation_id, self.kind, self.started_at


class TicketEntry(Base):
    """One line of the timeline: a move, a note, photos. The system has no person."""

    __tablename__ = "ticket_entry"
    __table_args__ = (Index(None, "ticket_id", "at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    verb: Mapped[str] = mapped_column(String(32))
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    text: Mapped[str] = mapped_column(String(500), default="")
    by_person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    by_org_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))


class TicketPhoto(Base):
    """A picture of a public part, named by its hash."""

    __tablename__ = "ticket_photo"
    __table_args__ = (UniqueConstraint("ticket_id", "hash", "phase"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id))
    hash: Mapped[str] = mapped_column(String(64), index=True)
    phase: Mapped[PhotoPhase] = mapped_column(enum_type(PhotoPhase, "phase"))
    by_person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class TicketNumber(Base):
    """The last number given out in a community in a month ("2611"). Counted apart from the ticket
    that gets it, so perhaps before the community is on disk: no key says that it is there."""

    __tablename__ = "ticket_number"

    community_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(String(4), primary_key=True)
    last: Mapped[int]


class SuggestionModel(Base):
    """What was learnt from closed tickets, to suggest a category by. A newer one has a newer id."""

    __tablename__ = "suggestion_model"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    learnt_at: Mapped[datetime] = mapped_column(default=clock.now)
    texts: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
