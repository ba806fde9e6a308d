"""The other end of `core/sealing.py`: hands letters over to be encrypted, and has them back.

Nobody waits here, and nothing hangs on it: what that process does not give back, because it died
or stands still, whoever sends it encrypts by themselves.
"""

import logging
import os
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Generic, TypeVar

import msgspec

from app.core.sealing import READ, Letter, Sealed, framed, frames
from config import ROOT

TOGETHER = 16  # letters in a frame; fewer are encrypted sooner than they have come back
SECONDS = 10.0  # without a word, and it stands still
REST_SECONDS = 60.0  # before another one is tried
BEGIN = "import sys; sys.path.insert(0, sys.argv[1]); from app.core import sealing; sealing.main()"

T = TypeVar("T")
log = logging.getLogger(__name__)


class Desk(Generic[T]):
    """Used by one thread: `put` letters, each for something of the caller's, until all are `ready`.
    Once the worker has entered there is a process beside it, on a machine of more than one core."""

    def __init__(self) -> None:
        self._fresh: list[tuple[T, Letter]] = []
        self._sealer: Sealer[T] | None = None
        self._stays = False
        self._since = float("-inf")

    def enter(self) -> None:
        """From now on there may be thousands."""
        self._stays = (os.cpu_count() or 1) > 1
        self._renew()

    @property
    def line(self) -> socket.socket | None:
        """Can be read when letters have come back."""
        return self._sealer.line if self._sealer else None

    def put(self, owner: T, letter: Letter) -> None:
        """Have this encrypted for its owner."""
        self._fresh.append((owner, letter))

    def ready(self) -> list[tuple[T, Sealed | None]]:
        """What can set out; None where the caller has to encrypt it."""
        fresh, self._fresh = self._fresh, []
        self._renew()
        if self._sealer is None:
            return [(owner, None) for owner, _ in fresh]
        found: list[tuple[T, Sealed | None]] = []
        if not self._sealer.awake or len(fresh) + self._sealer.on_way < TOGETHER:
            found += [(owner, None) for owner, _ in fresh]
        else:
            self._sealer.give(fresh)
        found += self._sealer.taken()
        if self._sealer.gone:
            self._sealer = None
        return found

    def leave(self) -> list[T]:
        """Have nothing more encrypted; whose letters were not ready."""
        left = [owner for owner, _ in self._fresh]
        if self._sealer:
            left += self._sealer.close()
        self._fresh, self._sealer, self._stays = [], None, False
        return left

    def _renew(self) -> None:
        now = time.monotonic()
        if self._stays and self._sealer is None and now - self._since > REST_SECONDS:
            self._since = now
            try:
                self._sealer = Sealer()
            except OSError:
                log.exception("no process that encrypts could be started")


class Sealer(Generic[T]):
    """That process, and what it has not given back."""

    def __init__(self) -> None:
        self._line, other = socket.socketpair()
        with other:
            self._process = subprocess.Popen(  # noqa: S603 - ours, and nothing of others' in it
                [sys.executable, "-I", "-c", BEGIN, str(ROOT)],
                stdin=other.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8"},
            )
        self._line.setblocking(False)
        self._to_say, self._heard = bytearray(), bytearray()
        self._given: deque[T] = deque()
        self._last_word = time.monotonic()
        self.awake = self.gone = False

    @property
    def line(self) -> socket.socket:
        """Can be read when letters have come back."""
        return self._line

    @property
    def on_way(self) -> int:
        """How many have not come back."""
        return len(self._given)

    def give(self, letters: Sequence[tuple[T, Letter]]) -> None:
        """Have these encrypted."""
        if not self._given:
            self._last_word = time.monotonic()
        self._given += [owner for owner, _ in letters]
        for start in range(0, len(letters), TOGETHER):
            some = letters[start : start + TOGETHER]
            self._to_say += framed([letter for _, letter in some])

    def taken(self) -> list[tuple[T, Sealed | None]]:
        """What has come back; None for what was not encrypted, when the process is `gone`."""
        found: list[tuple[T, Sealed | None]] = []
        try:
            self._exchange()
        except OSError:
            self.gone = True
        for frame in frames(self._heard):
            self._last_word, self.awake = time.monotonic(), True
            found += [(self._given.popleft(), one) for one in msgspec.msgpack.decode(frame)]
        if self._given and time.monotonic() - self._last_word > SECONDS:
            self.gone = True
        if self.gone:
            log.warning("the process that encrypts has gone; the worker does it by itself")
            found += [(one, None) for one in self.close()]
        return found

    def close(self) -> list[T]:
        """End the process; what it has not given back."""
        self._line.close()
        self._process.kill()
        self._process.wait()
        left, self._given = list(self._given), deque()
        return left

    def _exchange(self) -> None:
        with suppress(BlockingIOError):
            while self._to_say:
                del self._to_say[: self._line.send(self._to_say)]
        with suppress(BlockingIOError):
            while piece := self._line.recv(READ):
                self._heard += piece
            raise ConnectionResetError
