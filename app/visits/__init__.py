"""Visits 走访: rounds that the committee schedules, proposals that volunteers answer, records.

Start at `rules`. What makes a round into proposals is `service/publishing.py`; what a record leads
to is `service/follow_up.py`, how it is set right `service/correcting.py`; where two visitors differ
it is `service/accounts.py`, and what was recorded without an assignment any more is
`service/strays.py`. For those without a phone a round goes on paper and comes back in
`service/paper.py`. Patrols 巡查 of public area are beside them: start at
`rules/patrols.py`. A month that the planner proposes is `service/months`.
"""

from flask import Flask

from app.core import media, media_keeping
from app.visits import (
    feed,
    feed_patrols,
    handlers,
    jobs,
    jobs_months,
    jobs_paper,
    jobs_patrols,
    routes,
    routes_accounts,
    routes_months,
    routes_owed,
    routes_paper,
    routes_patrol_office,
    routes_patrols,
    routes_records,
    routes_rounds,
    routes_strays,
)
from app.visits.queries import strays

__all__ = [
    "feed",
    "feed_patrols",
    "jobs",
    "jobs_months",
    "jobs_paper",
    "jobs_patrols",
    "register",
]


def register(app: Flask) -> None:
    """Put visits on the application."""
    routes.area.register(app)
    routes_rounds.area.register(app)
    routes_months.area.register(app)
    routes_accounts.area.register(app)
    routes_strays.area.register(app)
    routes_paper.area.register(app)
    routes_owed.area.register(app)
    routes_patrols.area.register(app)
    routes_patrol_office.area.register(app)
    routes_records.area.register(app)
    handlers.listen(app)
    with app.app_context():
        media.grant_when(strays.cites)
        media_keeping.cited_when(strays.shows)
