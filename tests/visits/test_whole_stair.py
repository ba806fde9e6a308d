"""A whole stair, all well: one record for each door, and who is looked after weekly is named."""

from collections.abc import Callable
from itertools import product

import pytest
from sqlalchemy.orm import Session

from app.identity.models import Person
from app.places.rules import CareLevel, VisitWish
from app.visits.models import VisitRecord
from app.visits.rules import Method, Outcome
from app.visits.rules.record import Said, stair_problem
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import TODAY, Scene, found, visit

Clients = Callable[[Person], Client]
SWEPT = {"on": "2026-11-24", "method": "door", "outcome": "ok", "whole_stair": True}


@pytest.mark.parametrize(
    ("method", "outcome", "level", "wish"), list(product(Method, Outcome, CareLevel, VisitWish))
)
def test_only_seen_all_well_of_doors_that_need_no_naming(
    method: Method, outcome: Outcome, level: CareLevel, wish: VisitWish
) -> None:
    problem = stair_problem(Said(on=TODAY, method=method, outcome=outcome), level, wish)
    assert (problem is None) is (
        outcome is Outcome.OK
        and method in {Method.DOOR, Method.DOWNSTAIRS, Method.OK_SIGNAL}
        and level is not CareLevel.HIGH
        and wish in {VisitWish.ANY, VisitWish.CALL_FIRST}
    )


@pytest.mark.parametrize(("level", "status"), [(CareLevel.FOCUS, 200), (CareLevel.HIGH, 422)])
def test_a_door_that_became_fragile_since_the_phone_last_looked_is_refused(
    session: Session, client: Clients, known: Scene, level: CareLevel, status: int
) -> None:
    home = places.household(session, known.unit, care_level=level)
    path = f"/visits/{visit(session, home, known.chen).id}/record"
    answer = client(known.chen).put(path, SWEPT, version=1)
    assert answer.status_code == status
    if status == 422:
        assert list(answer.json["errors"]) == ["whole_stair"]
        named = SWEPT | {"whole_stair": False}
        assert client(known.chen).put(path, named, version=1).status_code == 200
    assert len(found(VisitRecord)) == 1


def test_a_door_without_a_visit_is_recorded_with_the_others(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    body = SWEPT | {"household_id": str(home.id)}
    assert client(known.chen).post("/visits", body).status_code == 201
