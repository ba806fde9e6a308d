"""Receipts: a short number and the first moment, the same however often a write is sent."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.core import clock, receipts
from app.identity.models import Person
from app.identity.rules import OrganisationKind
from tests.clients import Client
from tests.core.pictures import named, picture
from tests.factories import identity as make

MakeClient = Callable[..., Client]
EVENING = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # the 25th already, in Shanghai


@pytest.fixture
def who(session: Session) -> Person:
    return make.member(session, OrganisationKind.VOLUNTEER_TEAM, make.community(session))


def receipt(answer: object) -> tuple[str, str]:
    headers = getattr(answer, "headers")  # noqa: B009 - whatever kind of answer
    return headers["Honglin-Receipt"], headers["Honglin-Received-At"]


def test_a_write_is_answered_with_the_day_and_six_letters_and_the_moment(
    client: MakeClient, who: Person
) -> None:
    phone = client(who)
    with clock.frozen(EVENING):
        number, at = receipt(phone.patch("/me", {"elder_mode": True}))
    assert re.fullmatch(r"1125-[0-9A-HJKMNP-TV-Z]{6}", number)
    assert at == "2026-11-24T16:30:00Z"


def test_the_same_write_days_later_gets_the_first_receipt_again(
    client: MakeClient, who: Person
) -> None:
    phone, key = client(who), uuid4()
    with clock.frozen(EVENING):
        first = phone.patch("/me", {"elder_mode": True}, key=key)
    with clock.frozen(EVENING + timedelta(days=3)):
        again = phone.patch("/me", {"elder_mode": True}, key=key)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert receipt(first) == receipt(again)


def test_an_answer_without_content_has_a_receipt_too(client: MakeClient, who: Person) -> None:
    mine, _other, key = client(who), client(who), uuid4()
    listed = mine.get("/devices").json["items"]
    device = next(each["id"] for each in listed if not each["current"])
    first = mine.delete(f"/devices/{device}", key=key)
    assert first.status_code == 204
    assert receipt(first) == receipt(mine.delete(f"/devices/{device}", key=key))


def test_two_writes_get_two_numbers(client: MakeClient, who: Person) -> None:
    phone = client(who)
    numbers = {receipt(phone.patch("/me", {"elder_mode": True}))[0] for _ in range(20)}
    assert len(numbers) == 20


def test_what_was_refused_or_only_read_has_no_receipt(client: MakeClient, who: Person) -> None:
    phone = client(who)
    assert "Honglin-Receipt" not in phone.patch("/me", {}).headers
    assert "Honglin-Receipt" not in phone.delete(f"/devices/{uuid4()}").headers
    assert "Honglin-Receipt" not in phone.get("/session").headers


def test_a_picture_sent_again_gets_the_receipt_of_the_first_time_its_sender_sent_it(
    client: MakeClient, session: Session, who: Person
) -> None:
    raw = picture(size=(64, 44))
    other = make.member(session, OrganisationKind.VOLUNTEER_TEAM, make.community(session))
    mine, theirs = client(who), client(other)
    got = []
    for days, phone in enumerate((mine, theirs, mine, theirs)):
        with clock.frozen(EVENING + timedelta(days=days)):
            got.append(receipt(phone.put(f"/media/{named(raw)}", data=raw)))
    assert got[0] == got[2]
    assert got[1] == got[3]
    assert [number[:4] for number, _at in got] == ["1125", "1126", "1125", "1126"]


def test_a_number_says_nothing_but_its_key_and_day() -> None:
    key = uuid4().bytes
    assert receipts.number(key, EVENING) == receipts.number(key, EVENING + timedelta(hours=1))
    assert receipts.number(key, EVENING)[:4] == "1125"
    assert receipts.number(key, EVENING) != receipts.number(uuid4().bytes, EVENING)
