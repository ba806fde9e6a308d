"""Processor time of processes, as Linux counts it in /proc: to the hundredth of a second."""

import os
from collections.abc import Iterable
from pathlib import Path

import psycopg
from sqlalchemy import make_url

TICK = os.sysconf("SC_CLK_TCK")


def seconds(pids: Iterable[int]) -> float:
    """User and system time of these processes together."""
    return sum(_ticks(pid) for pid in pids) / TICK


def _ticks(pid: int) -> int:
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])


def backends(url: str) -> list[int]:
    """The processes of PostgreSQL that serve this database; none with SQLite."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        return []
    address = f"host={place.host} port={place.port} user={place.username} dbname=postgres"
    with psycopg.connect(address) as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s", [place.database]
        )
        return [row[0] for row in rows]
