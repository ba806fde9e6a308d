"""Tables of what comes after the work: tries to call a reporter back, and random re-checks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Versioned, enum_type, uuid7
from app.identity.models import Organisation, Person
from app.identity.rules import Party
from app.places.models import Place
from app.tickets.models import Ticket, TicketClock
from app.tickets.rules import Satisfied, Solved
from app.tickets.rules.rechecks import RecheckResult

WAITING = text("done_at IS NULL")
CLOSED = text("closed_at IS NOT NULL")


class TicketCallback(Base):
    """One try to reach a reporter by telephone: who, when, and what they answered."""

    __tablename__ = "ticket_callback"
    __table_args__ = (Index(None, "ticket_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    by_org_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    reached: Mapped[bool]
    solved: Mapped[Solved | None] = mapped_column(enum_type(Solved, "solved"))
    satisfied: Mapped[Satisfied | None] = mapped_column(enum_type(Satisfied, "satisfied"))
    note: Mapped[str] = mapped_column(String(200), default="")


class TicketRecheck(Versioned, Base):
    """One closed ticket that was drawn to be looked at again. Who led, did, reviewed and closed it
    is kept as it was then: they are not the ones who look."""

    __tablename__ = "ticket_recheck"
    __table_args__ = (
        UniqueConstraint("ticket_id", "month"),
        Index(None, "month", "lead_org_id"),
        Index(
            "ix_ticket_recheck_community_id_drawn_at",
            "community_id",
            "drawn_at",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id))
    month: Mapped[str] = mapped_column(String(7))
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    estate_id: Mapped[UUID | None] = mapped_column(ForeignKey(Place.id))
    lead_org_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    lead_party: Mapped[Party] = mapped_column(enum_type(Party, "lead_party"))
    unrated: Mapped[bool]
    resolved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    drawn_at: Mapped[datetime] = mapped_column(default=clock.now)
    result: Mapped[RecheckResult | None] = mapped_column(enum_type(RecheckResult, "result"))
    note: Mapped[str] = mapped_column(String(200), default="")
    by_person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    by_org_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    done_at: Mapped[datetime | None]


# What was closed in a month, and what became due in one, for the rates and for the drawing.
Index(
    "ix_ticket_community_id_closed_at",
    Ticket.community_id,
    Ticket.closed_at,
    sqlite_where=CLOSED,
    postgresql_where=CLOSED,
)
Index(
    "ix_ticket_clock_organisation_id_kind_due_at",
    TicketClock.organisation_id,
    TicketClock.kind,
    TicketClock.due_at,
)
