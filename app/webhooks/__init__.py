"""Other systems are told when a matter of a public part moves, at an address of theirs.

Start at `rules.py` (what is said, how it is signed), then `handlers.py` (a fact becomes outbox
rows) and `jobs.py` (a row leaves the house, again and again until it is taken).
"""

from flask import Flask

from app.webhooks import handlers, jobs, routes

__all__ = ["jobs", "register"]


def register(app: Flask) -> None:
    """Put the area on the application. Importing `jobs` tells the worker what it can do."""
    routes.area.register(app)
    handlers.register()
