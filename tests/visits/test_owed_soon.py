"""A page of what is owed is worked out from few doors: it is the page that all doors would give."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.places.models import Grid, Household
from app.places.rules import CareLevel
from app.visits.models_owing import Occasion, StopAsked
from app.visits.queries.soonest import Some
from app.visits.rules import Outcome, Purpose
from app.visits.rules.owing import Period
from app.visits.service import owed_list
from app.visits.service.owed_soon import growing, horizons
from tests.auditing import unwatched
from tests.factories import identity, places
from tests.factories.visits import TODAY, Scene, done
from tests.visits.monthly import Clients

DAY = timedelta(days=1)
MONTH = owed_list.month_of


@pytest.fixture
def homes(session: Session, known: Scene, grid: Grid) -> list[Household]:
    """Sixty doors as they come: every level, kept and lapsed, called at lately, long ago, never."""
    dice = random.Random(7)
    made = places.households(session, known.unit, 60)
    with unwatched():
        for home in made:
            home.care_level = dice.choice(list(CareLevel))
            home.care_confirmed_on = TODAY - dice.choice([30, 400]) * DAY
            home.known_since = TODAY - dice.choice([2, 40, 170]) * DAY
        session.commit()
    for home in made:
        for _ in range(dice.choice([0, 1, 2])):
            outcome = dice.choice([Outcome.OK, Outcome.DECLINED, Outcome.NOT_HOME])
            done(session, home, known.chen, on=TODAY - dice.randint(1, 190) * DAY, outcome=outcome)
    asked = StopAsked(
        household_id=made[9].id,
        purpose=Purpose.ASKED,
        asked_on=TODAY,
        due_on=TODAY + 3 * DAY,
        made_by=known.committee.id,
    )
    identity.stored(session, asked)
    return made


def occasion(session: Session, known: Scene, last: date) -> None:
    identity.stored(
        session,
        Occasion(
            community_id=known.community.id,
            title="过冬",
            purpose=Purpose.SAFETY,
            care_levels=[],
            starts_on=TODAY,
            ends_on=last,
            made_by=known.committee.id,
        ),
    )


def pages(who: Any, known: Scene, **asked: Any) -> list[dict[str, Any]]:
    """Everything, page by page."""
    found, query = [], {"community_id": str(known.community.id), **asked}
    while True:
        answer = who.get("/visits/owed", **query).json
        found += answer["items"]
        if answer["next_cursor"] is None:
            return found
        query["cursor"] = answer["next_cursor"]


@pytest.mark.parametrize("until", [None, 2, 40])
def test_what_was_looked_at_so_far_is_the_beginning_of_all_there_is(
    session: Session, known: Scene, homes: list[Household], until: int | None
) -> None:
    if until:
        occasion(session, known, TODAY + until * DAY)
    doors, period = owed_list.doors_in(known.community.id), MONTH(TODAY)
    whole = owed_list.lines(session, known.community.id, doors, period)
    everything = [line.rank for line in sorted(whole, key=lambda line: line.rank)]
    assert len(everything) > 20
    looks = [
        sorted(line.rank for line in some)
        for some in growing(session, known.community.id, doors, period, 3)
    ]
    assert len(looks) > (1 if until == 2 else 2)
    for seen in looks:
        assert seen == everything[: len(seen)]
    assert looks[-1] == everything


def test_an_occasion_or_a_wish_of_its_own_brings_a_door_forward_that_is_due_late(
    session: Session, known: Scene, grid: Grid
) -> None:
    """One door falls due each day, the first on the way last; that one has asked for somebody."""
    made = places.households(session, known.unit, 60)
    for number, home in enumerate(reversed(made)):
        done(session, home, known.chen, on=TODAY + (number - 182) * DAY)
    period = Period(TODAY, TODAY + 100 * DAY)
    doors = owed_list.doors_in(known.community.id)
    wish = {"household_id": made[0].id, "purpose": Purpose.ASKED, "made_by": known.committee.id}
    identity.stored(session, StopAsked(asked_on=TODAY, due_on=TODAY + DAY, **wish))
    for ends in (None, 7):
        if ends:
            occasion(session, known, TODAY + ends * DAY)
        whole = owed_list.lines(session, known.community.id, doors, period)
        everything = sorted(line.rank for line in whole)
        for some in growing(session, known.community.id, doors, period, 3):
            seen = sorted(line.rank for line in some)
            assert seen == everything[: len(seen)], ends


@pytest.mark.parametrize("narrowed", [{}, {"show": "overdue"}, {"care_level": "focus"}])
def test_small_pages_put_together_are_the_one_large_page(
    client: Clients, known: Scene, homes: list[Household], narrowed: Any
) -> None:
    office = client(known.committee)
    large = pages(office, known, limit=200, **narrowed)
    assert len(large) > 3
    assert pages(office, known, limit=2, **narrowed) == large


def test_each_look_takes_in_several_times_as_many_doors_and_stops_before_half_of_them() -> None:
    some = [Some(TODAY + number * DAY, 10) for number in range(40)]
    looks = list(horizons(some, 20, TODAY + 365 * DAY))
    assert looks == [TODAY + 1 * DAY, TODAY + 7 * DAY]
    assert list(horizons(some, 20, TODAY + 7 * DAY)) == [TODAY + 1 * DAY]
    assert list(horizons(some, 20, TODAY)) == []
    assert list(horizons([], 20, TODAY)) == []
