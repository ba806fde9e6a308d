"""People, organisations, memberships, sign-in, and what an actor may see. Start at `rules.py`."""

from flask import Flask

from app.identity import feed
from app.identity.loading import register as register_loading
from app.identity.routes import area as session_area
from app.identity.routes_people import area as people_area

__all__ = ["feed", "register"]


def register(app: Flask) -> None:
    """Put the area on the application."""
    register_loading(app)
    session_area.register(app)
    people_area.register(app)
