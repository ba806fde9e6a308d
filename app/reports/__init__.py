"""The three rates, 三率: of organisations and months, never of a person. Start at `rules/rates.py`
(what is measured) and `queries/lines.py` (what it is counted from)."""

from flask import Flask

from app.reports import handlers, jobs, routes


def register(app: Flask) -> None:
    """Put the area on the application; the jobs declare themselves by being imported."""
    routes.area.register(app)
    with app.app_context():
        handlers.register()


__all__ = ["jobs", "register"]
