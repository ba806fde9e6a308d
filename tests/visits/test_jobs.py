"""What happens to visits by the passing of days."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.core.db import transaction
from app.visits import jobs
from app.visits.models import Round, Visit, VisitAccount, VisitRecord, VisitStray
from app.visits.rules import RoundState, StrayState, VisitState
from tests.factories import places
from tests.factories.visits import (
    TODAY,
    TUESDAY,
    Scene,
    account,
    done,
    found,
    round_,
    stray,
    visit,
)


def test_notes_are_kept_180_days_and_the_record_stays(
    app: Flask, session: Session, known: Scene
) -> None:
    old, new = places.households(session, known.unit, 2)
    given: dict[str, Any] = {"note": "想换灯泡", "note_agreed": True}
    aged = done(session, old, known.chen, on=TODAY - timedelta(days=181), **given)
    done(session, new, known.chen, on=TODAY - timedelta(days=180), **given)
    with transaction() as job:
        jobs.blank_notes(job, TODAY)
    notes = {one.household_id: one.note for one in found(VisitRecord)}
    assert notes == {old.id: None, new.id: "想换灯泡"}
    (fact,) = found(AuditRow, AuditRow.verb == "note_blanked")
    assert fact.subject_id == aged.visit_id


def test_notes_of_accounts_are_kept_180_days_like_those_of_records(
    app: Flask, session: Session, known: Scene
) -> None:
    old, new = places.households(session, known.unit, 2)
    given: dict[str, Any] = {"note": "想换灯泡", "note_agreed": True}
    aged = done(session, old, known.chen, on=TODAY - timedelta(days=181))
    account(session, aged, known.li, **given)
    account(session, done(session, new, known.chen), known.li, **given)
    with transaction() as job:
        jobs.blank_notes(job, TODAY)
    notes = {one.visit_id == aged.visit_id: one.note for one in found(VisitAccount)}
    assert notes == {True: None, False: "想换灯泡"}
    (fact,) = found(AuditRow, AuditRow.verb == "note_blanked")
    assert fact.subject_id == aged.visit_id


@pytest.mark.parametrize(
    ("state", "days", "note"),
    [
        (StrayState.ENTERED, 181, None),
        (StrayState.DROPPED, 181, None),
        (StrayState.DROPPED, 180, "想换灯泡"),
        (StrayState.WAITING, 181, "想换灯泡"),
    ],
)
def test_a_settled_stray_loses_its_note_after_180_days(
    app: Flask, session: Session, known: Scene, state: StrayState, days: int, note: str | None
) -> None:
    home = places.household(session, known.unit)
    made = stray(session, home, known.chen, state=state, on=TODAY - timedelta(days=days))
    with transaction() as job:
        jobs.blank_notes(job, TODAY)
    assert found(VisitStray)[0].note == note
    facts = found(AuditRow, AuditRow.verb == "note_blanked")
    assert [fact.subject_id for fact in facts] == ([] if note else [made.id])


def test_strays_go_180_days_after_they_came_settled_or_not(
    app: Flask, session: Session, known: Scene
) -> None:
    home = places.household(session, known.unit)
    midnight = TUESDAY.replace(hour=16) - timedelta(
        days=181
    )  # where the day of 180 days ago begins
    gone = [
        stray(session, home, known.chen, received_at=midnight - timedelta(seconds=1), state=state)
        for state in StrayState
    ]
    kept = stray(session, home, known.chen, received_at=midnight)
    with transaction() as job:
        jobs.forget_strays(job, TODAY)
    assert [one.id for one in found(VisitStray)] == [kept.id]
    facts = found(AuditRow, AuditRow.verb == "forgotten")
    assert {fact.subject_id for fact in facts} == {one.id for one in gone}


def test_when_a_round_ends_open_proposals_lapse_and_accepted_ones_stay(
    app: Flask, session: Session, known: Scene
) -> None:
    one, two = places.households(session, known.unit, 2)
    over = round_(session, known, state=RoundState.PUBLISHED, ends_on=TODAY - timedelta(days=1))
    given = {"round_id": over.id, "on": TODAY - timedelta(days=2)}
    visit(session, one, known.chen, **given)
    visit(session, two, known.chen, state=VisitState.PROPOSED, **given)
    with transaction() as job:
        jobs.end_rounds(job, TODAY)
    states = {row.household_id: row.state for row in found(Visit)}
    assert states == {one.id: VisitState.ACCEPTED, two.id: VisitState.CANCELLED}
    assert found(Round)[0].state is RoundState.ENDED


def test_a_second_try_that_no_running_round_carries_lapses_after_its_day(
    app: Flask, session: Session, known: Scene
) -> None:
    one, two, three = places.households(session, known.unit, 3)
    running = round_(session, known, state=RoundState.PUBLISHED)
    given = {"state": VisitState.PROPOSED, "on": TODAY - timedelta(days=1)}
    visit(session, one, known.chen, **given)
    visit(session, two, known.chen, round_id=running.id, **given)
    visit(session, three, known.chen, **(given | {"on": TODAY}))
    with transaction() as job:
        jobs.lapse_proposals(job, TODAY)
    states = {row.household_id: row.state for row in found(Visit)}
    assert states == {
        one.id: VisitState.CANCELLED,
        two.id: VisitState.PROPOSED,
        three.id: VisitState.PROPOSED,
    }
