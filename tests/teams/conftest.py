"""The community in which the tests of teams play."""

import pytest
from sqlalchemy.orm import Session

from tests.teams.world import World, settle


@pytest.fixture
def world(session: Session) -> World:
    return settle(session)
