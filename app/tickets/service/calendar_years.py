"""A year of the official calendar is imported: read, shown with what it moves, then counted by.

Days that have passed stay as they were counted, and so does today, so that no clock ever runs
backwards.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.core import calendar, clock, known
from app.core.calendar import Almanac
from app.core.calendar_years import KNOWN, CalendarYear
from app.core.clock import LOCAL
from app.core.errors import Invalid
from app.core.events import publish
from app.core.jobs import JobRow
from app.identity.actor import Actor
from app.tickets import catalogue
from app.tickets.events_catalogue import CalendarImported
from app.tickets.queries.catalogue import Reach
from app.tickets.rules.yearfile import Line, read
from app.tickets.service import recompute
from app.tickets.service.recompute import Change


@dataclass(frozen=True)
class YearPlan:
    """What the file says, line by line, and what the calendar would be. No change where a line is
    wrong, or where nothing moves."""

    year: int
    lines: list[Line]
    almanac: Almanac
    change: Change | None

    @property
    def wrong(self) -> bool:
        return any(line.wrong for line in self.lines)


def plan(session: Session, year: int, text: str) -> YearPlan:
    """Read a file for a year."""
    lines = read(text, year)
    today = clock.today()
    good = [line for line in lines if line.on and line.kind and not line.wrong]
    days = {line.on: line.kind for line in good if line.on and line.kind and line.on > today}
    for on in days_of_year(year):
        if on <= today:
            days[on] = calendar.day_of(on).kind
    almanac = Almanac({**calendar.almanac().years, year: days})
    moved = [on for on in days_of_year(year) if _differs(on, almanac)]
    if not moved or any(line.wrong for line in lines):
        return YearPlan(year, lines, almanac, None)
    reach = Reach(first=_midnight(moved[0]), last=_midnight(moved[-1] + timedelta(days=1)))
    return YearPlan(year, lines, almanac, Change(reach, catalogue.fresh(session), almanac))


def preview(
    session: Session, year: int, text: str, offset: int, limit: int
) -> tuple[YearPlan, dict[str, Any]]:
    """What the file says, and which running clocks it would move."""
    planned = plan(session, year, text)
    if planned.change is None:
        return planned, recompute.NOTHING
    return planned, recompute.preview(session, planned.change, offset, limit)


def import_year(session: Session, actor: Actor, year: int, text: str) -> JobRow | None:
    """Count by this year from tomorrow on; the work of moving the running clocks, None where no
    day counts otherwise than before. Invalid for a file with a wrong line."""
    planned = plan(session, year, text)
    if planned.wrong:
        raise Invalid(errors={"text": ["有几行不对，请先改好再导入。"]})
    _keep(session, actor, planned)
    known.changed(session, KNOWN)
    publish(session, CalendarImported(subject_id=actor.id, actor_id=actor.id, year=year))
    if planned.change is None:
        return None
    return recompute.start(session, actor.id, planned.change.reach)


def _keep(session: Session, actor: Actor, planned: YearPlan) -> None:
    names = {line.on: line.name for line in planned.lines}
    row = session.get(CalendarYear, planned.year) or CalendarYear(year=planned.year)
    row.imported_at, row.by_person_id = clock.now(), actor.id
    row.days = {
        on.isoformat(): [kind.value, names.get(on, "")]
        for on, kind in sorted(planned.almanac.years[planned.year].items())
        if kind is not calendar.ordinary(on) or names.get(on)
    }
    session.add(row)


def _differs(on: date, almanac: Almanac) -> bool:
    return calendar.day_of(on).works != almanac.day_of(on).works


def days_of_year(year: int) -> list[date]:
    """Every date of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=step) for step in range((date(year + 1, 1, 1) - first).days)]


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), LOCAL)
