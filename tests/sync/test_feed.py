"""What a phone gets: all that is its person's, nothing else, and word of what is not any more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.visits.models import Visit
from app.visits.rules import VisitState
from tests.clients import Client
from tests.factories import identity, places
from tests.factories.visits import Scene, done, visit
from tests.sync.phone import Phone

Clients = Callable[..., Client]


@pytest.fixture
def phone(client: Clients, known: Scene) -> Phone:
    """Chen's."""
    return Phone(client(known.chen))


def report(client: Client, known: Scene, **said: object) -> str:
    body = {
        "category": "facility.power_lighting",
        "text": "楼道灯不亮",
        "place_id": str(known.unit.id),
        "public_area": True,
    }
    answer = client.post("/tickets", body | said)
    assert answer.status_code == 201, answer.text
    return str(answer.json["id"])


def test_a_new_phone_gets_the_doors_visits_tickets_and_messages_of_its_person(
    session: Session, client: Clients, known: Scene, phone: Phone
) -> None:
    homes = places.households(session, known.unit, 4)
    going = visit(session, homes[0], known.chen)
    along = visit(session, homes[1], known.li, known.chen)
    visit(session, homes[2], known.li)
    ticket = report(client(known.chen), known)
    report(client(known.li), known)
    phone.pull()
    assert phone.names("household") == {str(home.id) for home in homes}
    assert phone.names("visit") == {str(going.id), str(along.id)}
    assert phone.names("ticket") == {ticket}


def test_a_row_is_what_its_own_page_shows(
    session: Session, known: Scene, phone: Phone, client: Clients
) -> None:
    home = places.household(session, known.unit)
    going = visit(session, home, known.chen)
    report(client(known.chen), known)
    phone.pull()
    assert phone.shelf("visit")[str(going.id)] == client(known.chen).get(f"/visits/{going.id}").json
    listed = client(known.chen).get("/tickets", mine=True).json["items"]
    assert list(phone.shelf("ticket").values()) == listed


def test_nothing_new_is_an_answer_without_a_body(
    session: Session, known: Scene, phone: Phone
) -> None:
    visit(session, places.household(session, known.unit), known.chen)
    phone.pull()
    answer = phone.client.get("/sync", cursor=phone.cursor)
    assert answer.status_code == 204
    assert not answer.data


def test_only_what_changed_comes_again(session: Session, known: Scene, phone: Phone) -> None:
    homes = places.households(session, known.unit, 3)
    visits = [visit(session, home, known.chen) for home in homes]
    phone.pull()
    visits[1].state = VisitState.DONE
    identity.stored(session, visits[1])
    answer = phone.client.get("/sync", cursor=phone.cursor).json
    assert [one["id"] for scope in answer["scopes"] for one in scope["rows"]] == [str(visits[1].id)]


def test_a_visit_that_was_called_off_is_gone(session: Session, known: Scene, phone: Phone) -> None:
    going = visit(session, places.household(session, known.unit), known.chen)
    phone.pull()
    going.state = VisitState.CANCELLED
    identity.stored(session, going)
    phone.pull()
    assert phone.names("visit") == set()


def test_a_visit_given_to_somebody_else_leaves_one_phone_and_comes_to_the_other(
    session: Session, client: Clients, known: Scene, phone: Phone
) -> None:
    going = visit(session, places.household(session, known.unit), known.chen)
    other = Phone(client(known.li))
    phone.pull()
    other.pull()
    going.person_id = known.li.id
    identity.stored(session, going)
    phone.pull()
    other.pull()
    assert phone.names("visit") == set()
    assert other.names("visit") == {str(going.id)}


def test_a_partner_who_does_not_go_along_any_more_forgets_the_visit(
    session: Session, client: Clients, known: Scene
) -> None:
    going = visit(session, places.household(session, known.unit), known.li, known.chen)
    along = Phone(client(known.chen))
    along.pull()
    assert along.names("visit") == {str(going.id)}
    said = {"on": "2026-11-24", "method": "door", "outcome": "ok", "with_ids": []}
    answer = client(known.li).put(f"/visits/{going.id}/record", said, version=1)
    assert answer.status_code == 200, answer.text
    along.pull()
    assert along.names("visit") == set()


