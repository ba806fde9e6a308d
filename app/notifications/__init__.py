"""Telling people: the inbox of each person, and Web Push to the devices they chose.

Start at `rules/tickets.py` and `rules/visits.py` (who is told of what), then `handlers.py` (how a
fact becomes rows) and `sender.py` (how a row leaves the house). Nobody imports this area.
"""

from flask import Flask

from app.notifications import (
    feed,
    handlers,
    handlers_calls,
    handlers_care,
    handlers_doubles,
    handlers_duty,
    handlers_hours,
    handlers_keeping,
    handlers_months,
    handlers_patrols,
    handlers_recheck,
    handlers_residents,
    handlers_systems,
    jobs,
    jobs_digests,
    jobs_ladder,
    push,
    routes,
    routes_calls,
    routes_reach,
    routes_receipts,
    routes_telling,
    setting,
)

__all__ = ["feed", "handlers", "jobs", "jobs_digests", "jobs_ladder", "push", "register", "routes"]


def register(app: Flask) -> None:
    """Put the area on the application. Importing `jobs` tells the worker what it can do."""
    push.prepare(app)
    setting.prepare(app)
    routes.inbox_area.register(app)
    routes.push_area.register(app)
    routes_receipts.area.register(app)
    routes_calls.area.register(app)
    routes_telling.area.register(app)
    routes_reach.area.register(app)
    handlers.register()
    handlers_calls.register()
    handlers_care.register()
    handlers_doubles.register()
    handlers_duty.register()
    handlers_hours.register()
    handlers_keeping.register()
    handlers_months.register()
    handlers_patrols.register()
    handlers_recheck.register()
    handlers_systems.register()
    handlers_residents.register()
