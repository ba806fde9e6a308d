"""Who was telephoned about an emergency that nobody had seen, and how that went."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, enum_type, uuid7
from app.identity.models import Person
from app.notifications.rules.calling import Outcome
from app.tickets.models import Ticket


class EmergencyCall(Base):
    """One call: to whom, by whom."""

    __tablename__ = "emergency_call"
    __table_args__ = (Index(None, "ticket_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id, ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    by_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    outcome: Mapped[Outcome] = mapped_column(enum_type(Outcome, "call_outcome"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
