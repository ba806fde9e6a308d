"""Prepared statements belong to the transaction of their session, like any others."""

import pytest
from flask import Flask
from sqlalchemy import Integer, String, bindparam, cast, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, PendingRollbackError
from sqlalchemy.orm import Session

from app.core import pipeline
from app.core.db import database
from app.core.known import KnownVersion
from app.core.prepared import Prepared

ADD = Prepared(insert(KnownVersion))
NAMED = select(KnownVersion.name).where(KnownVersion.name == bindparam("name"))
BY_ONE_PLAN = Prepared(NAMED, one_plan=True)
NO_NUMBER = Prepared(
    select(cast(bindparam("said", type_=String), Integer).label("number")), one_plan=True
)
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


def test_postgresql_plans_a_list_once_and_everything_else_as_before(app: Flask) -> None:
    with database().looking() as session:
        for name in ("test 1", "test 2", "test 1"):
            assert BY_ONE_PLAN.all(session, {"name": name}) == []
        if database().is_sqlite:
            return
        with pytest.raises(DBAPIError):
            NO_NUMBER.all(session, {"said": "none"})
        assert NO_NUMBER.first(session, {"said": "7"}).number == 7
        plans = text(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE '%known_version.name = %'"
        )
        assert session.execute(plans).one() == (3, 0)
        assert session.scalar(text("SHOW plan_cache_mode")) == "auto"
