"""The table of moves against an expectation that was written down by itself, from the domain."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from app.core.errors import Invalid, Refusal
from app.tickets.rules import (
    MOVES,
    STATUS_NAMES,
    VERB_NAMES,
    Facts,
    Seat,
    TicketStatus,
    Verb,
    next_status,
    open_moves,
)
from app.tickets.rules.machine import MISSING
from app.tickets.rules.refusals import NotYourMove, OwnWork, WrongState

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday

# verb, seats, from, to ("=" stays). On an ordinary day, with everything said that is asked for.
EXPECTED = """
submit             reporter              nothing                                                submitted
accept             community             submitted                                              accepted
reject             community             submitted                                              rejected
withdraw           reporter              submitted,accepted,dispatched                          withdrawn
dispatch           community,system      accepted                                               dispatched
arbitrate          community             dispatched,in_progress,suspended                       dispatched
start              lead                  dispatched                                             in_progress
return             lead                  dispatched                                             accepted
suspend            lead                  in_progress                                            suspended
approve_suspension community             suspended                                              =
resume             lead                  suspended                                              in_progress
arrive             lead                  in_progress                                            =
contain            lead                  in_progress                                            =
hand_on            lead                  dispatched,in_progress,suspended                       =
finish_part        co                    dispatched,in_progress,suspended                       =
resolve            lead                  in_progress                                            resolved
review             reviewer              resolved                                               reviewed
send_back          reviewer              resolved                                               in_progress
close              reporter,community,reviewer,building_head reviewed                                               closed
close              system                reviewed                                               closed
reopen             reporter,community    closed                                                 in_progress
propose            any_party             accepted,dispatched,in_progress,suspended              =
deliberate         community             accepted,dispatched,in_progress,suspended              deliberating
conclude           community             deliberating                                           dispatched
escalate           community             accepted,dispatched,in_progress,suspended,deliberating escalated
answer             subdistrict           escalated                                              in_progress
supervise          secretary,subdistrict submitted,accepted,dispatched,in_progress,suspended,resolved,reviewed,closed,rejected,deliberating,escalated =
join               community             submitted,accepted,dispatched,in_progress,suspended,deliberating closed
"""  # noqa: E501 - a table

# What differs when a fact is so: the lines that hold instead of (or beside) those above.
EXPECTED_WHEN = {
    "emergency": """
submit reporter  nothing   dispatched
accept community submitted dispatched
""",
    "supervised": """
accept community rejected accepted
""",
    "third_time": """
reopen reporter,community closed deliberating
""",
    "returned": """
arbitrate community accepted dispatched
""",
    "joined": """
