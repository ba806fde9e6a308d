"""Climbing the ladder: one chain for an item, and nothing left of what was not needed."""

import random
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.channels import rules as channels
from app.channels.models import OwnChannel, OwnChannelUse
from app.channels.service import sending
from app.core import clock, worker
from app.core.events import publish
from app.core.outbox import OutboxRow
from app.core.outbox import State as Row
from app.identity.models import Person
from app.notifications.models import InboxItem
from app.notifications.rules.telling import Kind, Pressing, Seat, Tell
from app.notifications.service import climbing
from app.notifications.service.telling import Subject, tell
from app.tickets.rules import Verb
from tests.auditing import unwatched
from tests.factories.notifications import Cast, moved
from tests.notifications.told import NIGHT, NOON


def channel(session: Session, who: Person) -> OwnChannel:
    """A mail address in use."""
    made = OwnChannel(
        person_id=who.id,
        kind=channels.Kind.MAIL,
        address="a@example.test",
        address_blind="x",
        state=channels.State.READY,
        salt="",
        code_until=clock.now(),
    )
    with unwatched():
        session.add(made)
        session.flush()
        session.add(OwnChannelUse(channel_id=made.id))
        session.commit()
    return made


def happens(session: Session, people: Cast, *, emergency: bool = False, **more: object) -> None:
    publish(session, moved(people, Verb.DISPATCH, emergency=emergency, **more))
    session.commit()


def read(session: Session, who: Person) -> None:
    for item in session.scalars(select(InboxItem).where(InboxItem.person_id == who.id)):
        item.read_at = item.read_at or clock.now()
    session.commit()


def rows(session: Session, kind: str) -> list[OutboxRow]:
    session.expire_all()
    return list(
        session.scalars(select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.due_at))
    )


def work() -> None:
    while worker.work_once():
        pass


@pytest.fixture
def texts(app: Flask) -> Iterator[None]:
    """A gateway is set up; nothing is sent to it here."""
    before = app.config["SMS_URL"]
    app.config["SMS_URL"] = "https://sms.example.test/send"
    yield
    app.config["SMS_URL"] = before


def test_who_has_no_way_above_push_has_no_chain(session: Session, people: Cast) -> None:
    with clock.frozen(NOON):
        happens(session, people, emergency=True)
    assert rows(session, climbing.KIND) == []


def test_today_comes_by_ones_own_channel_after_four_hours(session: Session, people: Cast) -> None:
    own = channel(session, people.dispatcher)
    with clock.frozen(NOON):
        happens(session, people)
    (step,) = rows(session, climbing.KIND)
    assert step.due_at == NOON + timedelta(hours=4)
    with clock.frozen(NOON + timedelta(hours=3)):
        work()
        assert rows(session, sending.KIND) == []
    with clock.frozen(NOON + timedelta(hours=4)):
        work()
    (row,) = rows(session, sending.KIND)
    assert row.payload["channel_id"] == str(own.id)
    assert row.payload["title"] == "有一件工单派给你们，请接单"
    assert [one.state for one in rows(session, climbing.KIND)] == [Row.DONE], "and no SMS after it"


def test_what_was_read_is_taken_no_further(session: Session, people: Cast, texts: None) -> None:
    channel(session, people.dispatcher)
    with clock.frozen(NOON):
        happens(session, people, emergency=True)
    with clock.frozen(NOON + timedelta(minutes=3)):
        work()
        assert len(rows(session, sending.KIND)) == 1
        read(session, people.dispatcher)
    with clock.frozen(NOON + timedelta(minutes=30)):
        work()
    names = {row.payload["item_id"] for row in rows(session, climbing.SMS)}
    mine = session.scalars(select(InboxItem.id).where(InboxItem.person_id == people.dispatcher.id))
    assert not names & {str(one) for one in mine}


def test_an_emergency_goes_on_to_a_text_message(
    session: Session, people: Cast, texts: None
) -> None:
    channel(session, people.dispatcher)
    with clock.frozen(NIGHT):
        happens(session, people, emergency=True)
    with clock.frozen(NIGHT + timedelta(minutes=2)):
        work()
        assert (len(rows(session, sending.KIND)), rows(session, climbing.SMS)) == (1, [])
    with clock.frozen(NIGHT + timedelta(minutes=5)):
        work()
        work()
    items = {row.payload["item_id"] for row in rows(session, climbing.SMS)}
    mine = session.scalars(select(InboxItem.id).where(InboxItem.person_id == people.dispatcher.id))
    assert {str(one) for one in mine} <= items


