"""Spreadsheets of tickets, out and in: exports of a list, and imports from other systems.
Start at `rules/`; `jobs.py` is what the worker does."""

from flask import Flask

from app.core import duties
from app.sheets import jobs, routes_exports, routes_imports
from app.sheets.service.importing import forget_old


def register(app: Flask) -> None:
    """Put the area on the application; the jobs declare themselves by being imported."""
    routes_exports.area.register(app)
    routes_imports.area.register(app)
    duties.daily("sheets.forget_old_imports")(forget_old)


__all__ = ["jobs", "register"]
