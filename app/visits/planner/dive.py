"""A plan out of a relaxed model: outings are decided a few at a time, the likeliest first, and
everything else follows."""

from collections.abc import Sequence

import numpy as np

from app.visits.planner.proof import Look
from app.visits.planner.solver import NEARLY, Columns, Numbers, Relaxed, search


def dive(look: Look, choices: Sequence[int], pace: int) -> Columns | None:
    """Whole numbers for all columns; None where the way down ends. A `pace` of six decides a sixth
    of what is undecided before it looks again."""
    every = np.array([one for one in choices if look.upper[one] > 0], np.int64)
    relaxed = Relaxed(look.rows, look.upper, look.costs, look.brake)
    if not relaxed.solve():
        return None
    while not look.brake.pulled():
        columns = relaxed.columns
        undecided = every[(columns[every] > NEARLY) & (columns[every] < 1 - NEARLY)]
        if not len(undecided):
            some = look.upper.copy()
            some[every[columns[every] < 0.5]] = 0
            return search(look.rows, some, look.costs, look.brake)
        likely = undecided[np.argsort(-columns[undecided], kind="stable")]
        if not _decide(relaxed, likely[: max(1, len(likely) // pace)]):
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
    """The best of all that can be put together from the outings of several plans."""
    some = look.upper.copy()
    every = np.array(choices)
    some[every[sum(columns[every] for columns in found) < 0.5]] = 0
    return search(look.rows, some, look.costs, look.brake, look.enough)
