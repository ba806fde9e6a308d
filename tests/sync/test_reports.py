"""What phones say of themselves, and which of them the committee is shown."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import Device, Person
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import identity, places
from tests.factories.visits import Scene, visit

Clients = Callable[..., Client]
NOTHING = {"waiting": 0, "refused": 0, "skew_seconds": 0}


def seen(session: Session, who: Person, days: int) -> None:
    """The phones of a person were last heard of so many days ago."""
    with unwatched():
        session.execute(
            update(Device)
            .where(Device.person_id == who.id)
            .values(last_seen_at=clock.now() - timedelta(days=days))
        )
        session.commit()


def silent(client: Client) -> list[tuple[str, int, int, int, int]]:
    items = client.get("/sync/silent").json["items"]
    names = ("waiting", "refused", "overdue_visits", "silent_days")
    return [(one["person"]["name"], *(one[name] for name in names)) for one in items]


@pytest.mark.parametrize(
    ("said", "days", "shown"),
    [
        ({"waiting": 3}, 2, [("测试人", 3, 0, 0, 2)]),
        ({"refused": 1}, 2, [("测试人", 0, 1, 0, 2)]),
        ({"waiting": 3}, 0, []),
        ({}, 9, []),
        ({"skew_seconds": -301}, 0, [("测试人", 0, 0, 0, 0)]),
        ({"skew_seconds": 300}, 0, []),
    ],
)
def test_the_committee_is_shown_silent_phones_with_work_on_them_and_wrong_clocks(
    session: Session,
    client: Clients,
    known: Scene,
    said: dict[str, int],
    days: int,
    shown: list[object],
) -> None:
    assert client(known.chen).put("/sync/device", NOTHING | said).status_code == 204
    committee = client(known.committee)
    seen(session, known.chen, days)
    assert silent(committee) == shown


def test_a_visit_of_yesterday_that_nobody_recorded_may_lie_on_a_silent_phone(
    session: Session, client: Clients, known: Scene
) -> None:
    home = places.household(session, known.unit)
    client(known.chen)
    visit(session, home, known.chen, on=clock.today() - timedelta(days=1))
    visit(session, home, known.chen)
    seen(session, known.chen, 2)
    assert silent(client(known.committee)) == [("测试人", 0, 0, 1, 2)]


def test_what_a_phone_says_again_replaces_what_it_said(
    session: Session, client: Clients, known: Scene
) -> None:
    phone = client(known.chen)
    phone.put("/sync/device", NOTHING | {"waiting": 7, "oldest_at": "2026-11-20T01:00:00Z"})
    phone.put("/sync/device", NOTHING)
    committee = client(known.committee)
    seen(session, known.chen, 3)
    assert silent(committee) == []


def test_another_communitys_committee_sees_no_phone_of_ours(
    session: Session, client: Clients, known: Scene
) -> None:
    client(known.chen).put("/sync/device", NOTHING | {"waiting": 2})
    there = identity.community(session)
    stranger = identity.member(session, identity.OrganisationKind.RESIDENTS_COMMITTEE, there)
    asking = client(stranger)
    seen(session, known.chen, 2)
    assert silent(asking) == []


@pytest.mark.parametrize("who", ["chen", "steward"])
def test_nobody_else_is_shown_phones(client: Clients, known: Scene, who: str) -> None:
    assert client(getattr(known, who)).get("/sync/silent").status_code == 403


@pytest.mark.parametrize(
    "said", [{"waiting": -1}, {"waiting": "viel"}, {"waiting": 1, "refused": 0, "where": "here"}]
)
def test_nonsense_is_refused_with_the_field_it_belongs_to(
    client: Clients, known: Scene, said: dict[str, object]
) -> None:
    answer = client(known.chen).put("/sync/device", said)
    assert answer.status_code == 422
    assert answer.json["errors"]
