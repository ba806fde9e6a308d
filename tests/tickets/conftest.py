"""A neighbourhood for the tests of services and queries."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.identity.models import Person
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood


@pytest.fixture
def here(session: Session) -> Neighbourhood:
    """One community with somebody of every party."""
    return tickets.neighbourhood(session)


@pytest.fixture
def seats(
    session: Session, here: Neighbourhood, client: Callable[[Person | None], Client]
) -> dict[str, Client]:
    """Somebody of every party, signed in."""
    with unwatched():
        session.commit()
    return {word: client(person) for word, person in here.people.items()}
