"""DOMAIN.md section 6 on what is known of homes: little data (2), short keeping (3), private homes
(4), and names that no source explains (6)."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core import clock, duties
from app.core.audit import AuditRow
from app.core.db import reading, transaction
from app.hours.models import ServiceHours
from app.identity.models import Person
from app.places.models import Household
from app.places.rules import CareLevel
from app.tickets.models import Ticket
from app.visits import jobs
from app.visits.models import VisitAccount, VisitRecord, VisitStray
from app.visits.rules import StrayState
from tests.clients import Client
from tests.factories import places, tickets
from tests.factories.visits import TODAY, Scene, account, done, found, stray, visit
from tests.hours.conftest import Known
from tests.hours.made import hours

Clients = Callable[[Person], Client]
ROOT = Path(__file__).parents[2]
NOTE = {"note": "想换灯泡", "note_agreed": True}
PHONE = "19900000007"


def test_6_2_volunteers_see_only_the_households_paired_with_them(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    for path in (f"/visits/owed/doors/{home.id}", f"/households/{home.id}"):
        assert client(known.chen).get(path).status_code == 200
        assert client(known.zhou).get(path).status_code == 404
    assert client(known.zhou).get("/households").json["items"] == []


def test_6_2_the_property_company_never_sees_a_visit_or_its_note(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    record = done(session, home, known.chen, **NOTE)
    steward = client(known.steward)
    assert steward.get(f"/visits/{record.visit_id}").status_code == 404
    assert steward.get("/visits", household_id=home.id).json["items"] == []
    assert steward.get(f"/visits/owed/doors/{home.id}").status_code == 404


def test_6_2_the_ticket_of_a_visit_carries_no_note_to_the_property_company(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    asked = visit(session, home, known.chen)
    heard = {"category": "facility.power_lighting", "text": "楼道灯不亮", "public_area": True}
    body = {"on": "2026-11-24", "method": "door", "outcome": "issue", "ticket": heard}
    said = client(known.chen).put(f"/visits/{asked.id}/record", body | NOTE, version=1)
    (ticket,) = found(Ticket)
    assert said.json["visit"]["record"]["note"] == NOTE["note"]
    assert NOTE["note"] not in client(known.steward).get(f"/tickets/{ticket.id}").text
    assert NOTE["note"] not in client(known.committee).get(f"/tickets/{ticket.id}").text


def test_6_2_telephone_numbers_are_encrypted_masked_shown_with_a_reason_and_logged(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit, contact_phone=PHONE)
    with reading() as looking:
        kept = looking.scalar(text("SELECT contact_phone FROM household"))
    assert kept
    assert PHONE not in str(kept)
    volunteer = client(known.chen)
    shown = volunteer.get(f"/households/{home.id}")
    assert (shown.json["contact_phone_masked"], PHONE in shown.text) == ("199****0007", False)
    path = f"/households/{home.id}/phone"
    assert volunteer.post(path, {}).status_code == 422
    assert not found(AuditRow, AuditRow.verb == "phone_shown")
    assert volunteer.post(path, {"reason": "约今晚上门"}).json == {"phone": PHONE}
    (logged,) = found(AuditRow, AuditRow.verb == "phone_shown")
    assert (logged.actor_id, logged.subject_id) == (known.chen.id, home.id)


def test_6_2_no_card_of_a_visit_carries_a_telephone_number(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit, contact_phone=PHONE)
    asked = visit(session, home, known.chen)
    for path in ("/today", "/visits", f"/visits/{asked.id}", f"/visits/owed/doors/{home.id}"):
        answer = client(known.chen).get(path)
        assert answer.status_code == 200, path
        assert PHONE not in answer.text, path


def test_6_3_notes_are_kept_180_days_and_the_record_stays(session: Session, known: Scene) -> None:
    home = places.household(session, known.unit)
    for days in (180, 181):
        record = done(session, home, known.chen, on=TODAY - timedelta(days=days), **NOTE)
        account(session, record, known.li, on=record.on, **NOTE)
    with transaction() as job:
        jobs.blank_notes(job, TODAY)
    for kind in (VisitRecord, VisitAccount):
        kept = {(TODAY - one.on).days: one for one in found(kind)}
        assert kept[180].note == NOTE["note"]
        assert (kept[181].note, kept[181].recorded_by is None) == (None, False)


def test_6_3_what_could_not_be_taken_is_forgotten_after_180_days_too(
    session: Session, known: Scene
) -> None:
    home = places.household(session, known.unit)
    came = clock.now() - timedelta(days=182)
    stray(session, home, known.chen, state=StrayState.DROPPED, received_at=came)
    with transaction() as job:
        jobs.forget_strays(job, TODAY)
    assert not found(VisitStray)


def test_6_3_after_two_years_of_duties_care_levels_and_notes_are_gone_hours_and_log_are_not(
    app: Flask, session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(
        session, known.unit, care_level=CareLevel.HIGH, care_confirmed_on=TODAY, contact_phone=PHONE
    )
    done(session, home, known.chen, **NOTE)
    hours(session, Known(known, known.li, home), known.chen)
    client(known.chen).post(f"/households/{home.id}/phone", {"reason": "约今晚上门"})
    logged = {row.id for row in found(AuditRow)}
    for later in (364, 365, 366, 730):
        with clock.frozen(clock.now() + timedelta(days=later)):
            for duty in duties.DUTIES.values():
                with transaction() as job:
                    duty(job, TODAY + timedelta(days=later))
        (kept,) = found(Household)
        assert (kept.care_level is CareLevel.HIGH) is (later < 365), later
    assert [one.note for one in found(VisitRecord)] == [None]
    assert [one.minutes for one in found(ServiceHours)] == [100]
    assert logged <= {row.id for row in found(AuditRow)}


def test_6_4_a_home_is_not_photographed_at_a_visit(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    asked = visit(session, home, known.chen)
    shot = tickets.picture(session, tickets.as_actor(session, known.chen))
    session.commit()
    heard = {"category": "home.repair", "text": "水管漏水", "public_area": False}
    heard |= {"agreed_by": "王阿姨", "media": [shot]}
    body = {"on": "2026-11-24", "method": "door", "outcome": "issue", "ticket": heard}
    volunteer = client(known.chen)
    refused = volunteer.put(f"/visits/{asked.id}/record", body, version=1)
    assert "家里不拍照" in refused.json["title"]
    assert not found(VisitRecord)
    heard |= {"category": "facility.power_lighting", "text": "楼道灯不亮", "public_area": True}
    taken = volunteer.put(f"/visits/{asked.id}/record", body, version=1)
    assert taken.status_code == 200, taken.json


CAMERAS = sorted(
    path
    for path in (ROOT / "static/pwa/src").rglob("*.vue")
    if re.search(r"<(input[^>]*accept=\"image/|ShotButton)", path.read_text())
)
OF_BUILDINGS = {"PlanPage.vue"}  # the estate from above, laid down once by the committee
INSIDE = {"ShotButton.vue"}  # the button itself, inside forms that say so


@pytest.mark.parametrize("form", CAMERAS, ids=lambda path: path.name)
def test_6_4_every_form_that_takes_a_picture_says_that_it_is_of_public_parts_only(
    form: Path,
) -> None:
    assert len(CAMERAS) > 3
    if form.name not in OF_BUILDINGS | INSIDE:
        assert "只拍公共部位，不拍屋内和人脸。" in form.read_text()


def test_6_4_the_form_of_a_visit_offers_a_picture_for_public_parts_alone() -> None:
    fields = (ROOT / "static/pwa/src/ui/ReportFields.vue").read_text()
    (picture,) = re.findall(r"<PhotoField[^>]*>", fields, re.DOTALL)
    assert "v-if=\"modelValue.whose === 'public'\"" in picture
    for screen in (ROOT / "static/pwa/src/features/visits").rglob("*.vue"):
        assert not re.search(r"<PhotoField|type=\"file\"", screen.read_text()), screen.name


UNEXPLAINED = re.compile(r"六有|三无|两好|三红|四治")
NAMES = re.compile(r"六有三无两好|三红四治")


def test_6_6_names_that_no_source_explains_have_no_invented_items_in_code_or_data() -> None:
    """The names may be said; what they count, item by item, may not."""
    looked = 0
    for folder in ("app", "data", "docs", "static/pwa/src", "static/pwa/door", "migrations"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix not in {".py", ".ts", ".vue", ".md", ".csv", ".json", ".html", ".typ"}:
                continue
            looked += 1
            for line in path.read_text().splitlines():
                rest = NAMES.sub("", line)
                assert not UNEXPLAINED.search(rest), (path.name, line)
                assert rest == line or not re.search(r"[:：（(、]", rest), (path.name, line)
    assert looked > 500
