"""One clock of a ticket: how much of its time has gone, when it is due, how it stands. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.tickets.rules.times import ClockKind, Limit
from app.tickets.rules.words import Verb
from app.tickets.rules.worktime import NOTHING, after, passed

WARN_PERCENT = 80


class Holder(StrEnum):
    """In whose hands a clock runs."""

    COMMUNITY = "community"
    LEAD = "lead"
    CO = "co"


class ClockState(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    NEARLY_DUE = "nearly_due"
    OVERDUE = "overdue"
    STOPPED = "stopped"
    MET = "met"
    MET_LATE = "met_late"
    ENDED = "ended"


@dataclass(slots=True)
class Pause:
    """A span that does not count. `rest`: finished work lay with others; else it was suspended."""

    start: datetime
    end: datetime
    rest: bool = False


@dataclass(slots=True)
class Clock:
    """One clock. `no` is its place among those of the ticket; `category` is what the ticket was
    about when it began."""

    no: int
    holder: Holder
    organisation_id: UUID | None
    kind: ClockKind
    limit: Limit
    since: Verb
    started_at: datetime
    category: str
    ended_at: datetime | None = None
    met: bool = False
    due_on: date | None = None
    pauses: list[Pause] = field(default_factory=list)

    @property
    def identity(self) -> tuple[object, ...]:
        """What it is, whatever its time may be; two alike keep their order."""
        return self.holder, self.organisation_id, self.kind, self.started_at

    @property
    def runs(self) -> bool:
        """Whether it has a time and has not ended; it may be stopped."""
        return self.ended_at is None and self.limit.unit is not None

    @property
    def due_at(self) -> datetime:
        return self._when(self.length)

    @property
    def warn_at(self) -> datetime:
        return self._when(self.length * WARN_PERCENT / 100)

    @property
    def length(self) -> timedelta:
        return self.limit.length

    def stopped_at(self, now: datetime) -> Pause | None:
        """The pause in which a moment lies."""
        return next((one for one in self.pauses if one.start <= now < one.end), None)

    def used(self, now: datetime) -> timedelta:
        """How much of its time has gone by a moment: never less at a later one."""
        end = now if self.ended_at is None else min(now, self.ended_at)
        total, start = NOTHING, self.started_at
        for pause in self.pauses:
            total += passed(self.limit.pace, start, min(pause.start, end))
            start = pause.end
        return total + passed(self.limit.pace, start, end)

    def _when(self, need: timedelta) -> datetime:
        """The moment at which so much of it will have gone."""
        left, start = need, self.started_at
        for pause in self.pauses:
            runs = passed(self.limit.pace, start, pause.start)
            if left <= runs:
                break
            left, start = left - runs, pause.end
        return after(self.limit.pace, start, left)


def state_of(clock: Clock, now: datetime) -> ClockState:
    """How a clock stands at a moment. What has only a word for a time is never late."""
    timed = clock.limit.unit is not None
    if clock.ended_at is not None:
        if not clock.met:
            return ClockState.ENDED
        return ClockState.MET_LATE if timed and clock.ended_at > clock.due_at else ClockState.MET
    if timed and clock.due_at <= now:
        return ClockState.OVERDUE
    if clock.stopped_at(now):
        return ClockState.STOPPED
    return ClockState.NEARLY_DUE if timed and clock.warn_at <= now else ClockState.RUNNING
