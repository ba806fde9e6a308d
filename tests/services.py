"""A throw-away PostgreSQL 15 for the tests: its own folder, its own port, gone at the end.

It runs without fsync, so it says nothing about durability; the kill test starts one that has it.
"""

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
SAFE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
QUIET = ("shared_buffers=64MB", "max_connections=60", "log_min_messages=fatal")


def lacking(what: str, not_tried: str) -> None:
    """Skip loudly; where CI=true nothing may go untested, so fail."""
    sentence = f"{what} is not on this machine; NOT TRIED: {not_tried}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _programs() -> Path | None:
    """Where the programs of the oldest PostgreSQL from 15 on are: the one we promise to run on."""
    found = {
        int(path.parent.parent.name): path.parent
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if path.parent.parent.name.isdigit() and int(path.parent.parent.name) >= 15
    }
    if found:
        return found[min(found)]
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


class Cluster:
    """One running server. It refuses to run as root, so root lends it another account."""

    def __init__(self, programs: Path, options: tuple[str, ...]) -> None:
        self.programs = programs
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="honglin-pg-"))
        self.user = self._other_user()
        if self.user:
            shutil.chown(self.folder, self.user)
        self._options = (*QUIET, *options)
        self._run("initdb", "--username=honglin", "--auth=trust", "--encoding=UTF8", "--no-sync")
        self.start()

    @staticmethod
    def _other_user() -> str | None:
        if os.geteuid() != 0:
            return None
        names = {entry.pw_name for entry in pwd.getpwall()}
        return "postgres" if "postgres" in names else "nobody"

    def _run(self, program: str, *words: str) -> None:
        command = [str(self.programs / program), "--pgdata", str(self.folder / "data"), *words]
        subprocess.run(
            command,
            user=self.user,
            cwd=self.folder,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        settings = [f"-c {option}" for option in self._options]
        listen = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "-w", "-l", log, "-o", " ".join([listen, *settings]))

    def stop(self, mode: str = "fast") -> None:
        """`immediate` is what a power cut looks like to the database."""
        self._run("pg_ctl", "stop", "-w", "-m", mode)

    def remove(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"t{uuid4().hex[:12]}"
        address = f"host=127.0.0.1 port={self.port} user=honglin dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://honglin@127.0.0.1:{self.port}/{name}"


@cache
def cluster(*, durable: bool = False) -> Cluster:
    """The server of this test run; started when first asked for."""
    programs = _programs()
    if programs is None:
        lacking("PostgreSQL 15", "everything on PostgreSQL")
        raise AssertionError("unreachable")
    running = Cluster(programs, SAFE if durable else FAST)
    atexit.register(running.remove)
    return running


def postgres_url() -> str:
    """A new, empty database on the fast server of this test run."""
    return cluster().new_database()
