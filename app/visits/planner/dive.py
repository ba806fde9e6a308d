"""A plan out of a relaxed model: outings are decided a few at a time, the likeliest first, and
everything else follows."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from app.visits.planner.solver import NEARLY, Brake, Columns, Relaxed, search


def dive(
    relaxed: Relaxed, upper: Columns, choices: Sequence[int], pace: int, brake: Brake
) -> Columns | None:
    """Whole numbers for all columns; None where the way down ends. A `pace` of six decides a sixth
    of what is undecided before it looks again."""
    every = np.array(choices)
    relaxed.restart(np.zeros(len(upper)), upper)
    if not relaxed.solve():
        return None
    while not brake.pulled():
        columns = relaxed.columns
        undecided = every[(columns[every] > NEARLY) & (columns[every] < 1 - NEARLY)]
        if not len(undecided):
            return _whole(relaxed, upper, every[columns[every] < 0.5])
        likely = undecided[np.argsort(-columns[undecided], kind="stable")]
        if not _decide(relaxed, likely[: max(1, len(likely) // pace)]):
            return None
    return None


def _decide(relaxed: Relaxed, likely: Sequence[int]) -> bool:
    """All of these happen; else the first of them; else the first does not."""
    relaxed.within(likely, 1, 1)
    if relaxed.solve():
        return True
    relaxed.within(likely[1:], 0, 1)
    if len(likely) > 1 and relaxed.solve():
        return True
    relaxed.within(likely[:1], 0, 0)
    return relaxed.solve()


def _whole(relaxed: Relaxed, upper: Columns, without: Sequence[int]) -> Columns | None:
    """The best whole numbers with these outings alone."""
    some = upper.copy()
    some[without] = 0
    return search(relaxed, some)


def polish(relaxed: Relaxed, upper: Columns, start: Columns | None) -> Columns | None:
    """A search among the outings that the relaxed model or the best plan would use at all."""
    relaxed.restart(np.zeros(len(upper)), upper)
    if not relaxed.solve():
        return None
    used = relaxed.columns > NEARLY
    if start is not None:
        used |= start > NEARLY
    some = np.where(used | np.isinf(upper), upper, 0)
    return search(relaxed, some, target=ceil(relaxed.value - NEARLY), start=start)
