"""Who cannot be rung: seen by their committee and their leader, with why, and with no time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.channels.models import OwnChannel
from app.channels.rules import Kind, State
from app.core import clock
from app.identity.models import Device, Membership, Person
from app.identity.rules import OrganisationKind
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import identity, teams
from tests.factories.notifications import subscription
from tests.factories.visits import Scene, leader, scene

Clients = Callable[..., Client]


@pytest.fixture
def known(session: Session) -> Scene:
    return scene(session)


def unreachable(who: Client) -> dict[str, str]:
    """Who by id, and why."""
    answer = who.get("/reach/unreachable")
    assert answer.status_code == 200, answer.text
    assert all(
        set(one) == {"id", "name", "organisation_name", "gap"} for one in answer.json["items"]
    )
    return {one["id"]: one["gap"] for one in answer.json["items"]}


def rung(session: Session, who: Person, **more: Any) -> None:
    with unwatched():
        made = subscription(session, who)
        for name, value in more.items():
            setattr(made, name, value)
        session.merge(made)
        session.commit()


def channel(session: Session, who: Person, state: State) -> None:
    made = OwnChannel(
        person_id=who.id,
        kind=Kind.MAIL,
        address="a@example.test",
        address_blind=str(who.id),
        state=state,
        salt="s",
        code_until=clock.now(),
    )
    identity.stored(session, made)


def test_a_committee_sees_who_has_nothing_that_works_and_why(
    session: Session, known: Scene, client: Clients
) -> None:
    rung(session, known.chen)
    rung(session, known.li, failed_at=clock.now())
    channel(session, known.zhou, State.BROKEN)
    assert unreachable(client(known.committee)) == {
        str(known.li.id): "devices_fail",
        str(known.zhou.id): "channels_fail",
        str(known.steward.id): "nothing",
    }


def test_one_way_that_works_is_enough(session: Session, known: Scene, client: Clients) -> None:
    rung(session, known.chen, failed_at=clock.now())
    rung(session, known.chen)
    rung(session, known.li, failed_at=clock.now())
    channel(session, known.li, State.READY)
    rung(session, known.zhou, failed_at=clock.now())
    channel(session, known.zhou, State.UNCONFIRMED)
    assert unreachable(client(known.committee)) == {
        str(known.zhou.id): "both_fail",
        str(known.steward.id): "nothing",
    }


def test_a_device_that_was_signed_out_is_no_way(
    session: Session, known: Scene, client: Clients
) -> None:
    device = Device(
        person_id=known.chen.id, token_hash="t", csrf_token="c", name="n", ended_at=clock.now()
    )
    identity.stored(session, device)
    subscription(session, known.chen, device_id=device.id)
    assert unreachable(client(known.committee))[str(known.chen.id)] == "nothing"


def test_a_leader_sees_the_team_and_nobody_else(
    session: Session, known: Scene, client: Clients
) -> None:
    head = leader(session, known)
    other = identity.member(session, OrganisationKind.VOLUNTEER_TEAM, known.community)
    teams.team(session, known.community, other)
    mine = unreachable(client(head))
    assert set(mine) == {str(one.id) for one in (known.chen, known.li, known.zhou, known.steward)}
    assert str(other.id) in unreachable(client(known.committee))


def test_a_member_sees_nobody_and_other_offices_are_turned_away(
    known: Scene, client: Clients
) -> None:
    assert unreachable(client(known.chen)) == {}
    assert client(known.steward).get("/reach/unreachable").status_code == 403


def test_another_community_sees_nobody_of_this_one(
    session: Session, known: Scene, client: Clients
) -> None:
    elsewhere = identity.community(session)
    clerk = identity.member(session, OrganisationKind.RESIDENTS_COMMITTEE, elsewhere)
    assert unreachable(client(clerk)) == {}


def test_who_has_left_is_on_no_list(session: Session, known: Scene, client: Clients) -> None:
    with unwatched():
        for post in session.scalars(
            select(Membership).where(Membership.person_id == known.chen.id)
        ):
            post.until_date = clock.today() - timedelta(days=1)
        session.commit()
    assert str(known.chen.id) not in unreachable(client(known.committee))
