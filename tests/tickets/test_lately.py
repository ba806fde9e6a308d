"""What was reported of late is kept by every process, and is never older than the look."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core import clock, known
from app.core.db import Database
from app.tickets.models import Ticket
from app.tickets.queries import lately
from app.tickets.rules import Verb
from tests.auditing import unwatched
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Look = Callable[..., dict[str, int]]


@pytest.fixture
def old(session: Session, here: Neighbourhood) -> Ticket:
    """A report of yesterday, which everybody knows of."""
    with clock.frozen(clock.now() - DAY):
        ticket = tickets.report(session, here)
        session.commit()
    return ticket


@pytest.fixture
def look(app: Flask, here: Neighbourhood) -> Look:
    """Another process that has looked before and looks again: what it finds, by group."""
    database: Database = app.extensions["database"]

    def found(estate_id: UUID | None = None) -> dict[str, int]:
        with database.looking() as other:
            counts = lately.counts(other, estate_id or here.estate.id)
        return {group: number for here in counts.values() for group, number in here.items()}

    return found


def kept() -> int:
    """For how many looks something is kept."""
    return len(known.get(lately.KNOWN))


def test_a_second_look_counts_only_what_is_new(
    session: Session, here: Neighbourhood, old: Ticket, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert look() == {"facility": 1}
    monkeypatch.setattr(lately, "_settled", lambda *_: pytest.fail("counted all of it again"))
    tickets.report(session, here)
    assert look() == {"facility": 1}, "nobody knows of it yet"
    session.commit()
    assert look() == {"facility": 2}
    tickets.report(session, here)
    session.rollback()
    assert look() == {"facility": 2}


def test_an_old_report_of_another_kind_is_counted_there_at_once(
    session: Session, here: Neighbourhood, old: Ticket, look: Look
) -> None:
    assert look() == {"facility": 1}
    tickets.act(session, here, old, "committee", Verb.ACCEPT, category="environment.waste")
    assert look() == {"facility": 1}, "nobody knows of it yet"
    session.commit()
    assert look() == {"environment": 1}


def test_a_change_that_was_taken_back_changes_no_number(
    session: Session, here: Neighbourhood, old: Ticket, look: Look
) -> None:
    assert look() == {"facility": 1}
    tickets.act(session, here, old, "committee", Verb.ACCEPT, category="environment.waste")
    session.rollback()
    assert look() == {"facility": 1}
    assert kept() == 1


def test_a_move_alone_leaves_what_is_kept(
    session: Session, here: Neighbourhood, old: Ticket, look: Look
) -> None:
    assert look() == {"facility": 1}
    tickets.act(session, here, old, "committee", Verb.ACCEPT)
    session.commit()
    known.refresh(session, at_once=True)
    assert kept() == 1


def test_an_old_report_that_is_written_late_is_counted_at_once(
    session: Session, here: Neighbourhood, old: Ticket, look: Look
) -> None:
    """An import, or a transaction that took longer than anybody thought."""
    assert look() == {"facility": 1}
    with clock.frozen(clock.now() - HOUR):
        tickets.report(session, here, category="order.noise")
    session.commit()
    assert look() == {"facility": 1, "order": 1}


def test_a_report_that_is_gone_is_counted_no_more(
    session: Session, here: Neighbourhood, old: Ticket, look: Look
) -> None:
    assert look() == {"facility": 1}
    with unwatched():
        session.delete(old)
        session.commit()
    assert look() == {}


def test_another_process_that_knows_of_nothing_counts_the_same(
    session: Session, here: Neighbourhood, old: Ticket, look: Look, app: Flask
) -> None:
    tickets.report(session, here, category="order.noise")
    session.commit()
    here_and_now = look()
    known.forget(app)
    assert look() == here_and_now == {"facility": 1, "order": 1}


def test_one_estate_tells_nothing_of_another(
    session: Session, here: Neighbourhood, old: Ticket, look: Look
) -> None:
    other = tickets.neighbourhood(session)
    with unwatched():
        session.commit()
    assert (look(), look(other.estate.id)) == ({"facility": 1}, {})
    tickets.report(session, other, category="order.noise")
    session.commit()
    assert (look(), look(other.estate.id)) == ({"facility": 1}, {"order": 1})


def test_what_grows_older_than_ninety_days_falls_out(
    session: Session, here: Neighbourhood, old: Ticket, look: Look
) -> None:
    assert look() == {"facility": 1}
    with clock.frozen(clock.now() + 88 * DAY):
        assert look() == {"facility": 1}
    with clock.frozen(clock.now() + 91 * DAY):
        assert look() == {}
