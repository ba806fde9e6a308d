"""Through the real door: what the web server adds to our answers, and a photo on its way when the
whole server is killed."""

import gzip
import json
import threading
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from app.core import clock
from app.core.parts import LARGEST_PIECE
from tests import world
from tests.core.pictures import named, photograph
from tests.server import Visitor
from tests.world import World

pytestmark = pytest.mark.kill

PHOTO = photograph(side=1200)
WHERE = f"/api/v1/media/{named(PHOTO)}"
ACKNOWLEDGED_BEFORE_THE_BLOW = 4


@pytest.fixture
def real(tmp_path: Path) -> Iterator[World]:
    made = world.build(tmp_path, f"sqlite:///{tmp_path / 'real.sqlite3'}")
    made.server.start()
    yield made
    made.server.kill()


def send_from(phone: Visitor, here: int, told: list[int]) -> bool:
    """Send piece after piece, noting each that was acknowledged; True once it is complete."""
    while True:
        piece = PHOTO[here : here + LARGEST_PIECE]
        path = f"{WHERE}/upload?offset={here}&total={len(PHOTO)}"
        answer = phone.call("PUT", path, piece)
        assert answer.status == 200, answer.body
        here = answer.json()["received"]
        told.append(here)
        if answer.json()["complete"]:
            return True


def test_a_photo_survives_that_the_server_is_killed_on_its_way(real: World) -> None:
    phone, told = real.visitors["volunteer"], [0]

    def send() -> None:
        try:
            send_from(phone, 0, told)
        except (OSError, HTTPException):
            return  # the server went away

    sending = threading.Thread(target=send)
    sending.start()
    while len(told) <= ACKNOWLEDGED_BEFORE_THE_BLOW:
        assert sending.is_alive()
        time.sleep(0.005)
    real.server.kill()
    sending.join()
    assert max(told) < len(PHOTO), "the blow came too late to prove anything"

    real.server.start()
    here = phone.call("GET", f"{WHERE}/upload").json()
    assert max(told) <= here["received"] <= max(told) + LARGEST_PIECE
    assert here["complete"] is False
    assert send_from(phone, here["received"], told)
    assert phone.call("GET", WHERE).status == 200


def test_every_answer_says_the_time_once_and_long_ones_come_compressed(real: World) -> None:
    phone = real.visitors["committee"]
    for path in ("/api/v1/session", "/api/v1/nowhere", "/api/v1/organisations"):
        connection = HTTPConnection("127.0.0.1", real.server.port, timeout=60)
        connection.putrequest("GET", path, skip_accept_encoding=True)
        connection.putheader("Accept-Encoding", "gzip")
        connection.putheader("Cookie", phone.cookie)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        (said,) = answer.headers.get_all("Date") or []
        assert abs((clock.now() - parsedate_to_datetime(said)).total_seconds()) < 60
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(body))["items"]) >= 4
