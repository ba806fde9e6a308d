"""Spreadsheets of tickets, out and in: exports of a list, and imports from other systems.
Start at `rules/`; `jobs.py` is what the worker does."""

from flask import Flask

from app.sheets import jobs, routes_exports


def register(app: Flask) -> None:
    """Put the area on the application; the jobs declare themselves by being imported."""
    routes_exports.area.register(app)


__all__ = ["jobs", "register"]
