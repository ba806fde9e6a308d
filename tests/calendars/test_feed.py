"""What stands in the calendar, and how it tells of changes."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from app.calendars.models import CalendarEntry
from app.core import clock, duties
from app.core.db import transaction
from app.visits.models import Visit
from app.visits.models_patrols import PatrolPerson
from app.visits.rules import VisitState
from app.visits.rules.patrols import PatrolAnswer, PatrolState
from tests.auditing import unwatched
from tests.calendars.reading import Feed
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import TODAY, TUESDAY, Scene, found, visit
from tests.visits.walking import patrol, point, route

Clients = Callable[..., Client]
EVENING = datetime(2026, 11, 24, 18, 30, tzinfo=clock.LOCAL)


def test_an_evening_in_a_building_is_one_entry_without_names_and_doors(
    feed: Feed, session: Session, known: Scene
) -> None:
    for door in ("101", "102", "1503"):
        home = places.household(session, known.unit, door, contact_name="王奶奶")
        visit(session, home, known.chen, known.li)
    event = feed.one()
    assert event.start == EVENING
    assert event.end == EVENING + timedelta(hours=2)
    assert event["STATUS"] == "CONFIRMED"
    assert "3 户" in event["SUMMARY"]
    text = feed.text()
    for secret in ("王奶奶", "101", "102", "1503", known.chen.name, known.li.name):
        assert secret not in re.sub(r"\r\n |UID:\S+|\d{8}T\d{6}Z?", "", text)
    assert "\r\nX-PUBLISHED-TTL:PT1H\r\n" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai" in text
    assert "DTSTART;TZID=Asia/Shanghai:20261124T183000" in text


def test_who_goes_along_has_the_entry_too_and_nobody_else(
    feed: Feed, session: Session, known: Scene, client: Clients
) -> None:
    home = places.household(session, known.unit, "101")
    visit(session, home, known.li, known.chen)
    assert feed.one()["STATUS"] == "CONFIRMED"
    for who, entries in ((known.zhou, 0), (known.li, 1), (known.steward, 0)):
        url = client(who).post("/calendar/addresses", {"name": "手机"}).json["url"]
        assert len(Feed(client(), url, "").events()) == entries


def test_a_property_company_sees_no_visit_here_either(
    session: Session, known: Scene, client: Clients
) -> None:
    visit(session, places.household(session, known.unit, "101"), known.steward)
    url = client(known.steward).post("/calendar/addresses", {"name": "手机"}).json["url"]
    assert Feed(client(), url, "").events() == []


def test_what_is_asked_is_tentative_until_it_is_agreed_and_keeps_its_uid(
    feed: Feed, session: Session, known: Scene, client: Clients
) -> None:
    home = places.household(session, known.unit, "101")
    made = visit(session, home, known.chen, state=VisitState.PROPOSED)
    before = feed.one()
    assert (before["STATUS"], before["SEQUENCE"]) == ("TENTATIVE", 0)
    assert before["SUMMARY"].startswith("待答复")
    with clock.frozen(TUESDAY + timedelta(minutes=5)):
        answer = client(known.chen).post(
            f"/visits/{made.id}/answer", {"answer": "accept"}, version=1
        )
        assert answer.status_code == 200, answer.json
        after = feed.one()
    assert (after["STATUS"], after["SEQUENCE"]) == ("CONFIRMED", 1)
    assert after["UID"] == before["UID"]
    assert after["LAST-MODIFIED"].dt == before["LAST-MODIFIED"].dt + timedelta(minutes=5)
    assert after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt


def test_what_is_declined_is_cancelled_for_thirty_days(
    feed: Feed, session: Session, known: Scene, client: Clients
) -> None:
    home = places.household(session, known.unit, "101")
    made = visit(session, home, known.chen, on=TODAY + timedelta(days=40))
    first = feed.one()
    answer = client(known.chen).post(f"/visits/{made.id}/answer", {"answer": "decline"}, version=1)
    assert answer.status_code == 200, answer.json
    gone = feed.one()
    assert (gone["UID"], gone["STATUS"]) == (first["UID"], "CANCELLED")
    assert gone["SEQUENCE"] == 1
    assert gone.start == first.start
    assert feed.one()["SEQUENCE"] == 1
    with clock.frozen(TUESDAY + timedelta(days=29)):
        assert len(feed.events()) == 1
    with clock.frozen(TUESDAY + timedelta(days=31)):
        assert feed.events() == []


def test_what_is_called_off_and_asked_again_goes_on_counting(
    feed: Feed, session: Session, known: Scene
) -> None:
    home = places.household(session, known.unit, "101")
    made = visit(session, home, known.chen, on=TODAY + timedelta(days=1))
    told = [feed.one()]
    for state in (VisitState.CANCELLED, VisitState.ACCEPTED):
        change(session, made, state=state)
        told.append(feed.one())
    assert [one["STATUS"] for one in told] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert [one["SEQUENCE"] for one in told] == [0, 1, 2]
    assert len({one["UID"] for one in told}) == 1


def change(session: Session, made: Visit, **new: object) -> None:
    with unwatched():
        row = session.get_one(Visit, made.id, populate_existing=True)
        for name, value in new.items():
            setattr(row, name, value)
        session.commit()


def test_what_is_passed_on_leaves_one_calendar_and_enters_another(
    feed: Feed, session: Session, known: Scene, client: Clients
) -> None:
    made = visit(session, places.household(session, known.unit, "101"), known.chen)
    url = client(known.li).post("/calendar/addresses", {"name": "手机"}).json["url"]
    other = Feed(client(), url, "")
    assert (feed.one()["STATUS"], other.events()) == ("CONFIRMED", [])
    change(session, made, person_id=known.li.id)
    assert (feed.one()["STATUS"], other.one()["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert feed.one()["UID"] != other.one()["UID"]


def test_another_hour_of_the_same_evening_is_the_same_entry_later(
    feed: Feed, session: Session, known: Scene
) -> None:
    made = visit(session, places.household(session, known.unit, "101"), known.chen)
    before = feed.one()
    change(session, made, window_from=time(19), window_to=time(20))
    after = feed.one()
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], 1)
    assert after.start == EVENING + timedelta(minutes=30)


def test_a_visit_without_an_hour_is_a_day_that_keeps_nobody_busy(
    feed: Feed, session: Session, known: Scene
) -> None:
    home = places.household(session, known.unit, "101")
    visit(session, home, known.chen, window_from=None, window_to=None)
    event = feed.one()
    assert (event.start, event.end) == (TODAY, TODAY + timedelta(days=1))
    assert event["TRANSP"] == "TRANSPARENT"


def test_what_is_done_or_over_stays_as_it_was(feed: Feed, session: Session, known: Scene) -> None:
    made = visit(session, places.household(session, known.unit, "101"), known.chen)
    before = feed.text()
    with clock.frozen(EVENING + timedelta(minutes=45)):
        change(session, made, state=VisitState.DONE)
        assert feed.text() == before
    with clock.frozen(EVENING + timedelta(hours=3)):
        change(session, made, state=VisitState.CANCELLED)
        assert feed.text() == before
    with clock.frozen(EVENING + timedelta(days=31)):
        assert feed.events() == []
        with transaction() as writing:
            duties.DUTIES["calendars.sweep"](writing, clock.today())
    assert found(CalendarEntry) == []


def test_a_patrol_is_an_entry_for_whom_it_asks(feed: Feed, session: Session, known: Scene) -> None:
    along = route(session, known, point(session, known), people=[known.chen])
    out = patrol(session, along, known.chen, on=TODAY + timedelta(days=1))
    event = feed.one()
    assert event["SUMMARY"] == "巡查 早上一圈"
    assert event.start == datetime(2026, 11, 25, 9, tzinfo=clock.LOCAL)
    with unwatched():
        out.state = PatrolState.CANCELLED
        session.merge(out)
        session.commit()
    assert feed.one()["STATUS"] == "CANCELLED"


def test_a_patrol_that_one_declines_is_cancelled_only_there(
    feed: Feed, session: Session, known: Scene, client: Clients
) -> None:
    along = route(session, known, point(session, known), people=[known.chen, known.li])
    out = patrol(session, along, known.chen, known.li, answer=PatrolAnswer.ASKED)
    url = client(known.li).post("/calendar/addresses", {"name": "手机"}).json["url"]
    other = Feed(client(), url, "")
    patrol_hours = TUESDAY.replace(hour=0)  # eight in the morning in Nanjing
    with clock.frozen(patrol_hours):
        assert feed.one()["STATUS"] == other.one()["STATUS"] == "TENTATIVE"
        client(known.chen).post(f"/patrols/{out.id}/answer", {"answer": "declined"})
        assert (feed.one()["STATUS"], other.one()["STATUS"]) == ("CANCELLED", "TENTATIVE")
    assert found(PatrolPerson)


def test_reading_twice_writes_once(feed: Feed, session: Session, known: Scene) -> None:
    visit(session, places.household(session, known.unit, "101"), known.chen)
    feed.text()
    [row] = found(CalendarEntry)
    with clock.frozen(TUESDAY + timedelta(hours=2)):
        feed.text()
    [again] = found(CalendarEntry)
    assert (again.sequence, again.changed_at) == (row.sequence, row.changed_at)


def test_two_buildings_and_two_parts_of_a_day_are_entries_of_their_own(
    feed: Feed, session: Session, known: Scene
) -> None:
    elsewhere = places.unit(session, known.community)
    for unit, hour in ((known.unit, 18), (known.unit, 14), (elsewhere, 18)):
        home = places.household(session, unit, f"{hour}01")
        visit(session, home, known.chen, window_from=time(hour), window_to=time(hour + 2))
    events = feed.events()
    assert len({event["UID"] for event in events}) == 3
    assert sorted(event.start.hour for event in events) == [14, 18, 18]
