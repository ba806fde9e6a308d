"""What is reported at a door becomes a ticket like any other."""

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.idempotency import Remembered
from app.core.media import Media, path_of
from app.identity.models import Person
from app.residents.models import DoorCode, ResidentReport
from app.residents.service import doors
from app.residents.visitor import FORM_KEPT
from app.tickets.models import Ticket, TicketPhoto
from tests.clients import Client
from tests.core.pictures import picture
from tests.factories.tickets import Neighbourhood
from tests.residents.passer import Passer

Someone = Callable[[], Passer]


def ticket_of(session: Session, number: str) -> Ticket:
    ticket = session.scalars(select(Ticket).where(Ticket.number == number)).one()
    session.commit()
    return ticket


def test_somebody_reports_with_a_photo_and_gets_a_number(
    session: Session, here: Neighbourhood, passer: Someone
) -> None:
    somebody = passer()
    name = somebody.photo()
    answer = somebody.report(media=[name], spot="三楼拐角")
    assert answer.status_code == 201, answer.text
    ticket = ticket_of(session, answer.json["number"])
    assert (ticket.place_id, ticket.building_id) == (here.unit.id, here.building.id)
    assert (ticket.text, ticket.spot, ticket.public_area) == ("三楼楼道灯不亮", "三楼拐角", True)
    photos = session.scalars(select(TicketPhoto.hash).where(TicketPhoto.ticket_id == ticket.id))
    assert photos.all() == [name]
    assert somebody.follow()["number"] == ticket.number


def test_the_link_is_kept_nowhere_and_in_no_answer(session: Session, passer: Someone) -> None:
    somebody = passer()
    answer = somebody.report()
    assert somebody.secret not in answer.text
    session.commit()
    kept = session.scalars(select(ResidentReport)).one()
    assert kept.digest == sha256(somebody.secret.encode()).hexdigest()
    bodies = session.scalars(select(Remembered.body)).all()
    assert bodies
    assert all(somebody.secret.encode() not in body for body in bodies)


