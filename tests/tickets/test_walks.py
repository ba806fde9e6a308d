"""Random walks over the pure table: whatever is tried, no ticket leaves it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from app.core.errors import Refusal
from app.identity.rules import Party
from app.tickets.rules import MOVES, OVER, Facts, Seat, TicketStatus, Verb, next_status, open_moves
from app.tickets.rules.machine import MISSING

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
DAYS = some.sampled_from([date(2026, 11, 20), date(2026, 11, 25), date(2027, 1, 4)])
FACTS = some.builds(
    Facts,
    now=some.just(NOW),
    stage_at=some.integers(0, 30).map(lambda days: NOW - timedelta(days=days)),
    lead_party=some.sampled_from([None, *Party]),
    emergency=some.booleans(),
    supervised=some.booleans(),
    returned=some.booleans(),
    bound=some.booleans(),
    reopened=some.integers(0, 4),
    came_from=some.sampled_from([None, *TicketStatus]),
    suspension_pending=some.booleans(),
    evidence_due=some.booleans(),
    has_before=some.booleans(),
    has_after=some.booleans(),
    arrival_due=some.booleans(),
    containment_due=some.booleans(),
    part_open=some.booleans(),
    own_work=some.booleans(),
    joined=some.booleans(),
)
SAID = some.fixed_dictionaries(
    {}, optional={need: some.text(max_size=3) for need in MISSING} | {"until": DAYS, "due_on": DAYS}
)
AFTER_THE_END = (Verb.REOPEN, Verb.SUPERVISE, Verb.ACCEPT, Verb.TAKE_APART)
SEATS = some.frozensets(some.sampled_from(Seat))
STEPS = some.lists(some.tuples(some.sampled_from(Verb), SEATS, SAID, FACTS), max_size=40)


def tried(
    status: TicketStatus | None,
    verb: Verb,
    seats: frozenset[Seat],
    said: dict[str, object],
    facts: Facts,
) -> TicketStatus | None:
    """Where it leads, or None where it is refused by a refusal of ours (all else is raised)."""
    try:
        return next_status(status, verb, seats, said, facts)
    except Refusal:
        return None


@given(STEPS)
def test_no_walk_leaves_the_table(
    steps: list[tuple[Verb, frozenset[Seat], dict[str, object], Facts]],
) -> None:
    status: TicketStatus | None = None
    for verb, seats, said, facts in steps:
        after = tried(status, verb, seats, said, facts)
        if after is None:
            continue
        lines = [move for move in MOVES if move.verb is verb and status in move.sources]
        assert any(move.by & seats for move in lines)
        assert isinstance(after, TicketStatus)
        assert status is not TicketStatus.WITHDRAWN
        if verb in (Verb.REVIEW, Verb.SEND_BACK):
            assert not facts.own_work
        status = after


@given(some.sampled_from(TicketStatus), SEATS, FACTS)
def test_what_is_offered_is_never_refused_for_seat_or_state(
    status: TicketStatus, seats: frozenset[Seat], facts: Facts
) -> None:
    for move in open_moves(status, seats, facts):
        assert status in move.sources
        assert move.by & seats
        assert status not in OVER or move.verb in AFTER_THE_END
