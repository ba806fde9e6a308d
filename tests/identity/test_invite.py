"""How people come in: invitations, posts, organisations; and what an office may see of people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.identity.models import Organisation, Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, PlaceKind, Role
from tests.clients import Client
from tests.factories import identity as make

MakeClient = Callable[..., Client]
K = OrganisationKind
NEW = {"name": "刘阿姨", "phone": "199 1234 0001"}
PASSWORD = {"password": "窗前一盏小灯亮着"}


@pytest.fixture
def here(session: Session) -> Place:
    return make.community(session)


@pytest.fixture
def clerk(session: Session, here: Place) -> Person:
    return make.member(session, K.RESIDENTS_COMMITTEE, here, Role.CLERK)


@pytest.fixture
def team(session: Session, here: Place) -> Organisation:
    return make.organisation(session, K.VOLUNTEER_TEAM, here)


def wanted(team: Organisation, **changes: Any) -> dict[str, Any]:
    body = {"organisation_id": team.id, "role": "member", "place_id": team.place_id} | NEW
    return {name: str(value) for name, value in (body | changes).items()}


def token_of(answer: Any) -> str:
    assert answer.status_code == 201, answer.json
    return str(answer.json["url"].rsplit("/", 1)[1])


def test_an_invitation_brings_a_person_in_and_works_once(
    client: MakeClient, clerk: Person, team: Organisation
) -> None:
    made = client(clerk).post("/invitations", wanted(team))
    token = token_of(made)
    assert made.json["qr_svg"].startswith("<svg")
    shown = client().get(f"/invitations/open/{token}").json
    assert shown["name"] == "刘阿姨"
    assert shown["phone_masked"] == "199****0001"
    assert shown["has_account"] is False
    phone = client()
    joined = phone.post(f"/invitations/open/{token}", PASSWORD)
    assert joined.status_code == 201
    assert joined.json["home"] == "volunteer"
    assert phone.get("/session").status_code == 200
    again = client().post(f"/invitations/open/{token}", PASSWORD)
    assert (again.status_code, again.json["code"]) == (410, "invitation_gone")


def test_an_invitation_expires_after_seven_days(
    client: MakeClient, clerk: Person, team: Organisation
) -> None:
    token = token_of(client(clerk).post("/invitations", wanted(team)))
    with clock.frozen(clock.now() + timedelta(days=7, seconds=1)):
        assert client().get(f"/invitations/open/{token}").status_code == 410
        listed = client(clerk).get("/invitations").json["items"]
        assert [each["state"] for each in listed] == ["expired"]


def test_an_invitation_is_taken_back(client: MakeClient, clerk: Person, team: Organisation) -> None:
    made = client(clerk).post("/invitations", wanted(team))
    assert client(clerk).delete(f"/invitations/{made.json['id']}").status_code == 204
    assert client(clerk).delete(f"/invitations/{made.json['id']}").status_code == 410
    assert client().get(f"/invitations/open/{token_of(made)}").status_code == 410


def test_a_made_up_token_opens_nothing(client: MakeClient, here: Place) -> None:
    assert client().get("/invitations/open/made-up").status_code == 410


def test_a_weak_password_leaves_the_invitation_open(
    client: MakeClient, clerk: Person, team: Organisation
) -> None:
    token = token_of(client(clerk).post("/invitations", wanted(team)))
    weak = client().post(f"/invitations/open/{token}", {"password": "12345"})
    assert weak.status_code == 422
    assert weak.json["errors"] == {"password": ["密码至少 8 位。"]}
    assert client().post(f"/invitations/open/{token}", PASSWORD).status_code == 201


def test_somebody_with_an_account_gets_a_further_post_by_their_own_password(
    client: MakeClient, session: Session, clerk: Person, team: Organisation, here: Place
) -> None:
    first = token_of(client(clerk).post("/invitations", wanted(team)))
    client().post(f"/invitations/open/{first}", PASSWORD)
    other = make.organisation(session, K.SOCIAL_ORG, here)
    second = token_of(client(clerk).post("/invitations", wanted(other)))
    assert client().get(f"/invitations/open/{second}").json["has_account"] is True
    refused = client().post(f"/invitations/open/{second}", {"password": "另外一个密码啊"})
    assert (refused.status_code, refused.json["code"]) == (401, "wrong_password")
    joined = client().post(f"/invitations/open/{second}", PASSWORD)
    assert len(joined.json["posts"]) == 2
    assert session.scalar(select(Person.id).where(Person.name == "刘阿姨")) is not None


@pytest.mark.parametrize(
    ("kind", "role", "status"),
    [
        (K.RESIDENTS_COMMITTEE, Role.CLERK, 201),
        (K.RESIDENTS_COMMITTEE, Role.ADMIN, 201),
        (K.COMMUNITY_PARTY, Role.SECRETARY, 201),
        (K.VOLUNTEER_TEAM, Role.LEADER, 403),  # no office: the guard of the route
        (K.PROPERTY, Role.DISPATCHER, 403),
        (K.SOCIAL_ORG, Role.LEADER, 403),
    ],
)
def test_who_may_invite_into_another_organisation(  # noqa: PLR0913 - a table of cases
    client: MakeClient,
    session: Session,
    here: Place,
    team: Organisation,
    kind: K,
    role: Role,
    status: int,
) -> None:
    actor = make.member(session, kind, here, role)
    assert client(actor).post("/invitations", wanted(team)).status_code == status


def test_a_dispatcher_brings_in_people_of_the_own_company(
    client: MakeClient, session: Session, here: Place
) -> None:
    company = make.organisation(session, K.PROPERTY, here)
    dispatcher, porter = make.person(session), make.person(session)
    make.post(session, dispatcher, company, Role.DISPATCHER)
    make.post(session, porter, company, Role.MEMBER)
    assert client(dispatcher).post("/invitations", wanted(company)).status_code == 201
    assert client(porter).post("/invitations", wanted(company)).status_code == 403
    assert (
        client(dispatcher).post("/invitations", wanted(company, role="admin")).json["code"]
        == "may_not_invite"
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"phone": "12345"}, "phone"), ({"name": ""}, "name"), ({"role": "king"}, "role")],
)
def test_bad_input_is_answered_at_its_field(
    client: MakeClient,
    clerk: Person,
    team: Organisation,
    changes: dict[str, str],
    field: str,
) -> None:
    answer = client(clerk).post("/invitations", wanted(team, **changes))
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == [field]


def test_a_place_outside_the_organisation_is_refused(
    client: MakeClient, session: Session, clerk: Person, team: Organisation
) -> None:
    elsewhere = make.community(session)
    answer = client(clerk).post("/invitations", wanted(team, place_id=elsewhere.id))
    assert list(answer.json["errors"]) == ["place_id"]


def test_another_communitys_organisation_does_not_exist(
    client: MakeClient, session: Session, clerk: Person
) -> None:
    theirs = make.organisation(session, K.VOLUNTEER_TEAM, make.community(session))
    assert client(clerk).post("/invitations", wanted(theirs)).status_code == 404
    shown = client(clerk).get("/organisations").json["items"]
    assert str(theirs.id) not in {each["id"] for each in shown}


def test_a_clerk_sees_the_people_of_the_community_and_no_others(
    client: MakeClient, session: Session, clerk: Person, team: Organisation
) -> None:
    known, stranger = make.person(session, "熟人"), make.person(session, "生人")
    make.post(session, known, team)
    far = make.organisation(session, K.VOLUNTEER_TEAM, make.community(session))
    make.post(session, stranger, far)
    names = {each["name"] for each in client(clerk).get("/people").json["items"]}
    assert "熟人" in names
    assert "生人" not in names
    found = client(clerk).get("/people", q="熟", kind="volunteer_team").json["items"]
    assert [each["posts"][0]["organisation_name"] for each in found] == [team.name]
    assert client(clerk).get("/people", organisation_id=far.id).json["items"] == []


def test_the_property_company_sees_only_its_own_people(
    client: MakeClient, session: Session, here: Place, team: Organisation
) -> None:
    make.post(session, make.person(session, "志愿者"), team)
    dispatcher = make.member(session, K.PROPERTY, here, Role.DISPATCHER)
    names = [each["id"] for each in client(dispatcher).get("/people").json["items"]]
    assert names == [str(dispatcher.id)]


def test_a_number_is_shown_for_a_reason_that_is_logged(
    client: MakeClient, session: Session, clerk: Person, team: Organisation
) -> None:
    who = make.person(session)
    make.post(session, who, team)
    path = f"/people/{who.id}/phone"
    assert client(clerk).post(path, {"reason": ""}).status_code == 422
    assert client(clerk).post(path, {"reason": "约时间一起走访"}).json == {"phone": who.phone}
    row = session.scalars(select(AuditRow).where(AuditRow.verb == "phone_shown")).one()
    assert row.details == {"reason": "约时间一起走访"}
    stranger = make.person(session)
    assert (
        client(clerk).post(f"/people/{stranger.id}/phone", {"reason": "好奇想看看"}).status_code
        == 404
    )


def test_a_post_begins_and_ends(
    client: MakeClient, session: Session, clerk: Person, team: Organisation, here: Place
) -> None:
    who = make.person(session)
    make.post(session, who, team)
    social = make.organisation(session, K.SOCIAL_ORG, here)
    body = {
        "person_id": str(who.id),
        "organisation_id": str(social.id),
        "role": "member",
        "place_id": str(here.id),
    }
    desk = client(clerk)
    past = {"until": (clock.today() - timedelta(days=1)).isoformat()}
    assert desk.post("/memberships", body | past).status_code == 422
    made = desk.post("/memberships", body)
    assert made.status_code == 201
    assert desk.post("/memberships", body).json["code"] == "already_member"
    assert len(client(who).get("/session").json["posts"]) == 2
    assert desk.delete(f"/memberships/{made.json['id']}").status_code == 204
    assert desk.delete(f"/memberships/{made.json['id']}").status_code == 404
    assert len(client(who).get("/session").json["posts"]) == 1
    stranger = make.person(session)
    assert desk.post("/memberships", body | {"person_id": str(stranger.id)}).status_code == 404


def test_nobody_ends_the_own_post(client: MakeClient, session: Session, here: Place) -> None:
    office = make.organisation(session, K.RESIDENTS_COMMITTEE, here)
    who = make.person(session)
    own = make.post(session, who, office, Role.CLERK)
    assert client(who).delete(f"/memberships/{own.id}").json["code"] == "own_membership"


def test_a_new_organisation_stands_inside_the_own_places(
    client: MakeClient, session: Session, clerk: Person, here: Place
) -> None:
    estate = make.place(session, PlaceKind.ESTATE, here)
    body = {"kind": "property", "name": "演示物业", "place_id": str(estate.id)}
    made = client(clerk).post("/organisations", body)
    assert made.status_code == 201
    assert made.json["party"] == "property"
    far = body | {"place_id": str(make.community(session).id)}
    assert client(clerk).post("/organisations", far).status_code == 404
    upper = body | {"kind": "district"}
    assert client(clerk).post("/organisations", upper).json["code"] == "may_not_invite"
