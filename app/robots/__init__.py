"""Group robots: many read what they say, so they say counts and a link, and nothing else.

Start at `rules.py` (what is counted, the only words there are, how often), then `handlers.py` (a
fact is one more) and `jobs.py` (joined, in turn, out of the house).
"""

from flask import Flask

from app.robots import handlers, jobs, routes

__all__ = ["jobs", "register", "routes"]


def register(app: Flask) -> None:
    """Put the area on the application. Importing `jobs` tells the worker what it can do."""
    app.config.setdefault("ROBOT_ORIGINS", {})  # for tests: where each kind listens instead
    app.config.setdefault("ROBOT_CA_FILE", None)
    routes.area.register(app)
    handlers.register()
