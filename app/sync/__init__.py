"""Keeping phones in step: the change feed, its generation, and what phones say of themselves.

Start at `rules.py` (the cursor), then `service.py`. How changes are written is
`core/changes.py`; what of an area phones may hold, that area's `feed.py` says.
"""

from flask import Flask

from app.sync import jobs, routes

__all__ = ["jobs", "register"]


def register(app: Flask) -> None:
    """Put the area on the application; `jobs` declares its daily duty by being imported."""
    routes.area.register(app)
