"""Between two tests nothing is left, whoever wrote it."""

import sqlite3

import psycopg
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.db import Base, Database
from tests import emptying
from tests.factories.places import household
from tests.factories.visits import scene, visit

PUT = "INSERT INTO known_version (name, version) VALUES ('somebody else', 1)"


def rows(database: Database) -> dict[str, int]:
    """How many rows each table has that has any."""
    with database.engine.connect() as connection:
        counted = {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
    return {name: number for name, number in counted.items() if number}


def written_from_outside(database: Database) -> None:
    """By a program that knows nothing of this one's sessions and engines."""
    if database.is_sqlite:
        with sqlite3.connect(str(database.url.database)) as connection:
            connection.execute(PUT)
        connection.close()
        return
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    copying = "COPY known_version (name, version) FROM STDIN"
    with psycopg.connect(address) as connection, connection.cursor().copy(copying) as copy:
        copy.write_row(("somebody else", 1))


@pytest.mark.filterwarnings("ignore:Cannot correctly sort tables")
@pytest.mark.parametrize("dead_at_most", [0, emptying.DEAD_AT_MOST])
def test_every_row_goes_and_so_do_those_that_others_wrote(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch, dead_at_most: int
) -> None:
    monkeypatch.setattr(emptying, "DEAD_AT_MOST", dead_at_most)
    database: Database = app.extensions["database"]
    known = scene(session)
    visit(session, household(session, known.unit, "101"), known.chen)
    session.commit()
    written_from_outside(database)
    found = rows(database)
    assert {"person", "place", "visit", "known_version"} <= found.keys()
    emptying.empty(database)
    assert rows(database) == {}
    emptying.empty(database)  # and of nothing nothing is left
    assert rows(database) == {}
