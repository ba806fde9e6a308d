"""Care levels are confirmed every year or lapse."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.places.jobs import lapse_care_levels
from app.places.rules import CareLevel, care_lapses_on, care_last_kept_from
from tests.factories import identity, places


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(-800, 800))
def test_what_has_lapsed_and_what_still_holds_agree(day: date, ago: int) -> None:
    confirmed = day - timedelta(days=ago)
    assert (care_lapses_on(confirmed) <= day) is (confirmed < care_last_kept_from(day))


@pytest.mark.parametrize(
    ("level", "days_ago", "after"),
    [
        (CareLevel.HIGH, 10, CareLevel.HIGH),
        (CareLevel.FOCUS, 364, CareLevel.FOCUS),
        (CareLevel.FOCUS, 366, CareLevel.GENERAL),
        (CareLevel.HIGH, None, CareLevel.GENERAL),
        (CareLevel.GENERAL, None, CareLevel.GENERAL),
    ],
)
def test_a_care_level_lapses_after_a_year_and_the_audit_says_so(
    session: Session, level: CareLevel, days_ago: int | None, after: CareLevel
) -> None:
    unit = places.unit(session, identity.community(session))
    today = clock.today()
    confirmed = None if days_ago is None else today - timedelta(days=days_ago)
    home = places.household(session, unit, care_level=level, care_confirmed_on=confirmed)
    lapse_care_levels(session, today)
    session.commit()
    assert home.care_level is after
    verbs = list(session.scalars(select(AuditRow.verb)))
    assert verbs == (["care_lapsed"] if level is not after else [])
