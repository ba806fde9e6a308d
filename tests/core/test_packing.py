"""Answers are compressed where it is worth it and gives nothing away."""

import gzip
import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.identity.models import Person
from app.identity.rules import OrganisationKind
from tests.clients import Client
from tests.core.pictures import named, photograph
from tests.factories import identity as make

MakeClient = Callable[..., Client]


@pytest.fixture
def who(session: Session) -> Person:
    return make.member(session, OrganisationKind.VOLUNTEER_TEAM, make.community(session))


@pytest.fixture
def phone(client: MakeClient, who: Person) -> Client:
    """Signed in on enough devices that their list is worth compressing."""
    for _ in range(12):
        client(who)
    return client(who)


def get(phone: Client, path: str, accepted: str | None = "gzip, deflate, br") -> TestResponse:
    headers = {"Accept-Encoding": accepted} if accepted is not None else {}
    with phone.app.app_context():
        return phone.http.get(f"/api/v1{path}", headers=headers)


def test_a_long_answer_is_compressed_for_a_client_that_takes_it(phone: Client) -> None:
    plain, packed = get(phone, "/devices", None), get(phone, "/devices")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data) / 3
    assert json.loads(gzip.decompress(packed.data)) == plain.json
    assert all("Accept-Encoding" in each.headers["Vary"] for each in (packed, plain))


@pytest.mark.parametrize("accepted", [None, "", "identity", "br", "gzip;q=0"])
def test_a_client_that_does_not_take_it_gets_it_plain(phone: Client, accepted: str | None) -> None:
    answer = get(phone, "/devices", accepted)
    assert "Content-Encoding" not in answer.headers
    assert len(answer.json["items"]) == 13


def test_a_short_answer_is_left_as_it_is(client: MakeClient, who: Person) -> None:
    answer = get(client(who), "/devices")
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_the_answer_with_the_token_of_the_page_is_never_compressed(
    client: MakeClient, session: Session, who: Person
) -> None:
    at = make.community(session)
    for _ in range(10):
        team = make.organisation(session, OrganisationKind.VOLUNTEER_TEAM, at)
        make.post(session, who, team)
    answer = get(client(who), "/session")
    assert len(answer.data) > 1024
    assert "Content-Encoding" not in answer.headers


def test_no_other_answer_holds_the_token(app: Flask) -> None:
    holding = {
        f"{each.method} {each.rule}"
        for each in app.extensions["operations"]
        if each.answer and "csrf_token" in each.answer().fields and each.packed and not each.writes
    }
    assert not holding


def test_a_picture_is_sent_as_it_is(phone: Client) -> None:
    raw = photograph()
    phone.put(f"/media/{named(raw)}", data=raw)
    answer = get(phone, f"/media/{named(raw)}")
    assert answer.mimetype == "image/jpeg"
    assert "Content-Encoding" not in answer.headers
