"""Visits 走访: rounds that the committee schedules, proposals that volunteers answer, records.

Start at `rules`. What makes a round into proposals is `service/publishing.py`; what a record
leads to is `service/follow_up.py`; where two visitors differ it is `service/accounts.py`, and what
was recorded without an assignment any more is `service/strays.py`. For those without a phone a
round goes on paper and comes back in `service/paper.py`. Patrols are not here yet.
"""

from flask import Flask

from app.core import media
from app.visits import (
    feed,
    handlers,
    jobs,
    jobs_months,
    jobs_paper,
    routes,
    routes_accounts,
    routes_months,
    routes_owed,
    routes_paper,
    routes_rounds,
    routes_strays,
)
from app.visits.queries import strays

__all__ = ["feed", "jobs", "jobs_months", "jobs_paper", "register"]


def register(app: Flask) -> None:
    """Put visits on the application."""
    routes.area.register(app)
    routes_rounds.area.register(app)
    routes_months.area.register(app)
    routes_accounts.area.register(app)
    routes_strays.area.register(app)
    routes_paper.area.register(app)
    routes_owed.area.register(app)
    handlers.listen(app)
    with app.app_context():
        media.grant_when(strays.cites)
