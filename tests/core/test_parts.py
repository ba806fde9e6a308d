"""Pictures in pieces: what was acknowledged is on disk, and no crash or second tab corrupts it."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.core import clock, media, parts
from app.core.db import transaction
from app.identity.models import Person
from app.identity.rules import OrganisationKind
from tests.clients import Client
from tests.core.pictures import named, photograph, picture
from tests.factories import identity as make

MakeClient = Callable[..., Client]
PIECE = parts.LARGEST_PIECE
PHOTO = photograph()


@pytest.fixture
def who(session: Session) -> Person:
    return make.member(session, OrganisationKind.VOLUNTEER_TEAM, make.community(session))


@pytest.fixture
def other(session: Session) -> Person:
    return make.member(session, OrganisationKind.VOLUNTEER_TEAM, make.community(session))


@pytest.fixture(autouse=True)
def nothing_lies_about(app: Flask) -> None:
    for left in parts_of(app):
        left.unlink()


def parts_of(app: Flask) -> list[Path]:
    return list((app.extensions["media_dir"] / "parts").glob("*"))


def send(
    phone: Client, offset: int, piece: bytes, *, raw: bytes = PHOTO, digest: str = ""
) -> TestResponse:
    where = f"/media/{digest or named(raw)}/upload?offset={offset}&total={len(raw)}"
    return phone.put(where, data=piece, content_type="application/octet-stream")


def progress(phone: Client, raw: bytes = PHOTO) -> dict[str, object]:
    told: dict[str, object] = phone.get(f"/media/{named(raw)}/upload").json
    return told


def send_rest(phone: Client, raw: bytes = PHOTO) -> TestResponse:
    """As a phone does it: ask how far it came, and go on from there."""
    here = int(str(progress(phone, raw)["received"]))
    while True:
        answer = send(phone, here, raw[here : here + PIECE], raw=raw)
        if answer.status_code != 200 or answer.json["complete"]:
            return answer
        here = answer.json["received"]


def test_a_photo_arrives_in_pieces_and_is_kept_like_a_whole_one(
    app: Flask, client: MakeClient, who: Person
) -> None:
    phone = client(who)
    assert len(PHOTO) > 2 * PIECE
    assert progress(phone) == {"received": 0, "complete": False}
    first = send(phone, 0, PHOTO[:PIECE])
    assert first.json == {"received": PIECE, "complete": False}
    assert "Honglin-Receipt" not in first.headers, "a piece is nothing yet"
    assert progress(phone) == {"received": PIECE, "complete": False}
    last = send_rest(phone)
    assert last.json == {"received": len(PHOTO), "complete": True}
    assert phone.get(f"/media/{named(PHOTO)}").status_code == 200
    assert parts_of(app) == []
    assert progress(phone)["complete"] is True
    whole = phone.put(f"/media/{named(PHOTO)}", data=PHOTO)
    assert whole.headers["Honglin-Receipt"] == last.headers["Honglin-Receipt"]


def test_a_piece_that_is_not_the_next_one_is_told_where_to_go_on(
    client: MakeClient, who: Person
) -> None:
    phone = client(who)
    send(phone, 0, PHOTO[:PIECE])
    for offset in (0, 7, 2 * PIECE):
        answer = send(phone, offset, PHOTO[:PIECE])
        assert (answer.status_code, answer.json["code"]) == (409, "wrong_offset")
        assert answer.json["received"] == PIECE
    assert send_rest(phone).json["complete"]


def test_a_server_killed_in_mid_piece_goes_on_from_what_is_on_disk(
    app: Flask, client: MakeClient, who: Person
) -> None:
    phone = client(who)
    send(phone, 0, PHOTO[:PIECE])
    (left,) = parts_of(app)
    with left.open("ab") as file:  # what a killed process has written of the next piece
        file.write(PHOTO[PIECE : PIECE + 1000])
    assert progress(phone)["received"] == PIECE + 1000
    assert send(phone, PIECE, PHOTO[PIECE : 2 * PIECE]).json["received"] == PIECE + 1000
    assert send_rest(phone).json["complete"]


@pytest.mark.parametrize("again", [b"", PHOTO[2 * PIECE :][:PIECE]])
def test_a_server_killed_after_the_last_piece_finishes_when_it_comes_again(
    app: Flask, client: MakeClient, who: Person, again: bytes
) -> None:
    phone = client(who)
    send(phone, 0, PHOTO[:PIECE])
    (left,) = parts_of(app)
    left.write_bytes(PHOTO)
    assert progress(phone) == {"received": len(PHOTO), "complete": False}
    offset = len(PHOTO) - len(again)
    assert send(phone, offset, again).json == {"received": len(PHOTO), "complete": True}


def test_two_tabs_that_send_the_same_pieces_make_one_whole_photo(
    app: Flask, client: MakeClient, who: Person
) -> None:
    tabs = [client(who), client(who)]

    def go_on(tab: Client) -> set[int]:
        here, seen = 0, set()
        while True:
            answer = send(tab, here, PHOTO[here : here + PIECE])
            seen.add(answer.status_code)
            if answer.json.get("complete"):
                return seen
            here = answer.json["received"]

    with ThreadPoolExecutor(2) as threads:
        seen = set().union(*threads.map(go_on, tabs))
    assert seen <= {200, 409}
    assert parts_of(app) == []
    assert tabs[0].get(f"/media/{named(PHOTO)}").status_code == 200


@pytest.mark.parametrize(
    ("raw", "digest", "code"),
    [
        (PHOTO, "0" * 64, "wrong_hash"),
        (b"GIF89a" + b"\0" * 90_000, "", "not_a_picture"),
        (picture("PNG", (5001, 5000)), "", "too_many_pixels"),
    ],
)
def test_a_whole_that_is_no_good_is_refused_and_its_pieces_are_gone(
    app: Flask, client: MakeClient, who: Person, raw: bytes, digest: str, code: str
) -> None:
    phone, starts = client(who), range(0, len(raw), PIECE)
    answers = [send(phone, at, raw[at : at + PIECE], raw=raw, digest=digest) for at in starts]
    assert {each.status_code for each in answers[:-1]} <= {200}
    assert answers[-1].json["code"] == code
    assert parts_of(app) == []


def test_somebody_elses_pieces_are_not_mine(client: MakeClient, who: Person, other: Person) -> None:
    send(client(who), 0, PHOTO[:PIECE])
    mine = client(other)
    assert progress(mine) == {"received": 0, "complete": False}
    assert send(mine, PIECE, PHOTO[PIECE : 2 * PIECE]).json["received"] == 0
    assert client().get(f"/media/{named(PHOTO)}/upload").status_code == 401


def test_a_photo_that_somebody_else_sent_is_not_here_until_i_have_it_too(
    client: MakeClient, who: Person, other: Person
) -> None:
    send_rest(client(who))
    mine = client(other)
    assert progress(mine) == {"received": 0, "complete": False}
    assert mine.get(f"/media/{named(PHOTO)}").status_code == 404
    assert send_rest(mine).json["complete"]
    assert progress(mine)["complete"] is True
    assert mine.get(f"/media/{named(PHOTO)}").status_code == 200


def test_a_photo_that_i_may_see_need_not_be_sent(
    app: Flask,
    client: MakeClient,
    who: Person,
    other: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send_rest(client(who))
    monkeypatch.setitem(app.extensions, "media_grants", [lambda *_: True])
    assert progress(client(other))["complete"] is True


def test_a_file_that_the_backup_lacked_is_written_again(
    app: Flask, client: MakeClient, session: Session, who: Person
) -> None:
    phone = client(who)
    first = send_rest(phone)
    row = session.get_one(media.Media, named(PHOTO))
    row.stored = "0" * 64  # another encoder, and its file is gone
    session.commit()
    assert progress(phone)["complete"] is False
    assert phone.get(f"/media/{named(PHOTO)}").status_code == 404
    again = send_rest(phone)
    assert again.json["complete"]
    assert again.headers["Honglin-Receipt"] == first.headers["Honglin-Receipt"]
    assert phone.get(f"/media/{named(PHOTO)}").status_code == 200


@pytest.mark.parametrize(
    ("where", "size", "status"),
    [
        (f"offset=0&total={media.MOST_BYTES + 1}", 10, 413),
        (f"offset=0&total={len(PHOTO)}", PIECE + 1, 413),
        ("offset=0&total=10", 11, 400),
        ("offset=0&total=10", 0, 400),
        ("offset=-1&total=10", 10, 422),
        ("offset=0&total=0", 0, 422),
        ("offset=0", 10, 422),
    ],
)
def test_what_cannot_be_a_piece_is_refused(
    client: MakeClient, who: Person, where: str, size: int, status: int
) -> None:
    answer = client(who).put(f"/media/{named(PHOTO)}/upload?{where}", data=b"x" * size)
    assert answer.status_code == status


@pytest.mark.parametrize("digest", ["..", "x" * 64, "A" * 64, "0" * 63])
def test_a_name_that_is_no_hash_touches_no_file(
    app: Flask, client: MakeClient, who: Person, digest: str
) -> None:
    phone = client(who)
    assert send(phone, 0, b"x", digest=digest).status_code in (404, 422)
    assert phone.get(f"/media/{digest}/upload").status_code in (404, 422)
    assert parts_of(app) == []


def test_pieces_that_nobody_went_on_with_for_a_week_are_swept(app: Flask, who: Person) -> None:
    folder: Path = app.extensions["media_dir"] / "parts"
    folder.mkdir(parents=True, exist_ok=True)
    now = clock.now()
    for days in (6, 8):
        file = folder / f"{uuid4()}-{days}"
        file.write_bytes(b"x")
        then = (now - timedelta(days=days)).timestamp()
        os.utime(file, (then, then))
    with transaction() as session:
        parts.sweep(session, now.date())
    assert [each.name[-1] for each in parts_of(app)] == ["6"]
