"""A ticket read to be shown is the ticket that is there, and reading it costs few statements."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import DetachedInstanceError

from app.core.db import Base, database
from app.tickets import present, queries
from app.tickets.models import Ticket
from app.tickets.rules import PhotoPhase, Verb
from app.tickets.service import add_note, add_photos
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act

SEATS = ("committee", "property", "social", "volunteer", "owners")


def lived(session: Session, here: Neighbourhood) -> Ticket:
    """A ticket with helpers, clocks, a long timeline and pictures."""
    ticket = tickets.started(session, here, co=("social",))
    seen = tickets.picture(session, here.actors["property"])
    add_photos(session, here.actors["property"], ticket.id, PhotoPhase.BEFORE, [seen])
    add_note(session, here.actors["volunteer"], ticket.id, "五楼也不亮", [])
    act(session, here, ticket, "social", Verb.FINISH_PART, what_was_done="看过了")
    session.flush()
    return ticket


def columns(row: Base) -> dict[str, Any]:
    return {one.key: getattr(row, one.key) for one in inspect(type(row)).column_attrs}


def test_all_that_stands_behind_a_ticket_is_read_as_it_is(
    session: Session, here: Neighbourhood
) -> None:
    ticket = lived(session, here)
    session.expire_all()
    found = queries.shown(session, here.actors["committee"], ticket.id)
    assert columns(found) == columns(ticket)
    assert columns(found.place) == columns(ticket.place)
    for part in ("helpers", "clocks", "entries", "photos"):
        rows = getattr(found, part)
        assert [columns(row) for row in rows] == [columns(row) for row in getattr(ticket, part)]
        assert rows, part
        assert not any(inspect(row).unloaded for row in rows)
    assert not inspect(found).unloaded, "what is not read here cannot be shown"


def test_what_is_shown_is_the_same_as_of_a_ticket_that_was_just_moved(
    session: Session, here: Neighbourhood
) -> None:
    ticket = lived(session, here)
    for word in SEATS:
        actor = here.actors[word]
        read = present.detail(session, actor, queries.shown(session, actor, ticket.id))
        assert read == present.detail(session, actor, ticket)


def test_a_ticket_that_is_read_to_be_shown_belongs_to_no_session(
    session: Session, here: Neighbourhood
) -> None:
    ticket = lived(session, here)
    found = queries.shown(session, here.actors["committee"], ticket.id)
    found.text = "改了"
    session.flush()
    session.refresh(ticket)
    assert ticket.text != "改了"
    assert found not in session
    del found.__dict__["entries"]
    with pytest.raises(DetachedInstanceError):
        _ = found.entries


def test_looking_at_a_ticket_costs_no_statement_more_for_a_longer_story(
    app: Flask, session: Session, here: Neighbourhood, client: Callable[..., Client]
) -> None:
    short, long = tickets.dispatched(session, here), lived(session, here)
    for no in range(12):
        add_note(session, here.actors["volunteer"], long.id, f"还是不亮，第 {no} 天", [])
    session.commit()
    clerk = client(here.people["committee"])
    first, second = (_statements(clerk, one) for one in (short, long))
    assert second == first <= 10


def _statements(clerk: Client, ticket: Ticket) -> int:
    """How many statements one look takes, once the process knows what it keeps."""
    engine, asked = database().engine, []

    def hear(*said: Any) -> None:
        asked.append(said[2])

    clerk.get(f"/tickets/{ticket.id}")
    event.listen(engine, "before_cursor_execute", hear)
    try:
        answer = clerk.get(f"/tickets/{ticket.id}")
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    assert answer.status_code == 200
    return len(asked)
