"""Counts what is done without an account, so that a building can report and a script cannot.

Counted in the database, in a transaction of its own before the request's: all web processes see
one count, it survives a restart, and what is refused counts too. An address is kept as a keyed
digest of itself and the day, for a day.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import transaction
from app.core.keys import keys
from app.core.upsert import Upsert
from app.residents.models import DoorCount
from app.residents.refusals import DoorBusy
from app.residents.rules.floods import Counter, Limits, counters, words_for

ONE_MORE = Upsert(
    DoorCount,
    lambda insert: insert.on_conflict_do_update(
        index_elements=[DoorCount.name, DoorCount.starts_at],
        set_={"seen": DoorCount.seen + 1},
    ).returning(DoorCount.seen),
)


def count(limits: Limits, act: str, by: Mapping[str, str], phones: Sequence[object]) -> None:
    """Count an act before it is done. DoorBusy, with when to try again and whom to ring."""
    now = clock.now()
    named = {kind: blinded(name) if kind == "address" else name for kind, name in by.items()}
    raised = counters(limits, act, named, now)
    with transaction() as session:
        over = next((one for one in raised if _raise(session, one) > one.most), None)
    if over is not None:
        seconds = over.wait(now)
        raise DoorBusy(
            f"刚才报的人太多了，请过 {words_for(seconds)}再试。您写的还在。急事请直接打电话。",
            retry_after=seconds,
            phones=list(phones),
        )


def blinded(address: str) -> str:
    """An address as it is counted: nobody reads it back, and tomorrow it is another."""
    return keys().blind(f"address:{clock.today()}:{address}")[:32]


def _raise(session: Session, counter: Counter) -> int:
    row = {"name": counter.name, "starts_at": counter.starts_at, "seen": 1}
    return int(ONE_MORE.run(session, [row])[0].seen)
