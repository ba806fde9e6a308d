"""The better plan: counts of alike stops, the parts of the cost one after the other.

What can be proven comes from the model with parts of visits allowed; a plan comes from deciding its
outings a few at a time, the likeliest first, and where that is not near enough to what is proven,
from a search. The greedy plan stays where nothing better is found.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from app.visits.planner.alike import gather
from app.visits.planner.answer import plan_of
from app.visits.planner.costs import STEPS, by_step, cost_of
from app.visits.planner.dealing import deal
from app.visits.planner.dive import Way, dive, merge
from app.visits.planner.greedy import fill
from app.visits.planner.helps import with_helps
from app.visits.planner.ledger import Ledger
from app.visits.planner.model import Builder
from app.visits.planner.prepared import Option, Prepared, prepare
from app.visits.planner.proof import Proof
from app.visits.planner.shapes import Block, Plan, Problem
from app.visits.planner.solver import Brake, Columns

# The first dive decides a sixth of what is open at once, others a 24th, and where a plan was found
# already, partly by chance: that finds another one. A dive may also find none.
PACES = (6, 24, 24)
ENOUGH_PLANS = 2
LUCK = 0.4
NEAR_ENOUGH = 0.02


def better(problem: Problem, stop: Callable[[], bool] = lambda: False) -> Plan:
    """Plan one grid well. The same problem gives the same plan. Raises `Stopped` on `stop`."""
    prepared = prepare(problem)
    brake = Brake(problem.seconds, stop)
    choice = fill(prepared, Ledger(prepared), {})
    improver = Improver(prepared, choice, brake)
    improver.run()
    if improver.left_over:
        improver = Improver(prepared, improver.choice, brake, apart=True)
        improver.run()
    plan = plan_of(
        prepared,
        improver.choice,
        blocks=improver.blocks(),
        better=True,
        cut_short=brake.was_pulled,
    )
    return with_helps(problem, plan)


class Improver:
    """Holds the best plan so far and what is proven of it."""

    def __init__(
        self,
        prepared: Prepared,
        choice: dict[int, Option],
        brake: Brake,
        *,
        apart: bool = False,
    ) -> None:
        self.prepared, self.choice, self.brake = prepared, choice, brake
        self.left_over = False  # whether something that was counted could not be dealt out
        self.values = by_step(cost_of(prepared, choice))
        ledger = Ledger(prepared)
        self.kinds, households = gather(prepared, ledger, apart=apart)
        self.model = Builder(prepared, ledger, self.kinds).build(households)
        self.found: list[Columns] = []
        self.proof = Proof(self.model, self._least(), brake)

    def _least(self) -> tuple[int, ...]:
        """What each step has in any case, and the model knows nothing of."""
        known = {task.number for kind in self.kinds for task in kind.tasks}
        others = tuple(task for task in self.prepared.tasks if task.number not in known)
        cost = cost_of(replace(self.prepared, tasks=others), {})
        return by_step(replace(cost, uneven=0))

    def run(self) -> None:
        """Prove what can be hoped for, and look for a plan for as long as it is not near that."""
        if self.done() or not self.proof.hope(self.values):
            return
        proof, choices = self.proof, self.model.choices
        dice = np.random.default_rng((self.prepared.problem.seed + 1) % 2**31)
        for turn, pace in enumerate(PACES):
            if self.done():
                return
            if len(self.found) == ENOUGH_PLANS:
                break
            look = proof.look(self.values if turn else proof.hoped)
            way = Way(pace, LUCK if self.found else 0)
            self._take(dive(look, choices, way, dice))
        if self.found and not self.done():
            self._take(merge(proof.look(self.values, better=1), choices, self.found))

    def done(self) -> bool:
        return self.brake.pulled() or all(block.gap <= NEAR_ENOUGH for block in self._blocks())

    def blocks(self) -> tuple[Block, ...]:
        """How good the plan is in every step, and how good it could be."""
        self.proof.prove(self.values)
        return tuple(self._blocks())

    def _blocks(self) -> Iterator[Block]:
        """One by one: who sees that the first is far off asks for no proof of the others."""
        for number, (step, value) in enumerate(zip(STEPS, self.values, strict=True)):
            bound = self.proof.bound(self.values, number)
            yield Block(parts=step, value=value, bound=min(value, bound))

    def _take(self, columns: Columns | None) -> None:
        """Keep a plan that is better than the best so far."""
        if columns is None:
            return
        self.found.append(columns)
        choice, left_over = deal(self.prepared, self.kinds, self.model, columns)
        self.left_over = self.left_over or left_over
        values = by_step(cost_of(self.prepared, choice))
        if values < self.values:
            self.choice, self.values = choice, values
