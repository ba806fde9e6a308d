"""Attacks on what is told of coverage. Who attacks has every line of a month, whatever they asked
for, and even knows which counts are nought. They solve the equations: no figure over one to four
households may follow, no sum of such figures, and no such count may be the only one possible."""

from itertools import chain, combinations, product
from typing import Any
from uuid import UUID

import highspy
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from app.places.rules import CareLevel
from app.reports.rules.coverage import DUE, Came, Line, Stop, lines
from app.reports.rules.hiding import Leaf, tellable
from tests.reports.test_coverage_rules import HERE, stops

Key = tuple[UUID, UUID | None, CareLevel, Came]
SLOW = settings(deadline=None, max_examples=60)


class Attack:
    """The unknowns are the counts of each building, level and outcome that are not nought."""

    def __init__(self, all_: list[Stop]) -> None:
        self.told = lines(HERE, all_)
        self.doors: dict[Key, set[UUID]] = {}
        self.counts: dict[Key, int] = {}
        self.where: dict[Key, Stop] = {}
        for stop in all_:
            key = (stop.building, stop.grid, stop.level, stop.came)
            self.doors.setdefault(key, set()).add(stop.door)
            self.counts[key] = self.counts.get(key, 0) + 1
            self.where[key] = stop
        self.keys = sorted(self.counts, key=str)

    def of(self, line: Line, name: str) -> list[Key]:
        """The unknowns that a figure adds up."""
        return [
            key
            for key in self.keys
            if line.place in (HERE, key[0], key[1], self.where[key].estate)
            and line.level in (None, key[2])
            and name in (DUE, key[3].value)
        ]

    def vector(self, keys: Any) -> Any:
        return np.array([1.0 if key in set(keys) else 0.0 for key in self.keys])

    def equations(self) -> Any:
        told = [
            self.vector(self.of(line, name))
            for line in self.told
            for name, count in line.counts.items()
            if count is not None
        ]
        return np.array(told or [np.zeros(len(self.keys))])

    def households(self, keys: Any) -> int:
        return len(set[UUID]().union(*(self.doors[key] for key in keys)))

    def secret(self) -> list[list[Key]]:
        """The figures over too few households."""
        figures = [self.of(line, name) for line in self.told for name in line.counts]
        return [keys for keys in figures if 0 < self.households(keys) < 5]


def unseen(equations: Any) -> Any:
    """A basis of all changes that no equation notices."""
    _, sizes, rows = np.linalg.svd(equations)
    return rows[int((sizes > 1e-9).sum()) :]


def some_of(items: list[Any]) -> Any:
    return chain.from_iterable(combinations(items, size) for size in range(1, len(items) + 1))


@SLOW
@given(stops())
def test_no_hidden_figure_follows_from_all_that_is_told(all_: list[Stop]) -> None:
    attack = Attack(all_)
    if attack.keys:
        free = unseen(attack.equations())
        for keys in attack.secret():
            assert np.abs(free @ attack.vector(keys)).max(initial=0) > 1e-9, keys


@SLOW
@given(stops())
def test_no_sum_over_too_few_households_follows_either(all_: list[Stop]) -> None:
    """Subtracting filters, levels, buildings and outcomes from each other in any way: every set of
    a few buildings, levels and outcomes."""
    attack = Attack(all_)
    if not attack.keys:
        return
    free = unseen(attack.equations())
    buildings = sorted({key[0] for key in attack.keys})
    for at, levels, came in product(
        some_of(buildings), some_of(list(CareLevel)), some_of(list(Came))
    ):
        keys = [key for key in attack.keys if key[0] in at and key[2] in levels and key[3] in came]
        if 0 < attack.households(keys) < 5:
            assert np.abs(free @ attack.vector(keys)).max(initial=0) > 1e-9, (at, levels, came)


def extremes(attack: Attack, keys: list[Key]) -> tuple[float, float]:
    """The least and the most that a figure can be, in whole numbers and none below nought, if all
    that is told is true."""
    found = []
    for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        unknown = {key: solver.addVariable(0, 1000, type=highspy.HighsVarType.kInteger)
                   for key in attack.keys}  # fmt: skip
        for line in attack.told:
            for name, count in line.counts.items():
                parts = attack.of(line, name)
                if count is not None and parts:
                    solver.addConstr(sum(unknown[key] for key in parts) == count)
        goal = sum(unknown[key] for key in keys)
        if sense is highspy.ObjSense.kMinimize:
            solver.minimize(goal)
        else:
            solver.maximize(goal)
        found.append(round(solver.getInfo().objective_function_value))
    return found[0], found[1]


@settings(deadline=None, max_examples=12)
@given(stops(doors=40), some.integers(0, 10_000))
def test_no_hidden_count_is_the_only_possible_one(all_: list[Stop], which: int) -> None:
    """Counts are whole and never below nought: knowing that leaves more than one answer as well."""
    attack = Attack(all_)
    secret = attack.secret()
    for keys in secret[which % len(secret) :][:4] if secret else ():
        least, most = extremes(attack, keys)
        true = sum(attack.counts[key] for key in keys)
        assert least <= true <= most
        assert least < most, keys


def test_the_rest_of_a_row_is_not_told_by_its_total() -> None:
    """Twenty were owed, eighteen done, two declined: neither the two nor the eighteen are told."""
    leaves = [Leaf(0, (1 << 18) - 1), Leaf(0, 0b11 << 18)]
    assert tellable(leaves, [(0, 1), (0,), (1,)]) == [True, False, False]


def test_the_rest_of_a_total_is_not_told_by_the_other_buildings() -> None:
    """Of three buildings one is small: with the total told, a second one must be hidden."""
    masks = [0b11, 0b11111 << 2, 0b111111 << 7]
    leaves = [Leaf(nth, mask) for nth, mask in enumerate(masks)]
    told = tellable(leaves, [(0, 1, 2), (0,), (1,), (2,)])
    assert told[0]
    assert told.count(True) == 2
    assert not told[1]


def test_two_small_rests_that_only_add_up_to_few_are_not_told_either() -> None:
    """Two buildings of two households each: their sum is as little to be told as each of them."""
    masks = [0b11, 0b11 << 2, 0b11111 << 4, 0b11111 << 9]
    leaves = [Leaf(nth, mask) for nth, mask in enumerate(masks)]
    told = tellable(leaves, [(0, 1, 2, 3), (2,), (3,), (0,), (1,)])
    assert told == [True, True, False, False, False]


def test_what_is_nought_may_be_told_and_tells_nothing() -> None:
    leaves = [Leaf(0, 0), Leaf(0, 0b11111)]
    assert tellable(leaves, [(0, 1), (0,), (1,)]) == [True, True, True]
