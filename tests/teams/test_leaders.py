"""Who leads a team and looks after a household; who was lately in a team."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import Person
from app.identity.rules import OrganisationKind
from app.places.models import Household
from app.teams import queries, rosters
from tests.factories import identity, places, teams
from tests.factories.tickets import as_actor
from tests.factories.visits import Scene, leader, leaves, neighbour, scene


@pytest.fixture
def known(session: Session) -> Scene:
    return scene(session)


@pytest.fixture
def home(session: Session, known: Scene) -> Household:
    return places.household(session, known.unit)


def leads(session: Session, home: Household, who: Person) -> bool:
    """Whether somebody is found from the household, which must be so where they find it."""
    actor = as_actor(session, who)
    sees = queries.household_visible(session, actor, home.id)
    led = home.community_id in set(session.scalars(rosters.led_by(who.id)))
    found = who.id in rosters.leaders_of(session, home)
    barred = actor.holds(OrganisationKind.PROPERTY)
    assert found is (sees and led and not barred)
    return found


def test_a_leader_paired_with_the_unit_or_its_building_looks_after_the_door(
    session: Session, known: Scene, home: Household
) -> None:
    building = session.get_one(type(known.unit), known.unit.parent_id)
    assert leads(session, home, leader(session, known))
    assert leads(session, home, leader(session, known, building))


@pytest.mark.parametrize("backup", [False, True])
def test_so_does_a_leader_who_is_main_or_backup_person(
    session: Session, known: Scene, home: Household, backup: bool
) -> None:
    head = leader(session, known, neighbour(session, known))
    assert not leads(session, home, head)
    persons = (known.chen.id, head.id) if backup else (head.id, None)
    teams.assignment(session, home, *persons)
    assert leads(session, home, head)


def test_a_member_who_is_no_leader_does_not(
    session: Session, known: Scene, home: Household
) -> None:
    assert not leads(session, home, known.chen)


def test_nor_does_a_leader_whose_time_is_over(
    session: Session, known: Scene, home: Household
) -> None:
    head = leader(session, known)
    leaves(session, known, head, clock.today() - timedelta(days=1))
    assert not leads(session, home, head)


def test_nor_a_leader_without_any_post(session: Session, known: Scene, home: Household) -> None:
    head = identity.person(session)
    teams.member(session, known.team, head, leader=True)
    teams.pairing(session, known.team, head, known.unit)
    assert not leads(session, home, head)


def test_nor_a_leader_who_works_for_a_property_company(
    session: Session, known: Scene, home: Household
) -> None:
    head = leader(session, known)
    estate = session.get_one(type(known.unit), known.unit.estate_id)
    company = identity.organisation(session, OrganisationKind.PROPERTY, estate)
    identity.post(session, head, company)
    assert not leads(session, home, head)


def test_nor_a_leader_of_another_communitys_team(
    session: Session, known: Scene, home: Household
) -> None:
    there = scene(session)
    head = leader(session, there)
    teams.pairing(session, known.team, head, known.unit)
    assert not leads(session, home, head)


def test_a_leader_of_two_teams_is_found_once(
    session: Session, known: Scene, home: Household
) -> None:
    head = leader(session, known)
    other = teams.team(session, known.community)
    teams.member(session, other, head, leader=True)
    assert rosters.leaders_of(session, home) == [head.id]


@pytest.mark.parametrize(("days", "known_still"), [(0, True), (60, True), (61, False)])
def test_who_left_a_team_is_known_for_as_long_as_it_is_asked(
    session: Session, known: Scene, days: int, known_still: bool
) -> None:
    today = clock.today()
    leaves(session, known, known.chen, today - timedelta(days=days))
    since = today - timedelta(days=60)
    community = known.community.id
    assert rosters.was_in_team(session, community, known.chen.id, since) is known_still


def test_who_is_in_a_team_was_in_it_and_who_never_was_or_will_be_was_not(
    session: Session, known: Scene
) -> None:
    since, community = clock.today(), known.community.id
    there = scene(session)
    soon = identity.person(session)
    teams.member(session, known.team, soon, since=date(2100, 1, 1))
    assert rosters.was_in_team(session, community, known.li.id, since)
    for stranger in (known.committee, there.li, soon):
        assert not rosters.was_in_team(session, community, stranger.id, since)
