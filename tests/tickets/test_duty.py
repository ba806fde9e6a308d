"""Duty lists: who writes and reads them, whom they name on tickets, and who hears of holes."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, duties
from app.core.audit import AuditRow
from app.core.outbox import OutboxRow
from app.identity import invite
from app.identity.rules import Role
from app.notifications.models import InboxItem, PushSubscription
from app.tickets import routing
from app.tickets.rules import Verb
from tests.auditing import unwatched
from tests.factories import tickets
from tests.factories.routing import day_only, watch, write
from tests.factories.tickets import Neighbourhood, act, report

FLOOD = "emergency.burst_flood"
COMPANY = "property"


@pytest.fixture
def fitter(session: Session, here: Neighbourhood) -> str:
    """Somebody of the property company who is no head of it."""
    tickets.join(session, here, "fitter", COMPANY)
    return "fitter"


# ---- on tickets


def test_what_is_given_to_an_office_names_who_is_on_duty_there(
    session: Session, here: Neighbourhood, fitter: str
) -> None:
    watch(session, here, COMPANY, fitter, COMPANY)
    ticket = tickets.dispatched(session, here)
    assert ticket.duty_person_id == here.people[fitter].id
    act(session, here, ticket, COMPANY, Verb.RETURN, reason="不归我们")
    assert ticket.duty_person_id is None


def test_an_emergency_goes_straight_to_who_is_on_duty(
    session: Session, here: Neighbourhood, fitter: str
) -> None:
    watch(session, here, COMPANY, fitter)
    assert report(session, here, category=FLOOD).duty_person_id == here.people[fitter].id


def test_without_a_list_nobody_is_named(session: Session, here: Neighbourhood) -> None:
    assert tickets.dispatched(session, here).duty_person_id is None


def test_who_is_on_duty_hears_of_it_and_so_does_the_office(
    session: Session, here: Neighbourhood, fitter: str
) -> None:
    tickets.join(session, here, "second fitter", COMPANY)
    watch(session, here, COMPANY, fitter)
    ticket = tickets.dispatched(session, here)
    told = set(session.scalars(select(InboxItem.person_id).where(InboxItem.about == ticket.id)))
    assert {here.people[fitter].id, here.people[COMPANY].id} <= told
    assert here.people["second fitter"].id not in told


def test_at_night_an_emergency_rings_who_is_on_duty_and_nobody_else(
    session: Session, here: Neighbourhood, fitter: str
) -> None:
    watch(session, here, COMPANY, fitter)
    with unwatched():
        for word in (fitter, COMPANY):
            session.add(_device(here.people[word].id))
        session.commit()
    night = datetime.combine(clock.today() + timedelta(days=1), time(23), clock.LOCAL)
    with clock.frozen(night):
        report(session, here, category=FLOOD)
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "push")).all()
    owners = {str(row.id): row.person_id for row in session.scalars(select(PushSubscription)).all()}
    due = {owners[row.payload["subscription_id"]]: row.due_at for row in rows}
    assert due == {here.people[fitter].id: night}
    told = select(InboxItem.digest_at).where(InboxItem.person_id == here.people[COMPANY].id)
    assert session.scalar(told) == night + timedelta(hours=9, minutes=30)


def _device(person_id: Any) -> PushSubscription:
    return PushSubscription(
        person_id=person_id,
        endpoint=f"https://push.example/{uuid4()}",
        p256dh="x",
        auth="y",
        device_name="手机",
    )


def test_whoever_leaves_is_on_duty_no_more(
    session: Session, here: Neighbourhood, fitter: str
) -> None:
    watch(session, here, COMPANY, fitter)
    company = here.organisations[COMPANY].id
    assert routing.on_duty(company) == (here.people[fitter].id,)
    post = next(iter(here.actors[fitter].posts))
    invite.end_membership(session, here.actors["district"], post.id)
    session.commit()
    assert routing.on_duty(company) == ()
    invite.start(
        session,
        here.people["district"].id,
        here.people[fitter].id,
        invite.NewPost(company, Role.MEMBER, here.estate.id),
    )
    session.commit()
    assert routing.on_duty(company) == (here.people[fitter].id,)


# ---- holes


def holes_told(session: Session) -> list[InboxItem]:
    with clock.frozen(clock.now()):
        duties.DUTIES["tickets.duty_holes"](session, clock.today())
    return list(session.scalars(select(InboxItem).where(InboxItem.kind == "duty_todo")))


def test_the_heads_hear_of_hours_without_anybody(
    session: Session, here: Neighbourhood, fitter: str
) -> None:
    write(session, here, COMPANY, day_only(here, COMPANY), always=True)
    told = holes_told(session)
    assert [one.person_id for one in told] == [here.people[COMPANY].id]
    assert told[0].link == f"/duty/{here.organisations[COMPANY].id}"
    assert "起没有人值班" in told[0].body
    row = session.scalars(select(AuditRow).where(AuditRow.verb == "hole")).one()
    assert row.subject_id == here.organisations[COMPANY].id


def test_a_hole_that_is_filled_needs_nobody_any_more(session: Session, here: Neighbourhood) -> None:
    write(session, here, COMPANY, day_only(here, COMPANY), always=True)
    holes_told(session)
    watch(session, here, COMPANY, COMPANY)
    session.expire_all()
    assert all(one.read_at for one in session.scalars(select(InboxItem)))


def test_a_list_that_is_meant_for_the_day_has_no_hole_at_night(
    session: Session, here: Neighbourhood
) -> None:
    write(session, here, COMPANY, day_only(here, COMPANY))
    assert holes_told(session) == []
