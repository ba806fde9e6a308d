"""The application on both databases, emptied for every test, and clients that are signed in."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session

from app.core import known
from app.core.db import Base, Database
from app.factory import create_app
from tests import auditing, emptying
from tests.clients import Client
from tests.services import postgres_url

BACKENDS = ("sqlite", "postgresql")
# A busy machine is no defect: how long an example takes is not what these tests are about.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")
gc.set_threshold(20_000)  # thousands of collected tests are not garbage: look less often
_apps: dict[str, Flask] = {}


def pytest_collection_finish() -> None:
    """Nor is anything else that is there before the first of them."""
    gc.freeze()


def _make(backend: str, var: Path) -> Flask:
    url = f"sqlite:///{var / 'test.sqlite3'}" if backend == "sqlite" else postgres_url()
    app = create_app(
        {
            "TESTING": True,
            "VAR_DIR": var,
            "DATABASE_URL": url,
            "CHECK_ANSWERS": True,
            "PUBLIC_URL": "http://localhost",
        }
    )
    database: Database = app.extensions["database"]
    emptying.forgetful(database)
    Base.metadata.create_all(database.engine)
    auditing.watch(database)
    return app


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The database of a test; a test that asks for `app` runs once on each."""
    return str(request.param)


@pytest.fixture
def app(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application, with an empty database and an application context."""
    if backend not in _apps:
        _apps[backend] = _make(backend, tmp_path_factory.mktemp(backend))
    app = _apps[backend]
    database: Database = app.extensions["database"]
    emptying.empty(database)
    known.forget(app)
    with app.app_context():
        yield app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A writing session. Commit before asking through a client, or let `stored` do it."""
    with app.extensions["database"].session(write=True) as session:
        yield session
        session.rollback()


@pytest.fixture
def client(app: Flask) -> Callable[..., Client]:
    """Makes a client: `client()` is nobody, `client(person)` is signed in as that person."""
    return lambda person=None: Client(app, person)
