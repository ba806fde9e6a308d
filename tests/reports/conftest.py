"""A neighbourhood whose tickets are counted, and one whose visits are."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from tests.factories import tickets, visits
from tests.factories.tickets import Neighbourhood
from tests.reports.november import NOW


@pytest.fixture
def here(session: Session) -> Neighbourhood:
    """One community with somebody of every party."""
    return tickets.neighbourhood(session)


@pytest.fixture
def december() -> Iterator[None]:
    """The tenth of December."""
    with clock.frozen(NOW):
        yield


@pytest.fixture
def known(session: Session, december: None) -> visits.Scene:
    """A community with a team, on that day."""
    return visits.scene(session)
