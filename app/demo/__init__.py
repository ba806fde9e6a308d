"""Demo data: invented people in the real communities of one subdistrict. Nobody here exists.

Start at `build`; the same day and seed give the same estates, people and work.
"""

from random import Random
from typing import Literal

from sqlalchemy.orm import Session

from app.demo import (
    calls,
    catalogue,
    doors,
    filters,
    hand_overs,
    hours,
    keeping,
    months,
    owed,
    paper,
    past,
    patrols,
    people,
    places,
    plans,
    repeats,
    routing,
    tickets,
    visits,
)
from app.demo.accounts import ACCOUNTS, PASSWORD, Account

__all__ = ["ACCOUNTS", "PASSWORD", "Account", "build"]

Size = Literal["community", "subdistrict", "district"]


def build(session: Session, size: str = "community", seed: int = 20261124) -> None:
    """Fill an empty database: one community in full, and for the larger sizes the places and
    committees of the whole subdistrict or district around it."""
    dice = Random(seed)
    town = places.build(session, dice, size)
    crowd = people.build(session, dice, town)
    catalogue.build(session, crowd)
    visits.build(session, dice, town, crowd)
    past.build(session, town, crowd, seed)
    tickets.build(session, dice, town, crowd)
    repeats.build(session, town, crowd)
    doors.build(session, town, crowd)
    filters.build(session, crowd)
    plans.build(session, town, crowd)
    hand_overs.build(session, town, crowd)
    keeping.build(session, crowd)
    paper.build(session, crowd)
    patrols.build(session, town, crowd)
    owed.build(session, town, crowd)
    routing.build(session, town, crowd)
    months.build(session, town, crowd)
    calls.build(session, town, crowd)
    hours.build(session, crowd)
    past.settle(session)
