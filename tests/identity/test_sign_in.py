"""Signing in and out: passwords, the lock, devices, time-outs, CSRF."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.identity.models import Device, Person
from app.identity.rules import OrganisationKind
from app.identity.sign_in import hasher
from tests.clients import Client
from tests.factories import identity as make

MakeClient = Callable[..., Client]
PASSWORD = "灯亮了-demo"
HASH = hasher.hash(PASSWORD)


@pytest.fixture
def volunteer(session: Session) -> Person:
    """Somebody of a volunteer team, with a password."""
    who = make.person(session, "陈师傅", HASH)
    at = make.community(session)
    make.post(session, who, make.organisation(session, OrganisationKind.VOLUNTEER_TEAM, at))
    return who


@pytest.fixture
def clerk(session: Session) -> Person:
    """Somebody of a residents' committee, with a password."""
    who = make.person(session, "王干事", HASH)
    at = make.community(session)
    make.post(session, who, make.organisation(session, OrganisationKind.RESIDENTS_COMMITTEE, at))
    return who


def sign_in(client: Client, phone: str, password: str = PASSWORD) -> int:
    answer = client.post("/session", {"phone": phone, "password": password, "device_name": "手机"})
    if answer.status_code == 201:
        client.csrf = answer.json["csrf_token"]
    return answer.status_code


def test_the_right_number_and_password_open_a_session(
    client: MakeClient, volunteer: Person
) -> None:
    phone = client()
    assert sign_in(phone, f"+86 {volunteer.phone}") == 201
    told = phone.get("/session").json
    assert told["person"]["name"] == "陈师傅"
    assert told["person"]["phone_masked"] == volunteer.phone_masked
    assert told["home"] == "volunteer"
    assert told["office"] is False


