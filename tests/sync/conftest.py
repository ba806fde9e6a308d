"""A Tuesday morning in one small community."""

import pytest
from sqlalchemy.orm import Session

from tests.factories.visits import Scene, scene
from tests.visits.conftest import tuesday

__all__ = ["known", "tuesday"]


@pytest.fixture
def known(session: Session, tuesday: None) -> Scene:
    """The community of the tests; nothing of it is open any more."""
    found = scene(session)
    session.commit()
    return found
