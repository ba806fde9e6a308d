"""Searching and filtering tickets: what is found is what a look at each of them would find."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core import clock, outbox
from app.core.errors import Invalid
from app.tickets import present, queries, search_keeping
from app.tickets.models import Ticket
from app.tickets.models_search import TicketWords
from app.tickets.queries import lists, rarely
from app.tickets.rules import CATEGORIES, Verb
from tests.auditing import unwatched
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act
from tests.tickets.test_search_text import SIGNS, holds


def listed(session: Session, here: Neighbourhood, word: str, **query: Any) -> list[str]:
    """The numbers of a whole list, page by page, in its order."""
    session.flush()
    found: list[str] = []
    cursor = None
    while True:
        asked = {"limit": 3, **query, "cursor": cursor}
        rows, cursor = queries.page(session, here.actors[word], asked)
        found += [row.number for row in rows]
        if cursor is None:
            return found


def numbers(*found: Ticket) -> list[str]:
    return sorted(one.number for one in found)


@pytest.fixture(params=["near by", "not far", "by the index"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Every list is found three times: by looking through the latest, through the very latest
    before the index is asked, and by the index alone."""
    if request.param != "by the index":
        monkeypatch.setattr(rarely, "RARE", 0)
    if request.param != "near by":
        monkeypatch.setattr(lists, "NEAR_BY", 4 if request.param == "not far" else 0)
    clear()
    yield request.param
    clear()


def clear() -> None:
    lists._near.cache_clear()
    lists._far.cache_clear()


def test_a_search_finds_what_a_look_at_each_would_find(
    session: Session, here: Neighbourhood, way: str
) -> None:
    chance = random.Random(7)
    made = []
    for _ in range(40):
        text = "".join(chance.choice(SIGNS) for _ in range(12)) + "灯"
        by = chance.choice(["volunteer", "committee"])
        made.append(tickets.report(session, here, by, text=text))
    for words in ("灯", "灯亮", "不 楼", "3栋", "a1", "道门坏", "三3", "B", "亮不 灯", "0"):
        expected = [one for one in made if holds(texts_of(one), words)]
        assert sorted(listed(session, here, "committee", q=words)) == numbers(*expected), words
        own = [one for one in expected if one.reporter_id == here.people["volunteer"].id]
        assert sorted(listed(session, here, "volunteer", q=words)) == numbers(*own), words
        assert listed(session, here, "property", q=words) == []


def texts_of(ticket: Ticket) -> list[str]:
    name = CATEGORIES[ticket.category].name
    return [ticket.text, ticket.place_text, ticket.number, ticket.spot or "", name]


def test_text_place_number_kind_and_spot_are_searched_and_never_who_agreed(
    session: Session, here: Neighbourhood, way: str
) -> None:
    said: dict[str, Any] = {"public_area": False, "agreed_by": "王阿姨", "spot": "厨房水池"}
    lamp = tickets.report(session, here, text="灯泡坏了", **said)
    tickets.report(session, here, text="门关不上", category="facility.lift")
    for words in ("灯泡", "3栋1单元", lamp.number, "公共照明", "水池", f" {lamp.number} "):
        expected = numbers(lamp) if words != "3栋1单元" else None
        found = sorted(listed(session, here, "committee", q=words))
        assert found == expected or (expected is None and len(found) == 2), words
    assert listed(session, here, "committee", q="阿姨") == []


def test_words_find_what_one_reported_where_one_has_no_office_any_more(
    session: Session, here: Neighbourhood, way: str
) -> None:
    """A ticket that is open on two grounds is looked at on one of them, and found."""
    other = tickets.neighbourhood(session)
    mine = tickets.report(session, other, text="路灯坏了")
    mine.reporter_id = here.people["committee"].id
    tickets.report(session, other, text="路灯又坏了")
    both = tickets.report(session, here, "committee", text="路灯也坏了")
    assert sorted(listed(session, here, "committee", q="路灯")) == numbers(mine, both)
    assert listed(session, here, "committee", q="路灯", mine=True) == [both.number, mine.number]


