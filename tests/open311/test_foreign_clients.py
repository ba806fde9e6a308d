"""Three clients that others wrote, against a real server: what is offered, a report with a picture,
and reading it back. The picture is fetched by a worker that may go to loopback, as only tests may.

`civicbot` and `three` report and read in JSON; `georeport` reads in XML and JSON. `three` was
written for Python 2 and asks for `itertools.ifilter`, which is `filter` today.
"""

import importlib
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from civicbot.http import HttpError, HttpTransport, RateLimiter
from civicbot.open311 import Open311Client
from civicbot.registry import Endpoint
from georeport import GeoReport

from app.core import claiming, outbox
from app.factory import create_app
from app.identity.rules import PlaceKind
from tests import services, world
from tests.open311 import pictures
from tests.open311.pictures import Pictures
from tests.server import Visitor

LAMP = "facility.power_lighting"


@dataclass(frozen=True)
class Running:
    """A server with one community that gave out a key."""

    root: str
    key: str
    jurisdiction: str
    estate: str
    committee: Visitor
    settings: dict[str, object]

    def work(self) -> None:
        """The worker passes by once."""
        app = create_app(self.settings)
        with app.app_context():
            outbox.deliver(claiming.claim())
        app.extensions["database"].engine.dispose()

    def photos(self, ticket_id: str) -> list[Any]:
        """What the committee sees of the report's pictures."""
        found = self.committee.call("GET", f"/api/v1/tickets/{ticket_id}").json()["photos"]
        assert isinstance(found, list)
        return found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    var: Path = tmp_path_factory.mktemp(f"open311-{request.param}")
    sqlite = f"sqlite:///{var / 'o.sqlite3'}"
    url = sqlite if request.param == "sqlite" else services.postgres_url()
    made = world.build(var, url)
    made.server.start()
    try:
        community = str(made.places[PlaceKind.COMMUNITY])
        committee = made.visitors["committee"]
        body = {"name": "市民热线", "place_id": community}
        given = committee.call("POST", "/api/v1/open311/keys", body)
        assert given.status == 201, given.body
        yield Running(
            root=f"http://127.0.0.1:{made.server.port}/open311/v2",
            key=given.json()["key"],
            jurisdiction=community,
            estate=str(made.places[PlaceKind.ESTATE]),
            committee=committee,
            settings={"VAR_DIR": var, "DATABASE_URL": url, "OUTGOING_ALLOW_PRIVATE": True},
        )
    finally:
        made.server.stop()


@pytest.fixture
def shown() -> Iterator[Pictures]:
    with pictures.serving() as found:
        yield found


@pytest.fixture
def civicbot(running: Running) -> Open311Client:
    endpoint = Endpoint(id="here", name="here", base_url=running.root, write=True)
    transport = HttpTransport(rate_limiter=RateLimiter(0))
    return Open311Client(endpoint, transport, jurisdiction_id=running.jurisdiction)


@pytest.fixture
def three(running: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)
    for name in [name for name in os.environ if name.startswith("OPEN311_")]:
        monkeypatch.delenv(name)
    made = importlib.import_module("three").Three(
        running.root, api_key=running.key, jurisdiction=running.jurisdiction
    )
    yield made
    made.session.close()


def test_civicbot_reports_with_a_picture_and_reads_it_back(
    running: Running, civicbot: Open311Client, shown: Pictures
) -> None:
    offered = civicbot.list_services()
    assert LAMP in {each["service_code"] for each in offered}
    sent = civicbot.create_request(
        LAMP,
        dry_run=False,
        confirm="SEND",
        validate_remote=True,  # it holds the report against our own definition first
        api_key=running.key,
        lat=32.1,
        lng=118.9,
        description="三号楼前的路灯不亮。",
        attributes={"place": running.estate, "spot": "三号楼前"},
        media_url=shown.url(),
        email="somebody@example.test",
        first_name="小明",
    )
    [receipt] = sent.response
    running.work()
    found = civicbot.get_request(receipt["service_request_id"])
    assert found is not None
    assert (found["status"], found["status_notes"]) == ("open", "待受理")
    assert (found["service_code"], found["address_id"]) == (LAMP, running.estate)
    assert found["lat"] is None
    listed = civicbot.list_requests(service_code=LAMP, status="open", page_size=50)
    assert found in listed
    assert (
        civicbot.get_token(receipt["service_request_id"])[0]["token"] == found["service_request_id"]
    )
    assert shown.asked == ["/photo.jpg"]
    assert len(running.photos(found["service_request_id"])) == 1


