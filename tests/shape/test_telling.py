"""Everything that is told stands in one table: no fact is heard without a row, and no row stands
there without a test that names who is told."""

from flask import Flask

from app.notifications.rules.table import ROWS, SETTLING
from tests.notifications.rows.every import EVERY


def heard(app: Flask) -> set[str]:
    """The facts that the area of notifications listens to, by their classes."""
    return {
        fact.__name__
        for fact, subscribers in app.extensions["subscribers"].items()
        if any(each.__module__.startswith("app.notifications") for each in subscribers)
    }


def test_every_fact_that_is_heard_has_its_rows_or_says_why_it_tells_nobody(app: Flask) -> None:
    assert heard(app) == {row.event for row in ROWS} | set(SETTLING)
    assert not {row.event for row in ROWS} & set(SETTLING)


def test_a_row_is_known_by_its_fact_its_case_and_its_seat() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_every_row_has_a_test_that_names_who_is_told() -> None:
    """In at least one of its cases somebody hears it; in all of them nobody else does."""
    named = {
        f"{name}:{seat}"
        for case in EVERY
        for name, seats in {case.name: case.seats, **case.besides}.items()
        for seat, people in seats.items()
        if people
    }
    assert {row.name for row in ROWS} - named == set(), "rows that nobody is shown to hear"
    assert named - {row.name for row in ROWS} == set(), "cases of rows that are gone"
