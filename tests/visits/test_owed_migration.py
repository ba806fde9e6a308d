"""Visits, and who goes along, outlive a change of what purposes there are, there and back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import inspect, select, text

from app import cli
from app.core.db import database, reading, transaction
from app.places.models import Household
from app.visits.models import Visit, VisitPartner
from app.visits.rules import Purpose
from tests.factories import places
from tests.factories.visits import scene, visit
from tests.migrated import migrated


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A migrated database with an old purpose and a new one."""
    with migrated(request.param, tmp_path) as app:
        with app.app_context(), transaction() as session:
            known = scene(session)
            home = places.household(session, known.unit, known_since=date(2020, 1, 1))
            for purpose in (Purpose.SAFETY, Purpose.ASKED):
                visit(session, home, known.chen, known.li, purpose=purpose)
        yield app


def purposes() -> list[str]:
    with reading() as session:
        return sorted(session.scalars(text("SELECT purpose FROM visit")))


def test_going_back_new_purposes_become_ordinary_and_nothing_else_is_lost(filled: Flask) -> None:
    with filled.app_context():
        command.downgrade(cli.alembic_config(), "0021")
        assert purposes() == ["routine", "safety"]
        columns = {one["name"] for one in inspect(database().engine).get_columns("household")}
        assert "known_since" not in columns
        command.upgrade(cli.alembic_config(), "head")
        with transaction() as session:
            for asked in session.scalars(select(Visit).where(Visit.purpose == Purpose.ROUTINE)):
                asked.purpose = Purpose.CALL_BACK
        assert purposes() == ["call_back", "safety"]
        with reading() as session:
            assert len(session.scalars(select(VisitPartner)).all()) == 2
            (home,) = session.scalars(select(Household)).all()
            assert (home.known_since or date.min) > date(2020, 1, 1)