def test_what_is_found_on_several_grounds_keeps_its_order(
    session: Session, here: Neighbourhood, way: str
) -> None:
    """Where one ground is looked through down to last week and another down to this morning, what
    the other holds of the days between comes first."""
    other = tickets.neighbourhood(session)
    chance = random.Random(11)
    made = []
    for hour in range(36):
        where = chance.choice([here, here, other])
        with tickets.later(hours=hour):
            made.append(tickets.report(session, where, text=chance.choice(["路灯坏了", "门坏了"])))
        if where is other:
            made[-1].reporter_id = here.people["committee"].id
    mine = here.people["committee"].id
    for words, kind in (("路灯", None), ("坏了", None), (None, "facility.power_lighting")):
        seen = [one for one in reversed(made) if words is None or words in one.text]
        seen = [one for one in seen if one.reporter_id == mine or one in made_in(here, made)]
        for sort in ("moved", "created"):
            query = {"q": words, "category": kind, "sort": sort}
            found = listed(session, here, "committee", **query)
            assert found == [one.number for one in seen], (way, query)


def made_in(here: Neighbourhood, made: list[Ticket]) -> list[Ticket]:
    return [one for one in made if one.community_id == here.community.id]


def test_what_changes_is_found_as_it_now_is(
    session: Session, here: Neighbourhood, way: str
) -> None:
    ticket = tickets.report(session, here)
    assert listed(session, here, "property", q="楼道") == []
    act(session, here, ticket, "committee", Verb.ACCEPT, category="facility.lift")
    tickets.dispatch(session, here, ticket, "property", ("social",))
    for word in ("committee", "property", "social", "owners", "volunteer", "subdistrict"):
        assert listed(session, here, word, q="楼道 电梯") == [ticket.number], word
        assert listed(session, here, word, q="照明") == [], word
        assert listed(session, here, word, category="facility.lift") == [ticket.number], word
    act(session, here, ticket, "property", Verb.RETURN, reason="不归我们管")
    assert listed(session, here, "property", q="楼道") == []


def test_filters_narrow_and_combine(session: Session, here: Neighbourhood, way: str) -> None:
    lamp = tickets.report(session, here)
    flood = tickets.report(session, here, "committee", category="emergency.burst_flood")
    lift = tickets.started(session, here, category="facility.lift", text="电梯停在三楼")
    away = tickets.report(session, here, "committee", place_id=here.community.id)
    act(session, here, lift, "secretary", Verb.SUPERVISE, reason="拖得太久")
    company = here.organisations["property"].id
    today = clock.today()
    cases: tuple[tuple[dict[str, Any], tuple[Ticket, ...]], ...] = (
        ({}, (lamp, flood, lift, away)),
        ({"status": "submitted"}, (lamp, away)),
        ({"status": "in_progress,submitted"}, (lamp, lift, away)),
        ({"category": "facility"}, (lamp, lift, away)),
        ({"category": "facility.lift,emergency"}, (lift, flood)),
        ({"category": "inquiry"}, ()),
        ({"estate_id": here.estate.id}, (lamp, flood, lift)),
        ({"building_id": here.building.id, "mine": True}, (flood,)),
        ({"lead_party": "property"}, (flood, lift)),
        ({"lead_org_id": company, "emergency": True}, (flood,)),
        ({"emergency": True, "supervised": True}, ()),
        ({"supervised": True}, (lift,)),
        ({"q": "楼道", "mine": True}, (flood, away)),
        ({"q": "三楼 电梯", "category": "facility", "supervised": True}, (lift,)),
        ({"created_from": today, "created_to": today}, (lamp, flood, lift, away)),
        ({"created_from": today + timedelta(days=1)}, ()),
        ({"created_to": today - timedelta(days=1), "q": "楼道"}, ()),
        ({"queue": "to_accept", "q": "楼道"}, (lamp, away)),
        ({"queue": "to_accept", "status": "accepted"}, ()),
        ({"overdue": True}, ()),
        ({"photos": True}, ()),
    )
    for query, expected in cases:
        for sort in ("moved", "due", "created"):
            found = listed(session, here, "committee", sort=sort, **query)
            assert sorted(found) == numbers(*expected), (query, sort)


def test_what_residents_reported_at_a_door(session: Session, here: Neighbourhood) -> None:
    tickets.report(session, here)
    at_the_door = tickets.report(session, here, by="social")
    with unwatched():
        here.people["social"].guest = True
        session.flush()
    for sort in ("moved", "due", "created"):
        assert listed(session, here, "committee", sort=sort, doors=True) == [at_the_door.number]
    assert listed(session, here, "committee", doors=True, q="电梯") == []


