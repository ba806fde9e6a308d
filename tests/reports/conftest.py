"""A neighbourhood whose tickets are counted."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import tickets
from tests.factories.tickets import Neighbourhood


@pytest.fixture
def here(session: Session) -> Neighbourhood:
    """One community with somebody of every party."""
    return tickets.neighbourhood(session)
