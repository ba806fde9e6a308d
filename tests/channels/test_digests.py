"""Morning and evening to who has no device that rings: one message through the channel of their
own, that says how much waits."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.channels.models import OwnChannel
from app.channels.rules import State
from app.channels.service import sending
from app.core import changes, clock, duties, worker
from app.core.db import reading, transaction
from app.core.events import publish
from app.core.outbox import OutboxRow
from app.core.outbox import State as Row
from app.notifications.models import InboxItem
from app.tickets.rules import Verb
from tests.auditing import unwatched
from tests.channels.receivers import MailServer
from tests.factories.notifications import Cast, cast, moved, subscription
from tests.notifications.test_ladder import channel
from tests.notifications.told import MORNING, NIGHT, NOON

EVENING = NOON + timedelta(hours=6)


@pytest.fixture
def people(session: Session) -> Cast:
    """The company's dispatcher has a mail address, and no telephone that rings."""
    made = cast(session)
    channel(session, made.dispatcher)
    return made


def tell(people: Cast, verb: Verb, at: datetime, **more: Any) -> None:
    with clock.frozen(at), transaction() as session:
        publish(session, moved(people, verb, **more))


def plan_and_make(moment: datetime) -> None:
    """The worker writes what is to leave, a little after this moment."""
    with clock.frozen(moment + timedelta(minutes=2)):
        with transaction() as session:
            duties.DUTIES["notifications.digests"](session, clock.today())
        while worker.work_once():
            pass


def leave(moment: datetime) -> None:
    with clock.frozen(moment + timedelta(minutes=2)):
        worker.carry_all(sending.KIND)


def pass_by(moment: datetime) -> None:
    plan_and_make(moment)
    leave(moment)


def test_it_says_how_much_waits_and_of_which_kinds_and_nothing_else(
    people: Cast, mails: MailServer
) -> None:
    for minutes in (0, 10):
        tell(people, Verb.DISPATCH, NIGHT + timedelta(minutes=minutes))
    tell(people, Verb.FINISH_PART, NIGHT)
    pass_by(NIGHT)
    assert mails.got == []
    pass_by(MORNING)
    [letter] = mails.got
    assert (letter.to, letter.subject) == ("a@example.test", "今天有 3 件事等您")
    assert letter.text.split() == [
        "工单待办", "2", "件，工单进展", "1", "件", "打开红邻看看：http://localhost/app/inbox",
    ]  # fmt: skip


def test_the_evening_says_what_came_by_day_and_says_it_once(
    people: Cast, mails: MailServer
) -> None:
    tell(people, Verb.FINISH_PART, NOON)
    pass_by(EVENING)
    pass_by(EVENING)
    assert [one.subject for one in mails.got] == ["今天有 1 件事等您"]
    pass_by(MORNING)
    assert len(mails.got) == 1


def test_whoever_has_a_telephone_that_rings_gets_no_letter(
    session: Session, people: Cast, mails: MailServer
) -> None:
    subscription(session, people.dispatcher)
    tell(people, Verb.FINISH_PART, NOON)
    pass_by(EVENING)
    assert mails.got == []


def test_whose_telephone_was_not_reached_of_late_gets_a_letter_too(
    session: Session, people: Cast, mails: MailServer
) -> None:
    device = subscription(session, people.dispatcher)
    with unwatched():
        device.failed_at = NOON
        session.commit()
    tell(people, Verb.FINISH_PART, NOON)
    pass_by(EVENING)
    assert [one.subject for one in mails.got] == ["今天有 1 件事等您"]
    with reading() as looking:
        kinds = set(looking.scalars(select(OutboxRow.kind)))
    assert "push" in kinds


def test_whoever_has_neither_finds_it_in_the_inbox_alone(
    session: Session, people: Cast, mails: MailServer
) -> None:
    tell(people, Verb.PROPOSE, NIGHT)  # the clerk has no channel
    pass_by(MORNING)
    assert mails.got == []


def test_what_was_read_before_it_leaves_is_not_told(people: Cast, mails: MailServer) -> None:
    tell(people, Verb.FINISH_PART, NOON)
    plan_and_make(EVENING)
    with transaction() as session:
        read = update(InboxItem).values(read_at=EVENING)
        session.execute(read, execution_options=changes.NOTED)
    leave(EVENING)
    assert mails.got == []
    with reading() as looking:
        assert set(looking.scalars(select(OutboxRow.state))) == {Row.DONE}


def test_a_digest_that_could_not_leave_before_the_night_stays_here(
    people: Cast, mails: MailServer
) -> None:
    tell(people, Verb.FINISH_PART, NOON)
    plan_and_make(EVENING)
    leave(NIGHT)
    leave(MORNING)
    assert mails.got == []


def test_a_channel_that_is_refused_for_good_is_broken_by_a_digest_too(
    session: Session, people: Cast, mails: MailServer
) -> None:
    mails.refuse = "550 no such user"
    tell(people, Verb.FINISH_PART, NOON)
    pass_by(EVENING)
    session.expire_all()
    assert set(session.scalars(select(OwnChannel.state))) == {State.BROKEN}
