"""The three rates, 三率, and the coverage of visits: of organisations, places and months, never of
a person. Start at `rules/rates.py` and `rules/coverage.py` (what is measured), then
`queries/lines.py` and `service/coverage.py` (what it is counted from)."""

from flask import Flask

from app.reports import handlers, jobs, routes, routes_coverage


def register(app: Flask) -> None:
    """Put the area on the application; the jobs declare themselves by being imported."""
    routes.area.register(app)
    routes_coverage.area.register(app)
    with app.app_context():
        handlers.register()


__all__ = ["jobs", "register"]
