"""Reporting a matter: where, by whom, on whose behalf; and emergencies that wait for nobody."""

import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.core.db import Database
from app.core.errors import Conflict, Invalid
from app.identity.rules import OrganisationKind, Party, PlaceKind, Role
from app.tickets.models import TicketEntry
from app.tickets.queries.details import helping
from app.tickets.rules import Reviewer, TicketStatus, Verb
from app.tickets.rules.refusals import HomesArePrivate
from app.tickets.service.numbers import next_number
from tests.auditing import unwatched
from tests.factories import identity, places, tickets
from tests.factories.identity import stored
from tests.factories.tickets import Neighbourhood, act, report


def test_a_report_knows_its_place_and_waits_for_the_community(
    session: Session, here: Neighbourhood
) -> None:
    ticket = report(session, here, spot=" 东门 ")
    assert ticket.status is TicketStatus.SUBMITTED
    assert (ticket.community_id, ticket.estate_id) == (here.community.id, here.estate.id)
    assert ticket.building_id == here.building.id
    assert ticket.place_text == "和园一村 3栋1单元"
    assert ticket.spot == "东门"
    assert ticket.lead_org_id is None
    assert session.scalars(select(TicketEntry.verb)).all() == ["submit"]


def test_a_report_about_the_whole_community_has_no_estate(
    session: Session, here: Neighbourhood
) -> None:
    ticket = report(session, here, place_id=here.community.id)
    assert (ticket.estate_id, ticket.building_id) == (None, None)


def test_numbers_count_up_in_a_community_and_month(session: Session, here: Neighbourhood) -> None:
    other = tickets.neighbourhood(session)
    with clock.frozen(datetime(2026, 11, 24, 2, tzinfo=UTC)):
        assert [report(session, here).number for _ in range(2)] == ["2611-0001", "2611-0002"]
        assert report(session, other).number == "2611-0001"
    with clock.frozen(datetime(2026, 11, 30, 16, 30, tzinfo=UTC)):  # the first, in Shanghai
        assert report(session, here).number == "2612-0001"


def test_a_known_id_is_not_reported_twice(session: Session, here: Neighbourhood) -> None:
    made = uuid4()
    assert report(session, here, id=made).id == made
    with pytest.raises(Conflict):
        report(session, here, id=made)


def test_what_is_not_public_says_who_agreed(session: Session, here: Neighbourhood) -> None:
    with pytest.raises(Invalid) as refused:
        report(session, here, public_area=False, agreed_by="  ")
    assert set(refused.value.errors) == {"agreed_by"}
    agreed = report(session, here, public_area=False, agreed_by="王阿姨")
    assert agreed.agreed_by == "王阿姨"


def test_a_report_needs_words_and_a_category(session: Session, here: Neighbourhood) -> None:
    with pytest.raises(Invalid) as refused:
        report(session, here, text="  ", category="facility.rocket")
    assert set(refused.value.errors) == {"text", "category"}


def test_a_report_stays_in_the_reporters_community(session: Session, here: Neighbourhood) -> None:
    other = tickets.neighbourhood(session)
    district = session.get_one(type(here.unit), here.community.parent_id)
    for place_id in (other.unit.id, uuid4(), district.id):
        with pytest.raises(Invalid) as refused:
            report(session, here, place_id=place_id)
        assert set(refused.value.errors) == {"place_id"}


def test_a_household_is_named_only_by_who_may_see_it(session: Session, here: Neighbourhood) -> None:
    household = places.household(session, here.unit)
    with pytest.raises(Invalid) as refused:
        report(session, here, household_id=household.id)
    assert set(refused.value.errors) == {"household_id"}
    with pytest.raises(Invalid):
        report(session, here, "committee", household_id=uuid4())
    ticket = report(session, here, "committee", household_id=household.id, place_id=here.estate.id)
    assert (ticket.household_id, ticket.place_id) == (household.id, here.unit.id)


def test_a_household_lies_at_the_place_that_is_named(session: Session, here: Neighbourhood) -> None:
    household = places.household(session, here.unit)
    with unwatched():
        elsewhere = identity.place(session, PlaceKind.UNIT, here.building, "2单元")
    with pytest.raises(Invalid) as refused:
        report(session, here, "committee", household_id=household.id, place_id=elsewhere.id)
    assert set(refused.value.errors) == {"place_id"}


def test_homes_are_not_photographed(session: Session, here: Neighbourhood) -> None:
    shot = tickets.picture(session, here.actors["volunteer"])
    with pytest.raises(HomesArePrivate):
        report(session, here, public_area=False, agreed_by="本人", media=[shot])
    assert report(session, here, media=[shot, shot]).status is TicketStatus.SUBMITTED


