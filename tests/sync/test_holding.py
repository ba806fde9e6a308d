"""Whose phone holds which door: what comes and goes with pairings, names, teams and posts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import Membership
from app.identity.rules import OrganisationKind
from tests.clients import Client
from tests.factories import identity, places, teams
from tests.factories.visits import Scene, neighbour, visit
from tests.sync.phone import Phone

Clients = Callable[..., Client]


@pytest.fixture
def phone(client: Clients, known: Scene) -> Phone:
    """Chen's."""
    return Phone(client(known.chen))


def test_a_door_given_to_somebody_comes_to_them_and_leaves_who_had_it(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, neighbour(session, known))
    phones = {who: Phone(client(getattr(known, who))) for who in ("zhou", "li")}
    committee = client(known.committee)
    for version, who in ((1, "zhou"), (2, "li")):
        body = {"main_id": str(getattr(known, who).id), "backup_id": None}
        answer = committee.put(f"/households/{home.id}/assignment", body, version=version)
        assert answer.status_code == 200, answer.text
        for each in phones.values():
            each.pull()
        assert {name: each.names("household") for name, each in phones.items()} == {
            name: {str(home.id)} if name == who else set() for name in phones
        }


def test_a_door_held_for_two_reasons_stays_until_both_are_gone(
    session: Session, client: Clients, known: Scene, phone: Phone
) -> None:
    home = places.household(session, known.unit)
    teams.assignment(session, home, known.chen.id)
    phone.pull()
    pairings = client(known.committee).get("/pairings", person_id=str(known.chen.id)).json["items"]
    for one in pairings:
        assert client(known.committee).delete(f"/pairings/{one['id']}").status_code == 204
    phone.pull()
    assert phone.names("household") == {str(home.id)}
    body = {"main_id": None, "backup_id": None}
    version = client(known.committee).get(f"/households/{home.id}").json["version"]
    client(known.committee).put(f"/households/{home.id}/assignment", body, version=version)
    phone.pull()
    assert phone.names("household") == set()


def test_who_leaves_the_team_forgets_its_doors(
    session: Session, client: Clients, known: Scene, phone: Phone
) -> None:
    places.households(session, known.unit, 3)
    phone.pull()
    assert len(phone.names("household")) == 3
    gone = client(known.committee).delete(f"/teams/{known.team.id}/members/{known.chen.id}")
    assert gone.status_code == 204, gone.text
    phone.pull()
    assert phone.names("household") == set()


def test_whoever_joins_a_property_company_holds_no_door_and_no_visit_any_more(
    session: Session, known: Scene, phone: Phone
) -> None:
    home = places.household(session, known.unit)
    visit(session, home, known.chen)
    phone.pull()
    company = identity.organisation(session, OrganisationKind.PROPERTY, known.community)
    identity.post(session, known.chen, company)
    phone.pull()
    assert phone.names("household") == phone.names("visit") == set()


def test_whose_last_post_has_ended_holds_no_door(
    session: Session, known: Scene, phone: Phone
) -> None:
    places.household(session, known.unit)
    phone.pull()
    post = session.scalars(select(Membership).where(Membership.person_id == known.chen.id)).one()
    post.until_date = clock.today() - timedelta(days=1)
    identity.stored(session, post)
    phone.pull()
    assert phone.names("household") == set()
