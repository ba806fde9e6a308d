"""Who hears of an emergency call, whom it may wake, and that thousands cost no more statements."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from app.calls.models import Summons
from app.calls.rules import Answer, CallKind
from app.calls.service import answering, ending
from app.calls.service.opening import Wanted, open_call
from app.core import clock
from app.core.db import database, uuid7
from app.core.keys import keys
from app.identity.actor import Actor
from app.identity.loading import standing_in
from app.identity.models import Membership, Organisation, Person
from app.identity.rules import OrganisationKind, Role
from app.identity.sign_in import NOBODY
from app.notifications.models import InboxItem
from app.notifications.rules.telling import Kind, Urgency
from app.teams.models import TeamMember
from tests.auditing import unwatched
from tests.factories import identity, places, teams
from tests.factories import visits as going
from tests.factories.notifications import subscription
from tests.factories.visits import Scene, scene
from tests.notifications.told import items, outgoing

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # in Nanjing
NIGHT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # 22:00 in Nanjing
MORNING = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)  # 08:30


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
def known(session: Session, noon: None) -> Scene:
    made = scene(session)
    for who in (made.chen, made.li, made.zhou, made.steward, made.committee):
        subscription(session, who)
    return made


def actor(session: Session, who: Person) -> Actor:
    return standing_in(session, who.id)


def calls(session: Session, known: Scene, **other: Any) -> Summons:
    said = {
        "place_id": known.community.id,
        "team_id": None,
        "kind": CallKind.FLOOD,
        "words": "河水涨了，请来堆沙袋。",
        "until": clock.today() + timedelta(days=2),
        "danger": False,
        "danger_reason": "",
    } | other
    return open_call(session, actor(session, known.committee), Wanted(**said))


def told(session: Session, known: Scene) -> dict[str, str]:
    names = {getattr(known, one).id: one for one in ("chen", "li", "zhou", "steward", "committee")}
    return {names[one.person_id]: one.title for one in items(session) if one.read_at is None}


def rung(session: Session) -> list[tuple[datetime, str]]:
    """When a device is rung at once, and how urgently."""
    return sorted((row.due_at, row.payload["urgency"]) for row in outgoing(session))


def waits(session: Session) -> list[datetime | None]:
    """For which digest each item waits."""
    return sorted((one.digest_at for one in items(session)), key=str)


def test_everybody_concerned_hears_at_once_and_once(session: Session, known: Scene) -> None:
    calls(session, known)
    asked = "社区紧急召集，您方便来吗？"
    assert told(session, known) == {
        "chen": asked,
        "li": asked,
        "zhou": asked,
        "steward": "紧急召集，请值班的人看看",
    }
    assert {row[0] for row in rung(session)} == {NOON}
    assert {row[1] for row in rung(session)} == {Urgency.HIGH}
    assert set(waits(session)) == {None}


def test_at_night_only_who_is_on_duty_is_rung(session: Session, known: Scene) -> None:
    with clock.frozen(NIGHT):
        calls(session, known)
    assert rung(session) == [(NIGHT, Urgency.HIGH)]
    assert waits(session) == [*[MORNING] * 3, None]


def test_where_a_life_is_in_danger_everybody_is_rung_at_night(
    session: Session, known: Scene
) -> None:
    with clock.frozen(NIGHT):
        calls(session, known, danger=True, danger_reason="地下车库进水，有人困住")
    assert rung(session) == [(NIGHT, Urgency.HIGH)] * 4


def test_who_answered_is_not_reminded_and_the_others_still_are(
    session: Session, known: Scene
) -> None:
    call = calls(session, known)
    answering.answer(session, actor(session, known.chen), call.id, Answer.CANNOT)
    assert "chen" not in told(session, known)
    assert {"li", "zhou", "steward"} <= set(told(session, known))


def test_the_end_takes_back_what_was_asked_and_rings_nobody(session: Session, known: Scene) -> None:
    call = calls(session, known)
    before = len(outgoing(session))
    ending.close(session, actor(session, known.committee), call.id, call.version, None)
    assert set(told(session, known).values()) == {"紧急召集结束了，谢谢大家"}
    assert len(outgoing(session)) == before
    assert not [one for one in items(session) if one.kind is Kind.CALL_TODO and not one.read_at]


def test_called_off_everybody_hears_that_nobody_need_come(session: Session, known: Scene) -> None:
    call = calls(session, known)
    ending.call_off(session, actor(session, known.committee), call.id, call.version, "点错了")
    assert set(told(session, known).values()) == {"紧急召集撤回了，不用来"}


def test_whose_visits_wait_is_told_once_and_asked_once_afterwards(
    session: Session, known: Scene
) -> None:
    for door in ("101", "102", "103"):
        going.visit(session, places.household(session, known.unit, door), known.chen)
    call = calls(session, known)
    told_of = [one for one in items(session) if one.title == "因为紧急召集，常规走访先放一放"]
    assert [one.person_id for one in told_of] == [known.chen.id]
    ending.close(session, actor(session, known.committee), call.id, call.version, None)
    asked = [one for one in items(session) if one.kind is Kind.VISIT_TODO]
    assert [(one.person_id, one.link) for one in asked] == [(known.chen.id, "/proposals")]


def test_a_call_by_the_subdistrict_is_told_to_the_committee(session: Session, known: Scene) -> None:
    above = session.get_one(type(known.community), known.community.parent_id)
    officer = identity.member(session, OrganisationKind.SUBDISTRICT, above)
    calls(session, replace_committee(known, officer))
    assert told(session, known)["committee"] == "本社区发起了紧急召集"


def replace_committee(known: Scene, officer: Person) -> Scene:
    return Scene(**{**vars(known), "committee": officer})


def crowd(session: Session, known: Scene, many: int) -> None:
    """So many more members of a team, each with a post."""
    company = Organisation(
        kind=OrganisationKind.VOLUNTEER_TEAM, name="大队", place_id=known.community.id
    )
    identity.stored(session, company)
    ids = [uuid7() for _ in range(many)]
    blind = keys().blind
    people = [
        {
            "id": one,
            "name": "演示人",
            "phone": "19911111111",
            "phone_blind": blind(str(one)),
            "password_hash": NOBODY,
            "version": 1,
        }
        for one in ids
    ]
    posts = [
        {
            "person_id": one,
            "organisation_id": company.id,
            "role": Role.MEMBER,
            "place_id": known.community.id,
        }
        for one in ids
    ]
    members = [
        {"team_id": known.team.id, "person_id": one, "from_date": teams.LONG_AGO} for one in ids
    ]
    with unwatched():
        for table, rows in ((Person, people), (Membership, posts), (TeamMember, members)):
            session.execute(insert(table), rows)
        session.commit()


def counted(act: Callable[[], object]) -> int:
    """How many statements go to the database."""
    seen: list[str] = []

    def hear(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    engine = database().engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    return len(seen)


def test_five_thousand_are_told_in_one_go(session: Session, known: Scene) -> None:
    crowd(session, known, 5_000)

    def all_of_it() -> None:
        calls(session, known)
        session.commit()

    assert counted(all_of_it) < 100
    told_of = session.scalars(
        select(InboxItem.person_id).where(InboxItem.kind == Kind.CALL_TODO)
    ).all()
    assert len(set(told_of)) == len(told_of) == 5_004
