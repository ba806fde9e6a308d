"""A grid whose problem is asked for, and its households."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.places.models import Grid, Household
from app.visits.planner.shapes import Door, Problem
from app.visits.service.owing import problem_of
from tests.factories import places
from tests.factories.visits import TODAY, Scene

LAST = TODAY + timedelta(days=30)


def home(session: Session, known: Scene, door: str = "202", **given: Any) -> Household:
    """A household of the grid whose care level was confirmed this summer, known since then."""
    usual = {"care_confirmed_on": date(2026, 7, 1), "known_since": date(2026, 7, 1)}
    return places.household(session, known.unit, door, **(usual | given))


def problem(session: Session, grid: Grid, first: date = TODAY, last: date = LAST) -> Problem:
    return problem_of(session, grid.id, first, last)


def only_door(session: Session, grid: Grid) -> Door:
    (door,) = problem(session, grid).doors
    return door


def dues(session: Session, grid: Grid) -> list[date]:
    return [one.due for one in problem(session, grid).owed]
