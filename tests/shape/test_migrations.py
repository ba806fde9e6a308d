"""The migrations are one line from nothing to the models, on both databases."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine, create_engine, inspect

from app.core.db import Base
from app.core.full_text import is_modelled
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


def test_a_migrations_number_is_its_own() -> None:
    """Which follows which, `down_revision` says; the numbers are names."""
    versions = (ROOT / "migrations" / "versions").glob("[0-9]*.py")
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    revisions = [one.revision for one in ScriptDirectory.from_config(settings).walk_revisions()]
    assert sorted(path.name[:4] for path in versions) == sorted(revisions)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_migrated_database_is_what_the_models_say(app: Flask, tmp_path: Path, kind: str) -> None:
    url = f"sqlite:///{tmp_path / 'm.sqlite3'}" if kind == "sqlite" else postgres_url()
    migrated(url, tmp_path)
    engine = create_engine(url)
    with engine.connect() as connection:
        compared = {"compare_type": True, "include_name": is_modelled}
        context = MigrationContext.configure(connection, opts=compared)
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert not differences


def checks(engine: Engine) -> dict[tuple[str, str], set[str]]:
    """The words that each CHECK names, by table and name; databases spell the rest their way."""
    look = inspect(engine)
    return {
        (table, str(check["name"])): set(re.findall(r"'([^']*)'", check["sqltext"]))
        for table in look.get_table_names()
        for check in look.get_check_constraints(table)
    }


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_migrated_database_allows_the_words_that_the_models_allow(
    app: Flask, tmp_path: Path, kind: str
) -> None:
    """The comparison above does not look at CHECKs."""
    urls = [
        f"sqlite:///{tmp_path / name}.sqlite3" if kind == "sqlite" else postgres_url()
        for name in ("migrated", "made")
    ]
    migrated(urls[0], tmp_path)
    engines = [create_engine(url) for url in urls]
    Base.metadata.create_all(engines[1])
    found = [checks(engine) for engine in engines]
    for engine in engines:
        engine.dispose()
    assert found[0] == found[1]
    assert len(found[0]) > 20
