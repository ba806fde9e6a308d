"""A row that kills its worker each time; real workers, started again as systemd starts them."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.core import claiming, outbox
from app.core.db import reading, transaction
from app.core.outbox import OutboxRow, State
from tests import services
from tests.kill.entry import DEADLY
from tests.kill.office import Office, Phone, office
from tests.push_receiver.server import wait_for

pytestmark = pytest.mark.kill

ROWS, POISON = 40, 20


def has_died(here: Office) -> bool:
    """Whether the worker dies; False once the row is set aside. Time passes meanwhile."""
    [worker] = here.workers
    here.clock.forward(outbox.LEASE)
    for _ in range(20):
        if wait_for(lambda: worker.poll() is not None, 3):
            here.workers.remove(worker)
            return True
        if here.count(State.DEAD):
            return False
        here.clock.forward(claiming.RESTS)
    raise AssertionError(here.open_rows())


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_it_is_set_aside_after_four_workers_and_all_others_are_done(
    tmp_path: Path, kind: str
) -> None:
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    if kind == "postgresql":
        url = services.cluster(durable=True).new_database()
    with office(tmp_path, url, None) as here:
        here.start(1)
        assert here.settled(60)
        rows = {f"{DEADLY} {index}": {"kills": index == POISON} for index in range(ROWS)}
        with transaction() as session:
            outbox.enqueue_all(session, DEADLY, rows)
        here.tell()
        deaths = 0
        while has_died(here):
            deaths += 1
            here.start(1)
        assert deaths == claiming.MOST_LOST
        assert here.settled(), here.open_rows()
        assert all(sorted(Phone(one).shown.values()) == here.told for one in here.browsers)
        with reading() as session:
            deadly = session.scalars(select(OutboxRow).where(OutboxRow.kind == DEADLY)).all()
        ended = {row.dedup_key: row.last_error for row in deadly if row.state is not State.DONE}
        assert ended == {f"{DEADLY} {POISON}": claiming.WORDS}
        assert here.stop() == [0]
