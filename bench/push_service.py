"""Starting the push service of the measurements, and addresses of browsers on it."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from app.core.outgoing import Policy
from app.notifications.rules.addresses import Target
from bench.push_sink import browsers
from tests.push_receiver.certificates import TestAuthority

BROWSERS = 200  # different keys; more would measure the making of keys
NEAR, FAR = 0.0, 0.05  # seconds until a push service answers


@dataclass
class Service:
    """A running push service."""

    process: "subprocess.Popen[str]"
    port: int
    policy: Policy

    def targets(self, number: int) -> list[Target]:
        """Different addresses."""
        keys = [each.as_json() for each in browsers(BROWSERS)]
        return [
            Target(f"https://localhost:{self.port}/push/{index % BROWSERS}/{uuid4().hex}", **key)
            for index in range(number)
            for key in [keys[index % BROWSERS]]
        ]

    def read(self) -> int:
        """End it; how many messages it could decrypt. RuntimeError if one was unreadable."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        said = json.loads(self.process.stdout.readline())
        if said["unreadable"]:
            raise RuntimeError(f"{said['unreadable']} messages could not be decrypted")
        return int(said["read"])


@contextmanager
def push_service(late: float = NEAR) -> Iterator[Service]:
    """A push service on this machine that answers so many seconds late."""
    with tempfile.TemporaryDirectory(prefix="honglin-bench-") as name:
        folder = Path(name)
        TestAuthority(folder).server()
        files = [str(folder / name) for name in ("server.pem", "server.key")]
        options = ["--browsers", str(BROWSERS), "--late", str(late)]
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.push_sink", *files, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            policy = Policy(allow_private=True, ca_file=str(folder / "ca.pem"))
            yield Service(process, port, policy)
        finally:
            process.kill()
            process.wait()
            for end in (process.stdin, process.stdout):
                if end:
                    end.close()
