"""An application on a database that the migrations have made, not the models."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from flask import Flask

from app import cli
from app.factory import create_app
from tests.services import postgres_url


@contextmanager
def migrated(backend: str, folder: Path) -> Iterator[Flask]:
    """At the newest version and empty; on SQLite in this folder."""
    url = f"sqlite:///{folder / 'm.sqlite3'}" if backend == "sqlite" else postgres_url()
    app = create_app({"VAR_DIR": folder, "DATABASE_URL": url, "PUBLIC_URL": "http://localhost"})
    with app.app_context():
        command.upgrade(cli.alembic_config(), "head")
    yield app
    app.extensions["database"].engine.dispose()
