"""The import as a whole: preview, confirm, drop, on both databases."""

import io
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import reading, transaction
from app.identity.models import Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, PlaceKind, Role
from app.places import imports
from app.places.columns import COLUMNS
from app.places.models import Household, HouseholdImport, HouseholdImportRow, ImportState
from app.places.rules import CareLevel
from tests.clients import Client
from tests.factories import identity

HEADINGS = ",".join(column.title for column in COLUMNS)
ROWS = (
    "和园一村,3栋,1单元,,202,第一网格,王阿姨,特别关心,先打电话,19900000001",
    "和园一村,3栋,1单元,,203,,,,,",
    "和园一村,5栋,2,,301,第二网格,李伯伯,,,",
)
Clients = Callable[..., Client]


@pytest.fixture
def community(session: Session) -> Place:
    return identity.community(session)


@pytest.fixture
def clerk(session: Session, community: Place) -> Person:
    who = identity.person(session, "王干事")
    office = identity.organisation(session, OrganisationKind.RESIDENTS_COMMITTEE, community)
    identity.post(session, who, office, Role.CLERK)
    return who


@pytest.fixture
def fresh(app: Flask) -> Iterator[Session]:
    """A session for looking, opened when it is first used and not before."""
    with reading() as look:
        yield look


def upload(client: Client, community: Place, content: str | bytes, **options: Any) -> Any:
    raw = content if isinstance(content, bytes) else content.encode()
    form = {"community_id": str(community.id), "file": (io.BytesIO(raw), "住户.csv")}
    return client.post("/places/imports", data=form, content_type="multipart/form-data", **options)


def csv(*rows: str) -> str:
    return "\n".join((HEADINGS, *rows))


def households() -> int:
    with reading() as look:
        return look.scalar(select(func.count()).select_from(Household)) or 0


def test_a_preview_writes_nothing_and_confirming_writes_all(
    client: Clients, fresh: Session, session: Session, community: Place, clerk: Person
) -> None:
    mine = client(clerk)
    preview = upload(mine, community, csv(*ROWS))
    assert preview.status_code == 201
    assert preview.json["counts"] == {"create": 3, "change": 0, "same": 0, "refuse": 0}
    assert (preview.json["estates_new"], preview.json["buildings_new"]) == (1, 2)
    assert households() == 0
    confirmed = mine.post(f"/places/imports/{preview.json['id']}/confirm")
    assert confirmed.json["state"] == "confirmed"
    assert households() == 3
    door = fresh.scalars(select(Household).where(Household.door == "202")).one()
    assert (door.care_level, door.floor, door.contact_phone) == (CareLevel.HIGH, 2, "19900000001")
    assert door.care_confirmed_on == clock.today()
    other = fresh.scalars(select(Household).where(Household.door == "203")).one()
    assert other.grid_id == door.grid_id is not None


def test_the_same_file_twice_changes_nothing(
    client: Clients, fresh: Session, session: Session, community: Place, clerk: Person
) -> None:
    mine = client(clerk)
    for expected in ("create", "same"):
        preview = upload(mine, community, csv(*ROWS)).json
        assert preview["counts"][expected] == 3
        assert mine.post(f"/places/imports/{preview['id']}/confirm").status_code == 200
    assert set(fresh.scalars(select(Household.version))) == {1}
    assert fresh.scalar(select(func.count()).where(Place.kind == PlaceKind.BUILDING)) == 2


def test_rows_say_what_would_happen_and_why(
    client: Clients, session: Session, community: Place, clerk: Person
) -> None:
    mine = client(clerk)
    preview = upload(mine, community, csv(*ROWS)).json
    mine.post(f"/places/imports/{preview['id']}/confirm")
    changed = ROWS[0].replace("特别关心", "重点关心").replace("0001", "0009")
    preview = upload(mine, community, csv(changed, ROWS[1], ROWS[1])).json
    assert preview["counts"] == {"create": 0, "change": 1, "same": 1, "refuse": 1}
    rows = mine.get(f"/places/imports/{preview['id']}/rows", action="refuse").json["items"]
    assert rows[0]["row"] == 4
    assert rows[0]["reasons"] == ["和第 3 行是同一户，请删掉其中一行"]
    rows = mine.get(f"/places/imports/{preview['id']}/rows", action="change").json["items"]
    assert [change["to"] for change in rows[0]["changes"]] == ["重点关心", "199****0009"]


