"""Tables of a month's plan: the plan, how far each grid of it is, every stop that is owed and where
it is put, and the edits that can be undone.

Nobody but the committee holds any of it: phones get the visits that come of it.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Versioned, enum_type, uuid7
from app.places.rules import CareLevel
from app.visits.models import Visit
from app.visits.rules.months import GridStage, PlanState


class MonthPlan(Versioned, Base):
    """A month of a community, or of some of its grids. `job_id` is the latest work on it."""

    __tablename__ = "month_plan"
    __table_args__ = (Index(None, "community_id", "month", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    month: Mapped[date]  # its first day
    state: Mapped[PlanState] = mapped_column(
        enum_type(PlanState, "month_plan_state"), default=PlanState.DRAFT
    )
    job_id: Mapped[UUID | None]
    created_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class MonthPlanGrid(Versioned, Base):
    """How far the planner is with one grid. `edited`: people have changed it, so that a better
    plan does not replace theirs; `enough`: they want none, as it is. `difference` is what mending
    it would change, until applied."""

    __tablename__ = "month_plan_grid"
    __table_args__ = (UniqueConstraint("plan_id", "grid_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey(MonthPlan.id, ondelete="CASCADE"))
    grid_id: Mapped[UUID] = mapped_column(ForeignKey("grid.id"))
    stage: Mapped[GridStage] = mapped_column(
        enum_type(GridStage, "month_plan_grid_stage"), default=GridStage.WAITING
    )
    edited: Mapped[bool] = mapped_column(default=False)
    enough: Mapped[bool] = mapped_column(default=False, server_default=false())
    gap: Mapped[float | None]
    cut_short: Mapped[bool] = mapped_column(default=False)
    difference: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)


class MonthPlanStop(Base):
    """One stop that is owed to a door, and where it is put; without a date it is not planned, and
    `why` and `helps` say why and what would help. `sent` is the place that its visit was given."""

    __tablename__ = "month_plan_stop"
    __table_args__ = (UniqueConstraint("part_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    part_id: Mapped[UUID] = mapped_column(ForeignKey(MonthPlanGrid.id, ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(160))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    level: Mapped[CareLevel] = mapped_column(enum_type(CareLevel, "month_plan_stop_level"))
    purposes: Mapped[list[str]] = mapped_column(JSON)
    due: Mapped[date]
    by_phone: Mapped[bool] = mapped_column(default=False)
    place: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    by_hand: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str | None] = mapped_column(String(32))
    helps: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey(Visit.id), index=True)
    sent: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class MonthPlanEdit(Base):
    """One change that people made to a grid's plan: where each stop was, and where it went."""

    __tablename__ = "month_plan_edit"
    __table_args__ = (UniqueConstraint("part_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    part_id: Mapped[UUID] = mapped_column(ForeignKey(MonthPlanGrid.id, ondelete="CASCADE"))
    number: Mapped[int]
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    undone: Mapped[bool] = mapped_column(default=False)
