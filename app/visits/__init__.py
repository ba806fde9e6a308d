"""Visits 走访: rounds that the committee schedules, proposals that volunteers answer, records.

Start at `rules`. What makes a round into proposals is `service/publishing.py`; what a record
leads to is `service/follow_up.py`. Patrols and the planner are not here yet.
"""

from flask import Flask

from app.visits import feed, handlers, jobs, routes, routes_rounds

__all__ = ["feed", "jobs", "register"]


def register(app: Flask) -> None:
    """Put visits on the application."""
    routes.area.register(app)
    routes_rounds.area.register(app)
    handlers.listen(app)
