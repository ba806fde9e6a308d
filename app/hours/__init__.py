"""Service hours 服务时长: from visits and patrols, or by hand; confirmed by the leader.

Start at `rules`. A source of hours registers one function: see `service/stints.py` and, as the
example, `service/visits.py`. No points, no exchange, no ranking.
"""

from flask import Flask

from app.hours import handlers, jobs, routes, routes_certificates

__all__ = ["jobs", "register"]


def register(app: Flask) -> None:
    """Put service hours on the application; the jobs declare themselves by being imported."""
    routes.area.register(app)
    routes_certificates.area.register(app)
    with app.app_context():
        handlers.register()
