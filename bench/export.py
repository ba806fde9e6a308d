"""The export of a whole list through the HTTP door: asked for, watched, fetched; the worker is a
process of its own, as on a server. At 1,000 and at 100,000 tickets, on both databases."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import python_calamine

from bench.fill import fill
from bench.report import figure, percentile
from bench.worlds import DATABASES, server_on
from tests.server import ROOT, Server, Visitor

SIZES = (1_000, 100_000)
EXPORTS = "/api/v1/tickets/exports"
LONGEST = 300
LOOK_EVERY = 0.2


@contextmanager
def worker_of(server: Server) -> Iterator[int]:
    """The worker beside a server; its process id."""
    command = [sys.executable, "-m", "flask", "honglin", "worker"]
    running = subprocess.Popen(command, cwd=ROOT, env=server.environment | {"LOG_LEVEL": "WARNING"})
    try:
        yield running.pid
    finally:
        running.terminate()
        running.wait(timeout=30)


def megabytes(pid: int, field: str) -> float:
    """A figure of a process's memory: `VmRSS` now, `VmHWM` at its highest."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {field}")


def cpu_seconds(pid: int) -> float:
    """What a process has reckoned so far: says how long it takes where nothing else runs."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def export(clerk: Visitor) -> tuple[bytes, float, list[float]]:
    """One export: the file, the seconds from asking to having it, and how long each look took."""
    start = time.perf_counter()
    asked = clerk.call("POST", EXPORTS)
    if asked.status != 202:
        raise RuntimeError(f"refused: {asked.status} {asked.body.decode()}")
    path = f"{EXPORTS}/{asked.json()['id']}"
    looks = []
    while time.perf_counter() - start < LONGEST:
        began = time.perf_counter()
        job = clerk.call("GET", path).json()
        looks.append((time.perf_counter() - began) * 1000)
        if job["state"] == "done":
            content = clerk.call("GET", f"{path}/file").body
            return content, time.perf_counter() - start, looks
        if job["state"] == "failed":
            raise RuntimeError(job["why"])
        time.sleep(LOOK_EVERY)
    raise RuntimeError(f"not done after {LONGEST} s")


def rows_in(content: bytes) -> int:
    """The lines of the file, without its headings."""
    book = python_calamine.load_workbook(BytesIO(content))
    return len(book.get_sheet_by_index(0).to_python()) - 1


def measure(database: str, size: int) -> dict[str, float]:
    with server_on(database) as world:
        fill(world, size)
        world.server.start()
        with worker_of(world.server) as pid:
            clerk = world.visitors["committee"]
            time.sleep(3)  # it has opened its database and planned its day
            before, reckoned = megabytes(pid, "VmRSS"), cpu_seconds(pid)
            content, seconds, looks = export(clerk)
            peak, cpu = megabytes(pid, "VmHWM"), cpu_seconds(pid) - reckoned
    if rows_in(content) != size:
        raise RuntimeError(f"{rows_in(content)} rows instead of {size}")
    found = {"seconds": seconds, "peak_mb": peak}
    more = {"db": database, "at": size, "file_mb": round(len(content) / 2**20, 1)}
    name = "export.tickets_100k_seconds" if size == SIZES[-1] else "export.tickets_1k_seconds"
    look = round(percentile(looks, 0.95), 1)
    figure(name, seconds, "s", **more, worker_cpu=round(cpu, 1), look_p95_ms=look)
    figure(name.replace("seconds", "memory"), peak, "MB", **more, before=round(before, 1))
    return found


def main() -> None:
    for database in DATABASES:
        small, large = (measure(database, size) for size in SIZES)
        for name, value in large.items():
            ratio = round(value / small[name], 2)
            figure(f"export.{name}.ratio", ratio, "100,000 to 1,000", db=database)
