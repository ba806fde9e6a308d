"""Identifiers that travel as one value find what an IN of them finds."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import outbox
from app.core.among import among, given, one_of
from app.core.db import database, uuid7
from app.core.outbox import OutboxRow
from app.core.prepared import Prepared

PREPARED = Prepared(
    lambda dialect: select(OutboxRow.id).where(one_of(dialect, OutboxRow.id, given("ids")))
)


@pytest.mark.parametrize("number", [0, 1, 3, 600])
def test_those_that_are_named_are_found(session: Session, number: int) -> None:
    outbox.enqueue_all(session, "parcel", {f"key {index}": {} for index in range(620)})
    every = list(session.scalars(select(OutboxRow.id)))
    wanted = {*every[:number], uuid7()}
    found = session.scalars(select(OutboxRow.id).where(among(OutboxRow.id, wanted, session))).all()
    assert sorted(found) == sorted(every[:number])
    rows = PREPARED.all(session, {"ids": frozenset(wanted)})
    assert sorted(row.id for row in rows) == sorted(every[:number])
    assert session.scalars(select(OutboxRow.id).where(among(OutboxRow.id, (), session))).all() == []


def test_postgresql_does_not_unfold_them_for_each_row(session: Session) -> None:
    if database().is_sqlite:
        return
    asked = select(OutboxRow.id).where(among(OutboxRow.id, [uuid7()], session))
    text = str(asked.compile(session.connection()))
    assert text.endswith("= ANY (%(param_1)s::UUID[])"), text