take_apart community closed in_progress
""",
}
# Once is enough; what is joined is taken apart first.
NOT_WHEN = {"supervised": {Verb.SUPERVISE}, "joined": {Verb.SUPERVISE, Verb.REOPEN}}

USUAL = Facts(
    now=NOW,
    stage_at=NOW - timedelta(days=8),
    came_from=TicketStatus.IN_PROGRESS,
    suspension_pending=True,
)
FACTS = {
    "emergency": replace(USUAL, emergency=True),
    "supervised": replace(USUAL, supervised=True),
    "third_time": replace(USUAL, reopened=2),
    "returned": replace(USUAL, returned=True),
    "joined": replace(USUAL, joined=True),
}
SAID = dict.fromkeys(MISSING, "说清楚了") | {
    "until": date(2026, 11, 26),
    "due_on": date(2026, 12, 1),
}

Case = tuple[TicketStatus | None, Verb, Seat]


def _read(table: str) -> dict[Case, TicketStatus]:
    found: dict[Case, TicketStatus] = {}
    for line in table.strip().splitlines():
        verb, seats, sources, target = line.split()
        for seat, source in product(seats.split(","), sources.split(",")):
            came = None if source == "nothing" else TicketStatus(source)
            to = came if target == "=" else TicketStatus(target)
            assert to is not None
            found[came, Verb(verb), Seat(seat)] = to
    return found


def _facts(usual: Facts, verb: Verb) -> Facts:
    """A return is asked on the day of the dispatch; everything else after eight days."""
    return replace(usual, stage_at=NOW) if verb is Verb.RETURN else usual


def _outcome(case: Case, facts: Facts) -> TicketStatus | None:
    status, verb, seat = case
    try:
        return next_status(status, verb, frozenset({seat}), SAID, _facts(facts, verb))
    except Refusal:
        return None


ALL_CASES = list(product((None, *TicketStatus), Verb, Seat))


def test_every_state_with_every_verb_from_every_seat_does_what_the_domain_says() -> None:
    expected = _read(EXPECTED)
    assert len(ALL_CASES) == 13 * 28 * 10
    for case in ALL_CASES:
        assert _outcome(case, USUAL) == expected.get(case), case


@pytest.mark.parametrize("fact", list(EXPECTED_WHEN))
def test_every_state_verb_and_seat_again_when(fact: str) -> None:
    expected = _read(EXPECTED) | _read(EXPECTED_WHEN[fact])
    expected = {
        case: to for case, to in expected.items() if case[1] not in NOT_WHEN.get(fact, set())
    }
    for case in ALL_CASES:
        assert _outcome(case, FACTS[fact]) == expected.get(case), case


def test_a_refusal_names_the_present_state_and_what_can_be_done_now() -> None:
    with pytest.raises(WrongState) as refused:
        next_status(TicketStatus.DISPATCHED, Verb.RESOLVE, frozenset({Seat.LEAD}), SAID, USUAL)
    assert refused.value.sentence == "这件现在是“待接单”，不能“办结”。现在可以：接单、交给同事。"


def test_a_refusal_says_so_when_there_is_nothing_to_do() -> None:
    with pytest.raises(WrongState) as refused:
        next_status(TicketStatus.RESOLVED, Verb.RESOLVE, frozenset({Seat.LEAD}), SAID, USUAL)
    assert refused.value.sentence == "这件现在是“待审核”，不能“办结”。现在不用您做什么。"


def test_what_was_never_reported_cannot_be_moved() -> None:
    with pytest.raises(WrongState, match="还没有报上来"):
        next_status(None, Verb.ACCEPT, frozenset({Seat.COMMUNITY}), SAID, USUAL)


def test_who_has_no_seat_for_a_move_learns_whose_it_is() -> None:
    with pytest.raises(NotYourMove) as refused:
        next_status(TicketStatus.SUBMITTED, Verb.ACCEPT, frozenset({Seat.LEAD}), SAID, USUAL)
    assert refused.value.sentence == "“受理”由社区来做，不归您。"


def test_who_did_the_work_is_told_that_nobody_reviews_their_own() -> None:
    own = replace(USUAL, own_work=True)
    with pytest.raises(OwnWork):
        next_status(TicketStatus.RESOLVED, Verb.REVIEW, frozenset({Seat.LEAD}), SAID, own)


def test_own_work_is_refused_even_from_the_reviewers_seat() -> None:
    own = replace(USUAL, own_work=True)
    for verb in (Verb.REVIEW, Verb.SEND_BACK):
        with pytest.raises(OwnWork):
            next_status(TicketStatus.RESOLVED, verb, frozenset({Seat.REVIEWER}), SAID, own)


def test_what_must_be_said_is_asked_for_field_by_field() -> None:
    for move in MOVES:
        status = next(iter(move.sources))
        if not move.needs or move.when is not None or status is None:
            continue
        seat = frozenset({next(iter(move.by))})
        usual = replace(USUAL, joined=move.verb is Verb.TAKE_APART, returned=True)
        with pytest.raises(Invalid) as refused:
            next_status(status, move.verb, seat, {}, _facts(usual, move.verb))
        assert set(refused.value.errors) == set(move.needs)


def test_who_reported_and_works_for_the_community_confirms_without_a_call_back() -> None:
    both = frozenset({Seat.REPORTER, Seat.COMMUNITY})
    said = {"solved": "yes", "satisfied": "yes"}
    closed = next_status(TicketStatus.REVIEWED, Verb.CLOSE, both, said, USUAL)
    assert closed is TicketStatus.CLOSED


def test_an_answer_needs_to_know_where_the_ticket_came_from() -> None:
    lost = replace(USUAL, came_from=None)
    with pytest.raises(WrongState):
        next_status(TicketStatus.ESCALATED, Verb.ANSWER, frozenset({Seat.SUBDISTRICT}), SAID, lost)


@pytest.mark.parametrize("status", list(TicketStatus))
def test_what_is_offered_can_be_done_and_the_rest_cannot(status: TicketStatus) -> None:
    for seat in Seat:
        seats = frozenset({seat})
        offered = {move.verb for move in open_moves(status, seats, USUAL)}
        done = {
            verb
            for verb in Verb
            if verb not in (Verb.RETURN, Verb.JOIN)  # too late; a place of its own asks
            and _outcome((status, verb, seat), replace(USUAL))
        }
        assert offered == done


def test_who_may_convene_is_not_offered_to_propose() -> None:
    seats = frozenset({Seat.COMMUNITY, Seat.ANY_PARTY})
    offered = [move.verb for move in open_moves(TicketStatus.IN_PROGRESS, seats, USUAL)]
    assert Verb.DELIBERATE in offered
    assert Verb.PROPOSE not in offered


def test_each_verb_is_offered_once() -> None:
    everybody = frozenset(Seat)
    for status in TicketStatus:
        verbs = [move.verb for move in open_moves(status, everybody, USUAL)]
        assert len(verbs) == len(set(verbs))


def test_every_state_and_verb_has_its_chinese_name() -> None:
    assert set(STATUS_NAMES) == set(TicketStatus)
    assert set(VERB_NAMES) == set(Verb)
    assert all(need in MISSING for move in MOVES for need in move.needs)


def test_every_state_can_be_reached_and_only_the_ends_are_ends() -> None:
    reached = {move.to for move in MOVES if isinstance(move.to, TicketStatus)}
    assert reached == set(TicketStatus)
    left = {
        source
        for move in MOVES
        for source in move.sources
        if move.to not in ("stay",) and source is not None
    }
    assert set(TicketStatus) - left == {TicketStatus.WITHDRAWN}
