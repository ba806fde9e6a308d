"""Celery, for installations that have grown: it carries hints between processes, and nothing else.

A task says which lane of the outbox has work; whoever gets it claims rows by lease, as every worker
does, and runs the same handlers. Loaded only where CELERY_BROKER_URL names a broker.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

from celery import Celery, signals
from flask import current_app
from kombu.entity import Queue

from app.core.worker import Shift

QUEUE = TASK = "honglin.work"
HINT_SECONDS = 60  # an older one says nothing that a worker has not seen for itself
HINTS_KEPT = 64  # all hints of a lane say the same
TASK_SECONDS = 60  # longer work is left to the lane's own thread
SWEEP_SECONDS = 5.0
ANSWER_SECONDS = 3
QUIET = ("celery.worker.strategy", "celery.app.trace")  # they tell of every single hint
ONCE_MORE = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}

log = logging.getLogger(__name__)


def celery_of(url: str) -> Celery:
    """An application of Celery for this broker, with no tasks yet."""
    made = Celery("honglin", broker=url, set_as_current=False)
    kept = {"x-message-ttl": HINT_SECONDS * 1000, "x-max-length": HINTS_KEPT}
    made.conf.update(
        task_queues=[Queue(QUEUE, durable=True, queue_arguments=kept)],
        task_default_queue=QUEUE,
        task_default_delivery_mode="transient",
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        worker_enable_prefetch_count_reduction=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        broker_connection_timeout=ANSWER_SECONDS,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={"confirm_publish": True},
    )
    return made


def sender(url: str) -> Callable[[str], None]:
    """Hands one hint to the broker; raises within seconds if it cannot."""
    celery = celery_of(url)

    def send(lane: str) -> None:
        celery.send_task(
            TASK,
            (lane,),
            retry=True,  # the connection of the last time may be gone
            retry_policy=ONCE_MORE,
            timeout=ANSWER_SECONDS,
            confirm_timeout=ANSWER_SECONDS,
        )

    return send


def work() -> int:
    """Be a worker that hints wake, until told to stop; the exit code. Rows of which no hint came
    (they are due later, or the broker was away) are found by looking every few seconds."""
    stop = threading.Event()
    shift = Shift(stop)
    celery = celery_of(current_app.config["CELERY_BROKER_URL"])

    def drain(lane: str) -> None:
        log.debug("a hint for the lane %s", lane)
        shift.drain(lane, TASK_SECONDS)

    def stopping(**_said: Any) -> None:
        stop.set()

    celery.task(name=TASK)(drain)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    signals.setup_logging.connect(_as_it_is, weak=False)
    signals.worker_shutting_down.connect(stopping, weak=False)
    shift.begin(SWEEP_SECONDS)
    try:
        return _serve(celery, len(shift.lanes))
    finally:
        stop.set()
        shift.end()


def _as_it_is(**_said: Any) -> None:
    """Our logging stays; Celery's would go before it."""


def _serve(celery: Celery, at_once: int) -> int:
    worker = celery.Worker(
        pool="threads",
        concurrency=at_once,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    return int(worker.exitcode or 0)
