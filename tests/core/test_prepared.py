"""Prepared statements belong to the transaction of their session, like any others."""

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.orm import Session

from app.core import pipeline
from app.core.db import database
from app.core.known import KnownVersion
from app.core.prepared import Prepared

ADD = Prepared(insert(KnownVersion))
LOOK = Prepared(select(KnownVersion.name).order_by(KnownVersion.name))


def names(session: Session) -> list[str]:
    return [row.name for row in LOOK.all(session, {}) if row.name.startswith("test")]


def add(session: Session, name: str) -> None:
    ADD.write(session, [{"name": name, "version": 1}])


def test_what_is_written_inside_a_savepoint_is_undone_with_it(app: Flask) -> None:
    with database().session(write=True) as session:
        add(session, "test 1")
        with session.begin_nested() as savepoint:
            add(session, "test 2")
            assert names(session) == ["test 1", "test 2"]
            pipeline.leave(session.connection())
            savepoint.rollback()
        add(session, "test 3")
        assert names(session) == ["test 1", "test 3"]
        session.rollback()
        assert names(session) == [], "of a transaction that was rolled back nothing is left"
        session.rollback()


def test_nothing_is_written_behind_a_failure_before_it_is_rolled_back(app: Flask) -> None:
    with database().session(write=True) as session:
        add(session, "test 1")
        session.add(KnownVersion(name="test 1", version=1))
        with pytest.raises(IntegrityError):
            session.flush()
        with pytest.raises(PendingRollbackError):
            add(session, "test 2")
        session.rollback()
        assert names(session) == []
