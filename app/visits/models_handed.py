"""Which open visits went over with a hand-over of doors, so that undoing it brings them back."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, enum_type
from app.visits.models import Visit
from app.visits.rules import VisitState


class VisitHandedOver(Base):
    """One visit, whom it was taken from, and how it stood with them."""

    __tablename__ = "visit_handed_over"

    visit_id: Mapped[UUID] = mapped_column(
        ForeignKey(Visit.id, ondelete="CASCADE"), primary_key=True
    )
    change_id: Mapped[UUID] = mapped_column(
        ForeignKey("care_change.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    from_person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    to_person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    was: Mapped[VisitState] = mapped_column(enum_type(VisitState, "visit_handed_state"))
