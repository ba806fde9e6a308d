"""Emergency calls 紧急召集: a committee calls a team or an estate, everybody answers in one tap,
the board shows building by building, regular visits wait until it is closed and summed up.

Start at `rules`, then `service/opening.py`. Who is told, and whom that may wake at night, is in
`app.notifications.rules.calls`.
"""

from flask import Flask

from app.calls import feed, handlers, jobs, routes

__all__ = ["feed", "jobs", "register"]


def register(app: Flask) -> None:
    """Put the area on the application; the jobs declare themselves by being imported."""
    routes.area.register(app)
    with app.app_context():
        handlers.register()
