"""Visits become hours of both who went, and hours follow their visits."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, outbox
from app.core.outbox import OutboxRow
from app.hours import jobs
from app.hours.models import ServiceHours, ServicePart
from app.hours.rules import HoursState, Kind
from app.hours.service import counting, visits
from app.hours.service.stints import BREATH, FOLLOW
from app.visits.models import Visit, VisitPartner, VisitRecord
from app.visits.rules import Method, Outcome, VisitState
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import identity, places, teams
from tests.factories import visits as made
from tests.hours.conftest import Known

Clients = Callable[..., Client]
SEEN = {"on": "2026-11-24", "method": "door", "outcome": "ok"}


def follow(session: Session, visit_id: UUID) -> None:
    counting.follow(session, Kind.VISIT, visit_id)
    session.commit()


def hours(session: Session, who: Any = None) -> list[ServiceHours]:
    session.expire_all()
    wanted = select(ServiceHours).order_by(ServiceHours.on, ServiceHours.id)
    if who is not None:
        wanted = wanted.where(ServiceHours.person_id == who.id)
    return list(session.scalars(wanted))


def deliver(app: Flask) -> None:
    """What the worker would do for hours."""
    for row in made.found(OutboxRow, OutboxRow.kind == FOLLOW):
        outbox.HANDLERS[FOLLOW](outbox.Job(row.id, row.kind, row.payload, 1, row.created_at))


def change(session: Session, row: Any, **values: Any) -> None:
    with unwatched():
        for name, value in values.items():
            setattr(row, name, value)
        session.commit()


def test_a_visit_recorded_on_a_phone_counts_for_both_visitors(
    app: Flask, client: Clients, session: Session, known: Known
) -> None:
    """DOMAIN.md section 6.5: hours of actual service, of everybody who was there."""
    scene = known.scene
    visit = made.visit(session, known.door, scene.chen, scene.li)
    answer = client(scene.chen).put(f"/visits/{visit.id}/record", SEEN, version=1)
    assert answer.status_code == 200, answer.json
    deliver(app)
    deliver(app)
    found = hours(session)
    assert {row.person_id for row in found} == {scene.chen.id, scene.li.id}
    assert {(row.minutes, row.counted, row.state, row.said) for row in found} == {
        (20, 20, HoursState.WAITING, False)
    }


def test_the_visits_of_a_day_are_one_record(session: Session, known: Known) -> None:
    for door in places.households(session, known.scene.unit, 3):
        follow(session, made.done(session, door, known.scene.chen).visit_id)
    (row,) = hours(session)
    assert (row.minutes, row.counted, row.kind) == (60, 60, Kind.VISIT)
    assert len(made.found(ServicePart, ServicePart.hours_id == row.id)) == 3


def test_another_day_is_another_record(session: Session, known: Known) -> None:
    for days in (0, 1):
        on = clock.today() - timedelta(days=days)
        follow(session, made.done(session, known.door, known.scene.chen, on=on).visit_id)
    assert len(hours(session)) == 2


def test_a_day_of_very_many_visits_counts_eight_hours(session: Session, known: Known) -> None:
    for door in places.households(session, made.neighbour(session, known.scene), 26):
        follow(session, made.done(session, door, known.scene.chen).visit_id)
    (row,) = hours(session)
    assert (row.minutes, row.counted) == (480, 520)


def test_who_is_in_no_team_has_no_hours(session: Session, known: Known) -> None:
    record = made.done(session, known.door, known.scene.committee)
    follow(session, record.visit_id)
    assert hours(session) == []


def test_who_left_the_team_since_keeps_the_hours_of_the_day(session: Session, known: Known) -> None:
    record = made.done(session, known.door, known.scene.chen)
    made.leaves(session, known.scene, known.scene.chen, clock.today())
    follow(session, record.visit_id)
    assert len(hours(session)) == 1


def test_the_round_says_in_which_team_somebody_went(session: Session, known: Known) -> None:
    scene = known.scene
    second = teams.team(session, scene.community)
    teams.member(session, second, scene.chen, since=clock.today() - timedelta(days=30))
    for team in (second, scene.team):
        round_ = made.round_(session, scene, team_id=team.id)
        record = made.done(session, known.door, scene.chen)
        change(session, session.get_one(Visit, record.visit_id), round_id=round_.id)
        follow(session, record.visit_id)
    assert {row.team_id for row in hours(session)} == {second.id, scene.team.id}


def test_a_corrected_record_is_counted_anew_and_waits_again(session: Session, known: Known) -> None:
    record = made.done(session, known.door, known.scene.chen)
    follow(session, record.visit_id)
    (row,) = hours(session)
    change(session, row, state=HoursState.CONFIRMED, minutes=35, said=True)
    follow(session, record.visit_id)
    assert (row.state, row.minutes) == (HoursState.CONFIRMED, 35), "nothing had changed"
    change(session, session.get_one(VisitRecord, record.visit_id), method=Method.PHONE)
    follow(session, record.visit_id)
    (row,) = hours(session)
    assert (row.state, row.minutes, row.said) == (HoursState.WAITING, 10, False)
    assert row.reason == counting.CHANGED


def test_what_was_sent_back_comes_again_with_its_reason(session: Session, known: Known) -> None:
    record = made.done(session, known.door, known.scene.chen)
    follow(session, record.visit_id)
    (row,) = hours(session)
    change(session, row, state=HoursState.SENT_BACK, reason="时间好像长了")
    change(session, session.get_one(VisitRecord, record.visit_id), outcome=Outcome.NOT_HOME)
    follow(session, record.visit_id)
    (row,) = hours(session)
    assert (row.state, row.minutes, row.reason) == (HoursState.WAITING, 5, "时间好像长了")


def test_hours_of_a_record_that_was_taken_back_are_voided_not_erased(
    session: Session, known: Known
) -> None:
    """DOMAIN.md section 6.5: voided but not erased."""
    record = made.done(session, known.door, known.scene.chen)
    follow(session, record.visit_id)
    change(session, session.get_one(Visit, record.visit_id), state=VisitState.CANCELLED)
    follow(session, record.visit_id)
    (row,) = hours(session)
    assert (row.state, row.counted, row.reason) == (HoursState.VOIDED, 0, counting.NONE_LEFT)
    change(session, session.get_one(Visit, record.visit_id), state=VisitState.DONE)
    follow(session, record.visit_id)
    (row,) = hours(session)
    assert (row.state, row.counted) == (HoursState.WAITING, 20)


def test_who_was_not_there_after_all_has_no_hours_of_it(session: Session, known: Known) -> None:
    scene = known.scene
    record = made.done(session, known.door, scene.chen)
    with unwatched():
        session.add(VisitPartner(visit_id=record.visit_id, person_id=scene.li.id))
        session.commit()
    follow(session, record.visit_id)
    assert len(hours(session)) == 2
    with unwatched():
        session.delete(session.get_one(VisitPartner, (record.visit_id, scene.li.id)))
        session.commit()
    follow(session, record.visit_id)
    assert [row.state for row in hours(session, scene.li)] == [HoursState.VOIDED]
    assert [row.state for row in hours(session, scene.chen)] == [HoursState.WAITING]


def test_a_visit_that_moved_to_another_day_moves_its_hours(session: Session, known: Known) -> None:
    record = made.done(session, known.door, known.scene.chen)
    follow(session, record.visit_id)
    yesterday = clock.today() - timedelta(days=1)
    change(session, session.get_one(VisitRecord, record.visit_id), on=yesterday)
    follow(session, record.visit_id)
    assert [(row.on, row.state) for row in hours(session)] == [
        (yesterday, HoursState.WAITING),
        (clock.today(), HoursState.VOIDED),
    ]


def test_the_day_counts_what_nobody_told_of(app: Flask, session: Session, known: Known) -> None:
    record = made.done(session, known.door, known.scene.chen)
    long_ago = clock.today() - visits.LOOK_BACK - timedelta(days=1)
    made.done(session, known.door, known.scene.chen, on=long_ago)
    jobs.missed(session, clock.today())
    session.commit()
    deliver(app)
    assert [row.on for row in hours(session)] == [clock.today()]
    change(session, session.get_one(Visit, record.visit_id), state=VisitState.CANCELLED)
    jobs.missed(session, clock.today())
    session.commit()
    deliver(app)
    assert [row.state for row in hours(session)] == [HoursState.VOIDED]


@pytest.mark.parametrize("state", [VisitState.PROPOSED, VisitState.ACCEPTED])
def test_a_visit_that_is_not_done_counts_nothing(
    session: Session, known: Known, state: VisitState
) -> None:
    visit = made.visit(session, known.door, known.scene.chen, state=state)
    follow(session, visit.id)
    assert hours(session) == []


def test_a_visit_that_is_not_there_counts_nothing(session: Session, known: Known) -> None:
    follow(session, identity.uuid7())
    assert hours(session) == []


def test_of_many_that_were_missed_each_waits_for_its_turn(session: Session, known: Known) -> None:
    """So that what others wait for gets through between them."""
    for days in (1, 2):
        on = clock.today() - timedelta(days=days)
        made.done(session, known.door, known.scene.chen, on=on)
    jobs.missed(session, clock.today())
    due = select(OutboxRow.due_at).where(OutboxRow.kind == FOLLOW).order_by(OutboxRow.due_at)
    first, second = session.scalars(due).all()
    assert second - first == BREATH
