"""Other systems report and follow matters by the standard Open311 GeoReport v2.

Start at `rules/services.py` (what is offered), then `routes.py` (the standard's addresses) and
`wire.py` (its JSON and XML). The keys of other systems are given out in `routes_keys.py`.
"""

from flask import Flask

from app.core import problems
from app.open311 import jobs, routes, routes_keys, wire

__all__ = ["jobs", "register"]


def register(app: Flask) -> None:
    """Put the area on the application. Importing `jobs` tells the worker what it can do."""
    routes.area.register(app)
    routes_keys.area.register(app)
    problems.speak(app, routes.ROOT, wire.refused)
