"""Processes that find our application loaded already: forked from one that has done nothing else.

Loading it takes longer than most of what such a process then does, and a run of all tests starts
dozens of them. Nothing else is shared: each has its own environment, session and folder.
"""

import multiprocessing
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_context = multiprocessing.get_context("forkserver")
_modules = ["app.cli", "app.factory", "gunicorn.app.wsgiapp", "tests.server"]
_context.set_forkserver_preload(_modules)


def load_also(module: str) -> None:
    """Before the first of them is started."""
    _modules.append(module)
    _context.set_forkserver_preload(_modules)


class Loaded:
    """One process, as subprocess.Popen would have it; it ends with who started it."""

    def __init__(
        self,
        does: Callable[..., None],
        *given: object,
        folder: Path,
        environment: Mapping[str, str] = os.environ,
        log: Path | None = None,
    ) -> None:
        self._process: ForkServerProcess = _context.Process(
            target=_begin, args=(does, given, folder, dict(environment), log), daemon=True
        )
        if log is not None:
            log.touch()  # it can be read from the beginning
        self._process.start()
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    def poll(self) -> int | None:
        """Its exit code, once it has ended."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return self._process.exitcode

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def _begin(
    does: Callable[..., None],
    given: tuple[object, ...],
    folder: Path,
    environment: dict[str, str],
    log: Path | None,
) -> None:
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if log is not None:
        with log.open("wb") as file:
            os.dup2(file.fileno(), 2)
    does(*given)
