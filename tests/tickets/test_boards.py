"""Boards: what waits for whom, in which order, and what a building's numbers tell and do not."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import Person
from app.identity.rules import Home
from app.tickets import present_boards
from app.tickets.models import Ticket
from app.tickets.queries import boards
from app.tickets.rules import QUEUES_BY_KEY, Scope, TicketStatus, Verb
from app.tickets.rules.boards import BOARDS, Urgency, urgency_of
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


def board(session: Session, here: Neighbourhood, word: str) -> dict[str, Any]:
    session.flush()
    return present_boards.board(session, here.actors[word])


def waiting(session: Session, here: Neighbourhood, word: str) -> dict[str, int]:
    parts = board(session, here, word)["parts"]
    return {part["queue"]: part["count"] for part in parts if part["count"]}


def emergency(session: Session, here: Neighbourhood) -> Ticket:
    return tickets.report(session, here, category="emergency.burst_flood", text="水管爆了")


# ---- rules


@pytest.mark.parametrize(
    ("status", "due", "warn", "is_emergency", "expected"),
    [
        (TicketStatus.IN_PROGRESS, -1, -2, True, Urgency.EMERGENCY),
        (TicketStatus.IN_PROGRESS, -1, -2, False, Urgency.OVERDUE),
        (TicketStatus.DISPATCHED, 0, -2, False, Urgency.OVERDUE),
        (TicketStatus.DISPATCHED, 11, 9, False, Urgency.TODAY),
        (TicketStatus.DISPATCHED, 12, -1, False, Urgency.NEAR),
        (TicketStatus.DISPATCHED, 12, 9, False, Urgency.NEW),
        (TicketStatus.IN_PROGRESS, 12, 9, False, Urgency.REST),
        (TicketStatus.DISPATCHED, None, None, False, Urgency.NEW),
        (TicketStatus.IN_PROGRESS, None, None, False, Urgency.REST),
    ],
)
def test_emergencies_come_first_then_what_is_late_then_what_is_due_today(
    status: TicketStatus, due: int | None, warn: int | None, is_emergency: bool, expected: Urgency
) -> None:
    due_at = None if due is None else NOON + due * HOUR
    warn_at = None if warn is None else NOON + warn * HOUR
    found = urgency_of(status, due_at, warn_at, emergency=is_emergency, now=NOON)
    assert found is expected


def test_every_part_of_a_board_is_a_queue_and_says_what_to_do() -> None:
    for home, parts in BOARDS.items():
        assert len({part.queue for part in parts}) == len(parts)
        for part in parts:
            assert part.queue in QUEUES_BY_KEY
            assert part.hint or home is Home.PROPERTY


def test_volunteers_have_no_board() -> None:
    assert Home.VOLUNTEER not in BOARDS
    assert all(QUEUES_BY_KEY[p.queue].scope is not Scope.REPORTER for p in BOARDS[Home.OWNERS])


# ---- the day of the property company


def test_the_day_is_sorted_by_what_presses(session: Session, here: Neighbourhood) -> None:
    rest = tickets.started(session, here, text="普通的事")
    late = tickets.started(session, here, text="晚了的事")
    late.due_at = clock.now() - HOUR
    new = tickets.dispatched(session, here, text="刚派来的事")
    for one in (rest, new):
        one.due_at = clock.now() + timedelta(days=3)
        one.warn_at = one.due_at - HOUR
    urgent = emergency(session, here)
    work = board(session, here, "property")["work"]
    assert [(one["id"], one["urgency"]) for one in work] == [
        (urgent.id, "emergency"),
        (late.id, "overdue"),
        (new.id, "new"),
        (rest.id, "rest"),
    ]


def test_the_database_sorts_by_urgency_as_the_rule_does(
    session: Session, here: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards, "MOST_WORK", 9)
    boards._work.cache_clear()
    now, chance = clock.now(), random.Random(3)
    made = [chance.choice([tickets.started, tickets.dispatched])(session, here) for _ in range(14)]
    for one in made:
        due = chance.choice([None, *range(-50, 80)])
        one.due_at = due if due is None else now + due * HOUR
        one.warn_at = one.due_at and one.due_at - chance.choice([1, 30]) * HOUR
        one.emergency = chance.random() < 0.2
    with clock.frozen(now):
        work = board(session, here, "property")["work"]
    boards._work.cache_clear()
    assert [one["id"] for one in work] == [one.id for one in sorted(made, key=_by_rule(now))][:9]


def _by_rule(now: datetime) -> Callable[[Ticket], tuple[int, str, datetime]]:
    ranks = list(Urgency)

    def key(one: Ticket) -> tuple[int, str, datetime]:
        said = {"emergency": one.emergency, "now": now}
        urgency = urgency_of(one.status, one.due_at, one.warn_at, **said)  # type: ignore[arg-type]
        return ranks.index(urgency), str(one.due_at or "9999"), one.moved_at

    return key


def test_a_piece_of_work_says_what_its_lead_may_do_at_once(
    session: Session, here: Neighbourhood
) -> None:
    ticket = emergency(session, here)
    steps: list[list[str]] = []
    for verb in (None, Verb.START, Verb.ARRIVE, Verb.CONTAIN):
        if verb:
            tickets.act(session, here, ticket, "property", verb)
        steps.append(board(session, here, "property")["work"][0]["steps"])
    assert steps[0] == ["start", "arrive"]
    assert steps[1][0] == "arrive"
    assert steps[-1] == ["resolve"]


def test_only_public_parts_ask_the_company_for_pictures(
    session: Session, here: Neighbourhood
) -> None:
    def proof(ticket: Ticket) -> str:
        work = board(session, here, "property")["work"]
        return next(str(one["proof"]) for one in work if one["id"] == ticket.id)

    public = tickets.started(session, here)
    assert proof(public) == "both"
    private = tickets.started(
        session, here, category="home.repair", public_area=False, agreed_by="王阿姨"
    )
    assert proof(private) == "none"
    shown = tickets.picture(session, here.actors["volunteer"])
    with_picture = tickets.started(session, here, media=[shown])
    assert proof(with_picture) == "after"


def test_what_is_finished_is_no_work_of_the_day(session: Session, here: Neighbourhood) -> None:
    tickets.resolved(session, here)
    day = board(session, here, "property")
    assert day["work"] == []
    assert waiting(session, here, "property") == {"lead_waiting": 1}


def test_the_numbers_count_emergencies_and_what_is_due_today(
    session: Session, here: Neighbourhood
) -> None:
    noon = datetime.combine(clock.today() + timedelta(days=2), time(12), clock.LOCAL)
    with clock.frozen(noon):
        today, tomorrow = (tickets.started(session, here) for _ in range(2))
        today.due_at, tomorrow.due_at = noon + HOUR, noon + 12 * HOUR
        urgent = emergency(session, here)
        urgent.due_at = noon + 24 * HOUR
        numbers = board(session, here, "property")["numbers"]
    assert {one["key"]: one["count"] for one in numbers} == {"emergency": 1, "today": 1}


def test_the_work_of_another_company_is_not_on_the_board(
    session: Session, here: Neighbourhood
) -> None:
    tickets.started(session, here)
    other = tickets.neighbourhood(session)
    assert board(session, other, "property")["work"] == []


# ---- the others


def test_the_committee_sees_what_waits_for_it(session: Session, here: Neighbourhood) -> None:
    tickets.report(session, here)
    tickets.resolved(session, here)
    tickets.reviewed(session, here)
    supervised = tickets.started(session, here)
    tickets.act(session, here, supervised, "secretary", Verb.SUPERVISE, reason="拖得太久")
    supervised.due_at = clock.now() - HOUR
    found = waiting(session, here, "committee")
    assert found == {
        "overdue": 1,
        "to_accept": 1,
        "to_review": 1,
        "watched": 1,
        "to_call_back": 1,
    }


def test_a_part_shows_first_what_has_waited_longest(session: Session, here: Neighbourhood) -> None:
    made = []
    for days in (1, 5, 3, 4):
        with clock.frozen(clock.now() - timedelta(days=days)):
            made.append(tickets.report(session, here, text=f"{days} 天前的事"))
    parts = board(session, here, "committee")["parts"]
    first = next(part for part in parts if part["queue"] == "to_accept")
    assert first["count"] == 4
    assert [one["id"] for one in first["items"]] == [made[1].id, made[3].id, made[2].id]


def test_owners_see_what_they_review_and_nobody_else_does(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.resolved(session, here, to="committee", category="inquiry")
    assert waiting(session, here, "owners") == {"owners_to_review": 1}
    parts = board(session, here, "owners")["parts"]
    assert [one["id"] for part in parts for one in part["items"]] == [ticket.id]
    assert "owners_to_review" not in waiting(session, here, "committee")


def test_a_social_organisation_sees_what_was_given_to_it(
    session: Session, here: Neighbourhood
) -> None:
    tickets.dispatched(session, here, "social", category="care.need")
    tickets.dispatched(session, here, "property", co=("social",))
    assert waiting(session, here, "social") == {"lead_to_start": 1, "to_help": 1}


# ---- over HTTP

Clients = Callable[[Person | None], Client]


@pytest.fixture
def call(session: Session, here: Neighbourhood, client: Clients) -> Callable[[str], Client]:
    def sign_in(word: str) -> Client:
        with unwatched():
            session.commit()
        return client(here.people[word])

    return sign_in


def test_a_board_that_was_seen_is_not_told_again(
    session: Session, here: Neighbourhood, call: Callable[[str], Client]
) -> None:
    tickets.report(session, here)
    clerk = call("committee")
    first = clerk.get("/tickets/board")
    assert first.status_code == 200
    mark = (first.json or {})["mark"]
    assert clerk.get("/tickets/board", seen=mark).status_code == 204
    tickets.report(session, here)
    again = call("committee").get("/tickets/board", seen=mark)
    assert (again.status_code, (again.json or {})["parts"][1]["count"]) == (200, 2)


@pytest.mark.parametrize("word", ["committee", "property", "owners", "social", "subdistrict"])
def test_every_office_has_a_board(
    session: Session, here: Neighbourhood, call: Callable[[str], Client], word: str
) -> None:
    tickets.started(session, here)
    answer = call(word).get("/tickets/board")
    assert answer.status_code == 200, answer.json
    assert (answer.json or {})["parts"]


def test_volunteers_get_no_board(here: Neighbourhood, call: Callable[[str], Client]) -> None:
    assert call("volunteer").get("/tickets/board").status_code == 403
