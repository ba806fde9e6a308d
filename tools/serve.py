"""Runs the server on one machine: makes what is missing in var/, then the web server and the worker
as two children that live and die together. Ctrl-C or SIGTERM ends both.

`--dev` runs the reloading development server and the client's own instead of gunicorn.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = os.environ.get("PORT") or "8000"
SHOWN_HOST = "localhost" if HOST in {"127.0.0.1", "0.0.0.0", "localhost"} else HOST  # noqa: S104
FLASK = [sys.executable, "-m", "flask"]
SECONDS_TO_END = 10
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def require_free_port() -> None:
    """One clear sentence before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except (OSError, ValueError, OverflowError) as problem:
            sys.exit(f"Port {PORT} cannot be used ({problem}); choose another: make run PORT=8001")


def follow_parent() -> None:
    """In the child: get SIGTERM when the supervisor is killed outright, so nothing is left over."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


class Children:
    """The processes under this one, each leading a group of its own."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str], folder: Path = ROOT) -> None:
        self.running[name] = subprocess.Popen(
            command,
            cwd=folder,
            start_new_session=True,
            preexec_fn=follow_parent,
        )

    def ended(self, name: str) -> bool:
        return self.running[name].poll() is not None

    def stop(self) -> None:
        """Ask all to end, wait, and end whatever is left in their groups."""
        for child in self.running.values():
            self._signal(child, signal.SIGTERM)
        last = time.monotonic() + SECONDS_TO_END
        while time.monotonic() < last and not all(map(self.ended, self.running)):
            time.sleep(0.05)
        for child in self.running.values():
            self._signal(child, signal.SIGKILL)
            child.wait()

    @staticmethod
    def _signal(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
        try:
            os.killpg(child.pid, number)
        except ProcessLookupError:
            return


def prepare() -> str:
    """Keys, tables and, in an empty database, demo data. Returns what was said of the accounts."""
    command = [sys.executable, str(ROOT / "tools" / "prepare.py")]
    quiet = os.environ | {"LOG_LEVEL": "WARNING"}
    done = subprocess.run(
        command, cwd=ROOT, env=quiet, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.exit("The database could not be prepared; the reason is above.")
    return "\n".join(done.stdout.splitlines()[1:])  # the first line is where the keys are


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()  # noqa: S310
    except OSError:
        return False
    return True


def announce(children: Children, accounts: str) -> None:
    """Wait for the web server, then say where it is and who can sign in."""
    address = f"http://{SHOWN_HOST}:{PORT}"
    last = time.monotonic() + 60
    while not answers(f"{address}/healthz") and time.monotonic() < last:
        if children.ended("web"):
            return
        time.sleep(0.1)
    print(f"\n红邻 is running: {address}/app/\n\n{accounts}\n", flush=True)


def watch(children: Children, worker: list[str]) -> None:
    """Until the web server ends. A worker that dies is started again: its jobs are rows."""
    pause = 1
    while not children.ended("web"):
        time.sleep(0.2)
        if children.ended("worker"):
            print(f"The worker has ended; starting it again in {pause} s.", flush=True)
            time.sleep(pause)
            pause = min(pause * 2, 30)
            children.start("worker", worker)


def stopped(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stopped)
    os.environ.setdefault("PUBLIC_URL", f"http://{SHOWN_HOST}:{PORT}")
    os.environ.update(HOST=HOST, PORT=PORT)
    require_free_port()
    accounts = prepare()
    worker = [*FLASK, "honglin", "worker"]
    children = Children()
    try:
        if "--dev" in sys.argv:
            children.start("web", [*FLASK, "run", "--debug", "--host", HOST, "--port", PORT])
            children.start("pages", ["npm", "run", "dev"], ROOT / "static" / "pwa")
        else:
            children.start("web", [sys.executable, "-m", "gunicorn", "wsgi:app"])
        children.start("worker", worker)
        announce(children, accounts)
        watch(children, worker)
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        return 0
    finally:
        children.stop()
    return 1


if __name__ == "__main__":
    sys.exit(main())
