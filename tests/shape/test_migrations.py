"""The migrations are one line from nothing to the models, on both databases."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine

from app.core.db import Base
from tests.services import postgres_url
from tests.shape.files import ROOT


def migrated(url: str, var: Path) -> None:
    """What `make run` does to a database."""
    environment = os.environ | {"DATABASE_URL": url, "HONGLIN_VAR": str(var)}
    command = [sys.executable, "-m", "flask", "honglin", "migrate"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def test_there_is_one_head() -> None:
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    assert len(ScriptDirectory.from_config(settings).get_heads()) == 1


def test_migrations_are_numbered_in_order() -> None:
    versions = sorted((ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    assert [int(path.name[:4]) for path in versions] == list(range(1, len(versions) + 1))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_migrated_database_is_what_the_models_say(app: Flask, tmp_path: Path, kind: str) -> None:
    url = f"sqlite:///{tmp_path / 'm.sqlite3'}" if kind == "sqlite" else postgres_url()
    migrated(url, tmp_path)
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert not differences