def test_one_refused_row_keeps_all_from_being_confirmed(
    client: Clients, session: Session, community: Place, clerk: Person
) -> None:
    mine = client(clerk)
    preview = upload(mine, community, csv(*ROWS, "和园一村,,1,,,,,,,")).json
    answer = mine.post(f"/places/imports/{preview['id']}/confirm")
    assert (answer.status_code, answer.json["code"]) == (409, "import_has_refused_rows")
    assert "有 1 行有问题" in answer.json["title"]
    assert households() == 0


def test_a_preview_that_is_no_longer_true_is_not_carried_out(
    client: Clients, session: Session, community: Place, clerk: Person
) -> None:
    mine = client(clerk)
    first, second = (upload(mine, community, csv(*ROWS)).json for _ in range(2))
    assert mine.post(f"/places/imports/{first['id']}/confirm").status_code == 200
    answer = mine.post(f"/places/imports/{second['id']}/confirm")
    assert (answer.status_code, answer.json["code"]) == (409, "import_outdated")
    assert households() == 3


def test_a_dropped_preview_forgets_what_the_file_said(
    client: Clients, fresh: Session, session: Session, community: Place, clerk: Person
) -> None:
    mine = client(clerk)
    preview = upload(mine, community, csv(*ROWS)).json
    assert mine.delete(f"/places/imports/{preview['id']}").status_code == 204
    kept = fresh.scalars(select(HouseholdImport)).one()
    assert (kept.state, kept.lines) == (ImportState.DROPPED, None)
    assert fresh.scalar(select(func.count()).select_from(HouseholdImportRow)) == 0
    answer = mine.post(f"/places/imports/{preview['id']}/confirm")
    assert answer.json["code"] == "import_settled"


def test_a_building_moves_to_another_grid_with_its_households(
    client: Clients, fresh: Session, session: Session, community: Place, clerk: Person
) -> None:
    mine = client(clerk)
    preview = upload(mine, community, csv(*ROWS)).json
    mine.post(f"/places/imports/{preview['id']}/confirm")
    preview = upload(mine, community, csv(ROWS[0].replace("第一网格", "第二网格"))).json
    assert preview["counts"]["change"] == 1
    mine.post(f"/places/imports/{preview['id']}/confirm")
    assert len(set(fresh.scalars(select(Household.grid_id)))) == 1
    grids = mine.get("/places/grids", community_id=community.id).json["items"]
    assert {grid["name"]: grid["households"] for grid in grids} == {"第一网格": 0, "第二网格": 3}


def test_telephone_numbers_are_encrypted_wherever_they_wait(
    client: Clients, fresh: Session, session: Session, community: Place, clerk: Person
) -> None:
    mine = client(clerk)
    preview = upload(mine, community, csv(*ROWS)).json
    raw = fresh.connection().exec_driver_sql("SELECT lines FROM household_import").scalar_one()
    assert "19900000001" not in raw
    assert "王阿姨" not in raw
    mine.post(f"/places/imports/{preview['id']}/confirm")
    raws = fresh.connection().exec_driver_sql("SELECT contact_phone FROM household").scalars()
    assert not any("1990000" in raw for raw in raws if raw)


