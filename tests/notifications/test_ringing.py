"""Which devices ring for what was told, how often, and at what hour."""

from uuid import UUID

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.events import Event, publish
from app.identity.events import DeviceSignedOut
from app.identity.models import Device
from app.notifications.models import PushSubscription
from app.tickets.rules import Verb
from tests.factories.notifications import Cast, moved, opened, subscription
from tests.notifications.told import MORNING, NIGHT, NOON, items, outgoing


def test_every_device_of_those_who_are_rung_gets_a_row(session: Session, people: Cast) -> None:
    wanted = {
        subscription(session, people.dispatcher).id,
        subscription(session, people.dispatcher).id,
        subscription(session, people.helper).id,
    }
    subscription(session, people.reporter)  # is told without being rung
    subscription(session, people.bystander)
    with clock.frozen(NOON):
        publish(session, moved(people, Verb.DISPATCH))
    assert {UUID(row.payload["subscription_id"]) for row in outgoing(session)} == wanted
    assert all(set(row.payload) <= ROW for row in outgoing(session))


ROW = {"subscription_id", "item_id", "urgency", "at_any_hour"}


def test_the_same_words_ring_once_a_day(session: Session, people: Cast) -> None:
    subscription(session, people.dispatcher)
    event = moved(people, Verb.SUPERVISE)
    for moment in (NOON, NOON.replace(hour=5), MORNING):
        with clock.frozen(moment):
            publish(session, event)
    assert len(outgoing(session)) == 2


def test_at_night_it_is_in_the_inbox_at_once_and_waits_for_half_past_eight(
    session: Session, people: Cast
) -> None:
    subscription(session, people.dispatcher)
    with clock.frozen(NIGHT):
        publish(session, moved(people, Verb.DISPATCH))
    assert {item.created_at for item in items(session)} == {NIGHT}
    assert outgoing(session) == []
    waits = {item.person_id: item.digest_at for item in items(session)}
    assert waits == {
        people.dispatcher.id: MORNING,
        people.helper.id: MORNING,
        people.reporter.id: None,  # mere news
    }


def test_an_emergency_rings_its_lead_at_night_and_lets_others_sleep(
    session: Session, people: Cast
) -> None:
    lead = subscription(session, people.dispatcher)
    subscription(session, people.helper)
    with clock.frozen(NIGHT):
        publish(
            session,
            moved(people, Verb.DISPATCH, emergency=True, category="emergency.burst_flood"),
        )
    due = {UUID(row.payload["subscription_id"]): row.due_at for row in outgoing(session)}
    assert due == {lead.id: NIGHT}
    waits = {item.person_id: item.digest_at for item in items(session)}
    assert (waits[people.dispatcher.id], waits[people.helper.id]) == (None, MORNING)


def test_a_device_that_signs_out_is_forgotten_and_no_other(session: Session, people: Cast) -> None:
    device = Device(
        person_id=people.clerk.id, token_hash=uuid7().hex, csrf_token="x", name="旧手机"
    )
    session.add(device)
    session.flush()
    kept = subscription(session, people.clerk)
    subscription(session, people.clerk, device_id=device.id)
    publish(session, signed_out(device))
    assert list(session.scalars(select(PushSubscription.id))) == [kept.id]


def signed_out(device: Device) -> Event:
    return DeviceSignedOut(
        subject_id=device.id, actor_id=device.person_id, person_id=device.person_id
    )


def test_a_device_whose_sign_in_has_ended_is_not_rung(session: Session, people: Cast) -> None:
    device = Device(
        person_id=people.clerk.id,
        token_hash=uuid7().hex,
        csrf_token="x",
        name="旧手机",
        ended_at=clock.now(),
    )
    session.add(device)
    session.flush()
    subscription(session, people.clerk, device_id=device.id)
    publish(session, opened(people))
    assert outgoing(session) == []


def test_what_is_rolled_back_was_never_told(app: Flask, session: Session, people: Cast) -> None:
    subscription(session, people.clerk)
    publish(session, opened(people))
    session.rollback()
    assert items(session) == []
    assert outgoing(session) == []
