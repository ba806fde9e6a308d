"""The three teams, pairings, and who looks after which household. Start at `rules.py`, then
`queries.visible_households`."""

from flask import Flask

from app.teams import feed
from app.teams.routes import pairings_area, teams_area
from app.teams.routes_households import area as households_area

__all__ = ["feed", "register"]


def register(app: Flask) -> None:
    """Put the area on the application."""
    teams_area.register(app)
    pairings_area.register(app)
    households_area.register(app)
