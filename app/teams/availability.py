"""When people may visit: `windows_of` is what planning asks. It tells windows, never reasons."""

from collections.abc import Collection, Iterable
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.places.queries import batches
from app.teams.models_availability import Availability, AvailabilityDate
from app.teams.rules.windows import (
    EVERYTHING,
    Differing,
    Free,
    Pattern,
    Slot,
    Span,
    WeekDay,
    Window,
    slots_of,
)


def windows_of(
    session: Session, people: Collection[UUID], first: date, last: date
) -> dict[UUID, tuple[Slot, ...]]:
    """For each of these people the dated windows, on the clocks of Asia/Shanghai, in which they
    may be asked to visit from `first` through `last`. Who has said nothing has every window."""
    days = list(calendar.days_between(first, last))
    patterns = patterns_of(session, people)
    dates = _differing(session, people, first, last)
    everything = slots_of(EVERYTHING, (), days)
    return {
        person: slots_of(patterns.get(person, EVERYTHING), dates.get(person, ()), days)
        if person in patterns or person in dates
        else everything
        for person in people
    }


def patterns_of(session: Session, people: Iterable[UUID]) -> dict[UUID, Pattern]:
    """The weeks of those of these people who have said something of theirs."""
    found: dict[UUID, Pattern] = {}
    for batch in batches(people):
        rows = session.scalars(
            select(Availability).where(
                Availability.person_id.in_(batch), Availability.pattern.is_not(None)
            )
        )
        found |= {row.person_id: pattern_of(row.pattern or ()) for row in rows}
    return found


def pattern_of(kept: Iterable[dict[str, Any]]) -> Pattern:
    """A week from the form in which it is kept."""
    return tuple(
        Free(
            Span(one["span"]),
            frozenset(WeekDay(day) for day in one["days"]),
            Window(time.fromisoformat(one["from"]), time.fromisoformat(one["to"])),
        )
        for one in kept
    )


def kept_form(pattern: Pattern) -> list[dict[str, Any]]:
    """The form in which a week is kept and told: spans and days in their order."""
    by_span = sorted(pattern, key=lambda free: (list(Span).index(free.span), free.window))
    return [
        {
            "span": free.span.value,
            "days": [day.value for day in WeekDay if day in free.days],
            **hours(free.window),
        }
        for free in by_span
    ]


def hours(window: Window) -> dict[str, str]:
    """From–to as it is told."""
    return {"from": f"{window.start:%H:%M}", "to": f"{window.end:%H:%M}"}


def own(session: Session, person_id: UUID) -> Availability | None:
    """What a person has said of their week."""
    return session.get(Availability, person_id)


def own_dates(session: Session, person_id: UUID) -> list[AvailabilityDate]:
    """What a person has said of dates that are not over, soonest first."""
    return list(
        session.scalars(
            select(AvailabilityDate)
            .where(AvailabilityDate.person_id == person_id, AvailabilityDate.last >= clock.today())
            .order_by(AvailabilityDate.first, AvailabilityDate.id)
        )
    )


def differing_of(row: AvailabilityDate) -> Differing:
    """A row as the rules take it."""
    window = (
        Window(row.window_from, row.window_to)
        if row.window_from is not None and row.window_to is not None
        else None
    )
    return Differing(row.kind, row.first, row.last, window)


def _differing(
    session: Session, people: Iterable[UUID], first: date, last: date
) -> dict[UUID, list[Differing]]:
    found: dict[UUID, list[Differing]] = {}
    for batch in batches(people):
        rows = session.scalars(
            select(AvailabilityDate).where(
                AvailabilityDate.person_id.in_(batch),
                AvailabilityDate.last >= first,
                AvailabilityDate.first <= last,
            )
        )
        for row in rows:
            found.setdefault(row.person_id, []).append(differing_of(row))
    return found
