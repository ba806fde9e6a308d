"""The demo data: as large as promised, the same each time, and good to sign in with."""

from datetime import UTC, datetime
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import demo
from app.core import clock
from app.demo import places
from app.identity.models import Person
from app.identity.rules import PlaceKind
from app.identity.sign_in import matches
from app.places.models import Grid, Household, Place
from app.teams.models import HouseholdAssignment, TeamMember
from app.tickets.models import Ticket
from app.tickets.rules import TicketStatus
from app.visits.models import Visit
from app.visits.rules import VisitState
from tests.auditing import unwatched

EVENING = datetime(2026, 11, 26, 10, tzinfo=UTC)


def count(session: Session, model: type, *conditions: object) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def test_one_community_is_there_in_full(app: Flask, session: Session) -> None:
    with unwatched(), clock.frozen(EVENING):
        demo.build(session)
        session.commit()
    kinds = {kind: count(session, Place, Place.kind == kind) for kind in PlaceKind}
    assert kinds[PlaceKind.ESTATE] == 3
    assert kinds[PlaceKind.BUILDING] == 36
    assert kinds[PlaceKind.COMMUNITY] == 10, "the real communities of the subdistrict"
    assert count(session, Household) == 2600
    assert count(session, Grid) == 8
    assert session.scalar(select(func.count(TeamMember.person_id.distinct()))) == 60
    assigned = count(session, HouseholdAssignment)
    assert 0.95 < assigned / 2600 < 0.99, "a few are without a person"
    for account in demo.ACCOUNTS:
        who = session.scalars(select(Person).where(Person.name == account.name)).first()
        assert who is not None
        assert who.phone == account.phone
    assert matches(who.password_hash, demo.PASSWORD)
    statuses = set(session.scalars(select(Ticket.status).distinct()))
    assert statuses == set(TicketStatus)
    assert 120 <= count(session, Ticket) <= 240, "60 to 120 a month"
    today = (Visit.on == EVENING.date(), Visit.state == VisitState.ACCEPTED)
    assert count(session, Visit, *today) == 7
    assert count(session, Visit, Visit.state == VisitState.PROPOSED) == 5
    assert count(session, Visit, Visit.state == VisitState.DONE) > 1500


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_same_seed_gives_the_same_doors_and_the_district_is_whole(
    app: Flask, session: Session
) -> None:
    with unwatched():
        towns = [places.build(session, Random(7), "community")]
        first = [(home["door"], home["contact_name"]) for home in towns[0].households]
        session.rollback()
        again = places.build(session, Random(7), "district")
        second = [(home["door"], home["contact_name"]) for home in again.households]
        assert first == second
        assert len(again.communities) == 142
        session.rollback()
