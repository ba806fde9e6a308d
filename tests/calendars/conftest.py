"""A Tuesday morning in one small community; a calendar of Chen's and how to read it."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from tests.calendars.reading import Feed
from tests.clients import Client
from tests.factories.visits import TUESDAY, Scene, scene


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def known(session: Session, tuesday: None) -> Scene:
    return scene(session)


@pytest.fixture
def feed(client: Callable[..., Client], known: Scene) -> Feed:
    """Chen's calendar, under an address that was just given out."""
    made = client(known.chen).post("/calendar/addresses", {"name": "手机日历"})
    return Feed(client(), made.json["url"], made.json["id"])