def test_what_is_overdue_and_what_has_photos(session: Session, here: Neighbourhood) -> None:
    shot = tickets.picture(session, here.actors["volunteer"])
    seen_ = tickets.report(session, here, media=[shot])
    tickets.closed(session, here)
    assert listed(session, here, "committee", photos=True) == [seen_.number]
    with tickets.later(days=30):
        assert listed(session, here, "committee", overdue=True) == [seen_.number]
        assert listed(session, here, "committee", overdue=True, status="closed") == []


def test_lists_run_by_move_by_due_and_by_day(session: Session, here: Neighbourhood) -> None:
    old = tickets.report(session, here, category="suggestion")  # five days
    with tickets.later(hours=1):
        done = tickets.closed(session, here)
    with tickets.later(hours=2):
        new = tickets.report(session, here, category="emergency.burst_flood")
    with tickets.later(hours=3):
        act(session, here, old, "committee", Verb.ACCEPT)
    session.flush()
    orders = {
        "moved": [old, new, done],
        "created": [new, done, old],
        "due": [new, old, done],
    }
    for sort, expected in orders.items():
        found = listed(session, here, "committee", sort=sort, limit=1)
        assert found == [one.number for one in expected], sort


@pytest.mark.parametrize("sort", ["moved", "due", "created"])
def test_pages_stay_whole_while_tickets_move(
    session: Session, here: Neighbourhood, sort: str
) -> None:
    """What does not move is shown once; what moves meanwhile is never shown twice where the order
    is by move or by day."""
    made = []
    for hour in range(8):
        with tickets.later(minutes=hour % 3):
            made.append(tickets.report(session, here, "committee"))
    session.flush()
    moving = {made[1].number, made[6].number}
    found: list[str] = []
    cursor = None
    for step in range(10):
        query = {"limit": 2, "cursor": cursor, "sort": sort, "q": "楼道"}
        rows, cursor = queries.page(session, here.actors["committee"], query)
        found += [row.number for row in rows]
        if step < 2:
            act(session, here, made[(1, 6)[step]], "committee", Verb.ACCEPT)
            session.flush()
        if cursor is None:
            break
    still = [number for number in found if number not in moving]
    assert sorted(still) == sorted({one.number for one in made} - moving)
    if sort != "due":
        assert len(found) == len(set(found))
    with pytest.raises(Invalid):
        queries.page(session, here.actors["committee"], {"sort": sort, "cursor": "abc"})


def test_the_cursor_of_another_order_is_refused(session: Session, here: Neighbourhood) -> None:
    for _ in range(3):
        tickets.report(session, here)
    session.flush()
    _, cursor = queries.page(session, here.actors["committee"], {"limit": 1})
    with pytest.raises(Invalid):
        queries.page(session, here.actors["committee"], {"sort": "created", "cursor": cursor})


def test_all_of_a_list_comes_as_a_stream_and_is_counted(
    session: Session, here: Neighbourhood
) -> None:
    for _ in range(4):
        tickets.report(session, here)
    tickets.started(session, here, "social", category="care.need", text="门口灯")
    session.flush()
    for word in ("committee", "volunteer", "social", "property"):
        for query in ({}, {"q": "灯"}, {"sort": "due", "category": "facility"}, {"q": "门口 灯"}):
            whole = [row.number for row in lists.whole(session, here.actors[word], query)]
            assert whole == listed(session, here, word, **query), (word, query)
            assert lists.counted(session, here.actors[word], query) == len(whole)


def test_a_line_says_where_the_words_stand(session: Session, here: Neighbourhood) -> None:
    tickets.report(session, here, text="楼道灯不亮。从三楼到五楼都是黑的")
    session.flush()
    page = present.page(session, here.actors["committee"], {"q": "五楼"})
    assert page["items"][0]["found"] == "楼道灯不亮。从三楼到五楼都是黑的"
    assert "found" not in present.page(session, here.actors["committee"], {})["items"][0]


def test_tickets_without_words_get_theirs(session: Session, here: Neighbourhood) -> None:
    made = [tickets.report(session, here) for _ in range(3)]
    session.flush()
    session.execute(delete(TicketWords))
    assert listed(session, here, "committee", q="楼道") == []
    with unwatched():
        session.commit()
    search_keeping.catch_up(outbox.Job(made[0].id, search_keeping.KIND, {}, 1, clock.now()))
    assert sorted(listed(session, here, "committee", q="楼道")) == numbers(*made)
    rows = session.scalars(select(TicketWords.ticket_id)).all()
    assert sorted(rows) == sorted(one.id for one in made)
