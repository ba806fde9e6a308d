"""Who sees which visit, and who reads a note."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.identity.models import Person
from app.visits.models import VisitRecord
from tests.clients import Client
from tests.factories import identity, places, teams
from tests.factories.visits import Scene, done, visit

Clients = Callable[[Person], Client]


def noted(session: Session, known: Scene) -> VisitRecord:
    home = places.household(session, known.unit)
    return done(session, home, known.chen, note="想换灯泡", note_agreed=True)


@pytest.mark.parametrize(
    ("who", "status"),
    [("chen", 200), ("committee", 200), ("li", 404), ("zhou", 404), ("steward", 404)],
)
def test_a_visit_of_others_is_not_found(
    session: Session, client: Clients, known: Scene, who: str, status: int
) -> None:
    record = noted(session, known)
    answer = client(getattr(known, who)).get(f"/visits/{record.visit_id}")
    assert answer.status_code == status
    if status == 200:
        assert answer.json["record"]["note"] == "想换灯泡"


@pytest.mark.parametrize(
    ("who", "notes"),
    [
        ("chen", ["想换灯泡"]),
        ("committee", ["想换灯泡"]),
        ("li", [None]),
        ("zhou", []),
        ("steward", []),
    ],
)
def test_who_looks_after_a_household_sees_its_past_without_the_notes_of_others(
    session: Session, client: Clients, known: Scene, who: str, notes: list[str | None]
) -> None:
    record = noted(session, known)
    query = {"household_id": str(record.household_id)}
    shown = client(getattr(known, who)).get("/visits", **query).json["items"]
    assert [one["record"]["note"] for one in shown] == notes


def test_the_property_company_sees_no_visit_at_all_ever(
    session: Session, client: Clients, known: Scene
) -> None:
    """Not even one that its employee was wrongly asked to."""
    home = places.household(session, known.unit)
    asked = visit(session, home, known.steward)
    teams.assignment(session, home, known.steward.id)
    steward = client(known.steward)
    assert steward.get("/visits").json["items"] == []
    assert steward.get("/visits", household_id=str(home.id)).json["items"] == []
    assert steward.get("/today").json["visits"] == []
    assert steward.get(f"/visits/{asked.id}").status_code == 404
    taps = {"on": "2026-11-24", "method": "door", "outcome": "ok"}
    path = f"/visits/{asked.id}/record"
    assert steward.put(path, taps, version=1).status_code == 404
    ids = {"ids": [str(asked.id)]}
    assert steward.post("/visits/accept", ids).status_code == 404


def test_another_communitys_committee_sees_nothing(
    session: Session, client: Clients, known: Scene
) -> None:
    record = noted(session, known)
    there = identity.community(session)
    kind = identity.OrganisationKind.RESIDENTS_COMMITTEE
    stranger = client(identity.member(session, kind, there))
    assert stranger.get(f"/visits/{record.visit_id}").status_code == 404
    assert stranger.get("/visits").json["items"] == []


def test_the_committee_lists_its_community_and_with_mine_only_its_own_visits(
    session: Session, client: Clients, known: Scene
) -> None:
    one, two = places.households(session, known.unit, 2)
    visit(session, one, known.chen)
    own = visit(session, two, known.committee)
    office = client(known.committee)
    assert len(office.get("/visits").json["items"]) == 2
    mine = office.get("/visits", mine="true").json["items"]
    assert [row["id"] for row in mine] == [str(own.id)]
