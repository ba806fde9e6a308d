"""Pictures: named by hash, judged by content, re-encoded without metadata, seen by few."""

import io
from collections.abc import Callable
from hashlib import sha256

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from app.core import media
from app.core.errors import Invalid
from app.identity.models import Person
from app.identity.rules import OrganisationKind
from tests.clients import Client
from tests.core.pictures import picture
from tests.factories import identity as make

MakeClient = Callable[..., Client]


def with_position() -> bytes:
    """A picture that says where it was taken and must be turned to stand upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretPhone"
    return picture(exif=exif)


@pytest.fixture
def who(session: Session) -> Person:
    return make.member(session, OrganisationKind.VOLUNTEER_TEAM, make.community(session))


def put(client: Client, raw: bytes, named: str | None = None) -> int:
    answer = client.put(
        f"/media/{named or sha256(raw).hexdigest()}", data=raw, content_type="image/jpeg"
    )
    return answer.status_code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_and_given_back_as_jpeg(
    client: MakeClient, who: Person, kind: str
) -> None:
    raw, phone = picture(kind), client(who)
    assert put(phone, raw) == 201
    assert put(phone, raw) == 201, "the same picture again changes nothing"
    back = phone.get(f"/media/{sha256(raw).hexdigest()}")
    assert back.status_code == 200
    assert Image.open(io.BytesIO(back.data)).format == "JPEG"
    assert "immutable" in back.headers["Cache-Control"]


def test_metadata_is_gone_and_the_picture_stands_upright(client: MakeClient, who: Person) -> None:
    raw, phone = with_position(), client(who)
    assert b"SecretPhone" in raw
    put(phone, raw)
    back = phone.get(f"/media/{sha256(raw).hexdigest()}").data
    assert b"SecretPhone" not in back
    assert len(Image.open(io.BytesIO(back)).getexif()) == 0
    assert Image.open(io.BytesIO(back)).size == (40, 60)


def test_a_large_picture_is_made_smaller(client: MakeClient, who: Person) -> None:
    raw, phone = picture(size=(4000, 3000)), client(who)
    put(phone, raw)
    back = Image.open(io.BytesIO(phone.get(f"/media/{sha256(raw).hexdigest()}").data))
    assert max(back.size) == media.LONGEST_SIDE


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"<svg onload=alert(1)>", 415),
        (b"GIF89a" + b"\0" * 40, 415),
        (picture()[:50], 415),
        (b"", 415),
        (b"x" * (10 * 1024 * 1024 + 1), 413),
        (picture("PNG", (5001, 5000)), 413),
    ],
)
def test_what_is_no_fit_picture_is_refused(
    client: MakeClient, who: Person, raw: bytes, status: int
) -> None:
    assert put(client(who), raw) == status


def test_a_picture_that_broke_on_the_way_is_refused(client: MakeClient, who: Person) -> None:
    assert put(client(who), picture(), "0" * 64) == 422
    assert put(client(who), picture(), "..") in (404, 422)
    assert put(client(who), picture(), sha256(picture()).hexdigest().upper()) == 422


def test_somebody_elses_picture_does_not_exist(
    client: MakeClient, session: Session, who: Person
) -> None:
    raw = picture(size=(61, 41))
    put(client(who), raw)
    other = make.member(session, OrganisationKind.PROPERTY, make.community(session))
    assert client(other).get(f"/media/{sha256(raw).hexdigest()}").status_code == 404
    assert client(who).get(f"/media/{'0' * 64}").status_code == 404
    assert client().get(f"/media/{sha256(raw).hexdigest()}").status_code == 401


def test_an_area_may_grant_a_picture(
    app: Flask, client: MakeClient, session: Session, who: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = picture(size=(62, 42))
    put(client(who), raw)
    other = make.member(session, OrganisationKind.PROPERTY, make.community(session))
    monkeypatch.setitem(app.extensions, "media_grants", [lambda *_: True])
    assert client(other).get(f"/media/{sha256(raw).hexdigest()}").status_code == 200


def test_a_picture_that_has_not_arrived_is_asked_for(
    client: MakeClient, session: Session, who: Person
) -> None:
    raw = picture(size=(63, 43))
    put(client(who), raw)
    media.require(session, [sha256(raw).hexdigest()])
    media.require(session, [])
    with pytest.raises(Invalid) as refused:
        media.require(session, ["0" * 64], field="media_after")
    assert list(refused.value.errors) == ["media_after"]
