"""Whatever the tickets are like, the figures are what counting the rows by hand gives."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.actor import Actor
from app.reports import present, queries
from app.reports.models import RateMonth
from app.reports.rules import Measure, Outcome, Tally, months_until
from app.reports.service import forget, keep, missing
from tests.auditing import unwatched
from tests.factories.tickets import Neighbourhood
from tests.reports import ledger
from tests.reports.ledger import Shape

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MONTHS = months_until("2027-01", 8)
STATUSES = (
    "submitted", "dispatched", "in_progress", "suspended", "resolved", "reviewed", "closed",
    "rejected", "withdrawn", "deliberating", "escalated",
)  # fmt: skip
SHAPES = some.lists(
    some.builds(
        Shape,
        status=some.sampled_from((*STATUSES, "closed", "closed", "closed")),
        lead=some.sampled_from(("property", "property", "owners", "committee", None)),
        began=some.integers(1, 24 * 120),
        due=some.integers(0, 24 * 40),
        took=some.none() | some.integers(0, 24 * 40),
        met=some.booleans(),
        came_back=some.booleans(),
        reopened=some.sampled_from((0, 0, 1)),
        joined=some.sampled_from((False, False, True)),
        pending=some.booleans(),
        solved=some.sampled_from((None, "yes", "partly", "no")),
        satisfied=some.sampled_from((None, "yes", "fairly", "no", "wont_say", "unrated")),
        recheck=some.sampled_from((None, None, "waiting", "true", "untrue")),
    ),
    max_size=18,
)
LIGHT = settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def told(session: Session, actor: Actor) -> ledger.Counted:
    """What the figures say, as the naive way says it."""
    scope = queries.scope_of(session, actor, None)
    assert scope is not None
    found: ledger.Counted = Counter()
    for (one, month, measure), tally in queries.counted(session, scope, MONTHS).items():
        for outcome, number in tally.outcomes.items():
            found[one, month, measure.value, outcome.value] += number
    return found


@LIGHT
@given(shapes=SHAPES)
def test_the_figures_are_those_that_counting_by_hand_gives(
    session: Session, here: Neighbourhood, shapes: list[Shape]
) -> None:
    with clock.frozen(NOW), unwatched(), session.begin_nested() as trial:
        ledger.write(session, here, shapes, NOW)
        by_hand = ledger.naive(session, NOW)
        assert told(session, here.actors["committee"]) == by_hand
        own = here.organisations["property"].id
        of_property = Counter({key: number for key, number in by_hand.items() if key[0] == own})
        assert told(session, here.actors["property"]) == of_property
        trial.rollback()


@LIGHT
@given(shapes=SHAPES)
def test_kept_months_say_the_same_and_so_do_the_lists_behind_each_figure(
    session: Session, here: Neighbourhood, shapes: list[Shape]
) -> None:
    actor = here.actors["committee"]
    with clock.frozen(NOW), unwatched(), session.begin_nested() as trial:
        ledger.write(session, here, shapes, NOW)
        by_hand = ledger.naive(session, NOW)
        assert keep_all(session) == 13
        assert told(session, actor) == by_hand
        for (one, month, measure, outcome), number in by_hand.items():
            query = {"community_id": None, "organisation_id": one, "month": month}
            query |= {"measure": measure, "outcome": outcome, "cursor": None, "limit": 200}
            page = present.tickets(session, actor, query)
            assert len(page["items"]) == number
            assert {line["outcome"] for line in page["items"]} == {outcome}
        trial.rollback()


def keep_all(session: Session) -> int:
    """Keep what is missing in the present transaction; how many months those were."""
    lacking = missing(session)
    for community_id, month in lacking:
        keep(session, community_id, month)
    session.flush()
    return len(lacking)


@given(some.dictionaries(some.sampled_from(Outcome), some.integers(0, 30)))
def test_a_rate_is_hits_of_hits_and_misses_and_none_of_too_few(
    outcomes: dict[Outcome, int],
) -> None:
    tally = Tally(Counter(outcomes))
    good = sum(outcomes.get(Outcome(one), 0) for one in ("in_time", "satisfied", "fairly"))
    bad = ("late", "came_back", "untrue", "unsolved", "unsatisfied")
    base = good + sum(outcomes.get(Outcome(one), 0) for one in bad)
    assert (tally.hits, tally.base) == (good, base)
    assert tally.percent == (None if base < 5 else round(100 * good / base, 1))


def test_what_is_closed_in_silence_is_never_counted_as_satisfied(
    session: Session, here: Neighbourhood
) -> None:
    quiet = Shape("closed", "property", 48, 24, 12, True, False, 0, False, False, None,
                  "unrated", None)  # fmt: skip
    with clock.frozen(NOW), unwatched():
        ledger.write(session, here, [quiet] * 6, NOW)
        rates = present.rates(
            session, here.actors["committee"], {"community_id": None, "until": None, "months": 1}
        )
    row = next(one for one in rates["items"] if one["party"] == "property")
    figure = row[Measure.SATISFACTION.value]
    assert (figure["hits"], figure["base"], figure["percent"]) == (0, 0, None)
    assert figure["outcomes"] == [{"outcome": "unrated", "name": "未评价", "count": 6}]
    assert row["resolution"]["percent"] == 100.0


def test_a_month_that_a_ticket_may_change_is_forgotten(
    session: Session, here: Neighbourhood
) -> None:
    with clock.frozen(NOW), unwatched():
        keep_all(session)
        forget(session, here.community.id, datetime(2026, 9, 30, 16, 30, tzinfo=UTC))
        kept = {row.month for row in session.query(RateMonth)}
    assert "2026-09" in kept
    assert not kept & {"2026-10", "2026-11"}


@pytest.mark.parametrize(
    ("until", "number", "found"),
    [("2026-02", 3, ["2026-02", "2026-01", "2025-12"]), ("2026-11", 1, ["2026-11"])],
)
def test_months_are_told_the_latest_first(until: str, number: int, found: list[str]) -> None:
    assert months_until(until, number) == found
