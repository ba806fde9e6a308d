"""Rows that have a plain handler, carried by a few threads."""

import threading
import time
from collections.abc import Callable

import pytest
from flask import Flask, current_app

from app.core import carrying
from app.core.carrying import Ended, Pool
from app.core.clock import now
from app.core.db import uuid7
from app.core.outbox import GIVEN_BACK, GiveUp, Job, PutOff


def job(**payload: object) -> Job:
    return Job(uuid7(), "test", payload, 1, now())


def all_of(pool: Pool, number: int, seconds: float = 10) -> list[Ended]:
    ended: list[Ended] = []
    until = time.monotonic() + seconds
    while len(ended) < number:
        assert time.monotonic() < until, ended
        ended += pool.turn(0.05)
    return ended


def pool_of(handler: Callable[[Job], None], threads: int = 2) -> Pool:
    return Pool(handler, threads)


def test_each_ends_as_its_handler_says(app: Flask) -> None:
    def handle(one: Job) -> None:
        assert current_app.name == app.name
        if one.payload.get("end"):
            raise GiveUp("never")

    good, bad = job(), job(end=True)
    pool = pool_of(handle)
    assert pool.begin([good, bad]) == []
    ended = {one.job.id: one.failed for one in all_of(pool, 2)}
    assert ended[good.id] is None
    assert isinstance(ended[bad.id], GiveUp)


def test_one_that_hangs_lets_the_others_pass(app: Flask) -> None:
    free = threading.Event()

    def handle(one: Job) -> None:
        if one.payload.get("hang"):
            free.wait(20)

    slow, quick = job(hang=True), [job() for _ in range(5)]
    pool = pool_of(handle)
    pool.begin([slow, *quick])
    assert {one.job.id for one in all_of(pool, 5)} == {one.id for one in quick}
    free.set()
    assert all_of(pool, 1)[0].job.id == slow.id


def test_what_could_not_begin_in_time_goes_back_untried(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "WAITS_SECONDS", -1.0)
    done: list[Job] = []
    pool = pool_of(done.append)
    pool.begin([job()])
    assert isinstance(all_of(pool, 1)[0].failed, PutOff)
    assert done == []


def test_a_worker_that_ends_gives_back_what_has_not_begun(app: Flask) -> None:
    free = threading.Event()
    begun = threading.Event()

    def handle(_: Job) -> None:
        begun.set()
        free.wait(20)

    pool = pool_of(handle, threads=1)
    first, second = job(), job()
    pool.begin([first, second])
    assert begun.wait(5)
    back = pool.leave()
    assert [(one.job.id, one.failed) for one in back] == [(second.id, GIVEN_BACK)]
    free.set()
    assert [one.job.id for one in all_of(pool, 1)] == [first.id]
