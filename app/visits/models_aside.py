"""Which open visits an emergency has set aside, so that they can be asked anew or brought back."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, enum_type
from app.visits.models import Visit
from app.visits.rules import VisitState


class VisitSetAside(Base):
    """One visit, what it was set aside for (an emergency call; that area is above this one, so no
    foreign key), and how it stood."""

    __tablename__ = "visit_set_aside"

    visit_id: Mapped[UUID] = mapped_column(
        ForeignKey(Visit.id, ondelete="CASCADE"), primary_key=True
    )
    cause_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    was: Mapped[VisitState] = mapped_column(enum_type(VisitState, "visit_aside_state"))
