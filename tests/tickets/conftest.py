"""A neighbourhood for the tests of services and queries."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import tickets
from tests.factories.tickets import Neighbourhood


@pytest.fixture
def here(session: Session) -> Neighbourhood:
    """One community with somebody of every party."""
    return tickets.neighbourhood(session)
