"""Who is on duty for an organisation: a weekly pattern and dated exceptions. Pure.

An exception stands in place of whatever the week says in its hours; with nobody in it, nobody is
there. The first person of a shift is telephoned first. Whoever has left the organisation does not
count any more, so that a list never names somebody who is gone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

from app.core.clock import LOCAL

DAY = timedelta(days=1)
LOOK_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours of some weekdays (Monday is 0); an end that is not later is on the next day."""

    days: tuple[int, ...]
    start: time
    end: time
    people: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Instead:
    """Hours of the days from one date to another, in place of what the week says."""

    first: date
    last: date
    start: time
    end: time
    people: tuple[UUID, ...]


@dataclass(frozen=True)
class DutyList:
    """The list of one organisation. `until` are its people, with the last day of each."""

    week: tuple[Shift, ...] = ()
    instead: tuple[Instead, ...] = ()
    always: bool = False  # somebody is to be there at any hour
    hotline: str = ""
    until: Mapping[UUID, date | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is there from one moment to another."""

    start: datetime
    end: datetime
    people: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """Who is on duty, until when, and the next who are somebody else."""

    people: tuple[UUID, ...]
    until: datetime | None
    then: Watch | None


def on_duty(duty: DutyList, at: datetime) -> tuple[UUID, ...]:
    """Who is there at a moment, whom to telephone first on top."""
    local = at.astimezone(LOCAL)
    return _still(duty, _named(duty, local), local.date())


def now(duty: DutyList, at: datetime) -> Now:
    """Who is on duty at a moment, and who comes after them."""
    present, *later = watches(duty, at, at + LOOK_AHEAD)
    until = later[0].start if later else None
    return Now(present.people, until, next((one for one in later if one.people), None))


def watches(duty: DutyList, start: datetime, end: datetime) -> list[Watch]:
    """The stretches between two moments, each with the same people all along."""
    found: list[Watch] = []
    for here, there in _stretches(duty, start, end):
        people = on_duty(duty, here)
        if found and found[-1].people == people:
            found[-1] = Watch(found[-1].start, there, people)
        else:
            found.append(Watch(here, there, people))
    return found


def holes(duty: DutyList, start: datetime, end: datetime) -> list[Watch]:
    """When nobody is there although somebody should be: at any hour where the list says so, else
    where all whom it names have left."""
    found: list[Watch] = []
    for here, there in _stretches(duty, start, end):
        expected = duty.always or _named(duty, here.astimezone(LOCAL))
        if not expected or on_duty(duty, here):
            continue
        if found and found[-1].end == here:
            found[-1] = Watch(found[-1].start, there, ())
        else:
            found.append(Watch(here, there, ()))
    return found


def mine(duty: DutyList, person: UUID, start: datetime, end: datetime) -> list[Watch]:
    """When somebody is on duty."""
    return [one for one in watches(duty, start, end) if person in one.people]


def _named(duty: DutyList, local: datetime) -> Sequence[UUID]:
    """Whom the list names for a moment. Of two exceptions the one that was entered last holds."""
    for one in reversed(duty.instead):
        days = [day for day in _around(local) if one.first <= day <= one.last]
        if any(_holds(day, one.start, one.end, local) for day in days):
            return one.people
    return [
        person
        for shift in duty.week
        for day in _around(local)
        if day.weekday() in shift.days and _holds(day, shift.start, shift.end, local)
        for person in shift.people
    ]


def _around(local: datetime) -> tuple[date, date]:
    """The days on which hours may have begun that hold a moment."""
    return local.date(), local.date() - DAY


def _holds(day: date, start: time, end: time, local: datetime) -> bool:
    first, last = _span(day, start, end)
    return first <= local < last


def _span(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    over = DAY if end <= start else timedelta(0)
    return datetime.combine(day, start, LOCAL), datetime.combine(day + over, end, LOCAL)


def _stretches(
    duty: DutyList, start: datetime, end: datetime
) -> Iterable[tuple[datetime, datetime]]:
    """From one moment at which anything may change to the next."""
    inside = {one for one in _edges(duty, start, end) if start < one < end}
    return pairwise(sorted({start, end, *inside}))


def _edges(duty: DutyList, start: datetime, end: datetime) -> Iterator[datetime]:
    """The moments at which anything may change; a day begins, since posts end with a day."""
    for day in _days(start, end):
        yield datetime.combine(day, time(), LOCAL)
        for shift in duty.week:
            if day.weekday() in shift.days:
                yield from _span(day, shift.start, shift.end)
        for one in duty.instead:
            if one.first <= day <= one.last:
                yield from _span(day, one.start, one.end)


def _days(start: datetime, end: datetime) -> Iterator[date]:
    day = start.astimezone(LOCAL).date() - DAY
    while day <= end.astimezone(LOCAL).date():
        yield day
        day += DAY


def _still(duty: DutyList, people: Sequence[UUID], day: date) -> tuple[UUID, ...]:
    """Those of them who still work there, each once."""
    last = duty.until
    return tuple(
        dict.fromkeys(one for one in people if one in last and day <= (last[one] or date.max))
    )
