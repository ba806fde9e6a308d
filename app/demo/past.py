"""The visits of some months, as the care levels ask for them: most were made, some were declined,
at some doors nobody ever answered, and to some nobody has come yet."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.demo.places import Town
from app.demo.visits import record_row, visit_row
from app.places.rules import CareLevel, VisitWish
from app.reports.models_coverage import CoverageMonth
from app.reports.rules.coverage import SETTLED_ON
from app.reports.service import settling
from app.reports.service.coverage import period_of
from app.visits.models import Visit, VisitRecord
from app.visits.queries.owing import turns
from app.visits.rules import Outcome, VisitState
from app.visits.rules.cadence import FULL_RESULTS, first_due, next_due
from app.visits.rules.following import TRIES
from app.visits.rules.windows import rest_days

LEFT_OUT = 0.1  # of what was due nobody came to so many
TRIES_APART = 3  # days
LATELY = timedelta(days=7)  # in which most of what `visits` tells is enough
CAME = (Outcome.OK, Outcome.ISSUE, Outcome.DECLINED, Outcome.NOT_HOME)
OFTEN = (83, 5, 5, 7)
Row = dict[str, Any]


def build(session: Session, town: Town, crowd: Crowd, seed: int) -> None:
    """What was done since the doors are known, beside what `visits` has already told."""
    dice = Random(seed)
    order = turns(session, town.community.id)
    told = _told(session)
    visits: list[Row] = []
    records: list[Row] = []
    for home in town.households:
        spared = home["wish"] is VisitWish.NO_MORE_VISITS or home["id"] in told[1]
        if home["id"] not in crowd.mains or spared:
            continue
        due = first_due(home["care_level"], home["known_since"], *order[home["unit_id"]])
        for visit, record in _made(dice, crowd, home, due, told[0].get(home["id"])):
            visits.append(visit)
            records.append(record)
    session.execute(insert(Visit), visits)
    session.execute(insert(VisitRecord), records)


def settle(session: Session) -> None:
    """The months that are over are settled, each on its day, as the worker would have done."""
    settling.settle_missing(session, clock.today())
    for month in session.scalars(select(CoverageMonth)):
        following = period_of(month.month).last + timedelta(days=SETTLED_ON)
        month.settled_at = datetime.combine(following, time(3), clock.LOCAL)


def _told(session: Session) -> tuple[dict[UUID, date], frozenset[UUID]]:
    """The day on which `visits` lets somebody come to a door; and the doors where it has something
    else in mind."""
    done = select(VisitRecord.household_id, func.max(VisitRecord.on)).group_by(
        VisitRecord.household_id
    )
    open_ = select(Visit.household_id).where(Visit.state != VisitState.DONE)
    return dict(session.execute(done).all()), frozenset(session.scalars(open_))


def _made(
    dice: Random, crowd: Crowd, home: Row, due: date, told: date | None
) -> Iterator[tuple[Row, Row]]:
    """The visits to one door, one turn after another, and none too near to the one told."""
    level: CareLevel = home["care_level"]
    slack = 1 if level is CareLevel.HIGH else 4
    last = clock.today() - (timedelta(0) if level is CareLevel.HIGH else LATELY)
    while due < last:
        day = max(due + timedelta(days=dice.randint(-slack, slack)), home["known_since"])
        near = told is not None and abs((day - told).days) < rest_days(level)
        due = next_due(level, day)
        if not near and day < last and dice.random() >= LEFT_OUT:
            yield from _tries(dice, crowd, home, day)


def _tries(dice: Random, crowd: Crowd, home: Row, day: date) -> Iterator[tuple[Row, Row]]:
    """Somebody comes; where nobody answers, again, up to the last try."""
    for number, step in enumerate(TRIES, 1):
        if day >= clock.today():
            return
        visit = visit_row(crowd, home, day, VisitState.DONE) | {"attempt": number}
        outcome = dice.choices(CAME, weights=OFTEN if number == 1 else (50, 0, 0, 50))[0]
        missed = outcome is Outcome.NOT_HOME
        record = record_row(dice, visit, home["wish"], outcome)
        yield visit, record | {"next_step": step if missed else None}
        if outcome in FULL_RESULTS:
            return
        day += timedelta(days=TRIES_APART)