def test_old_previews_lapse(
    fresh: Session, session: Session, community: Place, clerk: Person, client: Clients
) -> None:
    upload(client(clerk), community, csv(*ROWS))
    with clock.frozen(clock.now() + timedelta(days=8)), transaction() as writing:
        imports.forget_old(writing, clock.today())
    assert fresh.scalars(select(HouseholdImport.state)).one() is ImportState.DROPPED


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (OrganisationKind.PROPERTY, 403),
        (OrganisationKind.VOLUNTEER_TEAM, 403),
        (OrganisationKind.SUBDISTRICT, 403),
        (OrganisationKind.COMMUNITY_PARTY, 201),
    ],
)
def test_only_the_committee_imports(
    client: Clients,
    session: Session,
    community: Place,
    kind: OrganisationKind,
    status: int,
) -> None:
    who = identity.person(session)
    identity.post(session, who, identity.organisation(session, kind, community))
    assert upload(client(who), community, csv(*ROWS)).status_code == status


def test_another_committee_does_not_find_the_community_or_its_imports(
    client: Clients, session: Session, community: Place, clerk: Person
) -> None:
    there = identity.community(session)
    stranger = identity.person(session)
    office = identity.organisation(session, OrganisationKind.RESIDENTS_COMMITTEE, there)
    identity.post(session, stranger, office)
    assert upload(client(stranger), community, csv(*ROWS)).status_code == 404
    preview = upload(client(clerk), community, csv(*ROWS)).json
    assert client(stranger).get(f"/places/imports/{preview['id']}").status_code == 404


def test_an_administrator_above_imports_too(
    client: Clients, session: Session, community: Place
) -> None:
    admin = identity.person(session)
    district = session.get_one(Place, session.get_one(Place, community.parent_id).parent_id)
    office = identity.organisation(session, OrganisationKind.DISTRICT, district)
    identity.post(session, admin, office, Role.ADMIN)
    assert upload(client(admin), community, csv(*ROWS)).status_code == 201


def test_a_file_must_be_sent(client: Clients, community: Place, clerk: Person) -> None:
    answer = client(clerk).post(
        "/places/imports",
        data={"community_id": str(community.id)},
        content_type="multipart/form-data",
    )
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["file"])


def test_a_file_of_ten_megabytes_is_refused(
    client: Clients, community: Place, clerk: Person
) -> None:
    answer = client(clerk).post(
        "/places/imports",
        data=b"--x\r\n" + b"x" * (10 * 1024 * 1024),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413


def test_an_upload_that_is_sent_again_is_one_import_and_another_file_is_refused(
    client: Clients, community: Place, clerk: Person
) -> None:
    mine, key = client(clerk), uuid4()
    first = upload(mine, community, csv(*ROWS), key=key)
    again = upload(mine, community, csv(*ROWS), key=key)
    assert (again.status_code, again.json["id"]) == (201, first.json["id"])
    other = upload(mine, community, csv(ROWS[0]), key=key)
    assert (other.status_code, other.json["code"]) == (409, "idempotency_key_reused")


def test_the_templates_can_be_downloaded(client: Clients, clerk: Person) -> None:
    for name, start in (("template.xlsx", b"PK"), ("template.csv", b"\xef\xbb\xbf")):
        answer = client(clerk).get(f"/places/imports/{name}")
        assert answer.status_code == 200
        assert answer.data.startswith(start)
        assert "attachment" in answer.headers["Content-Disposition"]


def test_2600_households_take_less_than_ten_seconds(
    client: Clients, session: Session, community: Place, clerk: Person
) -> None:
    rows = [
        f"和园{estate}村,{building}栋,{unit}单元,,{floor}{door:02},第{estate}网格,住户,一般,,1990000{floor:04}"
        for estate in (1, 2)
        for building in range(1, 14)
        for unit in (1, 2)
        for floor in range(1, 26)
        for door in (1, 2)
    ]
    assert len(rows) == 2600
    mine = client(clerk)
    started = time.monotonic()
    preview = upload(mine, community, csv(*rows)).json
    assert mine.post(f"/places/imports/{preview['id']}/confirm").status_code == 200
    assert time.monotonic() - started < 10
    assert households() == 2600
    assert upload(mine, community, csv(*rows)).json["counts"]["same"] == 2600