def test_what_is_shown_of_a_door_on_a_visit_is_never_old(
    session: Session, client: Clients, known: Scene, phone: Phone
) -> None:
    home = places.household(session, known.unit)
    going = visit(session, home, known.chen)
    phone.pull()
    changed = client(known.committee).patch(
        f"/places/households/{home.id}", {"contact_name": "李奶奶"}, version=1
    )
    assert changed.status_code == 200, changed.text
    phone.pull()
    assert phone.shelf("visit")[str(going.id)]["household"]["contact_name"] == "李奶奶"
    assert phone.shelf("household")[str(home.id)]["contact_name"] == "李奶奶"


def test_a_record_shows_on_the_other_open_visits_of_the_door(
    session: Session, client: Clients, known: Scene, phone: Phone
) -> None:
    home = places.household(session, known.unit)
    mine = visit(session, home, known.chen, on=clock.today() + timedelta(days=3))
    phone.pull()
    assert phone.shelf("visit")[str(mine.id)]["last"] is None
    done(session, home, known.li)
    phone.pull()
    assert phone.shelf("visit")[str(mine.id)]["last"] == {"on": "2026-11-24", "outcome": "ok"}


def test_a_visit_done_a_month_ago_is_not_on_the_phone(
    session: Session, known: Scene, phone: Phone
) -> None:
    home = places.household(session, known.unit)
    done(session, home, known.chen, on=clock.today() - timedelta(days=31))
    recent = done(session, home, known.chen, on=clock.today() - timedelta(days=30))
    phone.pull()
    assert phone.names("visit") == {str(recent.visit_id)}


def test_a_note_is_on_the_phones_of_those_who_were_there_only(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    record = done(session, home, known.chen, note="想换灯泡", note_agreed=True)
    mine, other = Phone(client(known.chen)), Phone(client(known.li))
    mine.pull()
    other.pull()
    assert mine.shelf("visit")[str(record.visit_id)]["record"]["note"] == "想换灯泡"
    assert "想换灯泡" not in str(other.rows)


def test_a_first_reading_can_be_broken_off_and_goes_on_where_it_was(
    session: Session, known: Scene, phone: Phone
) -> None:
    homes = places.households(session, known.unit, 12)
    for home in homes:
        visit(session, home, known.chen)
    answers = phone.pull(limit=5)
    assert answers > 3
    assert len(phone.names("household")) == len(phone.names("visit")) == 12


def test_a_message_read_elsewhere_is_read_on_this_phone_too(
    client: Clients, known: Scene, phone: Phone
) -> None:
    ticket = report(client(known.chen), known)
    accepted = client(known.committee).post(
        f"/tickets/{ticket}/moves", {"verb": "accept"}, version=1
    )
    assert accepted.status_code == 200, accepted.text
    phone.pull()
    assert [one["read_at"] for one in phone.shelf("inbox").values()] == [None]
    client(known.chen).post("/inbox/read-all")
    phone.pull()
    assert [one["read_at"] is None for one in phone.shelf("inbox").values()] == [False]


def test_an_answer_larger_than_a_kilobyte_is_compressed(
    session: Session, app: Flask, known: Scene, phone: Phone
) -> None:
    places.households(session, known.unit, 12)
    answer = phone.client.http.get("/api/v1/sync", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_a_bulk_change_that_the_feed_never_hears_of_is_refused(
    session: Session, known: Scene
) -> None:
    with pytest.raises(RuntimeError, match="never hears of"):
        session.execute(update(Visit).values(attempt=2))
    session.execute(update(Visit).values(attempt=2), execution_options=changes.NOTED)


def test_what_was_rolled_back_is_not_in_the_feed(
    session: Session, known: Scene, phone: Phone
) -> None:
    phone.pull()
    before = phone.cursor
    home = places.household(session, known.unit)
    phone.pull()
    assert phone.names("household") == {str(home.id)}
    before = phone.cursor
    home.contact_name = "不算数"
    session.flush()
    session.rollback()
    identity.stored(session)
    phone.pull()
    assert phone.cursor == before