def test_three_reports_with_a_picture_and_reads_it_back(
    running: Running, three: Any, shown: Pictures
) -> None:
    assert LAMP in {each["service_code"] for each in three.services()}
    assert three.services(LAMP)["service_code"] == LAMP
    [receipt] = three.post(
        LAMP,
        address="东门岗亭旁",
        name="小明 王",
        phone="19900000000",
        description="东门的路灯不亮。",
        media_url=shown.url(),
    )
    running.work()
    [found] = three.request(receipt["service_request_id"])
    assert (found["status"], found["service_name"]) == ("open", "公共照明用电")
    assert found["description"] is None
    [own] = three.request(receipt["service_request_id"], api_key=running.key)
    assert own["description"] == "东门的路灯不亮。"
    assert found["media_url"] is None
    picture = requests.get(own["media_url"], timeout=10)
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/jpeg")
    assert found in three.requests(LAMP, count=100)
    assert shown.asked == ["/photo.jpg"]
    assert len(running.photos(found["service_request_id"])) == 1


@pytest.mark.parametrize("output_format", ["json", "xml"])
def test_georeport_reads_what_another_client_reported(
    running: Running, three: Any, output_format: str
) -> None:
    sent = [
        three.post(LAMP, address="东门岗亭旁")[0]["service_request_id"],
        three.post("facility.lift", address="一号楼")[0]["service_request_id"],
    ]
    client = GeoReport(running.root, running.jurisdiction, output_format=output_format)
    assert LAMP in {each["service_code"] for each in client.get_service_list()}
    assert client.get_service_definition(LAMP)["service_code"] == LAMP
    found = client.get_service_request(sent[0])
    assert (found["service_request_id"], found["status"]) == (sent[0], "open")
    listed = client.get_service_requests(service_request_id=",".join(sent))
    assert {each["service_request_id"] for each in listed} == set(sent)


def test_civicbot_hears_why_it_is_refused(running: Running, civicbot: Open311Client) -> None:
    def refused(code: str, key: str, **said: Any) -> tuple[int, str]:
        send = {"dry_run": False, "confirm": "SEND", "api_key": key, "address_string": "东门"}
        with pytest.raises(HttpError) as failed:
            civicbot.create_request(code, **(send | said))
        return failed.value.status, failed.value.body

    assert refused(LAMP, "wrong") == (
        403,
        '[{"code":403,"description":"密钥不对，或者已经停用。"}]',
    )
    assert refused("facility.nothing", running.key)[0] == 404
    absurd = refused(LAMP, running.key, lat=0.0, lng=0.0)
    assert absurd[0] == 400
    assert absurd[1].startswith('[{"code":400,"description":"lat: 纬度要在')


def test_three_hears_why_it_is_refused(three: Any) -> None:
    assert three.post(LAMP, address="东门", api_key="wrong")[0]["code"] == 403
    assert three.post("facility.nothing", address="东门")[0]["code"] == 404
    faults = three.post(LAMP, lat=91, long=-200)
    assert [each["code"] for each in faults] == [400, 400]


def test_georeport_hears_that_there_is_no_such_service(running: Running) -> None:
    client = GeoReport(running.root, running.jurisdiction, output_format="xml")
    with pytest.raises(requests.HTTPError) as failed:
        client.get_service_definition("facility.nothing")
    assert failed.value.response.status_code == 404
    assert failed.value.response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert "<code>404</code>" in failed.value.response.text
