"""Suggestions over HTTP, and the daily duty that learns them from what was closed here."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock, duties, outbox, worker
from app.core.audit import AuditRow
from app.core.db import reading
from app.core.idempotency import Remembered
from app.identity.models import Person
from app.tickets.models import SuggestionModel, Ticket
from app.tickets.queries.learning import learnt
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories.tickets import Neighbourhood, closed, report

Suggested = list[dict[str, Any]]


@pytest.fixture
def phone(
    session: Session, here: Neighbourhood, client: Callable[[Person | None], Client]
) -> Iterator[Client]:
    """A volunteer's phone."""
    with unwatched():
        session.commit()
        yield client(here.people["volunteer"])


def asked(phone: Client, text: str) -> Suggested:
    answer = phone.post("/tickets/suggest", {"text": text})
    assert answer.status_code == 200, answer.json
    found: Suggested = (answer.json or {})["items"]
    return found


def learn(session: Session) -> None:
    """One day's duty and what it plans, done as the worker does it."""
    with unwatched():
        session.commit()
    with unwatched():
        duties.DUTIES["tickets.learn_categories"](session, clock.today())
        session.commit()
        while worker.work_once():
            pass


def many_closed(session: Session, here: Neighbourhood, count: int, **said: Any) -> None:
    """One ticket to its end, and others that say the same and ended too."""
    first = closed(session, here, **said)
    with unwatched():
        session.flush()
        copied = {
            column.name: getattr(first, column.name)
            for column in Ticket.__table__.columns
            if column.name not in ("id", "number", "version")
        }
        session.add_all(Ticket(number=f"copy-{number}", **copied) for number in range(1, count))
        session.flush()


def rows(*kinds: Any) -> list[int]:
    with reading() as session:
        return [session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds]


def test_a_text_gets_names_a_reason_and_who_leads(phone: Client) -> None:
    first = asked(phone, "三楼楼道灯不亮")[0]
    assert first == {
        "category": "facility.power_lighting",
        "name": "公共照明用电",
        "emergency": False,
        "lead_party": "property",
        "why": "提到了“楼道”“灯”",
    }


def test_an_emergency_is_said_to_be_one(phone: Client) -> None:
    first = asked(phone, "有人困在电梯里")[0]
    assert (first["category"], first["emergency"]) == ("emergency.lift_entrapment", True)


def test_asking_leaves_nothing_behind(phone: Client) -> None:
    kinds = (AuditRow, Remembered, outbox.OutboxRow, SuggestionModel)
    before = rows(*kinds)
    asked(phone, "王阿姨家的电话打不通，三天没见人")
    assert rows(*kinds) == before


def test_asking_does_not_wait_for_who_writes(app: Flask, session: Session, phone: Client) -> None:
    """Somebody is in the middle of a write; on SQLite the next writer would have to wait."""
    session.execute(select(Person).limit(1)).all()
    assert asked(phone, "楼道灯不亮")


def test_only_who_is_signed_in_may_ask(client: Callable[..., Client]) -> None:
    assert client().post("/tickets/suggest", {"text": "灯不亮"}).status_code == 401


@pytest.mark.parametrize("text", ["", "长" * 501])
def test_a_text_is_as_long_as_a_report(phone: Client, text: str) -> None:
    assert phone.post("/tickets/suggest", {"text": text}).status_code == 422


def test_without_closed_tickets_nothing_is_learnt(session: Session) -> None:
    learn(session)
    assert rows(SuggestionModel) == [0]
    assert learnt(session) is None


def test_what_was_closed_here_is_learnt_over_night(
    session: Session, here: Neighbourhood, client: Callable[..., Client]
) -> None:
    many_closed(session, here, 70, category="order.noise", text="小白楼又来了")
    report(session, here, category="order.pet", text="小白楼又来了，还没有办结")
    learn(session)
    with unwatched():
        phone = client(here.people["volunteer"])
        first = asked(phone, "小白楼")[0]
    assert first["category"] == "order.noise"
    assert first["why"] == "和以前办结的这类事说法相近"
    model = learnt(session)
    assert model is not None
    assert model.texts == {"order.noise": 70}


def test_a_day_without_news_keeps_what_was_learnt(session: Session, here: Neighbourhood) -> None:
    closed(session, here)
    closed(session, here)
    learn(session)
    first = session.scalars(select(SuggestionModel.id)).all()
    with clock.frozen(clock.now() + timedelta(days=1)):
        learn(session)
    session.expire_all()
    assert session.scalars(select(SuggestionModel.id)).all() == first
    closed(session, here, text="路灯不亮")
    with clock.frozen(clock.now() + timedelta(days=2)):
        learn(session)
    second = session.scalars(select(SuggestionModel.id)).all()
    assert len(second) == 1
    assert second != first
