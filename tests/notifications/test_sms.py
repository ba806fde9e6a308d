"""Text messages by a real gateway on loopback: what it hears, and what becomes of its answers."""

import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.core import clock, outbox, worker
from app.core.outbox import OutboxRow, State
from app.notifications.models import InboxItem
from app.notifications.rules.sms import Gateway, request
from app.notifications.rules.telling import Kind
from app.notifications.service import climbing
from tests.channels.receivers import Hooks, https_server
from tests.factories.identity import stored
from tests.factories.notifications import Cast
from tests.push_receiver.certificates import TestAuthority


@pytest.fixture
def gateway(app: Flask, tmp_path: Path) -> Iterator[Hooks]:
    before = dict(app.config)
    with https_server(TestAuthority(tmp_path).server()) as hooks:
        app.config.update(
            SMS_URL=f"https://localhost:{hooks.port}/send",
            SMS_CA_FILE=str(tmp_path / "ca.pem"),
            SMS_INNER=True,
            SMS_SECRET="geheim",
            SMS_EXPECTS='"code": 0',
        )
        yield hooks
    app.config.clear()
    app.config.update(before)


@pytest.fixture
def item(session: Session, people: Cast) -> InboxItem:
    made = InboxItem(
        person_id=people.dispatcher.id,
        kind=Kind.TICKET_TODO,
        title="【应急】王大爷家漏水，3栋1单元201",
        body="电话 13912345678",
        link="/tickets/1",
        about=people.lead_id,
    )
    stored(session, made)
    return made


def text_to(session: Session, item: InboxItem) -> OutboxRow:
    payload = {
        "item_id": str(item.id),
        "until": (clock.now() + timedelta(hours=4)).isoformat(),
    }
    outbox.enqueue(session, climbing.SMS, payload, f"sms:{item.id}")
    session.commit()
    worker.carry_all(climbing.SMS)
    return after(session)


def after(session: Session) -> OutboxRow:
    session.expire_all()
    return session.scalars(select(OutboxRow).where(OutboxRow.kind == climbing.SMS)).one()


def test_a_text_message_says_nothing_of_anybody(
    session: Session, people: Cast, gateway: Hooks, item: InboxItem
) -> None:
    gateway.answers = [(200, {"code": 0})]
    assert text_to(session, item).state is State.DONE
    (path, said), raw = gateway.got[0], gateway.bodies[0].decode()
    assert path == "/send"
    assert said == {
        "phone": people.dispatcher.phone,
        "text": "【红邻】有一件应急的事等您处理，请打开红邻查看。",
    }
    assert not any(word in raw for word in ("王大爷", "201", "13912345678", "tickets"))


def test_it_is_signed_so_that_the_gateway_knows_us(app: Flask) -> None:
    made = request(
        Gateway(
            url="https://g/send?to={phone}&s={sign}",
            body="m={text}&t={time}",
            content_type="application/x-www-form-urlencoded",
            text="急&急",
            secret="geheim",
        ),
        "13900000000",
        1700000000,
    )
    sign = hmac.new(b"geheim", b"1700000000.13900000000", sha256).hexdigest()
    assert made.url == f"https://g/send?to=13900000000&s={sign}"
    assert made.body == b"m=%E6%80%A5%26%E6%80%A5&t=1700000000"
    whole = hmac.new(b"geheim", b"1700000000." + made.body, sha256).hexdigest()
    assert made.headers["X-Honglin-Signature"] == f"t=1700000000,v1={whole}"


def test_a_text_cannot_break_out_of_json() -> None:
    gateway = Gateway(
        url="https://g", body='{"t":"{text}"}', content_type="application/json", text='a"},{"b'
    )
    assert json.loads(request(gateway, "1", 0).body) == {"t": 'a"},{"b'}


def test_what_was_read_meanwhile_is_not_sent(
    session: Session, gateway: Hooks, item: InboxItem
) -> None:
    item.read_at = clock.now()
    session.commit()
    assert text_to(session, item).state is State.DONE
    assert gateway.got == []


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((503, {}), State.WAITING),
        ((429, {}), State.WAITING),
        ((400, {}), State.DEAD),
        ((302, {}), State.DEAD),
        ((200, {"code": 7}), State.DEAD),
    ],
)
def test_a_gateway_that_is_down_is_asked_again_and_one_that_refuses_is_not(
    session: Session, gateway: Hooks, item: InboxItem, answer: Any, state: State
) -> None:
    gateway.answers = [answer]
    assert text_to(session, item).state is state
    assert len(gateway.got) == 1


def test_it_is_asked_four_times_and_no_more(
    session: Session, gateway: Hooks, item: InboxItem
) -> None:
    gateway.answers = [(503, {})] * 9
    text_to(session, item)
    for _ in range(6):
        with clock.frozen(after(session).due_at + timedelta(seconds=1)):
            worker.carry_all(climbing.SMS)
    assert len(gateway.got) == 4
    assert after(session).state is State.DEAD


def test_the_number_is_in_no_row_of_the_outbox(
    session: Session, people: Cast, gateway: Hooks, item: InboxItem
) -> None:
    gateway.answers = [(400, {"echo": people.dispatcher.phone})]
    text_to(session, item)
    kept = str(session.execute(text("SELECT * FROM outbox")).all())
    assert people.dispatcher.phone not in kept


def test_a_gateway_inside_is_not_called_unless_the_operator_says_so(
    app: Flask, session: Session, gateway: Hooks, item: InboxItem
) -> None:
    app.config["SMS_INNER"] = False
    assert text_to(session, item).state is State.DEAD
    assert gateway.got == []


def test_a_gateway_without_https_is_refused_at_start(app: Flask) -> None:
    from app.notifications import setting  # noqa: PLC0415 - beside what it tries

    before = app.config["SMS_URL"]
    app.config["SMS_URL"] = "http://sms.example.test"
    try:
        with pytest.raises(ValueError, match="https"):
            setting.prepare(app)
    finally:
        app.config["SMS_URL"] = before
