"""Rows that are written together are written as one by one."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.core import clock, numbering, outbox, upsert
from app.core.db import database, uuid7
from app.core.numbering import FeedChange, FeedScope, Scope
from app.core.outbox import OutboxRow, State
from app.identity.models import Person
from app.notifications.models import InboxItem
from app.notifications.rules.telling import Kind
from app.notifications.service import telling
from tests.factories.identity import person

NOON = datetime(2026, 11, 24, 4, 0, 0, 123456, tzinfo=UTC)
MANY = upsert.MANY + 8
ODD = "“引号”' \\ \" , {} \n → 🏠"

alike = pytest.mark.parametrize("number", [upsert.MANY - 1, MANY])


def item(who: Person, about: UUID, title: str) -> dict[str, object]:
    return {
        "id": uuid7(),
        "person_id": who.id,
        "kind": Kind.VISIT_NEWS,
        "about": about,
        "created_at": NOON,
        "organisation_id": None,
        "title": title,
        "body": ODD,
        "link": "/today",
        "seat": "reporter",
        "digest_at": NOON,
    }


@alike
def test_what_is_there_is_renewed_and_the_answer_says_which(session: Session, number: int) -> None:
    people, about = [person(session) for _ in range(number)], uuid7()
    session.commit()
    first = telling.RENEW.run(session, [item(who, about, "先") for who in people[: number // 2]])
    again = telling.RENEW.run(session, [item(who, about, "后") for who in people])
    session.commit()
    before, after = ({row.person_id: row.id for row in rows} for rows in (first, again))
    assert after.keys() == {who.id for who in people}
    assert before.items() <= after.items()
    found = session.scalars(select(InboxItem)).all()
    assert {one.person_id: one.id for one in found} == after
    assert {(one.title, one.body, one.kind) for one in found} == {("后", ODD, Kind.VISIT_NEWS)}
    assert {(one.created_at, one.digest_at, one.read_at) for one in found} == {(NOON, NOON, None)}
    assert {one.organisation_id for one in found} == {None}


@alike
def test_a_row_of_the_outbox_is_whole_and_there_once(session: Session, number: int) -> None:
    payloads = {f"key {index}": {"n": index, "said": [ODD, None]} for index in range(number)}
    with clock.frozen(NOON):
        for _ in range(2):
            outbox.enqueue_all(session, "parcel", payloads)
    session.commit()
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "parcel")).all()
    assert {row.dedup_key: row.payload for row in rows} == payloads
    assert len(rows) == len({row.id for row in rows}) == number
    assert {(row.state, row.attempts, row.lost) for row in rows} == {(State.WAITING, 0, 0)}
    assert {(row.due_at, row.created_at, row.lease_until) for row in rows} == {(NOON, NOON, None)}


@alike
def test_numbers_are_taken_scope_by_scope(session: Session, number: int) -> None:
    scopes = [Scope("person", uuid7()) for _ in range(number)]
    lying = {
        scope: {("inbox", uuid7()): date(2027, 1, 2), ("x", uuid7()): None} for scope in scopes
    }
    for _ in range(2):
        numbering.point(session, lying)
    session.commit()
    keys = {row.id: row.key for row in session.scalars(select(FeedScope))}
    found: dict[UUID, dict[tuple[str, UUID], tuple[int, date | None]]] = {}
    for row in session.scalars(select(FeedChange)):
        found.setdefault(keys[row.scope_id], {})[row.kind, row.row_id] = row.seq, row.until
    assert found == {
        scope.key: {key: (3 + place, until) for place, (key, until) in enumerate(rows.items())}
        for scope, rows in lying.items()
    }


def test_postgresql_is_told_once_of_many(app: Flask) -> None:
    heard: list[bool] = []

    def hear(_c: object, _k: object, text: str, _g: object, _x: object, many: bool) -> None:
        if text.startswith("INSERT INTO outbox"):
            heard.append(many)

    engine = database().engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        with database().transaction() as session:
            outbox.enqueue_all(session, "parcel", {f"key {index}": {} for index in range(MANY)})
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    assert heard == [database().is_sqlite]
