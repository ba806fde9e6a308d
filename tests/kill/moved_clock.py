"""A clock that processes share and a test moves: seconds ahead of the real one, in a file."""

import os
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from app.core.clock import LOCAL

WIDTH = 24


class MovedClock:
    """`clock.told_by(MovedClock(path))` in each of the processes."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if not os.pread(self._file, WIDTH, 0):
            self._write(0.0)

    def __call__(self) -> datetime:
        ahead = float(os.pread(self._file, WIDTH, 0))
        return datetime.now(UTC) + timedelta(seconds=ahead)

    def _write(self, ahead: float) -> None:
        os.pwrite(self._file, f"{ahead:{WIDTH}.3f}".encode(), 0)

    def forward(self, by: timedelta) -> None:
        """So much later for everybody, at once."""
        self._write(float(os.pread(self._file, WIDTH, 0)) + by.total_seconds())

    def until(self, local: time) -> None:
        """The next time that a wall clock in Nanjing shows this."""
        now = self().astimezone(LOCAL)
        then = datetime.combine(now.date(), local, LOCAL)
        self.forward(then - now + timedelta(days=then <= now))

    def close(self) -> None:
        os.close(self._file)
