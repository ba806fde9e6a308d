"""The three teams, pairings, and who looks after which household. Start at `rules.py`, then
`queries.visible_households`."""

from flask import Flask

from app.teams import feed, jobs
from app.teams.routes import pairings_area, teams_area
from app.teams.routes_availability import area as availability_area
from app.teams.routes_households import area as households_area
from app.teams.routes_keeping import area as keeping_area

__all__ = ["feed", "jobs", "register"]


def register(app: Flask) -> None:
    """Put the area on the application."""
    teams_area.register(app)
    pairings_area.register(app)
    households_area.register(app)
    availability_area.register(app)
    keeping_area.register(app)
