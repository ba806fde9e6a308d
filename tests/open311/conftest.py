"""A neighbourhood whose community has given a key to another system."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.open311.holder import KeyHolder
from app.open311.queries import holder_of
from app.open311.service import giving
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood
from tests.open311.asker import Asker


@pytest.fixture
def here(session: Session) -> Neighbourhood:
    """One community with somebody of every party."""
    made = tickets.neighbourhood(session)
    session.commit()
    return made


@pytest.fixture
def key(session: Session, here: Neighbourhood) -> str:
    """The text of a key for the whole community."""
    _, text = giving.give(session, here.actors["committee"], "市民热线", here.community.id)
    session.commit()
    return text


@pytest.fixture
def holder(session: Session, key: str) -> KeyHolder:
    """Who holds it."""
    found = holder_of(session, key)
    assert found is not None
    session.commit()
    return found


@pytest.fixture
def system(app: Flask, key: str) -> Asker:
    """The other system."""
    return Asker(app, key)


@pytest.fixture
def anybody(app: Flask, key: str) -> Asker:
    """Somebody without a key, where one is given out."""
    return Asker(app)
