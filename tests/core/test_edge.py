"""The HTTP edge: one transaction, idempotency, versions, problem documents. Tried on `/me` and
`/session`, and on two small operations of our own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from marshmallow import Schema, fields
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.core import idempotency
from app.core.audit import AuditRow
from app.core.db import reading, uuid7
from app.core.edge import flatten
from app.core.errors import CATALOGUE, Refusal
from app.core.idempotency import Remembered
from app.core.wording import WORDS
from app.identity.models import Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind
from tests.clients import Client
from tests.factories import identity as make

MakeClient = Callable[..., Client]


@pytest.fixture
def who(session: Session) -> Person:
    return make.member(session, OrganisationKind.VOLUNTEER_TEAM, make.community(session))


@pytest.fixture
def here(session: Session) -> Place:
    return make.community(session)


@pytest.fixture
def clerk(session: Session, here: Place) -> Person:
    return make.member(session, OrganisationKind.RESIDENTS_COMMITTEE, here)


def audited() -> int:
    with reading() as looking:
        return looking.scalar(select(func.count()).select_from(AuditRow)) or 0


def test_the_same_key_and_body_get_the_first_answer_again(
    client: MakeClient, clerk: Person, here: Place
) -> None:
    desk, key = client(clerk), uuid4()
    body = {"kind": "social_org", "name": "演示社", "place_id": str(here.id)}
    first = desk.post("/organisations", body, key=key)
    before = audited()
    again = desk.post("/organisations", body, key=key)
    assert first.status_code == again.status_code == 201
    assert first.json == again.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert audited() == before


def test_the_same_key_with_another_body_is_refused(
    client: MakeClient, clerk: Person, here: Place
) -> None:
    desk, key = client(clerk), uuid4()
    body = {"kind": "social_org", "name": "演示社", "place_id": str(here.id)}
    desk.post("/organisations", body, key=key)
    other = desk.post("/organisations", body | {"name": "另一个"}, key=key)
    assert (other.status_code, other.json["code"]) == (409, "idempotency_key_reused")


def test_of_two_that_come_at_the_same_time_one_works_and_both_get_its_answer(
    client: MakeClient, clerk: Person, here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, key, together = client(clerk), uuid4(), Barrier(2)
    body = {"kind": "social_org", "name": "演示社", "place_id": str(here.id)}
    ask = idempotency.seen

    def asked_by_both(*args: Any) -> Remembered | None:
        known = ask(*args)
        with suppress(BrokenBarrierError):  # who lost asks again, alone
            together.wait(timeout=2)
        return known

    monkeypatch.setattr(idempotency, "seen", asked_by_both)
    before = audited()
    with ThreadPoolExecutor(2) as both:
        sent = [both.submit(desk.post, "/organisations", body, key=key) for _ in range(2)]
        answers = [one.result() for one in sent]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    assert {one.headers["Honglin-Receipt"] for one in answers} == {
        answers[0].headers["Honglin-Receipt"]
    }
    assert sum("Idempotency-Replayed" in one.headers for one in answers) == 1
    assert audited() == before + 1


def test_two_people_may_use_the_same_key(client: MakeClient, who: Person, clerk: Person) -> None:
    key = uuid4()
    for each in (who, clerk):
        assert client(each).patch("/me", {"elder_mode": True}, key=key).status_code == 200


def test_a_refused_write_leaves_its_key_free(
    client: MakeClient, clerk: Person, here: Place
) -> None:
    desk, key = client(clerk), uuid4()
    body = {"kind": "social_org", "name": "演示社", "place_id": str(uuid4())}
    assert desk.post("/organisations", body, key=key).status_code == 404
    with reading() as looking:
        assert looking.scalars(select(Remembered)).all() == []
    good = body | {"place_id": str(here.id)}
    assert desk.post("/organisations", good, key=key).status_code == 201


def test_an_answer_without_content_is_replayed_too(client: MakeClient, who: Person) -> None:
    mine, other, key = client(who), client(who), uuid4()
    listed = mine.get("/devices").json["items"]
    device = next(each["id"] for each in listed if not each["current"])
    assert mine.delete(f"/devices/{device}", key=key).status_code == 204
    assert mine.delete(f"/devices/{device}", key=key).status_code == 204
    assert other.get("/session").status_code == 401


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Idempotency-Key": ""}, "idempotency_key_needed"),
        ({"Idempotency-Key": "seven"}, "bad_request"),
    ],
)
def test_a_write_without_a_good_key_is_refused(
    client: MakeClient, who: Person, headers: dict[str, str], code: str
) -> None:
    answer = client(who).patch("/me", {"elder_mode": True}, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (400, code)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": "{", "content_type": "application/json"}, 400),
        ({"data": "[1]", "content_type": "application/json"}, 400),
        ({"data": b"\xff\xfe", "content_type": "application/json"}, 400),
        ({"data": "elder_mode=1", "content_type": "application/x-www-form-urlencoded"}, 400),
        ({"json": {}}, 422),
        ({"json": {"elder_mode": True, "points": 7}}, 422),
        ({"json": {"elder_mode": None}}, 422),
        ({"data": b"x" * 300_000, "content_type": "application/json"}, 413),
    ],
)
def test_garbage_gets_a_problem_document_in_chinese_and_never_a_500(
    client: MakeClient, who: Person, sent: dict[str, Any], status: int
) -> None:
    answer = client(who).patch("/me", **sent)
    assert answer.status_code == status
    assert answer.content_type.startswith("application/problem+json")
    assert set(answer.json) >= {"type", "title", "status", "code"}
    said = [answer.json["title"], *chain(*answer.json.get("errors", {}).values())]
    assert all(any("一" <= letter <= "鿿" for letter in sentence) for sentence in said)


def test_an_unknown_path_and_a_wrong_method_are_problem_documents(
    client: MakeClient, who: Person
) -> None:
    assert client(who).get("/nowhere").json["code"] == "not_found"
    assert client(who).delete("/me").json["code"] == "method_not_allowed"


def test_a_database_that_is_busy_answers_503_and_a_defect_500(
    app: Flask, client: MakeClient, who: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(error: Exception) -> Callable[..., Any]:
        def fail(*_: Any, **__: Any) -> Any:
            raise error

        return fail

    phone = client(who)
    monkeypatch.setattr("app.identity.sign_in.devices_of", broken(ZeroDivisionError()))
    assert phone.get("/devices").json["code"] == "broken"
    busy = OperationalError("select", {}, Exception("database is locked"))
    monkeypatch.setattr("app.identity.sign_in.devices_of", broken(busy))
    answer = phone.get("/devices")
    assert (answer.status_code, answer.json["code"]) == (503, "busy")


def test_security_headers_are_on_every_answer(client: MakeClient) -> None:
    for path in ("/session", "/openapi.json", "/nowhere"):
        headers = client().get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_every_refusal_has_a_chinese_title_and_a_4xx_or_5xx_status() -> None:
    for code, refusal in CATALOGUE.items():
        assert refusal.code == code
        assert 400 <= refusal.status < 600
        assert any("一" <= letter <= "鿿" for letter in refusal.title), code


def test_a_code_is_taken_once() -> None:
    with pytest.raises(TypeError, match="is taken"):
        type("Twin", (Refusal,), {"code": "not_found"})


def test_field_errors_are_flat() -> None:
    nested = {"windows": {0: {"from": ["坏"]}}, "_schema": ["整体不对"], "name": "短"}
    assert flatten(nested) == {"windows.0.from": ["坏"], "_schema": ["整体不对"], "name": ["短"]}


def test_the_default_words_of_every_field_are_chinese() -> None:
    for kind in WORDS:
        for sentence in kind.default_error_messages.values():
            assert any("一" <= letter <= "鿿" for letter in sentence), (kind, sentence)

    class Every(Schema):
        number = fields.Integer()
        when = fields.AwareDateTime()
        day = fields.Date()
        who = fields.UUID()
        yes = fields.Boolean()
        words = fields.List(fields.String())

    wrong = Every().validate({name: {"x": 1} for name in Every().fields})
    assert set(wrong) == set(Every().fields)
    assert all("Not a valid" not in str(said) for said in wrong.values())


def test_the_contract_is_one_openapi_document_and_a_readable_page(client: MakeClient) -> None:
    whole = client().get("/openapi.json").json
    assert whole["openapi"] == "3.1.0"
    patch = whole["paths"]["/api/v1/me"]["patch"]
    assert {each["name"] for each in patch["parameters"]} == {"X-CSRF-Token", "Idempotency-Key"}
    page = client().get("/").get_data(as_text=True)
    assert "/api/v1/me" in page
    assert "<script" not in page


def test_ids_sort_by_the_time_they_were_made() -> None:
    made = [uuid7() for _ in range(50)]
    assert all(each.version == 7 for each in made)
    assert made == sorted(made)
    assert isinstance(made[0], UUID)
