"""Dates and persons, by table."""

from datetime import date

import pytest

from app.teams import rules

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("since", "until", "stands"),
    [
        (DAY, None, True),
        (DAY, DAY, True),
        (date(2026, 11, 25), None, False),
        (date(2026, 1, 1), date(2026, 11, 23), False),
        (DAY, rules.last_day_when_ended(DAY), False),
    ],
)
def test_something_stands_from_its_first_through_its_last_day(
    since: date, until: date | None, stands: bool
) -> None:
    assert rules.current(since, until, DAY) is stands


def test_every_kind_of_team_has_a_name_and_duties() -> None:
    assert set(rules.TEAM_KIND_NAMES) == set(rules.TEAM_DUTIES) == set(rules.TeamKind)
