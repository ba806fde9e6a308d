"""Keeping phones in step, through the HTTP door on both databases: what 100 changes cost one phone
and what thousands of phones cost that ask in vain, with 50,000 and with 2,000,000 rows in the feed;
and the bytes of a volunteer's day (`day.py`).

BENCH_ROWS="50000,200000" BENCH_TIMES=40 BENCH_PEOPLE=20 try it out small.
"""

import os
import random
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from sqlalchemy import create_engine, update

from app.core import changes, clock
from app.identity.loading import TOUCH_AT_LEAST_EVERY
from app.identity.models import Device
from app.teams.feed import KIND as HOUSEHOLD
from app.visits.feed import KIND as VISIT
from bench import cpu, crowd, day, load
from bench.crowd import Holder
from bench.grid import Grid, settle, writing
from bench.report import figure, percentile
from bench.wire import Line
from bench.worlds import DATABASES, server_on
from tests.server import Visitor
from tests.world import World

SIZES = [int(size) for size in os.environ.get("BENCH_ROWS", "50000,2000000").split(",")]
TIMES = int(os.environ.get("BENCH_TIMES", "400"))
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "240"))
CHANGES = 100
PHONES, EVERY_SECONDS = 5_000, 60
PASSES = 3
# Asked each minute, a phone's last sign of life is written once in so many polls.
POLLS_PER_TOUCH = int(TOUCH_AT_LEAST_EVERY.total_seconds()) // EVERY_SECONDS


@dataclass(frozen=True)
class Filled:
    """A running server with so many rows in its feed."""

    size: int
    world: World
    grid: Grid
    holders: Sequence[Holder]

    @property
    def port(self) -> int:
        return self.world.server.port


def up_to_date(port: int, cookie: str) -> str:
    """Pull until there is nothing more; the cursor then."""
    phone = Visitor(port).use(cookie, "")
    path = "/api/v1/sync?limit=500"
    while True:
        answer = phone.call("GET", path)
        if answer.status != 200:
            raise RuntimeError(f"the feed refused: {answer.status}")
        cursor: str = answer.json()["cursor"]
        path = f"/api/v1/sync?limit=500&cursor={cursor}"
        if not answer.json()["more"]:
            return cursor


def asking(one: Filled, cookie: str, cursor: str, limit: int) -> bytes:
    path = f"/api/v1/sync?cursor={cursor}&limit={limit}"
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip"}
    return load.request("GET", path, headers, port=one.port)


def filled(database: str, size: int, open_: ExitStack) -> Filled:
    world = open_.enter_context(server_on(database))
    grid = settle(world)
    holders = crowd.gather(world, grid, PEOPLE)
    crowd.fill(world, grid, holders, size)
    world.server.start()
    return Filled(size, world, grid, holders)


def with_changes(one: Filled) -> bytes:
    """A phone that was up to date asks after a hundred rows have changed: half of them visits,
    half of them doors that nobody is to visit."""
    cookie = one.world.visitors["volunteer"].cookie
    cursor = up_to_date(one.port, cookie)
    with writing(one.world) as session:
        changes.note(session, VISIT, one.grid.done[: CHANGES // 2])
        changes.note(session, HOUSEHOLD, one.grid.households[-CHANGES // 4 :])
    raw = asking(one, cookie, cursor, CHANGES)
    answer = Line(one.port).exchange(raw).json()
    rows = sum(len(scope["rows"]) for scope in answer["scopes"])
    if rows != CHANGES:
        raise RuntimeError(f"{rows} rows instead of {CHANGES}")
    return raw


def timed(port: int, raw: bytes) -> float:
    start = time.perf_counter()
    Line(port).exchange(raw)
    return (time.perf_counter() - start) * 1000


def changes_100(database: str, all_: Sequence[Filled]) -> None:
    """By turns at each size, in an order that chance decides: what disturbs one disturbs both."""
    asked = {one.size: (one.port, with_changes(one)) for one in all_}
    took: dict[int, list[float]] = {one.size: [] for one in all_}
    dice, warm = random.Random(100), 20
    for _ in range(TIMES + warm):
        for size in dice.sample(list(asked), len(asked)):
            took[size].append(timed(*asked[size]))
    medians = {size: statistics.median(times[warm:]) for size, times in took.items()}
    first = all_[0].size
    for size, times in took.items():
        figure(
            "sync.changes_100",
            medians[size],
            "ms",
            at=size,
            db=database,
            p95=round(percentile(times[warm:], 0.95), 2),
            baseline={"median_at": first, "median": round(medians[first], 2)},
            ratio=round(medians[size] / medians[first], 3),
        )


def forget_signs(one: Filled) -> None:
    """Everybody was last heard of just before it is time to write it down again."""
    before = clock.now() - 2 * TOUCH_AT_LEAST_EVERY
    engine = create_engine(one.world.url)
    with engine.begin() as connection:
        connection.execute(update(Device).values(last_seen_at=before))
    engine.dispose()


def spent(one: Filled, requests: Sequence[bytes]) -> dict[str, float]:
    """Milliseconds of processor time of each request, in the server and in the database, and how
    many were answered in a second."""
    web, database = one.world.server.processes(), cpu.backends(one.world.url)
    before = cpu.seconds(web), cpu.seconds(database)
    result = load.run(one.port, requests)
    if result.refused:
        raise RuntimeError(f"{result.refused} polls were refused")
    after = cpu.seconds(web), cpu.seconds(database)
    each = 1000 / len(requests)
    return {
        "server": (after[0] - before[0]) * each,
        "database": (after[1] - before[1]) * each,
        "rate": result.rate,
        "p95": percentile(result.milliseconds, 0.95),
    }


def cores(found: dict[str, float]) -> float:
    """How many cores all phones together keep busy."""
    return (found["server"] + found["database"]) / 1000 * PHONES / EVERY_SECONDS


def idle_poll(database: str, one: Filled) -> None:
    """Each phone of the crowd asks as often as it takes until it is written down again."""
    polls = [
        asking(one, holder.cookie, up_to_date(one.port, holder.cookie), 200)
        for holder in one.holders
    ]
    nothing = [load.request("GET", "/healthz", {}, port=one.port)] * len(polls) * POLLS_PER_TOUCH
    floor = spent(one, nothing)
    passes = []
    for _ in range(PASSES):
        forget_signs(one)
        passes.append(spent(one, polls * POLLS_PER_TOUCH))
    found = {name: statistics.median(each[name] for each in passes) for name in floor}
    figure(
        "sync.idle_poll",
        cores(found),
        "cores",
        at=one.size,
        db=database,
        phones=PHONES,
        every_seconds=EVERY_SECONDS,
        **_rounded(found),
        baseline={"healthz": round(cores(floor), 3)},
        ratio=round(cores(found) / cores(floor), 2),
    )


def _rounded(found: dict[str, float]) -> dict[str, Any]:
    return {
        "cpu_ms": round(found["server"] + found["database"], 2),
        "database_cpu_ms": round(found["database"], 2),
        "rate": round(found["rate"]),
        "p95_ms": round(found["p95"], 1),
    }


def main() -> None:
    for database in DATABASES:
        with ExitStack() as open_:
            all_ = [filled(database, size, open_) for size in SIZES]
            for one in all_:
                idle_poll(database, one)
            changes_100(database, all_)
        day.measure(database)


if __name__ == "__main__":
    main()
