"""Tickets that are joined and taken apart: what is written, what is kept, what never happens."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.core.errors import Refusal, Stale
from app.tickets import present
from app.tickets.models import Ticket
from app.tickets.queries import doubles as asked
from app.tickets.rules import TicketStatus, Verb
from app.tickets.rules.refusals import (
    CannotJoin,
    JoinedElsewhere,
    NotJoined,
    NotYourMove,
    WrongState,
)
from app.tickets.service import clocks, doubles, move
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act

S = TicketStatus


def joined(session: Session, here: Neighbourhood, ticket: Ticket, head: Ticket) -> Ticket:
    return act(session, here, ticket, "committee", Verb.JOIN, into_id=head.id)


def apart(session: Session, here: Neighbourhood, ticket: Ticket) -> Ticket:
    return act(session, here, ticket, "committee", Verb.TAKE_APART, reason="不是同一盏灯")


def shown(session: Session, here: Neighbourhood, ticket: Ticket, to: str) -> dict[str, Any]:
    session.flush()
    return present.detail(session, here.actors[to], ticket)


def verbs(ticket: Ticket) -> list[str]:
    return [entry.verb for entry in ticket.entries]


def test_what_is_joined_is_closed_and_both_timelines_say_so(
    session: Session, here: Neighbourhood
) -> None:
    head, double = tickets.started(session, here), tickets.report(session, here, "owners")
    joined(session, here, double, head)
    assert (double.status, double.duplicate_of) == (S.CLOSED, head.id)
    assert double.solved is double.satisfied is None
    assert verbs(double)[-1] == "join"
    assert double.entries[-1].said["into_number"] == head.number
    assert verbs(head)[-1] == "took_in"
    assert head.status is S.IN_PROGRESS
    audited = session.scalars(
        select(AuditRow.verb).where(AuditRow.subject_id.in_([head.id, double.id]))
    )
    assert {"moved", "took_in"} <= set(audited)


def test_its_clocks_end_and_count_for_nobody(session: Session, here: Neighbourhood) -> None:
    head, double = tickets.report(session, here), tickets.started(session, here)
    with tickets.later(days=9):  # late by then
        joined(session, here, double, head)
        told = clocks.clocks_of(session, double)
        ended = [one for one in told if one.ended_at == double.closed_at]
        assert ended
        assert not any(one.met for one in ended)
        assert not any(one.runs for one in told)
        assert double.due_at is None


def test_taken_apart_it_goes_on_where_it_stood_and_its_clocks_too(
    session: Session, here: Neighbourhood
) -> None:
    head, double = tickets.report(session, here), tickets.started(session, here)
    before = {one.no: one.used(clock.now()) for one in clocks.clocks_of(session, double)}
    running = [one.no for one in clocks.clocks_of(session, double) if one.runs]
    joined(session, here, double, head)
    with tickets.later(hours=30):
        apart(session, here, double)
        after = clocks.clocks_of(session, double)
        assert (double.status, double.duplicate_of, double.came_from) == (S.IN_PROGRESS, None, None)
        assert double.closed_at is None
        assert [one.no for one in after if one.runs] == running
        slack = timedelta(seconds=5)
        assert all(one.used(clock.now()) - before[one.no] < slack for one in after)
    assert verbs(head)[-1] == "let_out"
    assert double.lead_org_id == here.organisations["property"].id


def test_a_rest_is_over_when_what_rested_is_joined(session: Session, here: Neighbourhood) -> None:
    head, double = tickets.report(session, here), tickets.started(session, here)
    until = clock.today() + timedelta(days=2)
    act(session, here, double, "property", Verb.SUSPEND, reason_code="parts", until=until)
    joined(session, here, double, head)
    apart(session, here, double)
    assert (double.status, double.suspended_until) == (S.IN_PROGRESS, None)
    assert all(one.used(clock.now()) >= timedelta(0) for one in clocks.clocks_of(session, double))


def test_only_the_community_joins_and_takes_apart(session: Session, here: Neighbourhood) -> None:
    head, double = tickets.started(session, here), tickets.started(session, here)
    for word in ("property", "volunteer", "owners"):
        with pytest.raises(NotYourMove):
            act(session, here, double, word, Verb.JOIN, into_id=head.id)
    joined(session, here, double, head)
    with pytest.raises(NotYourMove):
        act(session, here, double, "property", Verb.TAKE_APART, reason="不是")


def test_what_is_joined_is_not_opened_again_but_taken_apart(
    session: Session, here: Neighbourhood
) -> None:
    head, double = tickets.report(session, here), tickets.report(session, here)
    with pytest.raises((NotJoined, WrongState)):
        apart(session, here, double)
    joined(session, here, double, head)
    for word in ("volunteer", "committee"):
        with pytest.raises(JoinedElsewhere):
            act(session, here, double, word, Verb.REOPEN, reason="还没好")
    offered = {move["verb"] for move in shown(session, here, double, "committee")["moves"]}
    assert offered == {"take_apart"}


def test_nothing_is_joined_into_itself_into_what_is_over_or_across_communities(
    session: Session, here: Neighbourhood
) -> None:
    double, over = tickets.report(session, here), tickets.closed(session, here)
    elsewhere = tickets.neighbourhood(session)
    far = tickets.report(session, elsewhere)
    gone = tickets.report(session, here)
    joined(session, here, gone, tickets.report(session, here))
    for other in (double, over, far, gone):
        with pytest.raises(CannotJoin):
            joined(session, here, double, other)
        assert double.duplicate_of is None


def test_who_saw_another_version_joins_nothing(session: Session, here: Neighbourhood) -> None:
    head, double = tickets.report(session, here), tickets.report(session, here)
    session.flush()
    with pytest.raises(Stale):
        move(
            session,
            here.actors["committee"],
            double.id,
            double.version - 1,
            Verb.JOIN,
            {"into_id": head.id},
        )


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_joined_and_taken_apart_there_are_no_chains_and_no_circles(
    session: Session, here: Neighbourhood, seed: int
) -> None:
    dice = Random(seed)
    elsewhere = tickets.neighbourhood(session)
    made = [tickets.report(session, here) for _ in range(5)]
    made += [tickets.report(session, elsewhere) for _ in range(2)]
    at = {one.id: here if one in made[:5] else elsewhere for one in made}
    done = 0
    for _ in range(40):
        one, other = dice.choice(made), dice.choice(made)
        try:
            if dice.random() < 0.6:
                joined(session, at[one.id], one, other)
            else:
                gone = [ticket for ticket in made if ticket.duplicate_of] or [one]
                one = dice.choice(gone)
                apart(session, at[one.id], one)
            done += 1
        except Refusal:
            pass
        heads = {ticket.id: ticket for ticket in made}
        for ticket in made:
            assert (ticket.status is S.CLOSED) is (ticket.duplicate_of is not None)
            if ticket.duplicate_of:
                head = heads[ticket.duplicate_of]
                assert head.duplicate_of is None
                assert head.id != ticket.id
                assert head.community_id == ticket.community_id
    assert done > 5


def test_what_was_joined_before_goes_along(session: Session, here: Neighbourhood) -> None:
    first, second, third = (tickets.report(session, here) for _ in range(3))
    joined(session, here, third, second)
    joined(session, here, second, first)
    assert third.duplicate_of == second.duplicate_of == first.id
    assert verbs(third)[-1] == "along"
    assert third.came_from is S.SUBMITTED


def test_photos_and_words_of_what_is_joined_are_seen_by_who_works_on_the_other(
    session: Session, here: Neighbourhood
) -> None:
    photo = tickets.picture(session, here.actors["social"])
    double = tickets.report(session, here, "social", text="楼道的灯又坏了", media=[photo])
    head = tickets.started(session, here)
    joined(session, here, double, head)
    lead = shown(session, here, head, "property")["doubles"]
    assert [(one["text"], one["photos"]) for one in lead["joined"]] == [("楼道的灯又坏了", [photo])]
    assert lead["joined"][0]["reporter_name"] is None
    assert asked.may_see_photo(session, here.actors["property"], photo)
    desk = shown(session, here, head, "committee")["doubles"]["joined"][0]
    assert desk["reporter_name"] == here.actors["social"].name


def test_the_reporter_of_one_reads_nothing_of_the_other(
    session: Session, here: Neighbourhood
) -> None:
    photo = tickets.picture(session, here.actors["social"])
    double = tickets.report(session, here, "social", text="楼道的灯又坏了", media=[photo])
    head = tickets.started(session, here)
    joined(session, here, double, head)
    seen = shown(session, here, head, "volunteer")
    assert seen["doubles"] == {"goes_with": None, "joined": [], "others": 1}
    assert double.number not in str(seen)
    assert not asked.may_see_photo(session, here.actors["volunteer"], photo)
    other = shown(session, here, double, "social")
    assert other["status_name"] == "一起办"
    assert other["doubles"]["goes_with"] == {
        "id": head.id,
        "number": head.number,
        "status_name": "办理中",
        "open": False,
    }


def test_a_home_that_is_joined_stays_closed_to_who_works_on_the_other(
    session: Session, here: Neighbourhood
) -> None:
    double = tickets.report(
        session, here, "social", category="home.repair", public_area=False, agreed_by="本人"
    )
    head = tickets.started(session, here)
    joined(session, here, double, head)
    lead = shown(session, here, head, "property")["doubles"]
    assert (lead["joined"], lead["others"]) == ([], 1)


def test_the_desk_compares_what_is_near_and_alike_and_finds_by_number(
    session: Session, here: Neighbourhood
) -> None:
    double = tickets.report(session, here, text="三楼楼道灯不亮")
    like = tickets.report(session, here, "owners", text="3楼楼道里的灯坏了")
    other = tickets.report(session, here, "owners", text="垃圾桶满了", category="environment.waste")
    session.flush()
    desk = here.actors["committee"]
    assert doubles.candidates(session, desk, double.id, None) == [like]
    assert doubles.candidates(session, desk, double.id, other.number) == [other]
    assert doubles.candidates(session, desk, double.id, double.number) == []
