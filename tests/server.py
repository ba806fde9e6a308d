"""A real server for tests and measurements: gunicorn in processes of its own, and a plain client.

Nothing here knows the application from inside; everything goes through the HTTP door.
"""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from uuid import uuid4

from gunicorn.app.wsgiapp import run

from tests.loaded import Loaded
from tests.services import free_port

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN = 60


class Server:
    """gunicorn on one database and one folder; may be killed and started again."""

    def __init__(self, var: Path, database_url: str, *, workers: int = 3) -> None:
        self.port = free_port()
        self.folder = ROOT  # of the release that runs; another one is deployed by naming it here
        self.environment = os.environ | {
            "HONGLIN_VAR": str(var),
            "DATABASE_URL": database_url,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "WEB_CONCURRENCY": str(workers),
        }
        self._web: Loaded | None = None

    def flask(self, *words: str) -> None:
        """Run one of our commands against this server's database."""
        command = [sys.executable, "-m", "flask", "honglin", *words]
        subprocess.run(
            command, cwd=self.folder, env=self.environment, check=True, stdout=subprocess.DEVNULL
        )

    def start(self) -> None:
        """Start, and wait until it answers."""
        does = _gunicorn if self.folder == ROOT else _gunicorn_of_another_release
        self._web = Loaded(does, folder=self.folder, environment=self.environment)
        last = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if self._web.poll() is not None or time.monotonic() > last:
                self.kill()
                raise RuntimeError("the server did not start")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            return Visitor(self.port).call("GET", "/healthz").status == 200
        except (OSError, HTTPException):
            return False

    def processes(self) -> list[int]:
        """The ids of all its processes."""
        assert self._web is not None
        listed = Path(f"/proc/{self._web.pid}/task/{self._web.pid}/children").read_text()
        return [self._web.pid, *map(int, listed.split())]

    def kill(self) -> None:
        """kill -9, master and workers in one blow."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """The polite end."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self._web is None or self._web.poll() is not None:
            return
        os.killpg(self._web.pid, number)
        self._web.wait(timeout=30)


COMMAND = ("gunicorn", "wsgi:app")


def _gunicorn() -> None:
    sys.argv = [*COMMAND]
    run(prog="gunicorn")


def _gunicorn_of_another_release() -> None:
    """Nothing of what is loaded is of use to it."""
    os.execv(sys.executable, [sys.executable, "-m", *COMMAND])  # noqa: S606


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    def json(self) -> Any:
        return json.loads(self.body)


class Visitor:
    """Somebody with a cookie jar of one cookie. A new connection for each request, as our sync
    workers close it anyway; safe to share between threads once signed in."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""
        self.csrf = ""

    def use(self, cookie: str, csrf: str) -> "Visitor":
        """Come with a sign-in that was made elsewhere."""
        self.cookie, self.csrf = cookie, csrf
        return self

    def sign_in(self, phone: str, password: str) -> "Visitor":
        """Sign in through the door."""
        body = {"phone": phone, "password": password, "device_name": "测试"}
        answer = self.call("POST", "/api/v1/session", body)
        if answer.status != 201:
            raise RuntimeError(f"sign-in was refused: {answer.status} {answer.body.decode()}")
        cookie = answer.headers["set-cookie"].split(";")[0]
        return self.use(cookie, answer.json()["csrf_token"])

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        version: int | None = None,
    ) -> Answer:
        """One request; OSError or HTTPException when the server goes away in the middle."""
        headers = {"X-CSRF-Token": self.csrf, "Idempotency-Key": key or str(uuid4())}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if version is not None:
            headers["If-Match"] = str(version)
        if isinstance(body, bytes):
            raw: bytes | None = body
        else:
            raw = None if body is None else json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        return self.send(method, path, raw, headers)

    def send(self, method: str, path: str, raw: bytes | None, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, raw, headers)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, response.read(), found)
        finally:
            connection.close()
