"""The other end of `core/away.py`: keeps that process going while there is something to send.

Nobody waits here. A message that is not answered in time counts as not taken; when too many hang,
the process is ended and a new one begins.
"""

import json
import os
import selectors
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from config import ROOT

SECONDS = 45.0
MOST_AT_ONCE = 24
MOST_ON_ONE_LINE = 6
MOST_STUCK = 12
BEGIN = "import sys; sys.path.insert(0, sys.argv[1]); from app.core import away; away.main()"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent, and the line it goes over: what waits for one server waits for it alone."""

    url: str
    inner: bool
    line: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class _OnWay:
    letter: Letter
    until: float


class Courier:
    """Used by one thread: `room_for`, `begin`, and `turn` until each has come back."""

    def __init__(self, *, allow_private: bool = False, ca_file: str | None = None) -> None:
        self._allow_private = allow_private
        self._ca_file = ca_file
        self._process: subprocess.Popen[bytes] | None = None
        self._read = b""
        self._on_way: dict[str, tuple[Hashable, _OnWay]] = {}
        self._lines: Counter[str] = Counter()
        self._stuck = 0
        self._number = 0

    def room_for(self, line: str) -> bool:
        """Whether one more may set out now."""
        return len(self._on_way) < MOST_AT_ONCE and self._lines[line] < MOST_ON_ONE_LINE

    def begin(self, key: Hashable, letter: Letter) -> None:
        """Send one; what was heard comes from `turn` under this key."""
        self._number += 1
        number = str(self._number)
        asked = {
            "key": number,
            "url": letter.url,
            "title": letter.title,
            "body": letter.body,
            "inner": letter.inner or self._allow_private,
        }
        self._on_way[number] = key, _OnWay(letter, time.monotonic() + SECONDS)
        self._lines[letter.line] += 1
        try:
            self._write(json.dumps(asked).encode() + b"\n")
        except OSError:  # it died, or could not begin: `turn` says that nothing was heard
            self.close()

    def turn(self, seconds: float) -> list[tuple[Hashable, Mapping[str, Any]]]:
        """Go on for at most so long; what has come back. `ok` is false where nothing was heard."""
        found = [self._end(said.pop("key"), said) for said in self._said(seconds)]
        now = time.monotonic()
        gone = self._process is None or self._process.poll() is not None
        late = [key for key, (_, one) in self._on_way.items() if gone or one.until < now]
        self._stuck += len(late)
        found += [self._end(number, {"ok": False}) for number in late]
        if not self._on_way or self._stuck > MOST_STUCK or gone:
            self.close()
        return [one for one in found if one is not None]

    def close(self) -> None:
        """End the process; what was on its way comes back as not heard of."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process, self._read, self._stuck = None, b"", 0

    def _write(self, line: bytes) -> None:
        stream = self._running().stdin
        if stream is not None:
            stream.write(line)
            stream.flush()

    def _end(
        self, number: str, said: Mapping[str, Any]
    ) -> tuple[Hashable, Mapping[str, Any]] | None:
        """None for one that came back after we had given it up."""
        if number not in self._on_way:
            self._stuck -= 1
            return None
        key, one = self._on_way.pop(number)
        self._lines[one.letter.line] -= 1
        return key, said

    def _said(self, seconds: float) -> list[dict[str, Any]]:
        if self._process is None or self._process.stdout is None:
            return []
        stream = self._process.stdout
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            if not selector.select(seconds):
                return []
        self._read += os.read(stream.fileno(), 256 * 1024)
        *whole, self._read = self._read.split(b"\n")
        return [json.loads(line) for line in whole]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # No proxies, no .netrc, no settings of apprise's: nothing of our surroundings.
            around = {"HOME": "/nonexistent", "LANG": "C.UTF-8"}
            if self._ca_file:
                around |= {"REQUESTS_CA_BUNDLE": self._ca_file, "SSL_CERT_FILE": self._ca_file}
            self._process = subprocess.Popen(  # noqa: S603 - ours, and nothing of others' in it
                [sys.executable, "-I", "-c", BEGIN, str(ROOT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=around,
            )
        return self._process
