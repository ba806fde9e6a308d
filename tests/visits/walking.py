"""Patrols as the committee sets them up and as somebody walks them."""

from collections.abc import Callable
from datetime import time
from typing import Any

from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import Person
from app.visits.models_patrols import (
    Patrol,
    PatrolPerson,
    PatrolPoint,
    PatrolRoute,
    PatrolRoutePoint,
)
from app.visits.rules.patrols import PatrolAnswer, PatrolState
from tests.clients import Client
from tests.factories import identity
from tests.factories.visits import Scene

Clients = Callable[[Person], Client]
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


def point(session: Session, known: Scene, name: str = "东门岗亭", **given: Any) -> PatrolPoint:
    """A point of the estate."""
    place = {"community_id": known.community.id, "place_id": known.unit.estate_id}
    made = PatrolPoint(**(place | {"name": name, "hint": "门禁好不好"} | given))
    identity.stored(session, made)
    return made


def route(
    session: Session, known: Scene, *points: PatrolPoint, people: list[Person], **given: Any
) -> PatrolRoute:
    """A route past these points, walked every morning by two of these people."""
    made = PatrolRoute(
        **{
            "community_id": known.community.id,
            "name": "早上一圈",
            "days": EVERY_DAY,
            "window_from": time(9),
            "window_to": time(10),
            "people": [str(who.id) for who in people],
            "at_once": 2,
        }
        | given
    )
    identity.stored(session, made)
    rows = [
        PatrolRoutePoint(route_id=made.id, number=number, point_id=one.id)
        for number, one in enumerate(points, start=1)
    ]
    identity.stored(session, *rows)
    return made


def patrol(session: Session, along: PatrolRoute, *people: Person, **given: Any) -> Patrol:
    """A patrol of today to which these people have said yes."""
    answer = given.pop("answer", PatrolAnswer.ACCEPTED)
    there = given.pop("walked", False)
    made = Patrol(
        **{
            "community_id": along.community_id,
            "route_id": along.id,
            "on": clock.today(),
            "window_from": along.window_from,
            "window_to": along.window_to,
            "state": PatrolState.OPEN,
            "seen": [],
        }
        | given
    )
    identity.stored(session, made)
    rows = [
        PatrolPerson(patrol_id=made.id, person_id=who.id, answer=answer, walked=there)
        for who in people
    ]
    identity.stored(session, *rows)
    return made


def walked(who: Client, out: Patrol, *seen: PatrolPoint, **more: Any) -> Any:
    body = {"seen": [str(one.id) for one in seen], "minutes": 40} | more
    return who.post(f"/patrols/{out.id}/walk", body)
