"""Between two steps of the ladder somebody pauses, chooses, or leaves their post: nothing rings."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.channels.jobs import Postman
from app.channels.service import sending
from app.core import claiming, clock
from app.identity.models import Membership, Person
from app.notifications.models import InboxItem, TellingChoice
from app.notifications.rules.choosing import next_digest, pause_ends
from app.notifications.rules.telling import Kind, Pressing
from app.notifications.service import climbing
from app.notifications.service.choices import choice_of
from tests.auditing import unwatched
from tests.factories.notifications import Cast
from tests.notifications.test_ladder import channel, happens, rows, texts, told, work
from tests.notifications.told import NOON

__all__ = ["texts"]

Change = Callable[[Session, Person], None]


def chooses(session: Session, who: Person, **chosen: object) -> TellingChoice:
    row = TellingChoice(person_id=who.id, **{"most": {}, "paused_until": None, **chosen})
    with unwatched():
        session.add(row)
        session.commit()
    return row


def pauses(session: Session, who: Person) -> None:
    chooses(session, who, paused_until=clock.today() + timedelta(days=2))


def wants_digests(session: Session, who: Person) -> None:
    chooses(session, who, most={Kind.TICKET_TODO: Pressing.DIGEST})


def wants_the_inbox(session: Session, who: Person) -> None:
    chooses(session, who, most={Kind.TICKET_TODO: Pressing.INBOX})


def leaves_the_post(session: Session, who: Person) -> None:
    for post in session.scalars(select(Membership).where(Membership.person_id == who.id)):
        post.until_date = clock.today() - timedelta(days=1)
    with unwatched():
        session.commit()


def mine(session: Session, who: Person) -> list[InboxItem]:
    session.expire_all()
    return list(session.scalars(select(InboxItem).where(InboxItem.person_id == who.id)))


def sent(session: Session, who: Person) -> list[str]:
    """What has set out for somebody since they were told."""
    items = {str(item.id) for item in mine(session, who)}
    both = rows(session, sending.KIND) + rows(session, climbing.SMS)
    return [row.kind for row in both if row.payload["item_id"] in items]


def later(session: Session, minutes: int) -> None:
    with clock.frozen(NOON + timedelta(minutes=minutes)):
        work()


@pytest.mark.parametrize("change", [pauses, wants_digests, wants_the_inbox, leaves_the_post])
def test_what_presses_for_the_day_goes_no_further(
    session: Session, people: Cast, change: Change
) -> None:
    channel(session, people.dispatcher)
    with clock.frozen(NOON):
        happens(session, people)
        change(session, people.dispatcher)
    later(session, 240)
    assert sent(session, people.dispatcher) == []


@pytest.mark.parametrize("change", [pauses, wants_digests])
def test_it_waits_for_the_digest_that_was_chosen(
    session: Session, people: Cast, change: Change
) -> None:
    channel(session, people.dispatcher)
    with clock.frozen(NOON):
        happens(session, people)
        change(session, people.dispatcher)
    moment = NOON + timedelta(hours=4)
    later(session, 240)
    choice = choice_of(session.get_one(TellingChoice, people.dispatcher.id))
    local = moment.astimezone(clock.LOCAL)
    digest = pause_ends(choice, local) or next_digest(local)
    assert {item.digest_at for item in mine(session, people.dispatcher)} == {digest}


@pytest.mark.parametrize("change", [pauses, leaves_the_post])
def test_an_emergency_goes_no_further_for_who_need_not_go(
    session: Session, people: Cast, texts: None, change: Change
) -> None:
    channel(session, people.dispatcher)
    with clock.frozen(NOON):
        told(session, people.dispatcher, people.lead_id, Pressing.EMERGENCY)
    later(session, 2)
    assert sent(session, people.dispatcher) == [sending.KIND]
    with clock.frozen(NOON + timedelta(minutes=3)):
        change(session, people.dispatcher)
    later(session, 6)
    assert sent(session, people.dispatcher) == [sending.KIND], "and no text message"


def test_who_has_to_go_is_rung_whatever_they_chose_unless_they_have_left(
    session: Session, people: Cast, texts: None
) -> None:
    channel(session, people.dispatcher)
    with clock.frozen(NOON):
        happens(session, people, emergency=True)
        pauses(session, people.dispatcher)
    later(session, 2)
    assert sent(session, people.dispatcher) == [sending.KIND]
    with clock.frozen(NOON + timedelta(minutes=3)):
        leaves_the_post(session, people.dispatcher)
    later(session, 6)
    assert sent(session, people.dispatcher) == [sending.KIND], "and no text message"


def test_what_is_under_way_when_a_pause_begins_does_not_ring(
    session: Session, people: Cast
) -> None:
    channel(session, people.dispatcher)
    with clock.frozen(NOON):
        happens(session, people)
        later(session, 240)
    with clock.frozen(NOON + timedelta(minutes=241)):
        pauses(session, people.dispatcher)
        jobs = claiming.claim(lane=sending.KIND)
        assert [job.payload["at_any_hour"] for job in jobs] == [False]
        assert [ended.failed for ended in Postman().begin(jobs)] == [None]
        [item] = mine(session, people.dispatcher)
        assert climbing.may_ring(session, {item.id: False}) == {}
        assert climbing.may_ring(session, {item.id: True}).keys() == {item.id}