def test_a_wrong_password_and_an_unknown_number_look_alike(
    client: MakeClient, volunteer: Person
) -> None:
    body = {"phone": volunteer.phone, "password": "不对不对不对"}
    wrong = client().post("/session", body)
    unknown = client().post("/session", body | {"phone": "19999999999"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json == unknown.json
    assert wrong.json["code"] == "wrong_password"


def test_five_failures_lock_the_number_for_ten_minutes(
    client: MakeClient, volunteer: Person
) -> None:
    with clock.frozen(clock.now()):
        assert [sign_in(client(), volunteer.phone, "错") for _ in range(5)] == [401] * 5
        assert sign_in(client(), volunteer.phone) == 429
    with clock.frozen(clock.now() + timedelta(minutes=9)):
        assert sign_in(client(), volunteer.phone) == 429
    with clock.frozen(clock.now() + timedelta(minutes=10, seconds=1)):
        assert sign_in(client(), volunteer.phone) == 201


def test_an_unknown_number_is_locked_like_a_known_one(client: MakeClient) -> None:
    with clock.frozen(clock.now()):
        said = [sign_in(client(), "19911112222", "错") for _ in range(6)]
    assert said == [401] * 5 + [429]


def test_a_success_forgets_the_failures(client: MakeClient, volunteer: Person) -> None:
    for _ in range(3):
        assert [sign_in(client(), volunteer.phone, "错") for _ in range(4)] == [401] * 4
        assert sign_in(client(), volunteer.phone) == 201


def test_every_sign_in_gets_a_fresh_token_that_is_stored_only_as_a_digest(
    client: MakeClient, session: Session, volunteer: Person
) -> None:
    one, two = client(), client()
    sign_in(one, volunteer.phone)
    sign_in(two, volunteer.phone)
    tokens = [each.http.get_cookie("honglin").value for each in (one, two)]
    assert tokens[0] != tokens[1]
    stored = set(session.scalars(select(Device.token_hash)))
    assert len(stored) == 2
    assert stored.isdisjoint(tokens)


def test_the_number_is_encrypted_at_rest(session: Session, volunteer: Person) -> None:
    raw = session.connection().exec_driver_sql("select phone, phone_blind from person").one()
    assert volunteer.phone not in raw[0]
    assert volunteer.phone not in raw[1]


def test_an_office_session_ends_after_thirty_idle_minutes(
    client: MakeClient, clerk: Person
) -> None:
    desk = client()
    sign_in(desk, clerk.phone)
    start = clock.now()
    with clock.frozen(start + timedelta(minutes=29)):
        assert desk.get("/session").status_code == 200
    with clock.frozen(start + timedelta(minutes=58)):
        assert desk.get("/session").status_code == 200, "use keeps it open"
    with clock.frozen(start + timedelta(minutes=89)):
        assert desk.get("/session").status_code == 401


def test_a_volunteer_stays_signed_in_for_thirty_days(client: MakeClient, volunteer: Person) -> None:
    phone = client()
    sign_in(phone, volunteer.phone)
    with clock.frozen(clock.now() + timedelta(days=29)):
        assert phone.get("/session").status_code == 200
    with clock.frozen(clock.now() + timedelta(days=60)):
        assert phone.get("/session").status_code == 401


def test_one_device_is_signed_out_from_another(client: MakeClient, volunteer: Person) -> None:
    lost, mine = client(), client()
    sign_in(lost, volunteer.phone)
    sign_in(mine, volunteer.phone)
    devices = mine.get("/devices").json["items"]
    other = next(each for each in devices if not each["current"])
    assert mine.delete(f"/devices/{other['id']}").status_code == 204
    assert lost.get("/session").status_code == 401
    assert mine.get("/session").status_code == 200


def code(client: Client) -> str:
    answer = client.get("/devices")
    assert answer.status_code == 401
    return str(answer.json["code"])


def test_a_device_that_was_ended_elsewhere_is_told_so(
    client: MakeClient, volunteer: Person
) -> None:
    lost, changed, mine = client(volunteer), client(volunteer), client(volunteer)
    devices = mine.get("/devices").json["items"]
    first = min((each for each in devices if not each["current"]), key=lambda each: each["id"])
    assert mine.delete(f"/devices/{first['id']}").status_code == 204
    body = {"old_password": PASSWORD, "new_password": "新的一年新的灯火"}
    assert mine.post("/me/password", body).status_code == 204
    assert code(lost) == code(changed) == "signed_out_from_afar"
    other = client(volunteer)
    assert other.delete("/devices").status_code == 204
    assert code(mine) == "signed_out_from_afar"
    assert code(other) == "sign_in_needed", "its cookie went with its own sign-out"


def test_who_was_never_here_left_or_was_idle_is_asked_to_sign_in(
    client: MakeClient, volunteer: Person
) -> None:
    stranger, left, idle = client(), client(volunteer), client(volunteer)
    stranger.http.set_cookie("honglin", "a guess")
    assert left.delete("/session").status_code == 204
    assert code(client()) == code(stranger) == code(left) == "sign_in_needed"
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert code(idle) == "sign_in_needed"


def test_a_device_that_was_ended_may_sign_in_again(client: MakeClient, volunteer: Person) -> None:
    phone, mine = client(volunteer), client(volunteer)
    other = next(each for each in mine.get("/devices").json["items"] if not each["current"])
    mine.delete(f"/devices/{other['id']}")
    assert code(phone) == "signed_out_from_afar"
    assert sign_in(phone, volunteer.phone) == 201
    assert phone.get("/session").status_code == 200


@pytest.mark.parametrize(("role", "minutes"), [("clerk", 1), ("volunteer", 10)])
def test_being_here_is_written_down_as_seldom_as_the_time_out_allows(
    client: MakeClient, request: pytest.FixtureRequest, session: Session, role: str, minutes: int
) -> None:
    who: Person = request.getfixturevalue(role)
    start = clock.now().replace(microsecond=0)
    with clock.frozen(start):
        phone = client(who)
    seen = []
    for after in (timedelta(minutes=minutes), timedelta(minutes=minutes, seconds=1)):
        with clock.frozen(start + after):
            phone.get("/devices")
        seen.append(session.scalars(select(Device.last_seen_at)).one() - start)
        session.rollback()
    assert seen == [timedelta(0), timedelta(minutes=minutes, seconds=1)]


def test_all_devices_are_signed_out_at_once(client: MakeClient, volunteer: Person) -> None:
    one, two = client(), client()
    sign_in(one, volunteer.phone)
    sign_in(two, volunteer.phone)
    assert one.delete("/devices").status_code == 204
    assert one.get("/session").status_code == two.get("/session").status_code == 401


def test_somebody_elses_device_does_not_exist(
    client: MakeClient, volunteer: Person, clerk: Person
) -> None:
    theirs = client(clerk).get("/devices").json["items"][0]["id"]
    assert client(volunteer).delete(f"/devices/{theirs}").status_code == 404


def test_a_write_without_the_csrf_token_is_refused(client: MakeClient, volunteer: Person) -> None:
    phone = client(volunteer)
    phone.csrf = "guessed"
    answer = phone.patch("/me", {"elder_mode": True})
    assert (answer.status_code, answer.json["code"]) == (403, "csrf_refused")


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_write_from_another_site_is_refused(
    client: MakeClient, volunteer: Person, headers: dict[str, str]
) -> None:
    answer = client(volunteer).patch("/me", {"elder_mode": True}, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (403, "csrf_refused")


def test_large_print_follows_the_person(client: MakeClient, volunteer: Person) -> None:
    assert client(volunteer).patch("/me", {"elder_mode": True}).json["person"]["elder_mode"]
    assert client(volunteer).get("/session").json["person"]["elder_mode"] is True


def test_a_new_password_signs_the_other_devices_out(client: MakeClient, volunteer: Person) -> None:
    mine, other = client(volunteer), client(volunteer)
    body = {"old_password": PASSWORD, "new_password": "新的一年新的灯"}
    assert mine.post("/me/password", body | {"old_password": "错"}).status_code == 422
    weak = mine.post("/me/password", body | {"new_password": "1234"})
    assert weak.json["errors"] == {"new_password": ["密码至少 8 位。"]}
    assert mine.post("/me/password", body | {"new_password": "新的一年新的灯火"}).status_code == 204
    assert mine.get("/session").status_code == 200
    assert other.get("/session").status_code == 401
    assert sign_in(client(), volunteer.phone) == 401
    assert sign_in(client(), volunteer.phone, "新的一年新的灯火") == 201


def test_signing_in_and_out_is_in_the_audit_log(
    client: MakeClient, session: Session, volunteer: Person
) -> None:
    phone = client()
    sign_in(phone, volunteer.phone)
    phone.delete("/session")
    verbs = list(session.scalars(select(AuditRow.verb).order_by(AuditRow.id)))
    assert verbs == ["signed_in", "signed_out"]


def test_the_cookie_is_a_host_cookie_where_the_address_is_https(app: Flask) -> None:
    before = app.config["PUBLIC_URL"]
    app.config["PUBLIC_URL"] = "https://honglin.example"
    try:
        who = app.test_client().post("/api/v1/session", json={"phone": "1", "password": "1"})
        assert who.status_code == 401
        with app.test_request_context():
            from app.identity import loading  # noqa: PLC0415 - reads the address above

            response = app.make_response("")
            loading.set_cookie(response, "t", office=False)
        cookie = response.headers["Set-Cookie"]
    finally:
        app.config["PUBLIC_URL"] = before
    assert cookie.startswith("__Host-honglin=t;")
    assert "Secure; HttpOnly; Path=/; SameSite=Lax" in cookie
