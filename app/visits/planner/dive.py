"""A plan out of a relaxed model: outings are decided a few at a time, the likeliest first, and
everything else follows."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from app.visits.planner.proof import Look
from app.visits.planner.solver import NEARLY, Columns, Numbers, Relaxed, Wish, search

Dice = np.random.Generator


class Way(NamedTuple):
    """How to go down: a `pace` of six decides a sixth of what is undecided before it looks again;
    with `luck`, what is a little likelier may come after what is not."""

    pace: int
    luck: float


def dive(look: Look, choices: Sequence[int], way: Way, dice: Dice) -> Columns | None:
    """Whole numbers for all columns; None where the way down ends."""
    every = np.array([one for one in choices if look.upper[one] > 0], np.int64)
    relaxed = look.relaxed()
    if not relaxed.solve():
        return None
    while not look.brake.pulled():
        columns = relaxed.columns
        undecided = every[(columns[every] > NEARLY) & (columns[every] < 1 - NEARLY)]
        if not len(undecided):
            return _settle(look, every, columns)
        luck = way.luck * dice.random(len(undecided)) if way.luck else 0
        likely = undecided[np.argsort(-columns[undecided] - luck, kind="stable")]
        if not _decide(relaxed, likely[: max(1, len(likely) // way.pace)]):
            return None
    return None


def _decide(relaxed: Relaxed, likely: Numbers) -> bool:
    """All of these happen; else the first of them; else the first does not."""
    relaxed.within(likely, 1, 1)
    if relaxed.solve():
        return True
    relaxed.within(likely[1:], 0, 1)
    if len(likely) > 1 and relaxed.solve():
        return True
    relaxed.within(likely[:1], 0, 0)
    return relaxed.solve()


def merge(look: Look, choices: Sequence[int], found: Sequence[Columns]) -> Columns | None:
    """The best of all that can be put together from the outings of several plans. Only outings are
    searched through; parts of visits are put right afterwards, which costs next to nothing."""
    every = np.array(choices)
    some = look.upper.copy()
    some[every[sum(columns[every] for columns in found) < 0.5]] = 0
    columns = search(look.rows, some, look.costs, look.brake, Wish(every, look.enough, look.most))
    return None if columns is None else _settle(look, every, columns)


def _settle(look: Look, every: Numbers, columns: Columns) -> Columns | None:
    """Whole visits in outings that are decided: of those that there is a part of, if these do."""
    some = look.upper.copy()
    some[every[columns[every] < 0.5]] = 0
    wish = Wish(np.arange(len(some)))
    near = np.where(columns > NEARLY, some, 0)
    found = search(look.rows, near, look.costs, look.brake, wish)
    return found if found is not None else search(look.rows, some, look.costs, look.brake, wish)
