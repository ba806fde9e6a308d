"""Facts about a month's plan. Details carry counts, never names or doors."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MonthPlanEvent(Event):
    """Something that happened to a month's plan."""

    subject_kind: ClassVar[str] = "month_plan"
    community_id: UUID
    month: date


@dataclass(frozen=True, kw_only=True)
class MonthPlanAsked(MonthPlanEvent):
    """The planner was asked for a plan, or (`mending`) for what it would change now."""

    verb: ClassVar[str] = "asked"
    grids: int
    mending: bool = False

    def details(self) -> dict[str, Any]:
        return {"grids": self.grids, "mending": self.mending}


@dataclass(frozen=True, kw_only=True)
class MonthPlanned(MonthPlanEvent):
    """The planner put down what it found for one grid."""

    verb: ClassVar[str] = "planned"
    stops: int
    unplanned: int
    better: bool

    def details(self) -> dict[str, Any]:
        return {"stops": self.stops, "unplanned": self.unplanned, "better": self.better}


@dataclass(frozen=True, kw_only=True)
class MonthPlanWorked(MonthPlanEvent):
    """The planner is through with all grids."""

    verb: ClassVar[str] = "worked"
    job_id: UUID

    def details(self) -> dict[str, Any]:
        return {"job_id": str(self.job_id)}


@dataclass(frozen=True, kw_only=True)
class MonthPlanEdited(MonthPlanEvent):
    """People moved stops, took them out or put them in; undid or redid it; or want none better."""

    verb: ClassVar[str] = "edited"
    how: str
    stops: int

    def details(self) -> dict[str, Any]:
        return {"how": self.how, "stops": self.stops}


@dataclass(frozen=True, kw_only=True)
class MonthPlanPublished(MonthPlanEvent):
    """What was not sent yet went out."""

    verb: ClassVar[str] = "published"
    asked: int
    withdrawn: int
    people: int

    def details(self) -> dict[str, Any]:
        return {"asked": self.asked, "withdrawn": self.withdrawn, "people": self.people}


@dataclass(frozen=True, kw_only=True)
class MonthPlanDropped(MonthPlanEvent):
    verb: ClassVar[str] = "dropped"


@dataclass(frozen=True, kw_only=True)
class MonthPlanStopped(MonthPlanEvent):
    """Somebody told the planner to stop; what it has found stays."""

    verb: ClassVar[str] = "stopped"


@dataclass(frozen=True, kw_only=True)
class MonthVisitsAsked(Event):
    """One person is asked to some visits of a month: one message, however many doors. `withdrawn`
    of theirs they need not go to any more."""

    subject_kind: ClassVar[str] = "month_plan"
    verb: ClassVar[str] = "asked_person"
    month: date
    person_id: UUID
    count: int
    withdrawn: int
    first_on: date | None
    last_on: date | None

    def details(self) -> dict[str, Any]:
        return {
            "person_id": str(self.person_id),
            "count": self.count,
            "withdrawn": self.withdrawn,
        }
