"""What leaves the house: signed, without personal data, at least once, and not for ever."""

import hmac
import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core import claiming, clock, outbox
from app.core.outbox import OutboxRow, State
from app.notifications.models import InboxItem
from app.tickets.rules import Verb
from app.webhooks.models import Webhook, WebhookUse
from app.webhooks.rules import FAILURES, SILENT_FOR
from app.webhooks.service import keeping
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood
from tests.webhooks.receiver import Receiver


def work(session: Session) -> None:
    """The worker passes by once."""
    session.commit()
    outbox.deliver(claiming.claim())


def rows(session: Session) -> list[OutboxRow]:
    found = list(session.scalars(select(OutboxRow).where(OutboxRow.kind == "webhook")))
    session.expunge_all()
    session.rollback()
    return found


def again_now(session: Session) -> None:
    """The back-off of what waits is over."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.kind == "webhook", OutboxRow.state == State.WAITING)
        .values(due_at=clock.now())
    )
    session.commit()


def bodies(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(body) for _, body in receiver.arrived]


def test_opening_and_moving_are_told_where_it_is_and_how_it_stands(
    session: Session, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    ticket = tickets.report(session, here)
    tickets.act(session, here, ticket, "committee", Verb.ACCEPT)
    number = ticket.number
    work(session)
    opened, moved = sorted(bodies(receiver), key=lambda each: each["kind"], reverse=True)
    assert opened["kind"] == "ticket.opened"
    assert opened["ticket"] == {
        "service_request_id": str(ticket.id),
        "number": number,
        "service_code": "facility.power_lighting",
        "community_id": str(here.community.id),
        "estate_id": str(here.estate.id),
        "building_id": str(here.building.id),
        "status": "submitted",
    }
    assert moved["kind"] == "ticket.moved"
    changed = {"before": "submitted", "move": "accept", "status": "accepted"}
    assert changed.items() <= moved["ticket"].items()
    assert opened["id"] != moved["id"]


def test_nothing_of_a_person_or_of_their_words_leaves(
    session: Session, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    tickets.resolved(session, here)
    work(session)
    assert len(receiver.arrived) >= 5
    sent = b"".join(body for _, body in receiver.arrived).decode()
    for person in here.people.values():
        assert str(person.id) not in sent
        assert person.name not in sent
    for word in ("楼道灯", "灯管", str(here.unit.id)):
        assert word not in sent


def test_a_delivery_is_signed_over_the_moment_and_the_body(
    session: Session, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    tickets.report(session, here)
    work(session)
    [(headers, body)] = receiver.arrived
    parts = dict(part.split("=", 1) for part in headers["x-honglin-signature"].split(","))
    signed = hmac.new(hook.secret.encode(), f"{parts['t']}.".encode() + body, sha256)
    assert parts["v1"] == signed.hexdigest()
    assert abs(int(parts["t"]) - clock.now().timestamp()) < 60
    assert headers["x-honglin-delivery"] == json.loads(body)["id"]
    assert headers["x-honglin-kind"] == "ticket.opened"
    assert headers["content-type"].startswith("application/json")


@pytest.mark.parametrize(
    "said",
    [
        {"public_area": False, "agreed_by": "本人"},
        {"category": "care.need"},
        {"category": "emergency.person_safety"},
    ],
)
def test_what_other_systems_may_not_read_they_are_not_told(
    session: Session, here: Neighbourhood, hook: Webhook, said: dict[str, Any]
) -> None:
    tickets.report(session, here, **said)
    session.commit()
    assert rows(session) == []


def test_an_estate_and_a_kind_are_all_that_was_asked_for(
    session: Session, here: Neighbourhood, receiver: Receiver, loopback: None
) -> None:
    keeping.add(
        session,
        here.actors["committee"],
        name="一村系统",
        url=receiver.url(),
        kinds=["ticket.moved"],
        place_id=here.estate.id,
    )
    outside = tickets.report(session, here, place_id=here.community.id)
    inside = tickets.report(session, here)
    for ticket in (outside, inside):
        tickets.act(session, here, ticket, "committee", Verb.ACCEPT)
    work(session)
    [told] = bodies(receiver)
    assert told["ticket"]["service_request_id"] == str(inside.id)


def test_a_report_that_was_refused_tells_nobody(
    session: Session, here: Neighbourhood, hook: Webhook
) -> None:
    tickets.report(session, here)
    session.rollback()
    assert rows(session) == []


def test_what_was_not_taken_comes_again_under_the_same_id(
    session: Session, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    receiver.answers += [503, 302, 404]
    tickets.report(session, here)
    for turn in range(4):
        work(session)
        [row] = rows(session)
        assert row.state is (State.DONE if turn == 3 else State.WAITING)
        again_now(session)
    ids = {headers["x-honglin-delivery"] for headers, _ in receiver.arrived}
    assert (len(receiver.arrived), len(ids)) == (4, 1)
    use = session.get_one(WebhookUse, hook.id)
    assert (use.failures, use.failing_since) == (0, None)
    assert use.last_taken_at is not None


def test_after_long_silence_the_address_is_given_up_and_the_committee_told_once(
    session: Session, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    receiver.answers += [500] * (FAILURES + 5)
    start = clock.now()
    for turn in range(FAILURES + 2):
        with clock.frozen(start + turn * SILENT_FOR / (FAILURES - 1)):
            keeping.enqueue(session, hook.id, "trial", {}) if turn < FAILURES else None
            session.execute(
                update(OutboxRow).where(OutboxRow.state == State.WAITING, OutboxRow.attempts > 0)
                .values(due_at=start + timedelta(days=9))
            )  # fmt: skip
            work(session)
    assert len(receiver.arrived) == FAILURES
    assert session.get_one(Webhook, hook.id).stopped_at is not None
    told = session.scalars(select(InboxItem).where(InboxItem.about == hook.id)).all()
    assert {item.title for item in told} == {"通知其他系统一直没成功，已经停下"}
    assert here.people["committee"].id in {item.person_id for item in told}
    session.rollback()
    tickets.report(session, here)
    session.commit()
    assert {row.payload["body"]["kind"] for row in rows(session)} == {"trial"}


def test_twenty_failures_in_an_hour_are_no_reason_to_give_up(
    session: Session, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    receiver.answers += [500] * (FAILURES + 1)
    for _ in range(FAILURES + 1):
        keeping.enqueue(session, hook.id, "trial", {})
    work(session)
    assert session.get_one(WebhookUse, hook.id).failures == FAILURES + 1
    assert session.get_one(Webhook, hook.id).stopped_at is None


def test_a_receiver_that_says_it_is_gone_is_asked_no_more(
    session: Session, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    receiver.answers.append(410)
    tickets.report(session, here)
    work(session)
    assert session.get_one(Webhook, hook.id).stopped_at is not None


def test_an_inner_address_is_never_reached(
    app: Any, session: Session, here: Neighbourhood, hook: Webhook, receiver: Receiver
) -> None:
    app.config["OUTGOING_ALLOW_PRIVATE"] = False
    tickets.report(session, here)
    work(session)
    [row] = rows(session)
    assert (row.state, row.last_error) == (State.DEAD, "GiveUp: a private address")
    assert receiver.arrived == []
