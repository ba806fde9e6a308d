"""A month is settled once, and holds nothing that is hidden; on both databases."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.places.rules import CareLevel
from app.reports.models_coverage import CoverageMonth
from app.reports.service import settling
from tests.auditing import unwatched
from tests.factories import places
from tests.factories.visits import Scene, done
from tests.reports.november import MONTH, home, nov


def test_a_month_is_settled_once_and_late_records_change_nothing(
    session: Session, known: Scene
) -> None:
    with unwatched():
        homes = [home(session, known, f"{nth}01") for nth in range(1, 9)]
        for one in homes[:6]:
            done(session, one, known.chen, on=nov(12))
    assert settling.settle_missing(session, clock.today()) == 2, "October, when visits began, too"
    session.flush()
    assert settling.settle_missing(session, clock.today()) == 0
    (kept,) = session.scalars(select(CoverageMonth).where(CoverageMonth.month == MONTH))
    before = [line.counts for line in settling.lines_of(kept)]
    with unwatched():
        done(session, homes[6], known.chen, on=nov(30))
        homes[0].care_level = CareLevel.GENERAL
        session.flush()
    settling.settle_missing(session, clock.today() + timedelta(days=20))
    session.refresh(kept)
    assert [line.counts for line in settling.lines_of(kept)] == before
    assert {None} < {count for line in before for count in line.values()}


def test_months_before_the_first_visit_are_not_told_of(session: Session, known: Scene) -> None:
    places.household(session, known.unit, known_since=date(2026, 1, 1))
    assert settling.settle_missing(session, clock.today()) == 0


def test_what_is_hidden_lies_nowhere(session: Session, known: Scene) -> None:
    """Four doors are too few: the kept month holds none of their figures."""
    with unwatched():
        for nth in range(1, 5):
            home(session, known, f"{nth}01")
    settling.settle_missing(session, clock.today())
    for kept in session.scalars(select(CoverageMonth)):
        assert {count for _, _, *counts in kept.lines for count in counts} <= {None}
