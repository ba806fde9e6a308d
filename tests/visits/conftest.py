"""A Tuesday morning in one small community."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.place_scope import Place
from app.places.models import Grid
from tests.auditing import unwatched
from tests.factories import places
from tests.factories.visits import TUESDAY, Scene, scene


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Every test here happens on the same morning."""
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def known(session: Session, tuesday: None) -> Scene:
    """The community of the tests."""
    return scene(session)


@pytest.fixture
def grid(session: Session, known: Scene) -> Grid:
    """The grid in which the unit lies."""
    made = places.grid(session, known.community)
    with unwatched():
        session.get_one(Place, known.unit.parent_id).grid_id = made.id
        session.commit()
    return made
