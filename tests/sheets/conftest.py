"""A neighbourhood, and the worker that does what was asked."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core import worker
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood


@pytest.fixture
def here(session: Session) -> Neighbourhood:
    """One community with somebody of every party."""
    made = tickets.neighbourhood(session)
    session.commit()
    return made


@pytest.fixture
def work(app: Flask) -> Callable[[], bool]:
    """Has the slow lane do one piece of work."""
    return lambda: worker.work_once(slow=True)
