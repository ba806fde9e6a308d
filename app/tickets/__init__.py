"""Five-party tickets, from a report to the end, by one table of moves: see `rules/moves.py`."""

from flask import Flask

from app.core import media, media_keeping
from app.core.events import subscribe
from app.identity.events import MembershipEnded, MembershipStarted
from app.tickets import (
    clock_jobs,
    duty_jobs,
    feed,
    jobs,
    queries,
    recheck_jobs,
    retime_jobs,
    routes,
    routes_boards,
    routes_catalogue,
    routes_doubles,
    routes_finding,
    routes_recheck,
    routes_routing,
    routes_topics,
    routing,
    search_keeping,
    topics_jobs,
)
from app.tickets.events_catalogue import CategoryChanged
from app.tickets.queries import doubles, keeping


def register(app: Flask) -> None:
    """Put the area on the application; the jobs declare themselves by being imported."""
    routes.area.register(app)
    routes_catalogue.area.register(app)
    routes_boards.area.register(app)
    routes_finding.area.register(app)
    routes_recheck.area.register(app)
    routes_routing.area.register(app)
    routes_doubles.area.register(app)
    routes_topics.area.register(app)
    with app.app_context():
        media.grant_when(queries.may_see_photo)
        media.grant_when(doubles.may_see_photo)
        media_keeping.cited_when(keeping.shows_photo)
        subscribe(CategoryChanged)(search_keeping.plan_renamed)
        subscribe(MembershipStarted)(routing.staff_changed)
        subscribe(MembershipEnded)(routing.staff_changed)


__all__ = [
    "clock_jobs",
    "duty_jobs",
    "feed",
    "jobs",
    "recheck_jobs",
    "register",
    "retime_jobs",
    "search_keeping",
    "topics_jobs",
]
