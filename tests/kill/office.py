"""An installation that sends: people with a device each, another system with a webhook, workers of
either sort in processes of their own, and everything that arrives.

The test itself is the web process: it writes rows, and hints leave from it as from any other.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import time as hour
from datetime import timedelta
from pathlib import Path
from threading import Event

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app.core import clock, outbox
from app.core.db import Base, database, reading, transaction, uuid7
from app.core.outbox import OutboxRow, State
from app.factory import create_app
from app.identity.models import Person
from app.notifications.jobs import DIGEST_LINK
from app.notifications.rules.telling import Kind, Pressing, Seat, Tell
from app.notifications.service.telling import Subject, tell
from app.webhooks.rules import TRIAL, Told
from app.webhooks.service import keeping, sending
from tests.auditing import unwatched
from tests.factories import tickets
from tests.factories.identity import person
from tests.factories.notifications import subscription
from tests.kill.entry import CLAIMED, ON_WAY, main
from tests.kill.moved_clock import MovedClock
from tests.loaded import Loaded, load_also
from tests.push_receiver.certificates import TestAuthority
from tests.push_receiver.server import Answer, Browser, PushReceiver, wait_for
from tests.server import ROOT
from tests.webhooks import receiver as receivers

load_also("tests.kill.entry")
PEOPLE = 20
HELD = 14  # of them, whose push service waits with its answer while the gate is shut
NOON = hour(12)
LINE = Tell(
    Seat.REPORTER, Kind.VISIT_NEWS, "明天降温，今晚看看老人", Pressing.EMERGENCY, at_any_hour=True
)
SETTINGS = ("VAR_DIR", "DATABASE_URL", "PUSH_ALLOW_PRIVATE", "PUSH_CA_FILE")
SETTINGS += ("OUTGOING_ALLOW_PRIVATE", "CELERY_BROKER_URL")
OPEN = (State.WAITING, State.LEASED)


class Phone:
    """What one phone shows: as in the service worker, a tag replaces itself. How much is unread by
    now is the one thing in which doubles may differ."""

    def __init__(self, browser: Browser) -> None:
        self.shown: dict[str, str] = {}
        self.topics: dict[str, set[str]] = defaultdict(set)
        self.said: dict[str, set[str]] = defaultdict(set)
        self.digests: set[str] = set()
        for got in browser.got:
            message = {**json.loads(got.plain), "unread": ...}
            if message["link"] == DIGEST_LINK:
                self.digests.add(message["title"])
                continue
            self.shown[message["tag"]] = message["link"]
            self.topics[message["tag"]].add(got.headers["topic"])
            self.said[message["tag"]].add(repr(message))


class Office:
    """See the module. `start` workers before anything is delivered."""

    def __init__(
        self, app: Flask, moved: MovedClock, push: PushReceiver, other: receivers.Receiver
    ) -> None:
        self.app, self.clock, self.push, self.other = app, moved, push, other
        self.gate = Event()
        self.gate.set()
        self.workers: list[Loaded] = []
        self.logs: list[Path] = []
        self.told: list[str] = []  # links, one for each thing that everybody was told of
        self.delivered: list[str] = []  # ids of what the other system was sent
        self.browsers = [
            push.browser(Answer(held=self.gate if index < HELD else None))
            for index in range(PEOPLE)
        ]
        self.deaf = push.browser(Answer(503))  # of somebody who is not told with all the others
        other.held = self.gate
        self._settle_in()

    def _settle_in(self) -> None:
        with database().session(write=True) as session, unwatched():
            here = tickets.neighbourhood(session)
            everybody = [person(session) for _ in (*self.browsers, self.deaf)]
            for who, browser in zip(everybody, (*self.browsers, self.deaf), strict=True):
                subscription(session, who, browser.endpoint, browser.keys)
            *self.people, self.deaf_person = everybody
            self.hook = keeping.add(
                session,
                here.actors["committee"],
                name="市民热线",
                url=self.other.url(),
                kinds=list(Told),
                place_id=here.community.id,
            ).id
            session.commit()

    def start(self, number: int) -> None:
        """Start so many workers of the sort that this office has, and wait until they are ready."""
        settings = {name: self.app.config[name] for name in SETTINGS}
        hinted = ["--celery"] if self.app.config["CELERY_BROKER_URL"] else []
        words = ("worker", *hinted)
        folder = Path(self.app.config["VAR_DIR"])
        logs = [folder / f"{uuid7()}.log" for _ in range(number)]
        for log in logs:
            self.workers.append(Loaded(main, settings, *words, folder=ROOT, log=log))
        self.logs += logs
        begun = " ready." if hinted else "the worker has begun"
        assert all(wait_for(lambda log=log: begun in log.read_text(), 90) for log in logs)

    def hints(self) -> int:
        """How many hints the workers have heard."""
        return sum(log.read_text().count("a hint for the lane") for log in self.logs)

    def kill(self, worker: Loaded) -> None:
        """kill -9."""
        worker.kill()
        worker.wait()
        self.workers.remove(worker)

    def stop(self) -> list[int]:
        """The polite end of all workers; their exit codes."""
        for worker in self.workers:
            worker.terminate()
        ended = [worker.wait(timeout=30) for worker in self.workers]
        self.workers.clear()
        return ended

    def tell(self, things: int = 1, line: Tell = LINE) -> None:
        """Tell everybody of so many things, each in a transaction of its own as requests do."""
        for _ in range(things):
            self.told.append(self.tell_some(self.people, line))

    def tell_some(self, people: list[Person], line: Tell = LINE) -> str:
        """Tell only these of one thing; the link by which it is known on a phone."""
        subject = Subject(id=uuid7(), link=f"/today?{uuid7()}", body="和园社区")
        with transaction() as session:
            tell(session, {line: dict.fromkeys(who.id for who in people)}, subject)
        return subject.link

    def deliver(self, things: int) -> None:
        """Send so many things to the other system, in one transaction."""
        with transaction() as session:
            for _ in range(things):
                self.delivered.append(str(sending.enqueue(session, self.hook, TRIAL, {})))

    def shut_the_gate(self) -> None:
        """Tell so much that each worker holds messages whose answer does not come."""
        self.gate.clear()
        before = self.on_hold()
        self.tell(6)
        self.deliver(40 * len(self.workers))  # more than one batch of 32 for each
        enough = before + len(self.workers) * (ON_WAY - CLAIMED)
        assert wait_for(lambda: self.on_hold() >= enough, 30), self.on_hold() - before

    def on_hold(self) -> int:
        """How many messages have arrived and wait for their answer, now or before."""
        return sum(len(browser.got) for browser in self.browsers[:HELD])

    def count(self, *states: State) -> int:
        """Rows that are due and stand so."""
        asked = select(func.count()).where(
            OutboxRow.state.in_(states), OutboxRow.due_at <= clock.now()
        )
        with reading() as session:
            return session.scalar(asked) or 0

    def settled(self, seconds: float = 60) -> bool:
        """Whether everything that is due comes to an end in time."""
        return wait_for(self._is_settled, seconds)

    def _is_settled(self) -> bool:
        try:
            return self.count(*OPEN) == 0
        except DBAPIError:
            return False

    def open_rows(self) -> list[str]:
        """What is due and has not ended, for whoever reads a failure."""
        asked = select(OutboxRow).where(OutboxRow.state.in_(OPEN), OutboxRow.due_at <= clock.now())
        with reading() as session:
            return [
                f"{row.kind} {row.state} {row.attempts} {row.last_error}"
                for row in session.scalars(asked)
            ]

    def leases_end(self) -> None:
        """So much later that whatever a dead worker had taken is free."""
        self.clock.forward(outbox.LEASE + timedelta(seconds=1))

    def assert_all_arrived(self) -> None:
        """Every message at least once, doubles alike, shown once; nothing given up."""
        for browser in self.browsers:
            assert browser.wrong == []
            phone = Phone(browser)
            assert sorted(phone.shown.values()) == sorted(self.told)
            assert {len(topics) for topics in phone.topics.values()} <= {1}
            assert {len(said) for said in phone.said.values()} <= {1}
        bodies: dict[str, set[bytes]] = defaultdict(set)
        for headers, body in self.other.arrived:
            bodies[headers["x-honglin-delivery"]].add(body)
        assert sorted(bodies) == sorted(self.delivered)
        assert {len(said) for said in bodies.values()} <= {1}
        assert self.count(State.DEAD) == 0

    def doubles(self) -> int:
        """How many messages came more often than once."""
        rung = sum(len(each.got) for each in self.browsers) - PEOPLE * len(self.told)
        return rung + len(self.other.arrived) - len(self.delivered)


@contextmanager
def office(var: Path, url: str, broker_url: str | None) -> Iterator[Office]:
    """An empty installation on this database; its workers are killed at the end."""
    with ExitStack() as stack:
        moved = MovedClock(var / "clock")
        stack.callback(moved.close)
        moved.until(NOON)
        stack.enter_context(clock.told_by(moved))
        app = create_app(
            {
                "VAR_DIR": var,
                "DATABASE_URL": url,
                "PUBLIC_URL": "http://localhost",
                "PUSH_ALLOW_PRIVATE": True,
                "PUSH_CA_FILE": str(var / "ca.pem"),
                "OUTGOING_ALLOW_PRIVATE": True,
                "CELERY_BROKER_URL": broker_url,
            }
        )
        engine = app.extensions["database"].engine
        stack.callback(engine.dispose)
        Base.metadata.create_all(engine)
        stack.enter_context(app.app_context())
        tls = TestAuthority(var).server()
        tls.set_alpn_protocols(["http/1.1"])  # as real ones do: a client need not wait to find out
        receiver = PushReceiver(tls, now=lambda: moved().timestamp())
        push = stack.enter_context(receiver)
        made = Office(app, moved, push, stack.enter_context(receivers.receiving()))
        stack.callback(lambda: [made.kill(worker) for worker in list(made.workers)])
        yield made