def test_an_emergency_goes_at_once_to_the_property_company(
    session: Session, here: Neighbourhood
) -> None:
    ticket = report(session, here, category="emergency.burst_flood")
    assert ticket.emergency
    assert ticket.status is TicketStatus.DISPATCHED
    assert ticket.lead_org_id == here.organisations["property"].id
    assert ticket.lead_party is Party.PROPERTY
    assert ticket.review_by is Reviewer.COMMUNITY_PARTY
    said = session.scalars(select(TicketEntry.said)).one()
    assert said == {
        "category": "emergency.burst_flood",
        "dispatched_to": here.organisations["property"].name,
        "lead_org_id": str(here.organisations["property"].id),
    }


def test_a_person_in_danger_is_the_committees_with_the_company_helping(
    session: Session, here: Neighbourhood
) -> None:
    ticket = report(session, here, category="emergency.person_safety")
    assert ticket.lead_org_id == here.organisations["committee"].id
    assert helping(ticket) == {here.organisations["property"].id}
    assert ticket.review_by is Reviewer.OWNERS_COMMITTEE


def test_an_emergency_without_a_company_waits_for_the_community(session: Session) -> None:
    here = tickets.neighbourhood(session, without=("property",))
    ticket = report(session, here, category="emergency.burst_flood")
    assert ticket.emergency
    assert ticket.status is TicketStatus.SUBMITTED
    act(session, here, ticket, "committee", Verb.ACCEPT)
    assert ticket.status is TicketStatus.ACCEPTED


def test_what_the_community_finds_to_be_an_emergency_goes_at_once(
    session: Session, here: Neighbourhood
) -> None:
    ticket = report(session, here)
    act(session, here, ticket, "committee", Verb.ACCEPT, category="emergency.burst_flood")
    assert ticket.emergency
    assert ticket.status is TicketStatus.DISPATCHED
    assert ticket.lead_org_id == here.organisations["property"].id


def test_what_turns_out_to_be_no_emergency_is_accepted_as_what_it_is(session: Session) -> None:
    here = tickets.neighbourhood(session, without=("property",))
    ticket = report(session, here, category="emergency.burst_flood")
    act(session, here, ticket, "committee", Verb.ACCEPT, category="facility.water_drain")
    assert not ticket.emergency
    assert ticket.category == "facility.water_drain"
    assert ticket.status is TicketStatus.ACCEPTED


def test_the_company_nearest_to_the_place_takes_the_emergency(
    session: Session, here: Neighbourhood
) -> None:
    with unwatched():
        tickets.settle(
            session, here, "wide", OrganisationKind.PROPERTY, Role.DISPATCHER, here.community
        )
        empty = identity.organisation(session, OrganisationKind.PROPERTY, here.unit)
    ticket = report(session, here, category="emergency.burst_flood")
    assert ticket.lead_org_id == here.organisations["property"].id
    assert ticket.lead_org_id != empty.id  # nobody works there


def test_a_company_works_where_its_people_have_their_posts(session: Session) -> None:
    here = tickets.neighbourhood(session, without=("property",))
    with unwatched():
        other = tickets.neighbourhood(session)
        company = other.organisations["property"]
        identity.post(session, identity.person(session), company, place_id=here.estate.id)
    ticket = report(session, here, category="emergency.burst_flood")
    assert ticket.lead_org_id == company.id


def test_the_audit_row_keeps_no_words_of_the_report(session: Session, here: Neighbourhood) -> None:
    report(session, here, text="王阿姨家的秘密", public_area=False, agreed_by="王阿姨")
    session.flush()
    row = session.scalars(select(AuditRow).where(AuditRow.subject_kind == "ticket")).one()
    assert (row.verb, set(row.details)) == ("opened", {"number", "category", "status"})


def test_two_reports_at_the_same_moment_get_two_numbers(
    app: Flask, session: Session, here: Neighbourhood
) -> None:
    database: Database = app.extensions["database"]
    day, community = clock.today(), here.community.id
    stored(session)
    numbers: list[str] = []

    def report_too() -> None:
        with app.app_context(), database.session(write=True) as other:
            numbers.append(next_number(other, community, day))
            other.commit()

    with database.session(write=True) as first:
        numbers.append(next_number(first, community, day))
        meanwhile = threading.Thread(target=report_too)
        meanwhile.start()
        meanwhile.join(timeout=0.3 if database.is_sqlite else 20)
        waits = "on SQLite one writes at a time; on PostgreSQL nobody waits for this commit"
        assert meanwhile.is_alive() is database.is_sqlite, waits
        first.commit()
    meanwhile.join(timeout=20)
    assert len(set(numbers)) == 2


def test_a_number_that_was_taken_back_comes_again_on_sqlite_and_is_left_out_on_postgresql(
    app: Flask, session: Session, here: Neighbourhood
) -> None:
    database: Database = app.extensions["database"]
    day, community = clock.today(), here.community.id
    stored(session)
    with database.session(write=True) as lost:
        first = next_number(lost, community, day)
        lost.rollback()
    with database.transaction() as kept:
        second = next_number(kept, community, day)
    assert (first == second) is database.is_sqlite  # there the count was taken back with it
    with database.transaction() as kept:
        assert next_number(kept, community, day) > second
