"""What is proven of each step of the cost: below its bound no plan goes that is as good as the
best known one in all steps before."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from app.visits.planner.costs import STEPS
from app.visits.planner.model import INFINITY, Model, Terms
from app.visits.planner.solver import NEARLY, Columns, Relaxed

# How much one more in a step weighs against all after it, while a plan is looked for.
WEIGHTS = (200_000.0, 20_000.0, 2_000.0, 400.0, 100.0, 25.0)
LAST = len(STEPS) - 1


class Proof:
    """Bounds of all steps, from one relaxed model that is solved again and again.

    `values` and `bounds` are those of whole plans; `least` of it the model knows nothing of.
    """

    def __init__(self, model: Model, least: Sequence[int], seed: int) -> None:
        self.least = tuple(least)
        self.bounds = list(least)
        self.terms = [_terms(model, step) for step in STEPS]
        self.spare = [model.column(0) for _ in STEPS]
        self.upper = np.array(model.upper)
        self.relaxed = Relaxed(model, seed)
        self.rows = [
            self.relaxed.row(terms | {spare: -1.0}, INFINITY)
            for terms, spare in zip(self.terms, self.spare, strict=True)
        ]
        self._known: dict[tuple[int, ...], int] = {}

    def hope(self, values: Sequence[int]) -> None:
        """Bounds for the case that every step can be as good as its own bound."""
        self._walk(values, hoping=True)

    def prove(self, values: Sequence[int]) -> None:
        """Bounds beside a plan with these values."""
        self._walk(values, hoping=False)

    def ready(self, values: Sequence[int]) -> Columns:
        """Set costs and bounds for looking for a plan: steps that are proven stay as they are, the
        others may be worse than their bounds at a price. Returns what columns may be at most."""
        costs, upper = np.zeros(len(self.upper)), self._allowed(values)
        for step in range(LAST):
            if not self._settled(values, step):
                upper[self.spare[step]] = np.inf
                costs[self.spare[step]] = WEIGHTS[step]
            self.relaxed.limit(self.rows[step], self.bounds[step] - self.least[step])
        self.relaxed.limit(self.rows[LAST], INFINITY)
        costs[list(self.terms[LAST])] = list(self.terms[LAST].values())
        self.relaxed.minimise(costs)
        return upper

    def _walk(self, values: Sequence[int], hoping: bool) -> None:
        limits: list[int] = []
        for row in self.rows:
            self.relaxed.limit(row, INFINITY)
        self.relaxed.restart(np.zeros(len(self.upper)), self._allowed(values))
        for step, terms in enumerate(self.terms):
            if terms and values[step] > self.least[step]:
                self.bounds[step] = self._bound(step, tuple(limits))
            limits.append(self.bounds[step] if hoping else max(self.bounds[step], values[step]))
            self.relaxed.limit(self.rows[step], limits[-1] - self.least[step])

    def _bound(self, step: int, limits: tuple[int, ...]) -> int:
        if limits not in self._known:
            costs = np.zeros(len(self.upper))
            costs[list(self.terms[step])] = list(self.terms[step].values())
            self.relaxed.minimise(costs)
            solved = self.relaxed.solve()
            best = ceil(self.relaxed.value - NEARLY) if solved else 0
            self._known[limits] = self.least[step] + best
        return self._known[limits]

    def _settled(self, values: Sequence[int], step: int) -> bool:
        """Whether this step and all before it are proven to be as good as can be."""
        return list(values[: step + 1]) == self.bounds[: step + 1]

    def _allowed(self, values: Sequence[int]) -> Columns:
        """What costs anything in a step that is settled at nothing is not worth thinking of."""
        upper = self.upper.copy()
        for step, terms in enumerate(self.terms):
            if self._settled(values, step) and values[step] == self.least[step] and terms:
                upper[list(terms)] = 0
        return upper


def _terms(model: Model, step: Sequence[str]) -> Terms:
    terms: Terms = {}
    for part in step:
        terms |= model.costs[part]
    return terms
