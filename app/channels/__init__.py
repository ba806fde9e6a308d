"""People's own channels: a mail address, a WeCom user name, or another address that apprise knows.

Start at `rules.py` (what may be named, what an answer means), then `service/keeping.py` (named,
confirmed, dropped) and `jobs.py` (how a message leaves: `courier.py`, and in a process of its own
`core/away.py`). When a channel is used is not decided here.
"""

from flask import Flask

from app.channels import jobs, routes, setting

__all__ = ["jobs", "register", "routes"]


def register(app: Flask) -> None:
    """Put the area on the application. Importing `jobs` tells the worker what it can do."""
    setting.prepare(app)
    routes.area.register(app)
