"""A calendar of one's own (RFC 5545): visits, duty and patrols, for whatever calendar one uses.

Start at `rules/entries.py` (how an entry changes), then `service/gathering.py` (what there is to
come) and `ics.py` (how it is written). Nothing here says who lives where: a building and a number
of doors is all that leaves the house.
"""

from flask import Flask

from app.calendars import jobs, routes, routes_feed

__all__ = ["jobs", "register"]


def register(app: Flask) -> None:
    """Put the area on the application; the jobs declare themselves by being imported."""
    routes.area.register(app)
    routes_feed.area.register(app)
