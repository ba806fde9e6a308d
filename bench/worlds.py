"""Real servers to measure, on both databases, in folders that go away."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import services, world
from tests.world import World

DATABASES = ("sqlite", "postgresql")


@contextmanager
def server_on(database: str) -> Iterator[World]:
    """A small community on a running server. PostgreSQL is durable here, as for real."""
    with tempfile.TemporaryDirectory(prefix="honglin-bench-") as folder:
        var = Path(folder)
        if database == "sqlite":
            url = f"sqlite:///{var / 'bench.sqlite3'}"
        else:
            url = services.cluster(durable=True).new_database()
        made = world.build(var, url)
        made.server.environment["WEB_CONCURRENCY"] = os.environ.get("WEB_CONCURRENCY") or "3"
        try:
            yield made
        finally:
            made.server.stop()
