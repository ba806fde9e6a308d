"""A grid whose problem is asked for, and its households."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.places.models import Grid, Household
from app.places.rules import CareLevel, VisitWish
from app.visits.planner.shapes import Door, Problem
from app.visits.service.owing import problem_of
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import TODAY, Scene, done, visit

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


def five(session: Session, known: Scene) -> list[Household]:
    """101 is overdue, 102 is planned, 103 wants nobody, 909 has nobody, 201 is owed nothing yet."""
    focus = {"care_level": CareLevel.FOCUS}
    made = [
        home(session, known, "101", **focus),
        home(session, known, "102", **focus),
        home(session, known, "103", wish=VisitWish.NO_MORE_VISITS, **focus),
        home(session, known, "201", **focus),
    ]
    for lives, on in zip(made, (10, 26, 25, 22), strict=True):
        month = 11 if on == 22 else 10
        done(session, lives, known.chen, on=date(2026, month, on))
    visit(session, made[1], known.chen, on=date(2026, 11, 27))
    alone = places.unit(session, known.community, building="9栋")
    confirmed = {"care_confirmed_on": date(2026, 7, 1), "known_since": date(2026, 10, 30)}
    made.append(places.household(session, alone, "909", care_level="focus", **confirmed))
    return made


def owed(client: Client, known: Scene, **query: Any) -> list[dict[str, Any]]:
    answer = client.get("/visits/owed", community_id=known.community.id, **query)
    assert answer.status_code == 200, answer.json
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def doors(items: list[dict[str, Any]]) -> list[str]:
    return [one["household"]["place_text"][-3:] for one in items]
