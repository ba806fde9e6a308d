"""The demo community for the stories: made once in a test run, copied for each that wants it."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.server import Server

FILE = "demo.sqlite3"


def demo_server(var: Path) -> Server:
    """A server on a demo community of its own, not started yet; its database is `var / FILE`."""
    shutil.copytree(_made(), var, dirs_exist_ok=True)
    return _server(var)


@cache
def _made() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="honglin-demo-")
    var = Path(folder.name)
    _kept.append(folder)
    server = _server(var)
    server.flask("migrate")
    server.flask("demo")
    return var


_kept: list["tempfile.TemporaryDirectory[str]"] = []  # goes with the test run


def _server(var: Path) -> Server:
    return Server(var, f"sqlite:///{var / FILE}", workers=2)
