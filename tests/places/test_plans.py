"""The plan of an estate: who lays it down, who sees it, and what is refused."""

import io
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.audit import AuditRow
from app.identity.models import Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind as Kind
from app.identity.rules import PlaceKind
from tests.clients import Client
from tests.factories import identity

Call = Callable[[Kind], Client]


@pytest.fixture
def estate(session: Session) -> Place:
    return identity.place(session, PlaceKind.ESTATE, identity.community(session), "和园一村")


@pytest.fixture
def building(session: Session, estate: Place) -> Place:
    return identity.place(session, PlaceKind.BUILDING, estate, "3栋")


@pytest.fixture
def call(session: Session, estate: Place, client: Callable[[Person], Client]) -> Call:
    def sign_in(kind: Kind) -> Client:
        level = {Kind.PROPERTY: estate, Kind.OWNERS_COMMITTEE: estate}
        at = level.get(kind) or session.get_one(Place, estate.community_id)
        return client(identity.member(session, kind, at))

    return sign_in


def uploaded(phone: Client, colour: str = "white") -> str:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(out, "PNG")
    digest = sha256(out.getvalue()).hexdigest()
    assert phone.put(f"/media/{digest}", data=out.getvalue()).status_code == 201
    return digest


def laid(
    clerk: Client, estate: Place, picture: str, *spots: dict[str, Any], version: int = 0
) -> Any:
    body = {"picture": picture, "spots": list(spots)}
    return clerk.put(f"/places/estates/{estate.id}/plan", body, version=version)


def spot(building: Place, x: float = 0.25, y: float = 0.5) -> dict[str, Any]:
    return {"building_id": str(building.id), "x": x, "y": y}


def test_the_committee_lays_down_a_plan_and_the_estate_sees_it(
    session: Session, call: Call, estate: Place, building: Place
) -> None:
    clerk, company = call(Kind.RESIDENTS_COMMITTEE), call(Kind.PROPERTY)
    path = f"/places/estates/{estate.id}/plan"
    assert clerk.get(path).json["picture"] is None
    picture = uploaded(clerk)
    saved = laid(clerk, estate, picture, spot(building))
    assert saved.status_code == 200, saved.json
    seen = company.get(path).json
    assert (seen["picture"], seen["width"], seen["height"]) == (picture, 400, 300)
    assert seen["buildings"] == [{"id": str(building.id), "name": "3栋", "x": 0.25, "y": 0.5}]
    assert (seen["may_change"], saved.json["may_change"]) == (False, True)
    assert company.get(f"/media/{picture}").status_code == 200
    row = session.scalars(select(AuditRow).where(AuditRow.subject_kind == "estate_plan")).one()
    assert (row.verb, row.details) == ("saved", {"buildings": 1})


def test_a_second_saving_needs_the_version_of_the_first(
    call: Call, estate: Place, building: Place
) -> None:
    clerk = call(Kind.RESIDENTS_COMMITTEE)
    picture = uploaded(clerk)
    first = laid(clerk, estate, picture, spot(building))
    assert laid(clerk, estate, picture, version=0).status_code == 412
    moved = laid(clerk, estate, picture, spot(building, 0.9, 0.1), version=first.json["version"])
    assert moved.json["buildings"][0]["x"] == 0.9
    assert moved.json["version"] > first.json["version"]


def test_another_clerk_moves_a_building_on_a_picture_that_is_not_theirs(
    call: Call, estate: Place, building: Place
) -> None:
    clerk, other = call(Kind.RESIDENTS_COMMITTEE), call(Kind.RESIDENTS_COMMITTEE)
    picture = uploaded(clerk)
    version = laid(clerk, estate, picture).json["version"]
    assert laid(other, estate, picture, spot(building), version=version).status_code == 200


@pytest.mark.parametrize("wrong", [{"x": 1.2}, {"y": -0.1}, {"x": "far"}])
def test_a_building_stands_inside_the_picture(
    call: Call, estate: Place, building: Place, wrong: dict[str, Any]
) -> None:
    clerk = call(Kind.RESIDENTS_COMMITTEE)
    answer = laid(clerk, estate, uploaded(clerk), spot(building) | wrong)
    assert answer.status_code == 422


def test_a_building_of_another_estate_or_one_named_twice_is_refused(
    session: Session, call: Call, estate: Place, building: Place
) -> None:
    clerk = call(Kind.RESIDENTS_COMMITTEE)
    picture = uploaded(clerk)
    stranger = identity.place(session, PlaceKind.BUILDING, name="9栋")
    for spots in ((spot(stranger),), (spot(building), spot(building))):
        answer = laid(clerk, estate, picture, *spots)
        assert answer.status_code == 422
        assert "spots" in answer.json["errors"]


def test_a_picture_that_never_came_is_refused_by_its_field(call: Call, estate: Place) -> None:
    answer = laid(call(Kind.RESIDENTS_COMMITTEE), estate, "a" * 64)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["picture"])


def test_only_the_committee_of_the_place_changes_a_plan(
    session: Session, call: Call, client: Callable[[Person], Client], estate: Place
) -> None:
    company = call(Kind.PROPERTY)
    assert laid(company, estate, uploaded(company)).status_code == 403
    elsewhere = identity.community(session)
    stranger = client(identity.member(session, Kind.RESIDENTS_COMMITTEE, elsewhere))
    assert laid(stranger, estate, uploaded(stranger)).status_code == 404
    assert stranger.get(f"/places/estates/{estate.id}/plan").status_code == 404


def test_a_stranger_does_not_see_the_picture(
    session: Session, call: Call, client: Callable[[Person], Client], estate: Place
) -> None:
    clerk = call(Kind.RESIDENTS_COMMITTEE)
    picture = uploaded(clerk, "red")
    laid(clerk, estate, picture)
    stranger = client(identity.member(session, Kind.PROPERTY, identity.community(session)))
    assert stranger.get(f"/media/{picture}").status_code == 404


def test_my_estates_are_listed(call: Call, estate: Place) -> None:
    for kind in (Kind.PROPERTY, Kind.OWNERS_COMMITTEE, Kind.RESIDENTS_COMMITTEE):
        items = call(kind).get("/places/estates").json["items"]
        assert [one["name"] for one in items] == ["和园一村"]
