"""A Tuesday morning in one small community, with a team that somebody leads."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import Person
from app.places.models import Household
from tests.factories import places
from tests.factories.visits import TUESDAY, Scene, leader, scene


@dataclass(frozen=True)
class Known:
    """The community, the leader of its team, and a door."""

    scene: Scene
    leader: Person
    door: Household


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Every test here happens on the same morning."""
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def known(session: Session, tuesday: None) -> Known:
    """Chen and Li visit, somebody leads, Wang keeps the ledger."""
    made = scene(session)
    return Known(made, leader(session, made), places.household(session, made.unit))
