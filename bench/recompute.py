"""A category's time is changed while all that is open is about it: what that would move, through
the HTTP door, then the moving, by a worker of its own as on a server. At 1,000 and at 100,000
tickets, of which six in a hundred are open, on both databases."""

import time
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.core.db import transaction
from app.factory import create_app
from app.identity.models import Organisation, Person
from app.identity.rules import OrganisationKind
from app.tickets import catalogue
from app.tickets.models import Ticket, TicketEntry
from app.tickets.queries.catalogue import AT_THE_DESK, RUNNING, Reach
from app.tickets.rules import CATEGORIES
from app.tickets.service import recompute
from app.tickets.service.recompute import Change
from bench.export import megabytes, worker_of
from bench.fill import fill
from bench.report import figure
from bench.worlds import DATABASES, server_on
from tests.server import Visitor
from tests.world import World

SIZES = (1_000, 100_000)
CODE = "order.noise"
AFTER_DISPATCH = ("resolve", "review", "close")
LOOK_EVERY = 0.2
LONGEST = 600


def limit(amount: int, unit: str) -> dict[str, Any]:
    return {"amount": amount, "unit": unit, "goal": ""}


CHANGE = {
    "code": CODE,
    "version": 0,
    "name": CATEGORIES[CODE].name,
    "lead_party": "property",
    "off": False,
    "times": {"accept": limit(2, "wh"), "resolve": limit(2, "wd")},
}


def settle(world: World) -> int:
    """Whatever is open is about one thing, has the timeline of something open, and its clocks."""
    app = create_app(
        {"VAR_DIR": Path(world.server.environment["HONGLIN_VAR"]), "DATABASE_URL": world.url}
    )
    with app.app_context():
        with transaction() as session:
            _shorten(session)
            by = session.scalars(select(Person.id).limit(1)).one()
            ids = session.scalars(select(Ticket.id).where(Ticket.status.in_(RUNNING))).all()
        for start in range(0, len(ids), recompute.WRITTEN):
            with transaction() as session:
                change = Change(Reach(), catalogue.fresh(session))
                recompute.apply(session, by, change, ids[start : start + recompute.WRITTEN])
    app.extensions["database"].engine.dispose()
    return len(ids)


def _shorten(session: Session) -> None:
    """Straight in the tables: nobody hears of it."""
    company = session.scalars(
        select(Organisation.id).where(Organisation.kind == OrganisationKind.PROPERTY)
    ).first()
    connection = session.connection()
    open_ids = select(Ticket.id).where(Ticket.status.in_(RUNNING))
    at_desk = select(Ticket.id).where(Ticket.status.in_(AT_THE_DESK))
    entry = TicketEntry.__table__.c
    connection.execute(
        update(Ticket.__table__).where(Ticket.status.in_(RUNNING)).values(category=CODE)
    )
    for verbs, ids in ((AFTER_DISPATCH, open_ids), (("dispatch", "start"), at_desk)):
        connection.execute(
            delete(TicketEntry.__table__).where(entry.verb.in_(verbs), entry.ticket_id.in_(ids))
        )
    given = {"lead_org_id": str(company)}
    connection.execute(
        update(TicketEntry.__table__).where(entry.verb == "dispatch").values(said=given)
    )


def asked(visitor: Visitor, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = visitor.call("POST", f"/api/v1/tickets{path}", body)
    if answer.status != 200:
        raise RuntimeError(f"refused: {answer.status} {answer.body.decode()}")
    return dict(answer.json())


def follow(visitor: Visitor, work: dict[str, Any]) -> dict[str, Any]:
    """Until all clocks are moved."""
    last = time.perf_counter() + LONGEST
    while work["state"] in ("waiting", "running"):
        if time.perf_counter() > last:
            raise RuntimeError(f"not done after {LONGEST} s")
        time.sleep(LOOK_EVERY)
        work = visitor.call("GET", f"/api/v1/tickets/retimings/{work['id']}").json()
    if work["state"] != "done":
        raise RuntimeError(work["why"])
    return work


def measure(database: str, size: int) -> dict[str, float]:
    with server_on(database) as world:
        fill(world, size)
        running = settle(world)
        world.server.start()
        administrator = world.visitors["admin"]
        with worker_of(world.server) as pid:
            time.sleep(3)  # it has opened its database and planned its day
            start = time.perf_counter()
            seen = asked(administrator, "/catalogue/preview", CHANGE)
            preview = time.perf_counter() - start
            before = megabytes(pid, "VmRSS")
            start = time.perf_counter()
            work = asked(administrator, "/catalogue", CHANGE)["retiming"]
            done = follow(administrator, work)
            seconds = time.perf_counter() - start - recompute.SETTLING.total_seconds()
            peak = megabytes(pid, "VmHWM")
    if done["moved"] != seen["count"] or seen["tickets"] != running:
        raise RuntimeError(f"seen {seen['count']} clocks of {seen['tickets']}, moved {done}")
    more = {"db": database, "at": size, "open": running, "moved": done["moved"]}
    figure("recompute.preview_seconds", preview, "s", **more)
    figure("recompute.apply_seconds", seconds, "s", **more)
    figure("recompute.memory", peak, "MB", **more, before=round(before, 1))
    return {"preview": preview, "apply": seconds, "memory": peak}


def main() -> None:
    for database in DATABASES:
        small, large = (measure(database, size) for size in SIZES)
        for name, value in large.items():
            ratio = round(value / small[name], 2)
            figure(f"recompute.{name}.ratio", ratio, "100,000 to 1,000", db=database)
