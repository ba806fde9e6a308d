"""A neighbourhood with a code on the door of its unit, and somebody in front of it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.residents.models import DoorCode
from app.residents.service import doors
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood
from tests.residents.passer import Passer


@pytest.fixture
def here(session: Session) -> Neighbourhood:
    """One community with somebody of every party."""
    made = tickets.neighbourhood(session)
    session.commit()
    return made


@pytest.fixture
def door(session: Session, here: Neighbourhood) -> DoorCode:
    """The code on the door of the unit."""
    made = doors.give_out(session, here.actors["committee"], [here.unit.id])[0]
    session.commit()
    return made


@pytest.fixture
def hurried(app: Flask) -> Iterator[None]:
    """Nobody waits here as long as a person takes to fill in a form."""
    usual = app.config["DOOR_FORM_SECONDS"]
    app.config["DOOR_FORM_SECONDS"] = 0
    yield
    app.config["DOOR_FORM_SECONDS"] = usual


@pytest.fixture
def passer(app: Flask, door: DoorCode, hurried: None) -> Callable[[], Passer]:
    """`passer()` is somebody new who has opened the page of the door."""
    return lambda: Passer(app, door.token).open()
