"""Lists, details, searches, boards and reports over HTTP, eight clients at once, at 1,000 and at
100,000 tickets of one community, on both databases. `python -m bench.http sqlite 1000` takes one,
`python -m bench.http sqlite 1000 create` of that only how many reports are taken in a second.
"""

import json
import os
import random
import sys
import time
from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID, uuid4

from app.identity.rules import PlaceKind
from bench import cpu, load
from bench.fill import fill
from bench.report import figure, percentile
from bench.worlds import DATABASES, server_on
from tests.server import Visitor
from tests.world import World

SIZES = (1_000, 100_000)
EACH = int(os.environ.get("BENCH_TIMES") or 240)
REPORTS = 4 * EACH  # a rate wants some seconds
LISTS = {
    "all": "/tickets",
    "status": "/tickets?status=in_progress",
    "category": "/tickets?category=facility.lift",
    "group": "/tickets?category=owners,neighbour.mediation",
    "rare": "/tickets?lead_party=owners_committee",
    "overdue": "/tickets?overdue=true",
    "month": "/tickets?created_from=2026-01-01&created_to=2026-01-31&sort=created",
    "due": "/tickets?sort=due",
    "created": "/tickets?sort=created",
    "combined": "/tickets?category=facility&status=in_progress,resolved&sort=due",
    "finished": "/tickets?queue=finished",
    "to_review": "/tickets?queue=to_review",
    "mine": "/tickets?mine=true",
    "queues": "/tickets/queues",
}
SEATS = ("committee", "property")
OFFICES = (*SEATS, "owners", "social")
# What is not the property company's: two queues, and what it has not been given yet.
CANNOT = dict.fromkeys(("finished", "to_review", "detail"), ("property",))
# What is in every sixth text, in all, in one of a thousand, in none; two words, one sign, a number.
SEARCH = {
    kind: f"/tickets?{urlencode(asked)}"
    for kind, asked in {
        "words": {"q": "路灯"},
        "common": {"q": "已经"},
        "rare": {"q": "井盖"},
        "nothing": {"q": "对面"},
        "two": {"q": "路灯 地下"},
        "sign": {"q": "灯"},
        "number": {"q": "T00000777"},
        "filtered": {"q": "路灯", "category": "facility.lift", "sort": "due"},
    }.items()
}


class Bench:
    """One filled world, and what was measured in it."""

    def __init__(self, world: World, database: str, size: int, ids: Sequence[UUID]) -> None:
        self.world, self.database, self.size = world, database, size
        self.ids = random.Random(1).sample(list(ids), min(EACH, len(ids)))
        self.found: dict[str, float] = {}

    def reads(self, role: str, paths: Sequence[str]) -> load.Result:
        visitor = self.world.visitors[role]
        port = visitor.port
        headers = {"Cookie": visitor.cookie}
        raw = [load.request("GET", f"/api/v1{path}", headers, port=port) for path in paths]
        return self._sound(load.run(port, raw))

    @staticmethod
    def _sound(result: load.Result) -> load.Result:
        if result.refused:
            raise RuntimeError(f"{result.refused} requests were refused")
        return result

    def p95(
        self, name: str, by_kind: dict[str, Sequence[str]], seats: Sequence[str] = SEATS
    ) -> None:
        """The p95 of all kinds together; each kind's own stands beside it."""
        times: list[float] = []
        kinds = {}
        before = self._spent()
        for kind, paths in by_kind.items():
            got = [self.reads(role, paths) for role in seats if role not in CANNOT.get(kind, ())]
            own = [one for result in got for one in result.milliseconds]
            kinds[kind] = round(percentile(own, 0.95), 1)
            times += own
        self.found[name] = percentile(times, 0.95)
        cpu_ms = self._each(before, len(times))
        self.report(name, self.found[name], "ms", by_kind=kinds, cpu_ms=cpu_ms)

    def boards(self) -> None:
        """Today's work of four offices, and the numbers of an estate's buildings."""
        estate = self.world.places[PlaceKind.ESTATE]
        found = {"today": "/tickets/board", "buildings": f"/tickets/buildings?estate_id={estate}"}
        self.p95("http.board_p95", {kind: [path] * EACH for kind, path in found.items()}, OFFICES)

    def report(self, name: str, value: float, unit: str, **more: object) -> None:
        figure(name, value, unit, at=self.size, db=self.database, clients=load.CLIENTS, **more)

    def create(self) -> None:
        visitor = self.world.visitors["volunteer"]
        place = str(self.world.places[PlaceKind.COMMUNITY])
        raw = [self._report_of(visitor, place) for _ in range(EACH + REPORTS)]
        self._sound(load.run(visitor.port, raw[:EACH]))  # every process has written before
        before = self._spent()
        result = self._sound(load.run(visitor.port, raw[EACH:]))
        cpu_ms = self._each(before, REPORTS)
        self.found["http.create_rate"] = result.rate
        p95 = round(percentile(result.milliseconds, 0.95), 1)
        self.report("http.create_rate", result.rate, "1/s", p95_ms=p95, cpu_ms=cpu_ms)

    def _each(self, before: tuple[float, ...], requests: int) -> dict[str, float]:
        """Milliseconds of processor time a request since `before`, by who spent them."""
        spent = zip(("server", "database", "clients"), before, self._spent(), strict=True)
        return {who: round((now - then) / requests * 1000, 2) for who, then, now in spent}

    def _spent(self) -> tuple[float, float, float]:
        """Seconds of processor time, so far: of the server, of the database and of the clients."""
        server, database = self.world.server.processes(), cpu.backends(self.world.url)
        return cpu.seconds(server), cpu.seconds(database), time.process_time()

    @staticmethod
    def _report_of(visitor: Visitor, place: str) -> bytes:
        body = {
            "category": "facility.power_lighting",
            "text": "东门的路灯不亮，晚上看不清台阶。",
            "place_id": place,
            "public_area": True,
            "media": [],
        }
        headers = {
            "Cookie": visitor.cookie,
            "X-CSRF-Token": visitor.csrf,
            "Idempotency-Key": str(uuid4()),
        }
        raw = json.dumps(body).encode()
        return load.request("POST", "/api/v1/tickets", headers, raw, port=visitor.port)

    def run(self, *, all_of_it: bool = True) -> dict[str, float]:
        self.reads("committee", ["/tickets"] * 40)  # every process has opened its database
        if all_of_it:
            self.look()
        self.create()
        return self.found

    def look(self) -> None:
        self.p95("http.list_p95", {kind: [path] * EACH for kind, path in LISTS.items()})
        self.p95("http.detail_p95", {"detail": [f"/tickets/{one}" for one in self.ids]})
        self.p95("http.search_p95", {kind: [path] * EACH for kind, path in SEARCH.items()})
        self.boards()


def measure(database: str, size: int, *, all_of_it: bool = True) -> dict[str, float]:
    with server_on(database) as world:
        ids = fill(world, size)
        world.server.start()
        return Bench(world, database, size, ids).run(all_of_it=all_of_it)


def compare(database: str, small: dict[str, float], large: dict[str, float]) -> None:
    for name, value in large.items():
        ratio = round(value / small[name], 2)
        figure(f"{name}.ratio", ratio, "100,000 to 1,000", db=database, baseline=small[name])


def main() -> None:
    for database in DATABASES:
        small, large = (measure(database, size) for size in SIZES)
        compare(database, small, large)


if __name__ == "__main__":
    measure(sys.argv[1], int(sys.argv[2]), all_of_it=sys.argv[3:] != ["create"])
