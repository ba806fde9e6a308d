"""Hints: "this lane of the outbox has work", told to workers elsewhere once it is committed.

A hint may come twice, late or never: the rows are the truth, and every worker looks for itself too.
So nobody waits for one to be handed over: a thread of its own does that, and while the broker is
away it rests. With no broker named, as by default, no hint is ever made.
"""

import logging
import threading
import time
from collections.abc import Callable
from importlib import import_module

from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

EXTENSION = "hints"
NOTED = "honglin_hints"
REST_SECONDS = 5.0  # after the broker could not be reached
PAUSE_SECONDS = 0.02  # what comes meanwhile makes one hint for each lane

log = logging.getLogger(__name__)


class Teller:
    """Hands hints over, from whatever thread they come; made before processes part."""

    def __init__(self, send: Callable[[str], None]) -> None:
        self._send = send
        self._waiting: set[str] = set()
        self._lock = threading.Lock()
        self._some = threading.Event()
        self._thread: threading.Thread | None = None
        self._away = False

    def tell(self, lanes: set[str]) -> None:
        """Have it told that these lanes have work. Never waits, never raises."""
        with self._lock:
            self._waiting |= lanes
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="hints", daemon=True)
                self._thread.start()
        self._some.set()

    def _run(self) -> None:
        while True:
            self._some.wait()
            self._some.clear()
            with self._lock:
                lanes, self._waiting = self._waiting, set()
            time.sleep(PAUSE_SECONDS if self._told(lanes) else REST_SECONDS)

    def _told(self, lanes: set[str]) -> bool:
        try:
            for lane in sorted(lanes):
                self._send(lane)
        except Exception as broken:
            if not self._away:
                log.warning("no hints reach the broker (%s); workers look for themselves", broken)
            self._away = True
            return False
        if self._away:
            log.warning("hints reach the broker again")
        self._away = False
        return True


def note(session: Session, lane: str) -> None:
    """Tell of work in this lane once the present transaction is committed."""
    if current_app.extensions[EXTENSION] is not None:
        session.info.setdefault(NOTED, set()).add(lane)


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    if NOTED in session.info and not session.in_nested_transaction():
        teller: Teller = current_app.extensions[EXTENSION]
        teller.tell(session.info.pop(NOTED))


def prepare(app: Flask) -> None:
    """Make the teller where a broker is named; Celery is not even loaded where none is."""
    url = app.config["CELERY_BROKER_URL"]
    teller = Teller(import_module("app.core.broker").sender(url)) if url else None
    app.extensions[EXTENSION] = teller
