"""The application as it is put together for real, on an empty database."""

from pathlib import Path

import pytest
from flask import Flask

from app import cli
from app.factory import create_app


@pytest.fixture(scope="package")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    var: Path = tmp_path_factory.mktemp("shape")
    url = f"sqlite:///{var / 'shape.sqlite3'}"
    made = create_app({"VAR_DIR": var, "DATABASE_URL": url, "PUBLIC_URL": "http://localhost"})
    cli.register(made)
    return made
