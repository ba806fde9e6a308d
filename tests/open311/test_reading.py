"""What anybody may read: which matters, which of their fields, and by which questions."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core import clock
from app.open311.service import giving
from app.tickets.models import Ticket
from app.tickets.rules import TicketStatus
from tests.auditing import unwatched
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood
from tests.open311.asker import Asker, errors, xml_of

FIELDS = [
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime",
    "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url",
]  # fmt: skip
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
UNKNOWN = UUID(int=1)  # the same in every process that collects these tests


@pytest.fixture(autouse=True)
def morning() -> Iterable[None]:
    with clock.frozen(NOW):
        yield


def reported(session: Session, here: Neighbourhood, **said: Any) -> str:
    with unwatched():
        ticket = tickets.report(session, here, **said)
        session.commit()
    return str(ticket.id)


def changed(session: Session, ticket_id: str, **values: Any) -> None:
    with unwatched():
        ticket = session.get_one(Ticket, UUID(ticket_id))
        for name, value in values.items():
            setattr(ticket, name, value)
        session.commit()


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["service_request_id"] for each in answer.json]


def test_a_matter_shows_what_a_notice_on_the_stairs_could(
    session: Session, here: Neighbourhood, anybody: Asker
) -> None:
    with unwatched():
        ticket = tickets.started(session, here)
        session.commit()
    [shown] = anybody.get(f"/requests/{ticket.id}.json").json
    assert list(shown) == FIELDS
    assert shown == {
        "service_request_id": str(ticket.id),
        "status": "open",
        "status_notes": "办理中",
        "service_name": "公共照明用电",
        "service_code": "facility.power_lighting",
        "description": None,
        "agency_responsible": here.organisations["property"].name,
        "service_notice": f"编号 {ticket.number}",
        "requested_datetime": "2026-11-24T10:00:00+08:00",
        "updated_datetime": "2026-11-24T10:00:00+08:00",
        "expected_datetime": None,
        "address": "和园一村 3栋1单元",
        "address_id": str(here.unit.id),
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def test_a_matter_in_xml_has_the_same_fields(
    session: Session, here: Neighbourhood, anybody: Asker
) -> None:
    found = reported(session, here)
    root = xml_of(anybody.get(f"/requests/{found}.xml"))
    assert root.tag == "service_requests"
    assert [child.tag for child in root.find("request")] == FIELDS
    assert root.findtext("request/status_notes") == "待受理"
    assert root.findtext("request/description") == ""


def test_the_words_of_a_report_go_to_the_system_that_sent_them_only(
    app: Flask, session: Session, here: Neighbourhood, system: Asker, anybody: Asker
) -> None:
    sent = system.post(service_code="facility.lift", description="电梯异响", address_string="3栋")
    path = f"/requests/{sent.json[0]['service_request_id']}.json"
    _, other = giving.give(session, here.actors["committee"], "另一个系统", here.community.id)
    session.commit()
    assert system.get(path).json[0]["description"] == "电梯异响"
    assert anybody.get(path).json[0]["description"] is None
    assert Asker(app, other).get(path).json[0]["description"] is None


@pytest.mark.parametrize(
    "said",
    [
        {"public_area": False, "agreed_by": "本人"},
        {"category": "home.repair"},
        {"category": "care.need"},
        {"category": "property_service.attitude"},
        {"category": "emergency.person_safety"},
    ],
)
def test_private_matters_are_not_there_at_all(
    session: Session, here: Neighbourhood, anybody: Asker, said: dict[str, Any]
) -> None:
    hidden = reported(session, here, **said)
    assert ids(anybody.get("/requests.json")) == []
    for path in (f"/requests/{hidden}.json", f"/tokens/{hidden}.json"):
        assert errors(anybody.get(path)) == [(404, "没有这个编号的事项。")]


def test_a_place_that_gave_out_no_key_is_closed(
    app: Flask, session: Session, here: Neighbourhood
) -> None:
    found = reported(session, here)
    assert ids(Asker(app).get("/requests.json")) == []
    assert Asker(app).get(f"/requests/{found}.json").status_code == 404


def test_a_revoked_key_closes_the_place_again(
    session: Session, here: Neighbourhood, system: Asker, anybody: Asker
) -> None:
    reported(session, here)
    assert len(ids(anybody.get("/requests.json"))) == 1
    [made] = session.scalars(giving.queries.keys_kept(here.actors["committee"])).all()
    giving.revoke(session, here.actors["committee"], made.id)
    session.commit()
    assert ids(anybody.get("/requests.json")) == []
    assert system.get("/requests.json").status_code == 403


def test_an_estates_key_opens_that_estate_only(
    app: Flask, session: Session, here: Neighbourhood
) -> None:
    inside = reported(session, here)
    reported(session, here, place_id=here.community.id)
    giving.give(session, here.actors["committee"], "一村系统", here.estate.id)
    session.commit()
    assert ids(Asker(app).get("/requests.json")) == [inside]


def test_open_and_closed_are_all_that_the_standard_knows(
    session: Session, here: Neighbourhood, anybody: Asker
) -> None:
    found = {}
    for status in TicketStatus:
        found[status] = reported(session, here)
        changed(session, found[status], status=status)
    over = {found[s] for s in (TicketStatus.CLOSED, TicketStatus.REJECTED, TicketStatus.WITHDRAWN)}
    assert set(ids(anybody.get("/requests.json", status="closed"))) == over
    assert set(ids(anybody.get("/requests.json", status="open"))) == set(found.values()) - over
    assert len(ids(anybody.get("/requests.json", status="open,closed"))) == len(TicketStatus)


def test_services_and_ids_may_be_listed_with_commas(
    session: Session, here: Neighbourhood, anybody: Asker
) -> None:
    lamp = reported(session, here)
    lift = reported(session, here, category="facility.lift")
    waste = reported(session, here, category="environment.waste")
    both = anybody.get("/requests.json", service_code="facility.lift,environment.waste")
    assert set(ids(both)) == {lift, waste}
    named = anybody.get(
        "/requests.json", service_request_id=f"{lamp},{waste},{uuid4()},7", status="closed"
    )
    assert set(ids(named)) == {lamp, waste}  # ids override all else


def test_days_are_counted_from_the_report(
    session: Session, here: Neighbourhood, anybody: Asker
) -> None:
    found = {}
    for days in (0, 40, 89, 91, 200):
        found[days] = reported(session, here)
        at = NOW - timedelta(days=days)
        changed(session, found[days], created_at=at, moved_at=at)

    def days(**query: str) -> set[int]:
        listed = set(ids(anybody.get("/requests.json", **query)))
        return {day for day, ticket_id in found.items() if ticket_id in listed}

    assert days() == {0, 40, 89}
    assert days(start_date="2026-09-01T00:00:00Z") == {0, 40}
    assert days(start_date="2026-05-01T00:00:00Z") == {200}
    assert days(end_date="2026-10-20T00:00:00Z") == {40, 89, 91}
    assert days(start_date="2026-08-25T00:00:00Z", end_date="2026-09-01T00:00:00+08:00") == {89, 91}


def test_what_moved_since_comes_oldest_first_and_page_by_page(
    session: Session, here: Neighbourhood, anybody: Asker
) -> None:
    found = [reported(session, here) for _ in range(5)]
    for place, ticket_id in enumerate(found):
        made = NOW - timedelta(days=300 - place)
        changed(session, ticket_id, created_at=made, moved_at=NOW - timedelta(hours=place))
    since = "2026-11-23T23:30:00Z"  # two and a half hours ago
    assert ids(anybody.get("/requests.json", updated_after=since)) == [found[2], found[1], found[0]]
    pages = [
        ids(anybody.get("/requests.json", updated_after=since, page=page, page_size=2))
        for page in (1, 2, 3)
    ]
    assert pages == [[found[2], found[1]], [found[0]], []]
    before = anybody.get(
        "/requests.json", updated_after=since, updated_before="2026-11-24T01:30:00Z"
    )
    assert ids(before) == [found[2], found[1]]


WRONG = {
    "more than 90 days": (
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
        "end_date",
    ),
    "backwards": (
        {"start_date": "2026-06-01T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"},
        "end_date",
    ),
    "no date": ({"start_date": "yesterday"}, "start_date"),
    "no moment": ({"updated_after": "13/13/2026"}, "updated_after"),
    "a third state": ({"status": "open,lost"}, "status"),
    "page nought": ({"page": "0"}, "page"),
    "no number": ({"page_size": "many"}, "page_size"),
    "too long a page": ({"page_size": "1001"}, "page_size"),
}


@pytest.mark.parametrize("fmt", ["json", "xml"])
@pytest.mark.parametrize("case", WRONG)
def test_a_question_that_is_wrong_is_answered_in_the_asked_format(
    anybody: Asker, case: str, fmt: str
) -> None:
    query, field = WRONG[case]
    answer = anybody.get(f"/requests.{fmt}", **query)
    assert answer.status_code == 400
    [(code, said)] = errors(answer)
    assert code == 400
    assert said.startswith(f"{field}: ")


@pytest.mark.parametrize("fmt", ["json", "xml"])
@pytest.mark.parametrize(
    "path",
    [
        f"/requests/{UNKNOWN}",
        "/requests/2611-0001",
        f"/tokens/{UNKNOWN}",
        "/requests",  # with an id that names nothing
    ],
)
def test_an_unknown_id_is_404_in_the_asked_format(anybody: Asker, path: str, fmt: str) -> None:
    query = {"service_request_id": "7"} if path == "/requests" else {}
    answer = anybody.get(f"{path}.{fmt}", **query)
    assert answer.status_code == 404
    assert errors(answer) == [(404, "没有这个编号的事项。")]


def test_an_unknown_service_in_a_question_is_404(anybody: Asker) -> None:
    answer = anybody.get("/requests.json", service_code="facility.lift,facility.nothing")
    assert errors(answer) == [(404, "没有这个服务类别。")]


def test_a_wrong_key_is_403_when_reading_too(app: Flask, key: str) -> None:
    answer = Asker(app, "wrong").get("/requests.xml")
    assert answer.status_code == 403
    assert errors(answer) == [(403, "密钥不对，或者已经停用。")]


def test_the_token_of_a_report_is_its_id(
    session: Session, here: Neighbourhood, anybody: Asker
) -> None:
    found = reported(session, here)
    answer = anybody.get(f"/tokens/{found}.json")
    assert answer.json == [{"service_request_id": found, "token": found}]


def test_signs_that_xml_cannot_hold_do_not_break_it(system: Asker) -> None:
    sent = system.post(
        service_code="facility.lift", description="<灯>\x0b & 不亮", address_string="东门"
    )
    path = f"/requests/{sent.json[0]['service_request_id']}.xml"
    root = xml_of(system.get(path))
    assert root.findtext("request/description") == "<灯> & 不亮"
