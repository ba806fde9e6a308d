"""What is proven of each step of the cost: below its bound no plan goes that is as good as the
best known one in all steps before."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

import numpy as np

from app.visits.planner.costs import STEPS
from app.visits.planner.model import INFINITY, Model, Terms
from app.visits.planner.solver import NEARLY, Brake, Columns, Numbers, Relaxed, Rows

# How much one more in a step weighs against all after it, while a plan is looked for.
WEIGHTS = (200_000.0, 20_000.0, 2_000.0, 400.0, 100.0, 25.0)
BLUR = 0.02
LAST = len(STEPS) - 1


class Look(NamedTuple):
    """What to look for a plan in."""

    rows: Rows
    upper: Columns
    costs: Columns
    enough: float  # what no plan costs less than
    brake: Brake

    def blurred(self, seed: int, turn: int) -> "Look":
        """With costs that differ by a hair from turn to turn, so that another of the many plans
        that are as good is come upon; the first time with none."""
        if turn == 0:
            return self
        dice = np.random.default_rng((seed % 2**31, turn))
        return self._replace(costs=self.costs * (1 + BLUR * dice.random(len(self.costs))))


class Proof:
    """Bounds of all steps. `values` and `bounds` are those of whole plans; `least` of them is what
    the model knows nothing of."""

    def __init__(self, model: Model, least: Sequence[int], brake: Brake) -> None:
        self.brake = brake
        self.least = tuple(least)
        self.bounds = list(least)
        self.terms = [_terms(model, step) for step in STEPS]
        self.spare = [model.column(0) for _ in STEPS]
        self.row = range(len(model.rows), len(model.rows) + len(STEPS))
        for terms, spare in zip(self.terms, self.spare, strict=True):
            model.at_most(terms | {spare: -1.0}, INFINITY)
        self.upper = np.array(model.upper)
        self.rows = Rows(model)
        self._known: dict[tuple[int, ...], tuple[int, Numbers]] = {}

    def hope(self, values: Sequence[int]) -> None:
        """Bounds for the case that every step can be as good as its own bound."""
        self._walk(values, hoping=True)

    def prove(self, values: Sequence[int]) -> None:
        """Bounds beside a plan with these values."""
        self._walk(values, hoping=False)

    def look(self, values: Sequence[int]) -> Look:
        """For a better plan: steps that are proven stay as they are, others may be worse than their
        bounds at a price."""
        costs, upper = self._costs(LAST), self._allowed(values)
        for step in range(LAST):
            if not self._settled(values, step):
                upper[self.spare[step]] = np.inf
                costs[self.spare[step]] = WEIGHTS[step]
            self.rows.high[self.row[step]] = self.bounds[step] - self.least[step]
        self.rows.high[self.row[LAST]] = INFINITY
        enough = self.bounds[LAST] - self.least[LAST] + NEARLY
        return Look(self.rows, upper, costs, enough, self.brake)

    def _walk(self, values: Sequence[int], hoping: bool) -> None:
        limits: tuple[int, ...] = ()
        self.rows.high[self.row] = INFINITY
        upper = self._allowed(values)
        for step, terms in enumerate(self.terms):
            if terms and values[step] > self.least[step]:
                self.bounds[step], dear = self._bound(step, upper, limits)
                if hoping or self.bounds[step] == values[step]:
                    upper[dear] = 0
            limits += (self.bounds[step] if hoping else max(self.bounds[step], values[step]),)
            self.rows.high[self.row[step]] = limits[-1] - self.least[step]

    def _bound(self, step: int, upper: Columns, limits: tuple[int, ...]) -> tuple[int, Numbers]:
        """The bound of a step, and the columns that are too dear for plans that reach it."""
        if limits not in self._known:
            relaxed = Relaxed(self.rows, upper, self._costs(step), self.brake)
            solved = relaxed.solve()
            best = ceil(relaxed.value - NEARLY) if solved else 0
            dear = relaxed.dearer_than(best - relaxed.value) if solved else np.array([], np.int64)
            self._known[limits] = self.least[step] + best, dear
        return self._known[limits]

    def _costs(self, step: int) -> Columns:
        costs = np.zeros(len(self.upper))
        costs[list(self.terms[step])] = list(self.terms[step].values())
        return costs

    def _settled(self, values: Sequence[int], step: int) -> bool:
        """Whether this step and all before it are proven to be as good as can be."""
        return list(values[: step + 1]) == self.bounds[: step + 1]

    def _allowed(self, values: Sequence[int]) -> Columns:
        """Without columns that no plan has that is as good in the settled steps."""
        upper = self.upper.copy()
        for step, terms in enumerate(self.terms):
            if not self._settled(values, step):
                break
            if values[step] == self.least[step] and terms:
                upper[list(terms)] = 0
            elif tuple(values[:step]) in self._known:
                upper[self._known[tuple(values[:step])][1]] = 0
        return upper


def _terms(model: Model, step: Sequence[str]) -> Terms:
    terms: Terms = {}
    for part in step:
        terms |= model.costs[part]
    return terms
