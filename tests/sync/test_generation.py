"""The server comes back from a backup: phones notice, start anew and offer again what they sent."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import cli
from app.core import clock, duties
from app.core.db import database, reading, transaction
from app.sync import queries, service
from app.sync.rules import TOMBSTONES_KEPT_DAYS
from app.visits.rules import VisitState
from tests.clients import Client
from tests.factories import identity, places
from tests.factories.visits import Scene, visit
from tests.sync.backup import played_back, taken
from tests.sync.phone import Phone

Clients = Callable[..., Client]


@pytest.fixture
def phone(client: Clients, known: Scene) -> Phone:
    return Phone(client(known.chen))


def test_a_new_phone_is_not_asked_to_offer_anything_again(known: Scene, phone: Phone) -> None:
    assert phone.client.get("/sync").json["offer_again"] is False


def test_a_phone_that_knows_more_than_the_server_shows_that_it_came_back_from_a_backup(
    session: Session, known: Scene, phone: Phone
) -> None:
    kept = visit(session, places.household(session, known.unit), known.chen)
    phone.pull()
    generation = phone.generation
    backup = taken(database())
    lost = visit(session, places.household(session, known.unit, "302"), known.chen)
    phone.pull()
    assert phone.names("visit") == {str(kept.id), str(lost.id)}
    played_back(database(), backup)
    phone.pull()
    assert phone.generation != generation
    assert phone.offered_again == 2, "once at its first reading, once now"
    assert phone.names("visit") == {str(kept.id)}
    phone.pull()
    assert phone.offered_again == 2, "once at its first reading, once now"


def test_the_operators_word_is_enough_where_no_phone_has_noticed(
    app: Flask, session: Session, known: Scene, phone: Phone
) -> None:
    """After the backup more happened than was lost, so that no number gives it away."""
    home = places.household(session, known.unit)
    visit(session, home, known.chen)
    phone.pull()
    backup = taken(database())
    lost = visit(session, home, known.chen)
    phone.pull()
    played_back(database(), backup)
    cli.register(app)
    answer = app.test_cli_runner().invoke(args=["honglin", "restored"])
    assert answer.exit_code == 0, answer.output
    for _ in range(3):
        visit(session, home, known.chen)
    phone.pull()
    assert phone.offered_again == 2, "once at its first reading, once now"
    assert str(lost.id) not in phone.names("visit")
    assert len(phone.names("visit")) == 4


def test_of_many_who_notice_at_once_one_renews_for_all(known: Scene, phone: Phone) -> None:
    phone.pull()
    with reading() as looking:
        old = queries.generation(looking)
    first = service.renew(old)
    assert service.renew(old) == first != old


def test_a_cursor_that_was_not_signed_here_starts_from_nothing(
    session: Session, known: Scene, phone: Phone
) -> None:
    going = visit(session, places.household(session, known.unit), known.chen)
    phone.pull()
    assert phone.cursor
    phone.cursor = phone.cursor[:-3] + "abc"
    phone.rows.clear()
    phone.pull()
    assert phone.names("visit") == {str(going.id)}
    assert phone.offered_again == 2, "once at its first reading, once now"


def test_a_forged_number_does_not_make_every_phone_start_anew(known: Scene, phone: Phone) -> None:
    phone.pull()
    generation = phone.generation
    assert phone.cursor
    text, _, signature = phone.cursor.rpartition("~")
    phone.cursor = f"{text}9~{signature}"
    phone.pull()
    assert phone.generation == generation


def test_pointers_to_what_was_forgotten_long_ago_go_and_a_phone_in_a_drawer_starts_anew(
    session: Session, client: Clients, known: Scene, phone: Phone
) -> None:
    home = places.household(session, known.unit)
    old, open_ = visit(session, home, known.chen), visit(session, home, known.chen)
    phone.pull()
    drawer = phone.cursor
    old.state = VisitState.CANCELLED
    identity.stored(session, old)
    phone.pull()
    later = clock.today() + timedelta(days=TOMBSTONES_KEPT_DAYS + 1)
    with transaction() as writing:
        duties.DUTIES["sync.drop_old_pointers"](writing, later)
    answer = phone.client.get("/sync", cursor=phone.cursor)
    assert answer.status_code == 204, "who was there sees nothing of it"
    asleep = Phone(client(known.chen), drawer, phone.generation, dict(phone.rows))
    fresh = asleep.client.get("/sync", cursor=drawer).json["scopes"]
    assert [scope["fresh"] for scope in fresh] == [True]
    asleep.pull()
    assert asleep.names("visit") == {str(open_.id)}


def test_dropping_old_pointers_in_the_middle_of_a_first_reading_does_no_harm(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    visits = [visit(session, home, known.chen) for _ in range(6)]
    visits[5].state = VisitState.CANCELLED
    identity.stored(session, visits[5])
    later = clock.today() + timedelta(days=TOMBSTONES_KEPT_DAYS + 1)
    with transaction() as writing:
        duties.DUTIES["sync.drop_old_pointers"](writing, later)
    phone = Phone(client(known.chen))
    assert phone.pull(limit=2) < 10
    assert phone.names("visit") == {str(one.id) for one in visits[:5]}
