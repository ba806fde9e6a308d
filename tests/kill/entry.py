"""Our command line as the tests of delivery run it: with their clock, their push service, smaller
batches, so that two workers share what is told, and patience for answers that are held back.
"""

import logging
import os
import signal
from pathlib import Path
from typing import Any

from app import cli
from app.core import broker, carrying, clock, outbox, outgoing
from app.factory import create_app
from app.notifications import transport
from app.notifications.rules import resting
from tests.kill.moved_clock import MovedClock

ON_WAY, CLAIMED = 24, 8
PATIENCE = 30  # seconds
SWEEP_SECONDS = 2.0


DEADLY = "deadly"


def deadly(job: outbox.Job) -> None:
    """Ends like a process that a library or a lack of memory ends."""
    if job.payload["kills"]:
        os.kill(os.getpid(), signal.SIGKILL)


def main(settings: dict[str, Any], *words: str) -> None:
    carrying.MOST_ON_WAY, carrying.CLAIMED = ON_WAY, CLAIMED
    resting.FEW = ON_WAY  # even of a service that has not said anything yet
    transport.MILLISECONDS, outgoing.SECONDS = PATIENCE * 1000, PATIENCE
    outbox.handles(DEADLY)(deadly)
    broker.SWEEP_SECONDS = SWEEP_SECONDS
    broker.log.setLevel(logging.DEBUG)
    with clock.told_by(MovedClock(Path(settings["VAR_DIR"]) / "clock")):
        app = create_app(settings)
        with app.app_context():
            cli.group.main(words, "honglin")
