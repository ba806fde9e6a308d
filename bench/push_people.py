"""From one fact to everybody's device, through the inbox and the outbox: 5,000 people on both
databases; and 250,000 rows with an eye on memory (`bench.push_rows`).

`python -m bench.push_people [people] [rows]`
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import func, insert, select

from app.core import clock, outbox
from app.core.carrying import Traffic
from app.core.db import Base, reading, transaction, uuid7
from app.core.outbox import OutboxRow, State
from app.factory import create_app
from app.identity.models import Person
from app.notifications.models import InboxItem, PushSubscription
from app.notifications.rules.telling import Kind, Pressing, Seat, Tell
from app.notifications.service.telling import Subject, tell
from bench.push_service import Service, push_service
from bench.report import figure
from bench.worlds import DATABASES
from tests import services

PEOPLE, ROWS = 5000, 250_000
READY_SECONDS = 2.0  # until the process that encrypts has started
LINE = Tell(
    Seat.REPORTER, Kind.VISIT_NEWS, "明天降温，今晚看看老人", Pressing.EMERGENCY, at_any_hour=True
)
PAGE = os.sysconf("SC_PAGE_SIZE")


@contextmanager
def installation(database: str, service: Service) -> Iterator[Flask]:
    """An empty one that may ring browsers on this machine."""
    with tempfile.TemporaryDirectory(prefix="honglin-bench-") as name:
        url = f"sqlite:///{name}/push.sqlite3"
        if database != "sqlite":
            url = services.cluster(durable=True).new_database()
        app = create_app(
            {
                "VAR_DIR": Path(name),
                "DATABASE_URL": url,
                "PUBLIC_URL": "http://localhost",
                "PUSH_ALLOW_PRIVATE": True,
                "PUSH_CA_FILE": service.policy.ca_file,
            }
        )
        engine = app.extensions["database"].engine
        with app.app_context():
            Base.metadata.create_all(engine)
            yield app
        engine.dispose()


def people(service: Service, number: int) -> tuple[list[UUID], list[UUID]]:
    """So many people with a device each."""
    persons = [
        {
            "id": uuid7(),
            "name": f"某人{index}",
            "phone": "19900000000",
            "phone_blind": str(index),
            "password_hash": "!",
        }
        for index in range(number)
    ]
    devices = [
        {
            "id": uuid7(),
            "person_id": person["id"],
            "endpoint": target.endpoint,
            "p256dh": target.p256dh,
            "auth": target.auth,
            "device_name": "测试机",
        }
        for person, target in zip(persons, service.targets(number), strict=True)
    ]
    with transaction() as session:
        session.execute(insert(Person), persons)
        session.execute(insert(PushSubscription), devices)
    return [row["id"] for row in persons], [row["id"] for row in devices]


def left() -> int:
    """Rows that have not been delivered."""
    with reading() as session:
        open_rows = select(func.count()).where(OutboxRow.state != State.DONE)
        return session.scalar(open_rows) or 0


def worker() -> Traffic:
    """What carries pushes in a worker that has been running for a moment."""
    traffic = Traffic("push")
    traffic.enter()
    time.sleep(READY_SECONDS)
    return traffic


def everybody(database: str, number: int) -> None:
    """Seconds from the fact until the last push service has taken its message."""
    with push_service() as service, installation(database, service):
        ids, _ = people(service, number)
        traffic = worker()
        start, own = time.perf_counter(), time.process_time()
        subject = Subject(id=uuid7(), link="/today", body="和园社区")
        with transaction() as session:
            tell(session, {LINE: dict.fromkeys(ids)}, subject)
        told = time.perf_counter() - start
        while traffic.turn():
            pass
        seconds, own = time.perf_counter() - start, time.process_time() - own
        if left():
            raise RuntimeError(f"{left()} were not delivered")
        read = service.read()
        traffic.leave()
    figure(
        "push.people_5000_seconds",
        seconds,
        "s",
        db=database,
        people=number,
        decrypted=read,
        told_seconds=round(told, 2),
        cpu=round(own, 2),
    )


def resident_mb() -> float:
    """Memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


def many(database: str, number: int) -> None:
    """So many rows to 5,000 devices: seconds, and memory after a tenth and at the end."""
    with push_service() as service, installation(database, service):
        ids, devices = people(service, PEOPLE)
        fill(ids, devices, number)
        traffic, early, passed = worker(), 0.0, False
        start, own = time.perf_counter(), time.process_time()
        while traffic.turn():
            if not passed and time.perf_counter() - start > 10:
                early, passed = resident_mb(), True
        seconds, own = time.perf_counter() - start, time.process_time() - own
        late = resident_mb()
        traffic.leave()
        if left():
            raise RuntimeError(f"{left()} were not delivered")
        read = service.read()
    more = {"rows": number, "decrypted": read, "cpu": round(own, 2)}
    figure("push.rows_250k_seconds", seconds, "s", db=database, **more)
    figure("push.memory_250k", late, "MB", db=database, after_10_seconds=round(early, 1))


def fill(ids: list[UUID], devices: list[UUID], number: int) -> None:
    """Rows for as many different things as it takes, a thousand by a thousand."""
    now = clock.now()
    for start in range(0, number, len(devices)):
        items = [
            {
                "id": uuid7(),
                "person_id": person_id,
                "kind": Kind.VISIT_NEWS,
                "title": LINE.title,
                "body": "和园社区",
                "link": "/today",
                "about": uuid7(),
                "created_at": now,
            }
            for person_id in ids[: number - start]
        ]
        payloads = {
            f"push:{item['id']}": {
                "subscription_id": str(device),
                "item_id": str(item["id"]),
                "urgency": "high",
                "at_any_hour": True,
            }
            for item, device in zip(items, devices, strict=False)
        }
        with transaction() as session:
            session.connection().execute(insert(InboxItem), items)
            outbox.enqueue_all(session, "push", payloads)


def main() -> None:
    for database in DATABASES:
        everybody(database, PEOPLE)


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]]
    for each in DATABASES:
        everybody(each, asked[0] if asked else PEOPLE)
        if len(asked) > 1:
            many(each, asked[1])