def test_the_same_report_sent_twice_is_one_ticket(session: Session, passer: Someone) -> None:
    somebody, key = passer(), uuid4()
    first, second = somebody.report(key=key), somebody.report(key=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json == second.json
    assert second.headers["Idempotency-Replayed"] == "true"
    session.commit()
    assert session.scalar(select(func.count()).select_from(Ticket)) == 1


def test_a_form_is_good_for_one_report(passer: Someone) -> None:
    somebody = passer()
    assert somebody.report().status_code == 201
    somebody.secret = "a" * 43
    answer = somebody.report(text="另一件事")
    assert (answer.status_code, answer.json["code"]) == (409, "door_form_used")


def test_the_office_sees_a_guest_and_the_guest_can_never_sign_in(
    app: Flask, session: Session, here: Neighbourhood, passer: Someone
) -> None:
    answer = passer().report(name="王阿姨")
    ticket = ticket_of(session, answer.json["number"])
    guest = session.get_one(Person, ticket.reporter_id)
    assert (guest.guest, guest.name, guest.phone) == (True, "王阿姨", "")
    session.commit()
    office = Client(app, here.people["committee"])
    seen = office.get(f"/tickets/{ticket.id}").json
    assert seen["reporter"] == {"id": str(guest.id), "name": "王阿姨", "guest": True}
    signing_in = {"phone": "", "password": "", "device_name": "手机"}
    assert Client(app).post("/session", signing_in).status_code in (401, 422)


@pytest.mark.parametrize("what", ["door", "link"])
def test_a_guessed_token_is_nothing(app: Flask, passer: Someone, what: str) -> None:
    somebody = passer()
    somebody.report()
    stranger = Passer(app, "x" * 22, secret="y" * 43, page=somebody.page)
    path = f"/door/{stranger.token}" if what == "door" else f"/follow/{stranger.secret}"
    unknown = stranger.call("GET", path)
    assert (unknown.status_code, unknown.json["code"]) == (404, "not_found")
    assert stranger.report().status_code == 404
    number = somebody.follow()["number"]
    assert stranger.call("GET", f"/follow/{number}").json == unknown.json


def test_a_revoked_code_opens_nothing_and_links_live_on(
    session: Session, here: Neighbourhood, door: DoorCode, passer: Someone
) -> None:
    first, second = passer(), passer()
    assert first.report().status_code == 201
    new = doors.renew(session, here.actors["committee"], door.id)
    session.commit()
    assert new.token != door.token
    assert second.report().status_code == 404
    assert second.call("GET", f"/door/{door.token}").status_code == 404
    assert first.follow()["state_name"] == "已收到"


def test_a_form_is_for_its_door_its_time_and_unforged(
    app: Flask, session: Session, here: Neighbourhood, door: DoorCode, passer: Someone
) -> None:
    other = doors.give_out(session, here.actors["committee"], [here.building.id])[0]
    session.commit()
    somebody = passer()
    wrong = {"other door": passer().page["form"], "forged": somebody.page["form"][:-2] + "zz"}
    elsewhere = Passer(app, other.token).open()
    elsewhere.page["form"] = wrong["other door"]
    assert elsewhere.report().json["code"] == "door_form_expired"
    for form in (wrong["forged"], "", "nonsense"):
        forged = passer()
        forged.page["form"] = form
        assert forged.report().status_code == 403
    with clock.frozen(clock.now() + FORM_KEPT * 1.01):
        assert somebody.report().json["code"] == "door_form_expired"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"category": "no.such"}, "category"),
        ({"text": "  "}, "text"),
        ({"text": "长" * 501}, "text"),
        ({"place_id": str(uuid4())}, "place_id"),
        ({"secret": "short"}, "secret"),
        ({"secret": "<script>" + "a" * 35}, "secret"),
        ({"media": ["../../etc/passwd"]}, "media.0"),
        ({"media": ["0" * 64]}, "media"),
        ({"phone": "110110", "consent": True}, "phone"),
        ({"phone": "13900000001"}, "consent"),
        ({"reporter_id": str(uuid4())}, "reporter_id"),
        ({"household_id": str(uuid4())}, "household_id"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_leaves_nothing(
    session: Session, passer: Someone, said: dict[str, Any], field: str
) -> None:
    answer = passer().report(**said)
    assert answer.status_code == 422, answer.text
    assert field in answer.json["errors"]
    session.commit()
    assert not session.scalars(select(Ticket)).all()
    assert not session.scalars(select(Person).where(Person.guest)).all()


def test_only_a_picture_that_this_visitor_sent_may_be_shown(passer: Someone) -> None:
    name = passer().photo()
    answer = passer().report(media=[name])
    assert answer.status_code == 422
    assert "media" in answer.json["errors"]


def test_a_picture_is_encoded_anew_without_what_the_phone_wrote_into_it(
    session: Session, passer: Someone
) -> None:
    exif = Image.Exif()
    exif[0x010E] = "和园一村3栋 王阿姨"
    name = passer().photo(picture(exif=exif))
    session.commit()
    kept = path_of(session.get_one(Media, name).stored).read_bytes()
    assert not dict(Image.open(BytesIO(kept)).getexif())


def test_what_is_no_picture_is_refused(passer: Someone) -> None:
    somebody = passer()
    raw = b"<svg onload=alert(1)>"
    path = f"/door/{somebody.token}/photos/{sha256(raw).hexdigest()}"
    headers = {"X-Door-Form": somebody.page["form"]}
    assert somebody.call("PUT", path, data=raw, headers=headers).status_code == 415


def test_a_private_matter_has_no_photo_and_is_reported_by_oneself(
    session: Session, passer: Someone
) -> None:
    somebody = passer()
    name = somebody.photo()
    private = {"category": "home.repair", "text": "水龙头漏水", "public_area": False}
    assert somebody.report(**private, media=[name]).json["code"] == "ticket_homes_are_private"
    ticket = ticket_of(session, somebody.report(**private).json["number"])
    assert (ticket.agreed_by, ticket.public_area) == ("本人", False)


def test_an_emergency_goes_at_once_to_who_must_act(session: Session, passer: Someone) -> None:
    answer = passer().report(category="emergency.lift_entrapment", text="有人困在电梯里")
    assert ticket_of(session, answer.json["number"]).status == "dispatched"


def test_who_reports_the_same_words_today_joins_and_only_looks_on(
    session: Session, passer: Someone
) -> None:
    first, second = passer(), passer()
    number = first.report().json["number"]
    first.note("我再说一句：在三楼")
    joined = second.report(text=" 三楼楼道灯不亮 ", name="李叔")
    assert joined.json == {"number": number, "joined": True}
    seen = second.follow()
    assert (seen["number"], seen["reporter"], seen["verbs"]) == (number, False, [])
    assert "我再说一句" not in str(seen)
    assert second.note("我也说一句").json["code"] == "door_only_following"
    assert second.act("withdraw").json["code"] == "door_only_following"
    ticket = ticket_of(session, number)
    assert [entry.verb for entry in ticket.entries][-1] == "also_met"
    session.commit()
    assert session.scalar(select(func.count()).select_from(Ticket)) == 1


def test_other_words_are_another_matter(passer: Someone) -> None:
    numbers = {passer().report(text=text).json["number"] for text in ("三楼灯灭", "四楼灯灭")}
    assert len(numbers) == 2


@pytest.mark.parametrize(
    "said",
    [
        {"category": "home.repair", "public_area": False},
        {"category": "property_service.attitude"},
        {"category": "neighbour.mediation"},
    ],
)
def test_a_home_a_complaint_or_a_person_is_never_joined(
    passer: Someone, said: dict[str, Any]
) -> None:
    first, second = passer().report(**said).json, passer().report(**said).json
    assert first["number"] != second["number"]
    assert not second["joined"]


def test_the_same_words_after_a_day_are_a_new_matter(passer: Someone) -> None:
    first = passer().report().json["number"]
    with clock.frozen(clock.now().replace(microsecond=0) + FORM_KEPT * 5):
        assert passer().report().json["number"] != first
