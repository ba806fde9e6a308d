"""A building may report all at once; a script may not; and the numbers to ring are always there."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.residents import jobs
from app.residents.models import DoorCode, DoorCount
from app.residents.rules.floods import counters, network_of, words_for
from app.residents.service import doors
from app.tickets.models import Ticket
from tests.factories.tickets import Neighbourhood
from tests.residents.passer import Passer

Someone = Callable[[], Passer]
NOON = datetime(2026, 11, 24, 4, 0, 1, tzinfo=UTC)


def test_sixty_phones_behind_one_address_report_within_a_minute(
    app: Flask, session: Session, door: DoorCode
) -> None:
    """Each opens the page, takes a few seconds, and reports something of its own, with the usual
    time to read: nobody is turned away."""
    with clock.frozen(NOON):
        phones = [Passer(app, door.token).open() for _ in range(60)]
    codes = []
    for second, phone in enumerate(phones):
        with clock.frozen(NOON + timedelta(seconds=4 + second * 0.9)):
            codes.append(phone.report(text=f"{second} 号楼道灯不亮").status_code)
    assert codes == [201] * 60
    assert session.scalar(select(func.count()).select_from(Ticket)) == 60


def test_a_script_with_five_hundred_a_minute_is_stopped(
    app: Flask, session: Session, here: Neighbourhood, door: DoorCode
) -> None:
    """It opens the page each time and waits as a person would; it even changes its address."""
    doors.add_number(session, here.actors["committee"], here.community.id, "社区", "025-85550001")
    session.commit()
    with clock.frozen(NOON):
        forms = [Passer(app, door.token).open() for _ in range(125)]
    answers = []
    for turn in range(500):
        script = forms[turn % len(forms)]
        script.address = f"10.1.{turn % 7}.9"
        script.secret = f"{turn:043d}"
        with clock.frozen(NOON + timedelta(seconds=4 + turn * 0.1)):
            answers.append(script.report(text=f"乱写 {turn}"))
    codes = [answer.status_code for answer in answers]
    assert codes.count(201) <= 80
    assert set(codes[80:]) == {429}
    said = answers[-1].json
    assert said["code"] == "door_busy"
    assert 0 < said["retry_after"] <= 600
    assert answers[-1].headers["Retry-After"] == str(said["retry_after"])
    assert "分钟再试" in said["title"]
    assert said["phones"] == [{"name": "社区", "number": "025-85550001"}]
    with clock.frozen(NOON):
        page = Passer(app, door.token).open().page  # the page itself is never refused
    assert page["phones"] == said["phones"]
    assert session.scalar(select(func.count()).select_from(Ticket)) <= 80


def test_the_door_is_open_again_after_the_time_that_was_named(app: Flask, passer: Someone) -> None:
    usual = app.config["RESIDENT_LIMITS"]
    app.config["RESIDENT_LIMITS"] = usual | {"report": {"door": ((1, 600),)}}
    try:
        with clock.frozen(NOON):
            first, second = passer(), passer()
            assert first.report().status_code == 201
            wait = second.report(text="另一件").json["retry_after"]
        with clock.frozen(NOON + timedelta(seconds=wait)):
            assert second.report(text="另一件").status_code == 201
    finally:
        app.config["RESIDENT_LIMITS"] = usual


def test_an_address_is_limited_over_all_doors_and_others_are_not_touched(
    app: Flask, session: Session, here: Neighbourhood, passer: Someone
) -> None:
    usual = app.config["RESIDENT_LIMITS"]
    other = doors.give_out(session, here.actors["committee"], [here.building.id])[0]
    session.commit()
    app.config["RESIDENT_LIMITS"] = usual | {"report": {"address": ((1, 600),)}}
    try:
        with clock.frozen(NOON):
            assert passer().report().status_code == 201
            elsewhere = Passer(app, other.token).open()
            assert elsewhere.report(text="另一件").status_code == 429
            elsewhere.address = "10.0.0.8"
            assert elsewhere.report(text="另一件").status_code == 201
    finally:
        app.config["RESIDENT_LIMITS"] = usual


def test_a_form_filled_in_in_no_time_is_asked_again(app: Flask, door: DoorCode) -> None:
    with clock.frozen(NOON):
        hasty = Passer(app, door.token).open()
        answer = hasty.report()
        assert (answer.status_code, answer.json["retry_after"]) == (429, 3)
    with clock.frozen(NOON + timedelta(seconds=1.7)):  # who waits as long as it says is let in
        assert hasty.report().json["retry_after"] == 2
    with clock.frozen(NOON + timedelta(seconds=3)):
        assert hasty.report().status_code == 201


def test_wishes_and_words_by_link_have_limits_of_their_own(passer: Someone) -> None:
    with clock.frozen(NOON):
        somebody = passer()
        codes = [somebody.wish(door=str(door)).status_code for door in range(101, 113)]
        assert codes == [201] * 10 + [429] * 2
        somebody.report()  # reports go on
        notes = [somebody.note(f"第 {turn} 句").status_code for turn in range(22)]
        assert notes == [200] * 20 + [429] * 2


def test_an_address_is_not_kept_and_its_counts_go_after_a_day(
    session: Session, passer: Someone
) -> None:
    with clock.frozen(NOON):
        passer().report()
        names = session.scalars(select(DoorCount.name)).all()
        session.commit()
        assert names
        assert not [name for name in names if "10.0.0.7" in name]
    with clock.frozen(NOON + timedelta(days=2)):
        jobs.forget_counts(session, clock.today())
        session.commit()
    assert not session.scalars(select(DoorCount)).all()


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("127.0.0.1", "9.9.9.9, 1.2.3.4", "1.2.3.4"),  # who comes may write what they like before
        ("5.6.7.8", "1.2.3.4", "5.6.7.8"),  # no proxy of ours
        ("127.0.0.1", "nonsense", "nonsense"),
        ("127.0.0.1", "2001:db8:1:2:3:4:5:6", "20010db800010002".lstrip("0")),
    ],
)
def test_where_a_request_comes_from(peer: str, forwarded: str, found: str) -> None:
    assert network_of(peer, forwarded, ["127.0.0.1"]) == found


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2026, 1, 1)))  # noqa: DTZ001 - hypothesis wants it so
def test_a_counter_starts_before_now_and_is_waited_for_no_longer_than_it_lasts(
    now: datetime,
) -> None:
    limits = {"report": {"door": ((80, 600), (240, 21600))}}
    for one in counters(limits, "report", {"door": "a", "link": "b"}, now):
        assert one.starts_at <= now
        assert 0 < one.wait(now) <= one.seconds


@pytest.mark.parametrize(
    ("seconds", "said"), [(40, "40 秒"), (61, "2 分钟"), (600, "10 分钟"), (7300, "3 小时")]
)
def test_how_long_to_wait_is_said_as_one_says_it(seconds: int, said: str) -> None:
    assert words_for(seconds) == said
