"""Residents without an account: the page behind the code on a stairwell door, and the link by which
somebody follows what they reported there.

Start at `routes.py` and `routes_follow.py` (the two ways in), `visitor.py` (who comes by them) and
`service/reporting.py`; `rules/plain.py` says in plain words what became of a matter. The codes
themselves, the public numbers and the wishes about visits are the committee's: `routes_office.py`.
"""

from flask import Flask

from app.residents import jobs, routes, routes_follow, routes_office

__all__ = ["jobs", "register"]


def register(app: Flask) -> None:
    """Put the area on the application. Importing `jobs` tells the worker what it can do."""
    routes.area.register(app)
    routes_follow.area.register(app)
    routes_office.area.register(app)
