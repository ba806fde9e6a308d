"""Firefox, the push service it keeps a line to, and our application as a browser reaches it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from app.core.db import Base, Database
from app.factory import create_app
from app.notifications.push import EXTENSION
from tests.firefox import browser
from tests.firefox.browser import Marionette
from tests.firefox.push_service import PushService
from tests.services import lacking


@pytest.fixture
def push_service() -> Iterator[PushService]:
    with PushService() as running:
        yield running


@pytest.fixture
def firefox(tmp_path: Path, push_service: PushService) -> Iterator[Marionette]:
    if browser.found() is None:
        lacking("Firefox ESR", "subscribe → send → notification in a real browser")
    profile = tmp_path / "profile"
    profile.mkdir()
    with browser.firefox(profile, push_service.socket_url) as running:
        yield running


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """Our application on a free port of loopback; `PUBLIC_URL` says where."""
    var = tmp_path / "var"
    settings = {
        "VAR_DIR": var,
        "DATABASE_URL": f"sqlite:///{var / 'firefox.sqlite3'}",
        "PUBLIC_URL": "http://127.0.0.1",
        "PUSH_ALLOW_PRIVATE": True,  # the push service of this test is on loopback
        "PUSH_CONTACT": "mailto:admin@example.test",
        "CHECK_ANSWERS": True,
    }
    app = create_app(settings)
    database: Database = app.extensions["database"]
    Base.metadata.create_all(database.engine)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    app.config["PUBLIC_URL"] = f"http://127.0.0.1:{server.server_port}"
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    with app.app_context():
        yield app
    server.shutdown()
    serving.join(10)
    server.server_close()
    app.extensions[EXTENSION].close()
    database.engine.dispose()
