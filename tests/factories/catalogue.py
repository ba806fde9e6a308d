"""What an office says when it changes a category, a contract or the calendar."""

from typing import Any

from sqlalchemy.orm import Session

from app.core import clock, known, worker
from app.core.jobs import JobRow, JobState
from app.tickets.models import Ticket
from app.tickets.rules import CATEGORIES
from app.tickets.rules.times import TIMES
from app.tickets.service import calendar_years, recompute
from app.tickets.service import catalogue as editing
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood

KINDS = ("accept", "arrive", "contain", "resolve")


def limit(amount: int, unit: str | None, goal: str = "") -> dict[str, Any]:
    return {"amount": amount, "unit": unit, "goal": goal}


def times(code: str, **other: dict[str, Any] | None) -> dict[str, Any]:
    """The national times of a category, some of them otherwise."""
    base: dict[str, Any] = dict.fromkeys(KINDS)
    for kind, one in TIMES[code].limits().items():
        base[kind.value] = limit(one.amount, one.unit, one.goal)
    return base | other


def category(code: str, /, *, version: int = 0, **other: Any) -> dict[str, Any]:
    """A change of a category that leaves all as it is but what is said."""
    one = CATEGORIES[code]
    said = {
        "code": code,
        "version": version,
        "name": one.name,
        "lead_party": one.lead.value,
        "off": False,
        "times": times(code),
    }
    return said | other


def contract(
    organisation_id: Any, code: str, *, version: int = 0, **said: dict[str, Any]
) -> dict[str, Any]:
    """What a contract says of a category."""
    return {
        "organisation_id": organisation_id,
        "code": code,
        "version": version,
        "times": {kind: said.get(kind) for kind in KINDS},
    }


def change(session: Session, here: Neighbourhood, said: dict[str, Any]) -> int:
    return done(session, editing.change_category(session, here.actors["district"], said))


def agree(session: Session, here: Neighbourhood, said: dict[str, Any]) -> int:
    return done(session, editing.change_contract(session, here.actors["committee"], said))


def take_in(session: Session, here: Neighbourhood, text: str) -> int:
    work = calendar_years.import_year(session, here.actors["district"], 2027, text)
    moved = done(session, work) if work else 0
    session.commit()
    known.get("calendar")  # as the next request does
    return moved


def done(session: Session, work: JobRow) -> int:
    """The change is kept, and some seconds later the worker has moved the clocks: how many."""
    session.commit()
    let_work()
    session.expire_all()
    assert work.state is JobState.DONE, work.why
    return int(work.result["moved"])


def let_work() -> None:
    """Some seconds later the worker has done what was asked for."""
    with clock.frozen(clock.now() + recompute.SETTLING):
        while worker.work_once(slow=True):
            pass


def dues(session: Session, ticket: Ticket) -> dict[tuple[str, str], Any]:
    """When the running clocks of a ticket are due, by whose and which they are."""
    session.expire_all()
    return {
        (row.holder.value, row.kind.value): row.due_at for row in ticket.clocks if not row.ended_at
    }


def noise(session: Session, here: Neighbourhood) -> Ticket:
    """Given to the company now: due in three working days."""
    ticket = tickets.dispatched(session, here, category="order.noise")
    session.commit()
    return ticket


# The Spring Festival of 2027 as somebody might be told it: 5 to 12 February off, two Saturdays or
# Sundays made up.
SPRING_2027 = """日期,种类,名称
2027-01-01,放假,元旦
2027-02-05,放假,春节
2027-02-06,放假,春节
2027-02-07,放假,春节
2027-02-08,放假,春节
2027-02-09,放假,春节
2027-02-10,放假,春节
2027-02-11,放假,春节
2027-02-12,放假,春节
2027-01-31,调休上班,春节
2027-02-14,调休上班,春节
"""
