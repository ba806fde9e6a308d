"""Makes the application. The only module that knows every area."""

import logging
from pathlib import Path
from typing import Any

from flask import Flask

import config
from app import (
    calendars,
    calls,
    channels,
    hours,
    identity,
    notifications,
    open311,
    places,
    reports,
    residents,
    robots,
    sheets,
    sync,
    teams,
    tickets,
    visits,
    webhooks,
)
from app.core import headers, hints, openapi, outgoing, problems, static
from app.core import routes as core_routes
from app.core.db import Database
from app.core.keys import load_or_make

AREAS = (
    identity,
    places,
    teams,
    tickets,
    visits,
    open311,
    sheets,
    hours,
    calendars,
    calls,
    webhooks,
    residents,
    channels,
    notifications,
    robots,
    sync,
    reports,
)


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """The application, with the settings of the environment and these on top."""
    app = Flask(__name__, static_folder=None)
    app.config.update(config.settings())
    app.config.update(settings or {})
    logging.basicConfig(level=str(app.config["LOG_LEVEL"]))
    var = Path(app.config["VAR_DIR"])
    secrets = load_or_make(var / "keys.json")
    app.secret_key = secrets.secret
    app.extensions |= {
        "keys": secrets,
        "database": Database(str(app.config["DATABASE_URL"])),
        "media_dir": var / "media",
        "media_grants": [],
        "media_cites": [],
        "operations": [],
        "dialects": {},
        "subscribers": {},
    }
    outgoing.prepare(app)
    hints.prepare(app)
    problems.register(app)
    headers.register(app)
    with app.app_context():
        core_routes.register(app)
        for area in AREAS:
            area.register(app)
    openapi.register(app)
    static.register(app, config.ROOT / "static" / "pwa" / "dist")
    return app
