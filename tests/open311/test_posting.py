"""Reports of other systems: what is taken in, what is refused and how, what is never kept."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.rules import PlaceKind
from app.open311.holder import KeyHolder
from app.open311.service import giving
from app.tickets.models import Ticket
from app.tickets.rules import TicketStatus
from tests.factories import identity
from tests.factories.tickets import Neighbourhood
from tests.open311.asker import Asker, errors, xml_of

LAMP = {
    "service_code": "facility.power_lighting",
    "description": "东门的路灯不亮。",
    "address_string": "东门岗亭旁",
}


def ticket_of(session: Session, answer: Any) -> Ticket:
    assert answer.status_code == 200, answer.text
    return session.get_one(Ticket, UUID(answer.json[0]["service_request_id"]))


def test_a_report_becomes_a_ticket_of_a_public_part(
    session: Session, here: Neighbourhood, holder: KeyHolder, system: Asker
) -> None:
    ticket = ticket_of(session, system.post(**LAMP, address_id=str(here.building.id)))
    assert ticket.status is TicketStatus.SUBMITTED
    assert (ticket.category, ticket.text) == (LAMP["service_code"], LAMP["description"])
    assert (ticket.place_id, ticket.building_id) == (here.building.id, here.building.id)
    assert (ticket.spot, ticket.public_area) == ("东门岗亭旁", True)
    assert ticket.reporter_id == holder.id


def test_a_report_in_xml_is_answered_in_xml(system: Asker) -> None:
    answer = system.post("/requests.xml", **LAMP)
    root = xml_of(answer)
    assert root.tag == "service_requests"
    assert [child.tag for child in root.find("request")] == [
        "service_request_id",
        "service_notice",
        "account_id",
    ]
    UUID(root.findtext("request/service_request_id"))


def test_without_a_place_the_report_is_about_all_that_the_key_is_for(
    session: Session, here: Neighbourhood, system: Asker
) -> None:
    assert ticket_of(session, system.post(**LAMP)).place_id == here.community.id


def test_the_attributes_of_the_definition_are_heard(
    session: Session, here: Neighbourhood, system: Asker
) -> None:
    said = {"attribute[spot]": "三楼楼道", "attribute[place]": str(here.building.id)}
    ticket = ticket_of(session, system.post(service_code="facility.lift", **said))
    assert (ticket.spot, ticket.place_id) == ("三楼楼道", here.building.id)
    assert ticket.text == "电梯故障"


def test_an_address_too_long_for_a_spot_goes_into_the_words(
    session: Session, system: Asker
) -> None:
    address = "南京市栖霞区" + "很长" * 25
    ticket = ticket_of(session, system.post(**(LAMP | {"address_string": address})))
    assert ticket.spot is None
    assert ticket.text == f"东门的路灯不亮。\n地址：{address}"


def test_nothing_about_a_person_is_kept(
    session: Session, here: Neighbourhood, system: Asker
) -> None:
    system.post(
        **LAMP,
        email="somebody@example.test",
        first_name="王小明",
        last_name="王",
        phone="19900008888",
        device_id="phone-42",
        account_id="account-42",
        lat="32.104567",
        long="118.912345",
    )
    session.rollback()
    kept = "".join(
        str(tuple(row))
        for table in ("ticket", "ticket_entry", "outbox", "audit", "inbox_item", "idempotency")
        for row in session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
    )
    assert "路灯" in kept
    for secret in ("somebody", "王小明", "19900008888", "phone-42", "account-42", "32.10", "118.9"):
        assert secret not in kept


REFUSED = {
    "no service": ({"service_code": ""}, 400, "service_code"),
    "an unknown service": ({"service_code": "facility.nothing"}, 404, "没有这个服务类别。"),
    "an emergency": ({"service_code": "emergency.gas_fire"}, 404, "没有这个服务类别。"),
    "no place at all": ({"address_string": ""}, 400, "address_string"),
    "half a position": ({"lat": "32.1"}, 400, "long"),
    "another half": ({"long": "118.9"}, 400, "lat"),
    "north of the pole": ({"lat": "91", "long": "118.9"}, 400, "lat"),
    "where no ship sails": ({"lat": "0", "long": "0"}, 400, "lat"),
    "beyond the date line": ({"lat": "32", "long": "1189"}, 400, "long"),
    "no number": ({"lat": "north", "long": "118.9"}, 400, "lat"),
    "not a number": ({"lat": "nan", "long": "118.9"}, 400, "lat"),
    "endless": ({"lat": "32", "long": "inf"}, 400, "long"),
    "an address that is no id": ({"address_id": "东门"}, 400, "address_id"),
    "a place that is not there": ({"address_id": str(uuid4())}, 400, "address_id"),
    "an attribute that is no place": ({"attribute[place]": "东门"}, 400, "attribute[place]"),
    "a spot that is too long": ({"attribute[spot]": "长" * 41}, 400, "attribute[spot]"),
    "too many words": ({"description": "长" * 501}, 400, "description"),
    "a picture that is a file": ({"media_url": "file:///etc/passwd"}, 400, "media_url"),
    "a picture of our own": ({"media_url": "http://127.0.0.1/a.jpg"}, 400, "media_url"),
    "a picture inside": ({"media_url": "http://[::ffff:10.0.0.1]/a.jpg"}, 400, "media_url"),
    "a picture with a password": ({"media_url": "https://a:b@example.test/a"}, 400, "media_url"),
    "another jurisdiction": ({"jurisdiction_id": "example.org"}, 404, "没有这个辖区"),
}


@pytest.mark.parametrize("fmt", ["json", "xml"])
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_said_in_the_asked_format(
    session: Session, system: Asker, case: str, fmt: str
) -> None:
    said, status, words = REFUSED[case]
    answer = system.post(f"/requests.{fmt}", **(LAMP | said))
    assert answer.status_code == status
    found = errors(answer)
    assert found[0][0] == status
    assert found[0][1].startswith(words)
    session.rollback()
    assert session.query(Ticket).count() == 0


@pytest.mark.parametrize("fmt", ["json", "xml"])
@pytest.mark.parametrize(
    ("shown", "words"), [(None, "缺少密钥"), ("wrong", "密钥不对"), ("", "缺少密钥")]
)
def test_without_a_good_key_nothing_is_taken_in(
    app: Flask, key: str, fmt: str, shown: str | None, words: str
) -> None:
    answer = Asker(app, shown).post(f"/requests.{fmt}", **LAMP)
    assert answer.status_code == 403
    [(code, description)] = errors(answer)
    assert code == 403
    assert description.startswith(words)


def test_the_key_may_stand_in_the_address(app: Flask, key: str) -> None:
    with app.app_context():
        answer = app.test_client().post(f"/open311/v2/requests.json?api_key={key}", data=LAMP)
    assert answer.status_code == 200


def test_a_page_of_another_site_may_report_with_a_key(app: Flask, key: str) -> None:
    """No browser adds a key unasked, so that there is nothing to forge."""
    with app.app_context():
        answer = app.test_client().post(
            "/open311/v2/requests.json",
            data=LAMP | {"api_key": key},
            headers={"Origin": "https://other.example", "Sec-Fetch-Site": "cross-site"},
        )
    assert answer.status_code == 200


def test_a_key_of_an_estate_does_not_reach_the_next_one(
    app: Flask, session: Session, here: Neighbourhood
) -> None:
    _, key = giving.give(session, here.actors["committee"], "一村系统", here.estate.id)
    next_door = identity.place(session, PlaceKind.ESTATE, here.community, "和园二村")
    system = Asker(app, key)
    beyond = [next_door.id, here.community.id, here.community.parent_id]
    session.commit()
    assert ticket_of(session, system.post(**LAMP)).place_id == here.estate.id
    session.rollback()
    for place_id in beyond:
        answer = system.post(**LAMP, address_id=str(place_id))
        assert answer.status_code == 400
        assert errors(answer)[0][1].startswith("address_id")


def test_more_than_sixty_reports_a_minute_are_too_fast(
    session: Session, system: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "POSTS_A_MINUTE", 3)
    with clock.frozen(clock.now().replace(second=10)):
        assert [system.post(**LAMP).status_code for _ in range(2)] == [200, 200]
        assert system.post(**(LAMP | {"service_code": "no"})).status_code == 404  # counts too
        answer = system.post("/requests.xml", **LAMP)
        assert answer.status_code == 429
        assert errors(answer) == [(429, "报得太快了，请过一分钟再报。")]
        later = clock.now().replace(second=10).timestamp() + 60
    with clock.frozen(clock.now().fromtimestamp(later, clock.LOCAL)):
        assert system.post(**LAMP).status_code == 200
