"""A throw-away RabbitMQ for the tests: its own folder, ports and name, gone at the end.

It runs as an ordinary child in the foreground, and so does the small daemon by which Erlang nodes
find each other (epmd), so that nothing of either is left over.
"""

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

from tests.services import free_port, lacking

PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
STARTS_WITHIN = 90
SMALL = "+S 1:1 +SDio 1 +sbwt none"  # one thread, and no busy waiting: other processes work, too


class Rabbit:
    """One broker. Debian's package has an account for it, which root lends."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"
        self.folder = Path(tempfile.mkdtemp(prefix="honglin-mq-"))
        self.user = self._other_user()
        if self.user:
            shutil.chown(self.folder, self.user)
        names = {"ERL_EPMD_ADDRESS": "127.0.0.1", "ERL_EPMD_PORT": str(free_port())}
        self._environment = names | {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.folder),  # for the cookie of Erlang
            "RABBITMQ_NODENAME": f"honglin{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_PID_FILE": str(self.folder / "pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "none"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": SMALL,
        }
        self._names = self._child("epmd")
        self._broker: subprocess.Popen[bytes] | None = None
        self.start()

    @staticmethod
    def _other_user() -> str | None:
        if os.geteuid() != 0:
            return None
        names = {entry.pw_name for entry in pwd.getpwall()}
        return "rabbitmq" if "rabbitmq" in names else "nobody"

    def _child(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            user=self.user,
            cwd=self.folder,
            env=self._environment,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        """Start, and wait until it lets clients in."""
        self._broker = self._child(str(PROGRAM))
        last = time.monotonic() + STARTS_WITHIN
        while not self._greets():
            if self._broker.poll() is not None or time.monotonic() > last:
                raise RuntimeError(f"RabbitMQ did not start; see {self.folder / 'log'}")
            time.sleep(0.1)

    def _greets(self) -> bool:
        """Whether it answers the first line of AMQP."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2) as line:
                line.sendall(b"AMQP\x00\x00\x09\x01")
                return line.recv(1) == b"\x01"
        except OSError:
            return False

    def stop(self) -> None:
        """As a power cut: every connection breaks, and what it had in memory is gone."""
        if self._broker is not None:
            os.killpg(self._broker.pid, signal.SIGKILL)
            self._broker.wait()
        self._broker = None

    def remove(self) -> None:
        self.stop()
        self._names.kill()
        self._names.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def rabbit() -> Rabbit:
    """The broker of this test run; started when first asked for."""
    if not PROGRAM.exists():
        lacking("RabbitMQ", "delivery through Celery")
    running = Rabbit()
    atexit.register(running.remove)
    return running