def test_at_night_only_who_has_to_go_is_reached(
    session: Session, people: Cast, texts: None
) -> None:
    channel(session, people.clerk)  # the committee hears of it, but need not go
    with clock.frozen(NIGHT):
        happens(session, people, emergency=True, actor_id=None)
    with clock.frozen(NIGHT + timedelta(hours=1)):
        work()
        work()
    told = {row.payload["item_id"] for row in rows(session, climbing.SMS)}
    clerks = session.scalars(select(InboxItem.id).where(InboxItem.person_id == people.clerk.id))
    assert not told & {str(one) for one in clerks}
    assert rows(session, sending.KIND) == []


def told(session: Session, who: Person, about: UUID, *pressings: Pressing) -> None:
    """The same item, told for the organisation that it is about, again and again while unread."""
    for pressing in pressings:
        line = Tell(Seat.LEAD, Kind.TICKET_TODO, f"一件事 {pressing}", pressing)
        tell(session, {line: {who.id: about}}, Subject(id=about, link="/tickets/1", body=""))
    with unwatched():
        session.commit()


def test_the_same_item_told_twice_has_one_chain(session: Session, people: Cast) -> None:
    channel(session, people.dispatcher)
    with clock.frozen(NOON):
        told(session, people.dispatcher, people.lead_id, Pressing.TODAY, Pressing.TODAY)
    assert len(rows(session, climbing.KIND)) == 1


def test_what_becomes_an_emergency_leaves_the_slow_chain(session: Session, people: Cast) -> None:
    channel(session, people.dispatcher)
    with clock.frozen(NOON):
        told(session, people.dispatcher, people.lead_id, Pressing.TODAY, Pressing.EMERGENCY)
    assert len(rows(session, climbing.KIND)) == 2
    for minutes in (2, 5, 300):
        with clock.frozen(NOON + timedelta(minutes=minutes)):
            work()
    sent = [row.payload["title"] for row in rows(session, sending.KIND)]
    assert sent == ["一件事 emergency"]


def test_a_day_has_so_many_text_messages_and_one_person_fewer(
    app: Flask, session: Session, people: Cast, texts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SMS_MOST_FOR_ONE", 2)
    monkeypatch.setitem(app.config, "SMS_MOST_A_DAY", 5)
    with clock.frozen(NOON):
        for _ in range(4):
            happens(session, people, emergency=True)
    with clock.frozen(NOON + timedelta(minutes=6)):
        work()
    told = [row.payload["item_id"] for row in rows(session, climbing.SMS)]
    items = {str(one.id): one.person_id for one in session.scalars(select(InboxItem))}
    people_told = [items[one] for one in told]
    assert max(people_told.count(one) for one in people_told) == 2
    assert len(told) <= 5


@pytest.mark.parametrize("seed", range(4))
def test_whoever_reads_when_hears_nothing_after_it(
    session: Session, people: Cast, texts: None, seed: int
) -> None:
    """Random moments of reading, and a clock that jumps forth and back between them."""
    dice = random.Random(seed)
    channel(session, people.dispatcher)
    with clock.frozen(NOON):
        happens(session, people, emergency=True)
    read_after = dice.randrange(1, 9)
    quiet_since = None
    for turn in range(10):
        with clock.frozen(NOON + timedelta(minutes=dice.randrange(0, 12) + turn)):
            work()
            if turn == read_after:
                read(session, people.dispatcher)
                quiet_since = len(_mine(session, people.dispatcher))
    assert quiet_since is not None
    assert len(_mine(session, people.dispatcher)) == quiet_since
    names = [row.dedup_key for row in rows(session, climbing.KIND)]
    assert len(names) == len(set(names))


def _mine(session: Session, who: Person) -> list[OutboxRow]:
    items = {
        str(one)
        for one in session.scalars(select(InboxItem.id).where(InboxItem.person_id == who.id))
    }
    both = rows(session, sending.KIND) + rows(session, climbing.SMS)
    return [row for row in both if row.payload.get("item_id") in items]
