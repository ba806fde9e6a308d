"""Numbers of an estate's buildings: what they tell, to whom, and where they are silent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import Person
from app.identity.place_scope import Place
from app.identity.rules import PlaceKind
from app.tickets import present_boards
from app.tickets.queries import buildings
from app.tickets.rules.boards import may_be_counted
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import identity, places, tickets
from tests.factories.tickets import Neighbourhood

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("households", "shown"), [(0, True), (1, False), (4, False), (5, True), (60, True)]
)
def test_numbers_of_fewer_than_five_households_are_hidden(households: int, shown: bool) -> None:
    assert may_be_counted(households) is shown


def counted(session: Session, here: Neighbourhood, word: str = "committee") -> dict[str, Any]:
    session.flush()
    found = present_boards.estate_numbers(session, here.actors[word], here.estate.id)
    return {one["name"]: one for one in found["buildings"]} | {"ground": found["ground"]}


def test_a_building_has_its_open_overdue_and_recent_numbers(
    session: Session, here: Neighbourhood
) -> None:
    late = tickets.started(session, here)
    late.due_at = clock.now() - HOUR
    tickets.closed(session, here, category="environment.waste")
    with clock.frozen(clock.now() - timedelta(days=100)):
        tickets.report(session, here, category="order.noise")
    tickets.report(session, here, place_id=here.estate.id)
    found = counted(session, here)
    numbers = found[here.building.name]
    assert (numbers["open"], numbers["overdue"]) == (2, 2)  # what is 100 days old is late too
    assert numbers["recent"] == {"facility": 1, "environment": 1}
    assert found["ground"]["open"] == 1


def test_a_building_of_a_few_households_tells_no_numbers(
    session: Session, here: Neighbourhood
) -> None:
    tickets.started(session, here)
    with unwatched():
        for door in ("101", "102", "201", "202"):
            places.household(session, here.unit, door)
    hidden = counted(session, here)[here.building.name]
    assert hidden["hidden"]
    assert (hidden["open"], hidden["overdue"], hidden["recent"]) == (0, 0, {})
    with unwatched():
        places.household(session, here.unit, "301")
    assert counted(session, here)[here.building.name]["open"] == 1


def test_a_building_with_many_matters_is_counted_whole(
    session: Session, here: Neighbourhood
) -> None:
    other = identity.place(session, PlaceKind.BUILDING, here.estate, "9栋")
    for _ in range(3):
        tickets.report(session, here, place_id=other.id)
    assert counted(session, here)["9栋"]["open"] == 3
    assert buildings.households(session, here.estate.id) == {}


def test_numbers_of_an_estate_that_is_not_mine_are_not_found(
    session: Session, here: Neighbourhood, client: Callable[[Person], Client]
) -> None:
    elsewhere: Place = tickets.neighbourhood(session).estate
    with unwatched():
        session.commit()
    mine = client(here.people["property"])
    assert mine.get("/tickets/buildings", estate_id=here.estate.id).status_code == 200
    assert mine.get("/tickets/buildings", estate_id=elsewhere.id).status_code == 404
