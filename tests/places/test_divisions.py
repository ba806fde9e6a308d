"""Subdistricts and communities: one by hand, many from the official list, each with its office."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import config
from app.core.audit import AuditRow
from app.core.db import reading
from app.identity.models import Organisation, Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind as Kind
from app.identity.rules import PlaceKind, Role
from app.places import rules_divisions as rules
from app.places.divisions import lines_of
from app.places.rules_divisions import Outcome
from tests.clients import Client
from tests.factories import identity

REAL = Path(config.ROOT / "data" / "qixia_divisions.csv")
HEADINGS = ",".join(rules.HEADINGS)
Clients = Callable[..., Client]


@pytest.fixture
def district(session: Session) -> Place:
    found = identity.place(session, PlaceKind.DISTRICT, None, "栖霞区")
    found.code = "320113"
    identity.stored(session, found)
    return found


@pytest.fixture
def admin(session: Session, district: Place, client: Clients) -> Client:
    return client(identity.member(session, Kind.DISTRICT, district, Role.ADMIN))


def handed_in(who: Client, district: Place, text: str | bytes, digest: str | None = None) -> Any:
    raw = text if isinstance(text, bytes) else text.encode()
    form = {"district_id": str(district.id), "file": (io.BytesIO(raw), "社区.csv")}
    form |= {"digest": digest} if digest else {}
    return who.post("/places/divisions/list", data=form, content_type="multipart/form-data")


def count(model: Any) -> int:
    with reading() as look:
        return look.scalar(select(func.count()).select_from(model)) or 0


def added(who: Client, parent_id: object, name: str, code: str) -> Any:
    body = {"parent_id": str(parent_id), "name": name, "code": code}
    return who.post("/places/divisions", body)


def test_the_real_list_of_a_district_is_seen_first_and_then_taken_over_once(
    admin: Client, district: Place
) -> None:
    before = count(Place)
    seen = handed_in(admin, district, REAL.read_bytes())
    assert seen.status_code == 200
    said = {name: seen.json[name] for name in ("written", "create", "same", "refuse")}
    assert said == {"written": False, "create": 142, "same": 0, "refuse": 0}
    assert count(Place) == before
    done = handed_in(admin, district, REAL.read_bytes(), seen.json["digest"])
    assert done.json["written"] is True
    assert count(Place) == before + 142 + done.json["streets_new"]
    again = handed_in(admin, district, REAL.read_bytes())
    assert (again.json["create"], again.json["same"], again.json["streets_new"]) == (0, 142, 0)
    shown = admin.get("/places/divisions", limit=200).json["items"]
    assert len(shown) == 1 + done.json["streets_new"] + 142
    assert all(one["office_id"] for one in shown if one["kind"] != "district")


def test_whoever_adds_a_community_can_invite_its_first_clerk_at_once(
    admin: Client, district: Place
) -> None:
    street = added(admin, district.id, "仙林街道", "320113007000")
    assert (street.status_code, street.json["code"]) == (201, "320113007")
    made = added(admin, street.json["id"], "和园社区", "320113007006").json
    assert (made["name"], made["kind"], made["people"]) == ("和园社区", "community", 0)
    body = {
        "name": "王干事",
        "phone": "19900001234",
        "organisation_id": made["office_id"],
        "role": "clerk",
        "place_id": made["id"],
    }
    assert admin.post("/invitations", body).status_code == 201
    with reading() as look:
        office = look.scalars(
            select(Organisation).where(Organisation.place_id == UUID(made["id"]))
        ).one()
    assert (office.kind, office.name) == (Kind.RESIDENTS_COMMITTEE, "和园社区居委会")


def test_each_added_place_leaves_its_rows_in_the_audit(
    admin: Client, district: Place, session: Session
) -> None:
    street = added(admin, district.id, "仙林街道", "320113007").json
    body = {"name": "仙林街", "code": "320113007"}
    changed = admin.patch(f"/places/divisions/{street['id']}", body)
    assert changed.json["name"] == "仙林街"
    rows = session.scalars(select(AuditRow.verb).where(AuditRow.subject_id == UUID(street["id"])))
    assert sorted(rows) == ["added", "changed"]


WRONG = {
    "a name that is missing": ("  ", "320113007", "name"),
    "a name that a spreadsheet would run": ("=1+1", "320113007", "name"),
    "a code that is too short": ("仙林街道", "32011300", "code"),
    "a code of another district": ("仙林街道", "320114007", "code"),
    "a code with letters": ("仙林街道", "32011300a", "code"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_typed_wrong_is_said_at_its_field(
    admin: Client, district: Place, case: str
) -> None:
    name, code, field = WRONG[case]
    refused = added(admin, district.id, name, code)
    assert refused.status_code == 422
    assert list(refused.json["errors"]) == [field]


def test_a_code_is_given_once_and_may_be_kept_when_the_name_changes(
    admin: Client, district: Place
) -> None:
    one = added(admin, district.id, "仙林街道", "320113007").json
    other = added(admin, district.id, "尧化街道", "320113001").json
    assert added(admin, district.id, "又一个", "320113007").json["errors"].keys() == {"code"}
    path = f"/places/divisions/{other['id']}"
    assert admin.patch(path, {"name": "尧化", "code": one["code"]}).status_code == 422
    assert admin.patch(path, {"name": "尧化", "code": other["code"]}).status_code == 200


def test_below_a_community_nothing_is_added_here_and_the_district_is_not_renamed(
    admin: Client, district: Place
) -> None:
    street = added(admin, district.id, "仙林街道", "320113007").json
    home = added(admin, street["id"], "和园社区", "320113007006").json
    assert added(admin, home["id"], "和园一村", "320113007006").json["errors"].keys() == {
        "parent_id"
    }
    body = {"name": "别的区", "code": "320113"}
    assert admin.patch(f"/places/divisions/{district.id}", body).status_code == 422


def test_an_administrator_sees_and_changes_nothing_of_another_district(
    admin: Client, session: Session
) -> None:
    elsewhere = identity.community(session)
    there = elsewhere.path.split("/")[1:4]
    shown = {one["id"] for one in admin.get("/places/divisions").json["items"]}
    assert not shown & set(there)
    for place_id in there:
        assert added(admin, place_id, "某街道", "320113007").status_code == 404
        body = {"name": "某街道", "code": "320113007"}
        assert admin.patch(f"/places/divisions/{place_id}", body).status_code == 404


def test_a_list_with_one_wrong_row_writes_nothing_and_says_what_is_wrong(
    admin: Client, district: Place
) -> None:
    before = count(Place)
    text = (
        f"{HEADINGS}\n320113007006,和园社区,320113007,仙林街道\n320113007,某社区,320113007,仙林街道"
    )
    seen = handed_in(admin, district, text)
    assert (seen.json["create"], seen.json["refuse"]) == (1, 1)
    assert seen.json["rows"][1]["reasons"]
    refused = handed_in(admin, district, text, seen.json["digest"])
    assert (refused.status_code, refused.json["code"]) == (409, "list_has_refused_rows")
    assert count(Place) == before


def test_a_list_is_not_taken_over_when_the_district_is_no_longer_as_it_was_shown(
    admin: Client, district: Place
) -> None:
    text = f"{HEADINGS}\n320113007006,和园社区,320113007,仙林街道"
    seen = handed_in(admin, district, text).json["digest"]
    street = added(admin, district.id, "仙林街道", "320113007").json
    added(admin, street["id"], "和园社区", "320113007006")
    refused = handed_in(admin, district, text, seen)
    assert (refused.status_code, refused.json["code"]) == (409, "list_outdated")


def test_a_list_without_its_headings_or_rows_is_refused_in_words(
    admin: Client, district: Place
) -> None:
    assert handed_in(admin, district, "甲,乙\n1,2").json["code"] == "import_headings_wrong"
    assert handed_in(admin, district, HEADINGS).json["code"] == "import_file_empty"
    assert handed_in(admin, district, "").json["code"] == "import_file_empty"
    template = admin.get("/places/divisions/template.csv").data
    assert handed_in(admin, district, template).json["code"] == "import_file_empty"


ROW = {"code": "320113007006", "name": "和园社区", "street_code": "320113007", "street": "仙林街道"}
REFUSED = {
    "no code": {"code": ""},
    "a code that does not lie in its subdistrict": {"street_code": "320113008"},
    "a subdistrict of another district": {"code": "320114007006", "street_code": "320114007"},
    "no name": {"name": ""},
    "a name that is too long": {"name": "长" * 61},
    "no subdistrict": {"street": ""},
    "a subdistrict under a formula": {"street": "@仙林"},
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_row_is_refused_for(case: str) -> None:
    planned = rules.plan([(2, ROW | REFUSED[case])], "320113", {})
    assert planned.rows[0].outcome is Outcome.REFUSE
    assert planned.rows[0].reasons
    assert planned.streets == {}


def test_two_rows_with_one_code_or_a_street_under_two_names_are_refused() -> None:
    other = ROW | {"code": "320113007007", "street": "仙鹤街道"}
    planned = rules.plan([(2, ROW), (3, ROW), (4, other)], "320113", {})
    assert [row.outcome for row in planned.rows] == [
        Outcome.CREATE,
        Outcome.REFUSE,
        Outcome.REFUSE,
    ]


@pytest.mark.parametrize(
    ("used", "outcome"),
    [
        ({"320113007006": PlaceKind.COMMUNITY}, Outcome.SAME),
        ({"320113007006": None}, Outcome.REFUSE),
        ({"320113007": None}, Outcome.REFUSE),
        ({"320113007": PlaceKind.SUBDISTRICT}, Outcome.CREATE),
    ],
)
def test_a_code_that_is_in_use_elsewhere_is_not_given_again(
    used: dict[str, PlaceKind | None], outcome: Outcome
) -> None:
    assert rules.plan([(2, ROW)], "320113", used).rows[0].outcome is outcome


def test_a_list_belongs_to_a_district_and_comes_as_a_file(admin: Client, district: Place) -> None:
    street = added(admin, district.id, "仙林街道", "320113007").json
    row = f"{HEADINGS}\n320113007006,和园社区,320113007,仙林街道"
    form = {"district_id": street["id"], "file": (io.BytesIO(row.encode()), "a.csv")}
    wrong = admin.post("/places/divisions/list", data=form, content_type="multipart/form-data")
    assert wrong.json["errors"].keys() == {"district_id"}
    form = {"district_id": str(district.id)}
    wrong = admin.post("/places/divisions/list", data=form, content_type="multipart/form-data")
    assert wrong.json["errors"].keys() == {"file"}


def test_the_code_of_the_subdistrict_may_be_left_out_and_chinese_headings_are_read() -> None:
    lines = lines_of(
        [["代码", "社区", "街道"], ["320113007006", "和园社区居委会", "仙林街道"], [""]]
    )
    planned = rules.plan(lines, None, {})
    assert planned.streets == {"320113007": "仙林街道"}


@pytest.mark.parametrize(
    ("text", "community", "office"),
    [
        ("和园社区", "和园社区", "和园社区居委会"),
        ("和园社区居委会", "和园社区", "和园社区居委会"),
        ("上坝村村委会", "上坝村", "上坝村村委会"),
        ("居委会", "居委会", "居委会"),
    ],
)
def test_a_community_and_its_office_are_named_from_either(
    text: str, community: str, office: str
) -> None:
    assert (rules.community_name(text), rules.office_name(text)) == (community, office)


def test_nobody_but_an_administrator_gets_here(session: Session, client: Clients) -> None:
    clerk: Person = identity.member(
        session, Kind.RESIDENTS_COMMITTEE, identity.community(session), Role.SECRETARY
    )
    assert client(clerk).get("/places/divisions").status_code == 403
