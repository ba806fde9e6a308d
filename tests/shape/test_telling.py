"""Everything that is told stands in one table: no fact is heard without a row."""

from flask import Flask

from app.notifications.rules.table import ROWS, SETTLING


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
