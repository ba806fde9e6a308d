"""The demo data: as large as promised, the same each time, and good to sign in with."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from random import Random

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app import demo
from app.core import clock
from app.core.db import Base
from app.demo import places
from app.demo.people import Crowd
from app.identity.models import Organisation, Person
from app.identity.rules import OrganisationKind, PlaceKind
from app.identity.sign_in import matches
from app.notifications.models import InboxItem
from app.places.models import Grid, GridBranch, Household, Place
from app.teams.models import HouseholdAssignment, Pairing, TeamMember
from app.tickets.models import Ticket, TicketEntry
from app.tickets.queries import queue_counts
from app.tickets.rules import TicketStatus
from app.visits.models import Round, Visit, VisitRecord, VisitStray
from app.visits.models_months import MonthPlan, MonthPlanStop
from app.visits.queries import strays, visible
from app.visits.rules import RoundState, VisitState
from app.visits.rules.months import PlanState
from tests.auditing import unwatched

TODAY = datetime(2026, 11, 26, 10, tzinfo=UTC)
QUEUES = {  # what each office finds when it signs in
    "周工": {"lead_to_start", "lead_working", "lead_suspended", "lead_waiting", "to_help"},
    "王干事": {"to_accept", "to_dispatch", "to_review", "to_call_back", "to_approve"},
    "赵书记": {"under_way", "deliberating", "escalated", "finished"},
    "孙主任": {"lead_to_start", "lead_working", "owners_to_review"},
    "钱社工": {"lead_to_start", "lead_working", "lead_waiting"},
    "吴科长": {"to_answer", "supervised"},
    "陈师傅": {"mine_open", "mine_over"},
}
Digest = dict[str, str]
digests: dict[str, Digest] = {}  # by database: the story is told once on each


@pytest.fixture
def built(app: Flask, session: Session) -> Iterator[Session]:
    """The whole demo, built on an evening in November."""
    with unwatched(), clock.frozen(TODAY):
        demo.build(session)
        session.flush()
        yield session
        session.rollback()


def count(session: Session, model: type[Base], *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def digest(session: Session) -> Digest:
    """What was made, without the ids and hashes that differ each time."""
    household = select(Household.walk_order, Household.contact_name, Household.care_level)
    tickets = select(Ticket.number, Ticket.text, Ticket.status, Ticket.place_text, Ticket.moved_at)
    people = {person.phone: person.name for person in session.scalars(select(Person))}
    rows = {
        "people": sorted(people.items()),
        "households": session.execute(household.order_by(Household.walk_order)).all(),
        "tickets": session.execute(tickets.order_by(Ticket.number)).all(),
    }
    return {name: sha256(repr(some).encode()).hexdigest() for name, some in rows.items()}


def dangling(session: Session) -> list[str]:
    """Every foreign key that points to no row."""
    found = []
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            there = select(key.column).scalar_subquery()
            lost = select(func.count()).where(key.parent.is_not(None), key.parent.not_in(there))
            if session.scalar(lost):
                found.append(f"{table.name}.{key.parent.name}")
    return found


def check_places_and_people(session: Session) -> None:
    kinds = {kind: count(session, Place, Place.kind == kind) for kind in PlaceKind}
    assert kinds[PlaceKind.ESTATE] == 3
    assert kinds[PlaceKind.BUILDING] == 36
    assert kinds[PlaceKind.COMMUNITY] == 10, "the real communities of the subdistrict"
    assert count(session, Household) == 2600
    assert count(session, Grid) == count(session, GridBranch) == 8
    assert session.scalar(select(func.count(TeamMember.person_id.distinct()))) == 60
    assert session.scalar(select(func.count(Pairing.place_id.distinct()))) == 36
    assert 0.95 < count(session, HouseholdAssignment) / 2600 < 0.99, "a few are without a person"
    assert set(session.scalars(select(Organisation.kind))) == set(OrganisationKind)
    assert all("演示" in name for name in session.scalars(select(Organisation.name)))


def check_accounts(session: Session) -> None:
    people = {person.phone: person for person in session.scalars(select(Person))}
    for account in demo.ACCOUNTS:
        assert people[account.phone].name == account.name
    hashes = {person.password_hash for person in people.values() if not person.guest}
    assert all(matches(stored, demo.PASSWORD) for stored in hashes)


def check_work(session: Session) -> None:
    assert set(session.scalars(select(Ticket.status).distinct())) == set(TicketStatus)
    assert 120 <= count(session, Ticket) <= 240, "60 to 120 a month"
    assert count(session, TicketEntry, TicketEntry.at > TODAY) == 0
    today = (Visit.on == TODAY.date(), Visit.state == VisitState.ACCEPTED)
    assert count(session, Visit, *today) == 7
    of_round = (Visit.round_id.is_not(None), Visit.state == VisitState.PROPOSED)
    assert count(session, Visit, *of_round) == 5
    assert count(session, MonthPlan, MonthPlan.state == PlanState.PUBLISHED) == 1
    assert count(session, MonthPlanStop, MonthPlanStop.visit_id.is_not(None)) > 30
    done = count(session, Visit, Visit.state == VisitState.DONE)
    assert done == count(session, VisitRecord) > 1500
    states = sorted(session.scalars(select(Round.state)))
    assert states == [RoundState.DRAFT, RoundState.PUBLISHED]


def check_what_waits_for_a_leader(session: Session) -> None:
    crowd = Crowd()
    for name in ("陈师傅", "王干事"):
        account = next(one for one in demo.ACCOUNTS if one.name == name)
        people = session.scalars(select(Person).where(Person.name == name))
        actor = crowd.actor(session, next(one for one in people if one.phone == account.phone))
        assert len(session.scalars(visible.disputed(actor)).all()) == 1
        waiting = session.scalars(strays.visible_to(actor)).all()
        assert len(waiting) == 1
        assert waiting[0].person_id != actor.id, "somebody else's"
    assert count(session, VisitStray) == 1


def check_what_they_find(session: Session) -> None:
    crowd = Crowd()
    for account in demo.ACCOUNTS:
        named = select(Person).where(Person.name == account.name).order_by(Person.created_at)
        person = next(one for one in session.scalars(named) if one.phone == account.phone)
        counts = queue_counts(session, crowd.actor(session, person))
        waiting = {queue.key for queue, number in counts if number}
        missing = QUEUES.get(account.name, set()) - waiting
        assert not missing, (account.name, missing)
        if account.name in ("陈师傅", "周工", "王干事"):
            mine = (InboxItem.person_id == person.id, InboxItem.read_at.is_(None))
            assert count(session, InboxItem, *mine) > 0


def test_one_community_is_there_in_full(built: Session, backend: str) -> None:
    check_places_and_people(built)
    check_accounts(built)
    check_work(built)
    check_what_waits_for_a_leader(built)
    check_what_they_find(built)
    assert dangling(built) == []
    digests[backend] = digest(built)
    assert len({repr(each) for each in digests.values()}) == 1, "both databases tell the same"


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
