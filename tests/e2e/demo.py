"""The demo community for the stories: made once in a test run, copied for each that wants it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from os import environ
from pathlib import Path

from app import cli
from app.factory import create_app
from tests.loaded import Loaded
from tests.server import ROOT, Server

FILE = "demo.sqlite3"


def demo_server(var: Path) -> Server:
    """A server on a demo community of its own, not started yet; its database is `var / FILE`. The
    folder is one that pytest gave to a test or a module."""
    shutil.copytree(_made(_of_the_run(var)), var, dirs_exist_ok=True)
    return _server(var)


@contextmanager
def worker_beside(server: Server) -> Iterator[None]:
    """Delivers and computes for this server."""
    worker = Loaded(_work, folder=ROOT, environment=server.environment)
    yield
    worker.terminate()
    worker.wait(timeout=30)


def _work() -> None:
    with create_app().app_context():
        cli.group.main(["worker"], "honglin")


def _of_the_run(given: Path) -> Path:
    """Where pytest keeps the folders of this run, whichever of its processes asks."""
    mine = given.parent
    return mine.parent if "PYTEST_XDIST_WORKER" in environ else mine


def _made(run: Path) -> Path:
    """The first to come makes it, the others wait."""
    made = run / "demo-community"
    with (run / "demo-community.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not made.exists():
            begun = run / "demo-community.begun"
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            server = _server(begun)
            server.flask("migrate")
            server.flask("demo")
            begun.rename(made)
    return made


def _server(var: Path) -> Server:
    return Server(var, f"sqlite:///{var / FILE}", workers=2)
