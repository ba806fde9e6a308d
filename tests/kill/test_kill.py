"""`kill -9` of the whole server, and of PostgreSQL too, while 200 people press the button at once.

Every write that was answered is there afterwards; repeating all of them makes no doubles.
"""

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from app.identity.rules import PlaceKind
from tests import services, world
from tests.world import World

pytestmark = pytest.mark.kill

WRITES = 200
ANSWERED_BEFORE_THE_BLOW = 40


def tickets(url: str) -> set[str]:
    """The ids in the table, asked from the database itself."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [str(row.id) for row in connection.execute(text("SELECT id FROM ticket"))]
    engine.dispose()
    assert len(found) == len(set(found))
    return {each.replace("-", "") for each in found}


@pytest.fixture(params=["sqlite", "postgresql"])
def killed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    sqlite = f"sqlite:///{tmp_path / 'kill.sqlite3'}"
    durable = request.param == "postgresql"
    url = services.cluster(durable=True).new_database() if durable else sqlite
    made = world.build(tmp_path, url)
    made.server.start()
    yield made
    made.server.kill()


def report(place_id: str) -> dict[str, object]:
    return {
        "id": str(uuid4()),
        "category": "facility.power_lighting",
        "text": "东门的路灯不亮，晚上看不清台阶。",
        "place_id": place_id,
        "public_area": True,
        "media": [],
    }


class Crowd:
    """All press the button together; each answer is noted as it comes."""

    def __init__(self, world: World) -> None:
        self.visitor = world.visitors["committee"]
        self.reports = {
            str(uuid4()): report(str(world.places[PlaceKind.COMMUNITY])) for _ in range(WRITES)
        }
        self.answered: dict[str, int] = {}
        self.enough = threading.Event()
        self._together = threading.Barrier(WRITES)

    def press(self, key: str) -> None:
        self._together.wait()
        try:
            answer = self.visitor.call("POST", "/api/v1/tickets", self.reports[key], key=key)
        except (OSError, HTTPException):
            return  # the server went away: the phone does not know, and will repeat it
        self.answered[key] = answer.status
        if len(self.answered) >= ANSWERED_BEFORE_THE_BLOW:
            self.enough.set()

    def ids(self, keys: Iterable[str]) -> set[str]:
        return {str(self.reports[key]["id"]).replace("-", "") for key in keys}


def test_every_answered_write_is_there_and_none_is_doubled(killed: World) -> None:
    crowd = Crowd(killed)
    with ThreadPoolExecutor(WRITES) as threads:
        for key in crowd.reports:
            threads.submit(crowd.press, key)
        assert crowd.enough.wait(timeout=60)
        killed.server.kill()
        if killed.url.startswith("postgresql"):
            services.cluster(durable=True).stop("immediate")
    assert len(crowd.answered) < WRITES, "the blow came too late to prove anything"
    assert set(crowd.answered.values()) == {201}

    if killed.url.startswith("postgresql"):
        services.cluster(durable=True).start()
    killed.server.start()
    assert crowd.ids(crowd.answered) <= tickets(killed.url)

    with ThreadPoolExecutor(8) as threads:
        again = threads.map(
            lambda key: killed.visitors["committee"].call(
                "POST", "/api/v1/tickets", crowd.reports[key], key=key
            ),
            crowd.reports,
        )
        assert {answer.status for answer in again} == {201}
    stored = tickets(killed.url)
    assert len(stored) == WRITES
    assert stored == crowd.ids(crowd.reports)
