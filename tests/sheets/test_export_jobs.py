"""Long work survives a worker that dies, is cancelled, fails in a sentence, goes after a day."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import claiming, clock, jobs, outbox
from app.core.jobs import JobRow
from app.core.outbox import OutboxRow
from app.sheets.queries import exported
from tests.clients import Client
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood

Clients = Callable[..., Client]
Work = Callable[[], bool]


@pytest.fixture
def clerk(client: Clients, here: Neighbourhood) -> Client:
    return client(here.people["committee"])


def asked(clerk: Client) -> dict[str, Any]:
    answer = clerk.post("/tickets/exports")
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_no_more_than_three_wait_at_a_time(clerk: Client) -> None:
    for _ in range(jobs.MOST_OPEN):
        asked(clerk)
    answer = clerk.post("/tickets/exports")
    assert answer.status_code == 409
    assert answer.json["code"] == "too_many_jobs"


def test_one_that_was_cancelled_is_not_done(
    session: Session, here: Neighbourhood, clerk: Client, work: Work
) -> None:
    tickets.report(session, here)
    session.commit()
    job = asked(clerk)
    assert clerk.delete(f"/tickets/exports/{job['id']}").status_code == 204
    work()
    assert clerk.get(f"/tickets/exports/{job['id']}").json["state"] == "cancelled"
    assert clerk.get(f"/tickets/exports/{job['id']}/file").status_code == 404


def test_cancelling_in_the_middle_stops_the_writing(
    monkeypatch: pytest.MonkeyPatch,
    session: Session,
    here: Neighbourhood,
    clerk: Client,
    work: Work,
) -> None:
    monkeypatch.setattr(exported, "AT_ONCE", 1)
    monkeypatch.setattr(jobs, "SAY_EVERY", 0)
    for _ in range(3):
        tickets.report(session, here)
    session.commit()
    job = asked(clerk)
    tell, told = jobs.Progress.tell, []

    def cancel(self: jobs.Progress, done: int, total: int | None = None) -> None:
        told.append(done)
        if done == 1:
            clerk.delete(f"/tickets/exports/{job['id']}")
        tell(self, done, total)

    monkeypatch.setattr(jobs.Progress, "tell", cancel)
    work()
    assert told == [0, 1]
    assert clerk.get(f"/tickets/exports/{job['id']}").json["state"] == "cancelled"
    assert not list(jobs.path_of(here.estate.id).parent.glob(f"{job['id']}*"))


def test_after_a_day_the_file_is_gone(
    client: Clients, here: Neighbourhood, clerk: Client, work: Work
) -> None:
    job = asked(clerk)
    work()
    path = f"/tickets/exports/{job['id']}"
    with tickets.later(hours=24, minutes=1):
        back = client(here.people["committee"])
        assert back.get(f"{path}/file").status_code == 404
        outbox.deliver(claiming.claim())
        assert back.get(path).status_code == 404
    assert not jobs.path_of(job["id"]).exists()


def test_a_worker_that_was_killed_leaves_the_work_to_the_next(
    session: Session, here: Neighbourhood, clerk: Client, work: Work
) -> None:
    tickets.report(session, here)
    session.commit()
    job = asked(clerk)
    [claimed] = claiming.claim(1, lane=outbox.SLOW)  # and now it dies
    assert jobs._begin(jobs.UUID(claimed.payload["job_id"])) is not None
    assert clerk.get(f"/tickets/exports/{job['id']}").json["state"] == "running"
    assert not work()
    with tickets.later(seconds=outbox.LEASE.total_seconds() + 1):
        assert work()
        assert clerk.get(f"/tickets/exports/{job['id']}").json["state"] == "done"


def test_what_dies_again_and_again_is_given_up_in_a_sentence(
    session: Session, clerk: Client, work: Work
) -> None:
    job = asked(clerk)
    for _ in range(jobs.MOST_STARTS):
        jobs._begin(jobs.UUID(job["id"]))
    work()
    now = clerk.get(f"/tickets/exports/{job['id']}").json
    assert (now["state"], now["why"]) == ("failed", jobs.GIVEN_UP)


def test_a_defect_is_said_to_who_waits_and_kept_for_the_administrator(
    monkeypatch: pytest.MonkeyPatch, session: Session, clerk: Client, work: Work
) -> None:
    def broken(*_: Any) -> int:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(exported, "count", broken)
    job = asked(clerk)
    work()
    assert clerk.get(f"/tickets/exports/{job['id']}").json["why"] == jobs.BROKEN
    row = session.scalars(select(OutboxRow).where(OutboxRow.kind == jobs.KIND)).one()
    assert row.state is outbox.State.DEAD
    assert "the disk is full" in str(row.last_error)


def test_messages_do_not_wait_for_long_work(clerk: Client) -> None:
    asked(clerk)
    assert all(one.kind != jobs.KIND for one in claiming.claim())
    assert [one.kind for one in claiming.claim(1, lane=outbox.SLOW)] == [jobs.KIND]


def test_what_lies_about_is_swept_away(session: Session, clerk: Client, work: Work) -> None:
    job = asked(clerk)
    clerk.delete(f"/tickets/exports/{job['id']}")
    with tickets.later(hours=49):
        jobs.sweep(session, clock.today())
    assert session.get(JobRow, jobs.UUID(job["id"])) is None
