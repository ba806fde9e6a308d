"""Tickets from before there were clocks get theirs after the migration, from their timeline."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import select

from app import cli
from app.core import worker
from app.core.db import reading, transaction
from app.tickets.models import Ticket, TicketClock
from tests.factories import tickets
from tests.migrated import migrated

Written = list[tuple[object, ...]]


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A migrated database with tickets in several states."""
    with migrated(request.param, tmp_path) as app:
        with app.app_context(), transaction() as session:
            here = tickets.neighbourhood(session)
            tickets.report(session, here)
            tickets.started(session, here, co=("social",))
            tickets.resolved(session, here)
            tickets.report(session, here, category="emergency.burst_flood")
            tickets.closed(session, here)
        yield app


def written() -> tuple[Written, Written]:
    """When each ticket is due, and the clocks of those that are not over."""
    with reading() as session:
        dues = select(Ticket.id, Ticket.due_at, Ticket.warn_at, Ticket.version).order_by(Ticket.id)
        rows = (
            select(
                TicketClock.ticket_id,
                TicketClock.no,
                TicketClock.holder,
                TicketClock.kind,
                TicketClock.started_at,
                TicketClock.due_at,
                TicketClock.ended_at,
                TicketClock.met,
            )
            .join(Ticket)
            .where(Ticket.closed_at.is_(None))
            .order_by(TicketClock.ticket_id, TicketClock.no)
        )
        return (
            [tuple(row) for row in session.execute(dues)],
            [tuple(row) for row in session.execute(rows)],
        )


def test_after_the_migration_the_worker_tells_the_clocks_of_what_is_open(filled: Flask) -> None:
    with filled.app_context():
        before = written()
        command.downgrade(cli.alembic_config(), "0005")
        command.upgrade(cli.alembic_config(), "head")
        assert not written()[1]
        while worker.work_once():
            pass
        assert written() == before
        assert len(before[1]) > 6
