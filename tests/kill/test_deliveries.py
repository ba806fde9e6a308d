"""Nothing that was told is lost: workers killed in mid-batch, broker and database restarted, the
clock moved over midnight. With the embedded worker and with Celery on a real RabbitMQ, two workers
each; a real push service over TLS, which decrypts.

Every message arrives at least once. Doubles are alike, so that a phone shows them once.
"""

import time
from collections.abc import Iterator
from datetime import time as hour
from pathlib import Path

import pytest
from sqlalchemy import select

from app.core import clock, duties
from app.core.db import reading
from app.core.outbox import OutboxRow, State
from app.notifications.rules.telling import TTL_SECONDS, URGENCY, Kind, Pressing, Seat, Tell
from tests import services
from tests.kill.entry import ON_WAY
from tests.kill.office import LINE, Office, Phone, office
from tests.push_receiver.server import Answer, wait_for
from tests.rabbit import rabbit

pytestmark = pytest.mark.kill

QUIET_LINE = Tell(Seat.REPORTER, Kind.VISIT_NEWS, "明天有走访", Pressing.TODAY)


def of_sorts(*sorts: str) -> pytest.MarkDecorator:
    """With which worker, and which database, a test is run."""
    return pytest.mark.parametrize("sort", sorts, indirect=True, scope="module")


every_sort = of_sorts("embedded, SQLite", "embedded, PostgreSQL", "Celery, PostgreSQL")
on_postgresql = of_sorts("embedded, PostgreSQL", "Celery, PostgreSQL")
on_celery = of_sorts("Celery, PostgreSQL")


@pytest.fixture(scope="module")
def sort(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def here(sort: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An installation with two workers, shared by the tests of one sort in the order below."""
    var: Path = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{var / 'office.sqlite3'}"
    if "PostgreSQL" in sort:
        url = services.cluster(durable=True).new_database()
    with office(var, url, rabbit().url if "Celery" in sort else None) as made:
        made.start(2)
        assert made.settled(60)
        yield made


@on_celery
def test_a_broker_that_is_away_slows_nobody_and_hints_come_again_after_it(here: Office) -> None:
    here.tell()
    assert wait_for(lambda: here.hints() > 0, 60), "no hint reached a worker"
    rabbit().stop()
    begun = time.monotonic()
    here.tell(3)
    here.deliver(5)
    assert time.monotonic() - begun < 5
    assert here.settled(), here.open_rows()
    here.assert_all_arrived()
    heard = here.hints()
    rabbit().start()

    def heard_again() -> bool:
        here.tell()
        return wait_for(lambda: here.hints() > heard, 1)

    assert wait_for(heard_again, 60)
    assert here.settled()
    here.assert_all_arrived()


@on_postgresql
def test_the_database_goes_away_in_mid_batch_and_comes_back(here: Office) -> None:
    here.shut_the_gate()
    cluster = services.cluster(durable=True)
    cluster.stop("immediate")
    here.gate.set()
    time.sleep(1)  # answers come, and nobody can write them down
    cluster.start()
    if not here.settled(30) and here.count(State.WAITING) == 0:
        here.leases_end()  # of what was being claimed in that very moment
    assert here.settled(), here.open_rows()
    here.assert_all_arrived()


def duties_of(day: str) -> list[tuple[str, State, int]]:
    """Name, state and attempts of the duties of a day."""
    with reading() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.dedup_key.endswith(f":{day}")))
        return [
            (row.payload["name"], row.state, row.attempts) for row in rows if row.kind == "duty"
        ]


@every_sort
def test_over_midnight_duties_run_once_and_quiet_hours_and_ttl_hold(here: Office) -> None:
    here.clock.until(hour(23, 59, 50))
    here.tell_some([here.deaf_person])
    here.tell_some(here.people, QUIET_LINE)
    here.tell()
    assert wait_for(lambda: here.deaf.asked > 0, 60)
    here.clock.until(hour(0, 0, 5))
    today = clock.today().isoformat()
    once = {(name, State.DONE, 1) for name in duties.DUTIES}
    assert wait_for(lambda: set(duties_of(today)) == once, 30), duties_of(today)
    assert len(duties_of(today)) == len(once)
    assert here.settled()
    here.assert_all_arrived()
    assert not any(Phone(browser).digests for browser in here.browsers)
    here.clock.until(hour(8, 31, 5))
    here.deaf.answer = Answer()
    in_the_morning = {"今天有 1 件事等您"}
    assert wait_for(lambda: all(Phone(one).digests for one in here.browsers), 30)
    assert here.settled()
    assert all(Phone(one).digests == in_the_morning for one in here.browsers)
    assert here.deaf.got == [], "it came later than its time to live"
    here.assert_all_arrived()
    told = (LINE.pressing, Pressing.DIGEST)
    ttl = {got.headers["ttl"] for browser in here.browsers for got in browser.got}
    assert ttl == {str(TTL_SECONDS[URGENCY[pressing]]) for pressing in told}


@every_sort
def test_what_a_killed_worker_had_taken_goes_to_the_other(here: Office) -> None:
    doubles = here.doubles()
    here.shut_the_gate()
    here.kill(here.workers[0])
    here.gate.set()
    assert wait_for(lambda: here.count(State.WAITING) == 0, 30)
    assert wait_for(lambda: 0 < here.count(State.LEASED) <= ON_WAY + 32, 30)
    here.leases_end()
    assert here.settled()
    here.assert_all_arrived()
    assert here.doubles() > doubles, "nothing was under way when it was killed"


@every_sort
def test_a_worker_that_is_asked_to_end_leaves_nothing_leased(here: Office) -> None:
    here.shut_the_gate()
    [last] = here.workers
    last.terminate()
    time.sleep(0.5)
    here.gate.set()
    assert last.wait(timeout=30) == 0
    here.workers.clear()
    assert here.count(State.LEASED) == 0
    assert here.count(State.WAITING) > 0, "it was to end in the middle of its work"
