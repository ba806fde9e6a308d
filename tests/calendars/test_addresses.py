"""The secret address: what it opens, for how long, and what it never gives away."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calendars import pace
from app.calendars.models import CalendarAddress, CalendarEntry
from app.core import clock
from app.core.audit import AuditRow
from app.identity.models import Membership
from tests.auditing import unwatched
from tests.calendars.reading import Feed
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import TODAY, TUESDAY, Scene, found, visit

Clients = Callable[..., Client]


def test_the_address_is_shown_once_and_only_a_digest_is_kept(
    feed: Feed, client: Clients, known: Scene
) -> None:
    token = feed.url.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) >= 32
    [row] = found(CalendarAddress)
    assert token not in str(vars(row))
    listed = client(known.chen).get("/calendar/addresses")
    assert token not in listed.text
    assert [one["name"] for one in listed.json["items"]] == ["手机日历"]


def test_whoever_knows_the_address_reads_without_a_cookie_and_gets_none(feed: Feed) -> None:
    answer = feed.answer()
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_reader_that_has_it_already_is_told_so(
    feed: Feed, session: Session, known: Scene
) -> None:
    door = places.household(session, known.unit, "101")
    visit(session, door, known.chen)
    etag = feed.answer().headers["ETag"]
    again = feed.answer(If_None_Match=etag)
    assert (again.status_code, again.text) == (304, "")
    with clock.frozen(TUESDAY + timedelta(hours=1)):
        assert feed.answer(If_None_Match=etag).status_code == 304
    visit(session, places.household(session, known.unit, "102"), known.chen)
    later = feed.answer(If_None_Match=etag)
    assert (later.status_code, later.headers["ETag"] == etag) == (200, False)


def test_a_revoked_address_opens_nothing_and_the_others_still_do(
    feed: Feed, client: Clients, known: Scene, session: Session
) -> None:
    visit(session, places.household(session, known.unit, "101"), known.chen)
    me = client(known.chen)
    other = me.post("/calendar/addresses", {"name": "电脑"}).json
    second = Feed(client(), other["url"], other["id"])
    assert feed.one()["UID"] == second.one()["UID"]
    assert me.delete(f"/calendar/addresses/{feed.address_id}").status_code == 204
    assert (feed.answer().status_code, second.answer().status_code) == (404, 200)
    assert me.delete(f"/calendar/addresses/{second.address_id}").status_code == 204
    assert second.answer().status_code == 404
    assert found(CalendarEntry) == []
    kinds = [row.verb for row in found(AuditRow, AuditRow.subject_kind == "calendar_address")]
    assert sorted(kinds) == ["made", "made", "revoked", "revoked"]


def test_nobody_revokes_the_address_of_another(feed: Feed, client: Clients, known: Scene) -> None:
    assert client(known.li).delete(f"/calendar/addresses/{feed.address_id}").status_code == 404
    assert feed.answer().status_code == 200


def test_an_address_opens_nothing_once_its_owner_has_no_post(
    feed: Feed, session: Session, known: Scene
) -> None:
    with unwatched():
        for post in session.scalars(
            select(Membership).where(Membership.person_id == known.chen.id)
        ):
            post.until_date = clock.today() - timedelta(days=1)
        session.commit()
    assert feed.answer().status_code == 404


def test_a_guessed_address_opens_nothing(feed: Feed) -> None:
    spoilt = Feed(feed.client, feed.url.replace(".ics", "x.ics"), "")
    assert spoilt.answer().status_code == 404


def test_a_sixth_address_is_refused(feed: Feed, client: Clients, known: Scene) -> None:
    me = client(known.chen)
    for _ in range(4):
        assert me.post("/calendar/addresses", {"name": "又一个"}).status_code == 201
    refused = me.post("/calendar/addresses", {"name": "又一个"})
    assert refused.json["code"] == "calendar_too_many_addresses"


def test_a_program_that_asks_without_end_is_told_to_wait(feed: Feed) -> None:
    statuses = [feed.answer().status_code for _ in range(pace.MOST_A_MINUTE + 1)]
    assert statuses == [200] * pace.MOST_A_MINUTE + [429]
    waits = feed.answer()
    assert 0 < int(waits.headers["Retry-After"]) <= 60
    with clock.frozen(TUESDAY + timedelta(seconds=61)):
        assert feed.answer().status_code == 200


def test_many_programs_that_read_at_once_all_see_the_same(
    feed: Feed, session: Session, known: Scene
) -> None:
    for floor in range(1, 6):
        home = places.household(session, known.unit, f"{floor}01")
        visit(session, home, known.chen, on=TODAY + timedelta(days=floor))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: Feed(feed.client, feed.url, "").answer(), range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.headers["ETag"] for answer in answers}) == 1
    assert [row.sequence for row in found(CalendarEntry)] == [0] * 5
