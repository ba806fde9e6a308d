"""A Tuesday morning in one small community."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from tests.factories.visits import TUESDAY, Scene, scene


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Every test here happens on the same morning."""
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def known(session: Session, tuesday: None) -> Scene:
    """The community of the tests; nothing of it is open any more."""
    found = scene(session)
    session.commit()
    return found
