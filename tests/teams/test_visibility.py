"""Who sees which household: the committee all, a volunteer theirs, the property company none."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import Membership
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind
from tests.factories import identity, places, teams
from tests.teams.world import Clients, World, doors, person_of


def test_a_volunteer_sees_the_households_that_are_theirs_and_no_other(
    client: Clients, session: Session, world: World
) -> None:
    first, second, third, _ = world.doors
    teams.assignment(session, first, world.chen.id)
    teams.assignment(session, second, world.li.id, world.chen.id)
    mine = client(world.chen)
    assert doors(mine.get("/households")) == ["101", "102"]
    assert mine.get(f"/households/{first.id}").json["main"]["name"] == "陈师傅"
    assert mine.get(f"/households/{third.id}").status_code == 404
    asked = mine.post(f"/households/{third.id}/phone", {"reason": "想问一下"})
    assert asked.status_code == 404


@pytest.mark.parametrize("level", ["building", "unit"])
def test_a_volunteer_sees_the_building_or_unit_they_are_paired_with(
    client: Clients, session: Session, world: World, level: str
) -> None:
    building = session.get_one(Place, world.unit.parent_id)
    other = identity.place(session, world.unit.kind, building, "2单元")
    places.household(session, other, "101")
    teams.pairing(session, world.team, world.chen, building if level == "building" else world.unit)
    found = doors(client(world.chen).get("/households"))
    assert len(found) == (5 if level == "building" else 4)


def test_a_pairing_that_ended_shows_nothing_any_more(
    client: Clients, session: Session, world: World
) -> None:
    pairing = teams.pairing(session, world.team, world.chen, world.unit)
    pairing.until = clock.today() - timedelta(days=1)
    identity.stored(session, pairing)
    assert doors(client(world.chen).get("/households")) == []


def test_whoever_holds_no_post_any_more_sees_nothing_though_still_paired(
    client: Clients, session: Session, world: World
) -> None:
    teams.pairing(session, world.team, world.chen, world.unit)
    teams.assignment(session, world.doors[0], world.chen.id)
    post = session.scalars(select(Membership).where(Membership.person_id == world.chen.id)).one()
    post.until_date = clock.today() - timedelta(days=1)
    identity.stored(session, post)
    assert doors(client(world.chen).get("/households")) == []


def test_the_property_company_sees_no_household_even_when_its_man_is_paired(
    client: Clients, session: Session, world: World
) -> None:
    estate = session.get_one(Place, world.unit.estate_id)
    steward = person_of(session, OrganisationKind.PROPERTY, estate)
    team = teams.team(session, world.community, steward)
    teams.pairing(session, team, steward, world.unit)
    mine = client(steward)
    assert doors(mine.get("/households")) == []
    assert mine.get(f"/households/{world.doors[0].id}").status_code == 404


@pytest.mark.parametrize(
    "kind",
    [
        OrganisationKind.SUBDISTRICT,
        OrganisationKind.OWNERS_COMMITTEE,
        OrganisationKind.SOCIAL_ORG,
        OrganisationKind.VOLUNTEER_TEAM,
    ],
)
def test_nobody_else_sees_households_by_their_post(
    client: Clients, session: Session, world: World, kind: OrganisationKind
) -> None:
    who = person_of(session, kind, world.community)
    assert doors(client(who).get("/households")) == []
    assert client(who).get(f"/households/{world.doors[0].id}").status_code == 404


def test_another_committee_does_not_find_our_households(
    client: Clients, session: Session, world: World
) -> None:
    there = identity.community(session)
    who = person_of(session, OrganisationKind.RESIDENTS_COMMITTEE, there)
    assert doors(client(who).get("/households")) == []
    assert client(who).get(f"/households/{world.doors[0].id}").status_code == 404


def test_a_telephone_number_is_shown_for_a_reason_that_is_logged(
    client: Clients, session: Session, world: World
) -> None:
    home = places.household(session, world.unit, "601", contact_phone="19900000007")
    teams.assignment(session, home, world.chen.id)
    mine = client(world.chen)
    assert mine.get(f"/households/{home.id}").json["contact_phone_masked"] == "199****0007"
    assert mine.post(f"/households/{home.id}/phone", {}).status_code == 422
    answer = mine.post(f"/households/{home.id}/phone", {"reason": "约今晚上门"})
    assert answer.json == {"phone": "19900000007"}
    rows = session.connection().exec_driver_sql(
        "SELECT actor_id FROM audit WHERE verb = 'phone_shown'"
    )
    assert len(rows.all()) == 1


def test_a_household_without_a_number_says_so(
    client: Clients, session: Session, world: World
) -> None:
    answer = client(world.clerk).post(
        f"/households/{world.doors[0].id}/phone", {"reason": "约今晚上门"}
    )
    assert (answer.status_code, answer.json["code"]) == (409, "household_has_no_phone")
