"""What is proven of each step of the cost: below its bound no plan goes that is as good as the
best known one in all steps before."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from typing import NamedTuple

import numpy as np

from app.visits.planner.costs import STEPS
from app.visits.planner.model import INFINITY, Model, Terms
from app.visits.planner.solver import NEARLY, Brake, Columns, Relaxed, Rows

# How much one more in a step weighs against all after it.
WEIGHTS = np.array((200_000.0, 20_000.0, 2_000.0, 400.0, 100.0, 25.0, 1.0))
LAST = len(STEPS) - 1
AT_ONCE = 2  # proofs


class Look(NamedTuple):
    """What to look for a plan in."""

    rows: Rows
    upper: Columns
    costs: Columns
    enough: float  # what no plan costs less than
    most: float  # what is not worth finding
    brake: Brake
    whole: Relaxed

    def relaxed(self) -> Relaxed:
        """To begin with: the best with parts of visits allowed."""
        return Relaxed(self.rows, self.upper, self.costs, self.brake, self.whole)


class Proof:
    """Bounds of all steps. Values are those of whole plans; `least` of them is what the model knows
    nothing of. `hoped` are bounds for plans in which every step is as good as its own bound.

    All steps are solved at once, weighed, and each bound is read off with the steps after it for
    nothing: a plan that is as good as `hoped` in the steps before has not more of the sum in them.
    """

    def __init__(self, model: Model, least: Sequence[int], brake: Brake) -> None:
        self.brake = brake
        self.least = np.array(least)
        self.hoped = list(least)
        self.terms = [_terms(model, step) for step in STEPS]
        self.row = range(len(model.rows), len(model.rows) + len(STEPS))
        for terms in self.terms:
            model.at_most(terms, INFINITY)
        self.upper = np.array(model.upper)
        self.rows = Rows(model)
        self.costs = self._costs(range(len(STEPS)))
        self._known: dict[tuple[int, ...], int] = {}
        self._like: Relaxed | None = None  # what has been solved, for other proofs to begin with

    def hope(self, values: Sequence[int]) -> bool:
        """Find `hoped`, seeing that these values can be had. False where time does not allow it."""
        upper = self._wanted(values)
        self.whole = Relaxed(self.rows, upper, self.costs, self.brake)
        solved = self.whole.solve()
        for step, terms in enumerate(self.terms):
            if solved and any(upper[one] > 0 for one in terms):
                solved = self._hope(step, upper)
        if solved:
            self.value, self.duals, self._like = self.whole.value, self.whole.duals, self.whole
        return solved

    def _hope(self, step: int, upper: Columns) -> bool:
        self.whole.price(self._costs(range(step + 1)))
        if not self.whole.solve():
            return False
        value = self.whole.value
        best = (value - self._worth(self.hoped[:step])) / WEIGHTS[step]
        whole = ceil(best - self._error(value))
        self.hoped[step] = int(self.least[step]) + whole
        if step == LAST or whole <= best + NEARLY:
            return True
        # There is no part of a late visit: said as a row, that makes the steps after it exact.
        self.rows.low[self.row[step]] = whole
        self.whole = Relaxed(self.rows, upper, self.costs, self.brake, self.whole)
        return self.whole.solve()

    def look(self, values: Sequence[int], better: float = 0) -> Look:
        """For plans that weigh no more than one with these values, or are so much better."""
        upper = self._wanted(values)
        most = self._worth(values) - better
        upper[self.duals > most - self.value + self._error(self.value)] = 0
        enough = self._worth(self.hoped) + NEARLY
        return Look(self.rows, upper, self.costs, enough, most + 0.5, self.brake, self.whole)

    def prove(self, values: Sequence[int]) -> None:
        """Make the proofs of all steps now, side by side: a solver leaves other threads alone."""
        open_ = [tuple(values[:n]) for n in range(len(STEPS)) if self._is_open(values, n)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            bounds = pool.map(_bound, [self._beside(before) for before in open_])
            self._known |= dict(zip(open_, bounds, strict=True))

    def bound(self, values: Sequence[int], step: int) -> int:
        """What this step has at least in plans that are as good in all steps before."""
        before = tuple(values[:step])
        if self._is_open(values, step):
            self._known[before] = _bound(self._beside(before))
        if before == tuple(self.hoped[:step]):
            return self.hoped[step]
        return int(self.least[step]) + self._known.get(before, 0)

    def _is_open(self, values: Sequence[int], step: int) -> bool:
        """Whether it takes a proof of its own to say more than that."""
        before = tuple(values[:step])
        known = before in self._known or before == tuple(self.hoped[:step])
        return bool(self.terms[step]) and values[step] > self.least[step] and not known

    def _beside(self, before: Sequence[int]) -> Relaxed:
        step, low = len(before), self.rows.low[self.row]
        self.rows.low[self.row] = -INFINITY  # what is hoped need not be so beside worse than that
        self.rows.high[self.row[:step]] = before - self.least[:step]
        costs = self._costs([step]) / WEIGHTS[step]
        relaxed = Relaxed(self.rows, self._wanted(before), costs, self.brake, self._like)
        self.rows.low[self.row], self.rows.high[self.row] = low, INFINITY
        return relaxed

    def _worth(self, values: Sequence[int]) -> float:
        """What the first steps weigh with these values."""
        steps = len(values)
        return float(WEIGHTS[:steps] @ (values - self.least[:steps]))

    def _error(self, value: float) -> float:
        """How far off a solver may be, generously."""
        return NEARLY * max(1.0, value / 1000)

    def _costs(self, steps: Iterable[int]) -> Columns:
        costs = np.zeros(len(self.upper))
        for step in steps:
            terms = self.terms[step]
            costs[list(terms)] += WEIGHTS[step] * np.array(list(terms.values()))
        return costs

    def _wanted(self, values: Sequence[int]) -> Columns:
        """Without what counts in the first steps, as far as nothing does that could be helped."""
        upper = self.upper.copy()
        for value, least, terms in zip(values, self.least, self.terms, strict=False):
            if value > least:
                break
            upper[list(terms)] = 0
        return upper


def _bound(relaxed: Relaxed) -> int:
    return ceil(relaxed.value - NEARLY) if relaxed.solve() else 0


def _terms(model: Model, step: Sequence[str]) -> Terms:
    terms: Terms = {}
    for part in step:
        terms |= model.costs[part]
    return terms
