"""Which figures may be told, so that nothing can be reckoned out that covers fewer than five
households (DOMAIN.md, section 6.2): neither from totals, nor from the other figures of a row or a
column, nor by taking one filter from another. Pure.

Every figure is a sum of the same leaves, so all that is ever told of a month is one system of
equations, whoever asks for whichever part of it. Figures are taken one by one, the most useful
first; one is told only if no figure over too few households follows from it and those before. Then
we look, as somebody would who wants to know, for any set of leaves at all that covers too few and
follows. What is found is secret from then on, and the figures are taken anew. A reader who knows
which leaves are empty learns no more: those are left out of the reckoning.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from app.reports.rules.rates import TOO_FEW

PRIME = (1 << 61) - 1  # the reckoning is done modulo a prime: exact, and without fractions

Row = dict[int, int]
Set = frozenset[int]


@dataclass(frozen=True)
class Leaf:
    """The smallest thing that is counted. `doors` has a bit for each of its households; leaves of
    different `group`s share none."""

    group: int
    doors: int


def few(doors: int) -> bool:
    """Whether a set of households is too small to say anything of."""
    return 0 < doors.bit_count() < TOO_FEW


def joined(doors: Iterable[int]) -> int:
    """All these households."""
    found = 0
    for some in doors:
        found |= some
    return found


def tellable(leaves: Sequence[Leaf], figures: Sequence[Iterable[int]]) -> list[bool]:
    """For each figure whether it may be told. A figure is named by its leaves, the most useful
    figure first."""
    made = [frozenset(leaf for leaf in figure if leaves[leaf].doors) for figure in figures]
    doors = [joined(leaves[leaf].doors for leaf in figure) for figure in made]
    secrets = {figure for figure, some in zip(made, doors, strict=True) if few(some)}
    parts = _parts(leaves)
    while True:
        told = _Told(made, secrets)
        found = _following(parts, told.unseen_change()) - secrets
        if not found:
            return [told.known(number) for number in range(len(made))]
        secrets |= found


class _Told:
    """What follows from what is told: each figure less all that is known of it. A figure of which
    nothing is left is known."""

    def __init__(self, figures: Sequence[Set], secrets: Iterable[Set]) -> None:
        every = [*figures, *sorted(secrets, key=sorted)]
        self._rows: list[Row] = [dict.fromkeys(sorted(figure), 1) for figure in every]
        self._secret = range(len(figures), len(every))
        self._steps: list[tuple[int, Row]] = []
        self._holding: dict[int, set[int]] = defaultdict(set)
        for number, row in enumerate(self._rows):
            for leaf in row:
                self._holding[leaf].add(number)
        for number in range(len(figures)):
            self._tell(number)

    def known(self, number: int) -> bool:
        return not self._rows[number]

    def _tell(self, number: int) -> None:
        """Tell a figure, unless a secret would follow."""
        row = self._rows[number]
        if not row:
            return
        pivot = min(row, key=lambda leaf: (len(self._holding[leaf]), leaf))
        touched = sorted(self._holding[pivot])
        if any(one in self._secret and self._alike(one, number, pivot) for one in touched):
            return
        told = dict(row)
        self._steps.append((pivot, told))
        unit = pow(told[pivot], -1, PRIME)
        for one in touched:
            self._take_out(one, told, self._rows[one][pivot] * unit % PRIME)

    def _alike(self, one: int, other: int, pivot: int) -> bool:
        """Whether the one is a multiple of the other: then each follows from the other."""
        mine, theirs = self._rows[one], self._rows[other]
        if mine.keys() != theirs.keys():
            return False
        here, there = mine[pivot], theirs[pivot]
        return all((mine[leaf] * there - theirs[leaf] * here) % PRIME == 0 for leaf in mine)

    def _take_out(self, number: int, told: Row, times: int) -> None:
        row = self._rows[number]
        for leaf, value in told.items():
            left = (row.get(leaf, 0) - times * value) % PRIME
            if left:
                row[leaf] = left
                self._holding[leaf].add(number)
            elif leaf in row:
                del row[leaf]
                self._holding[leaf].discard(number)

    def unseen_change(self) -> dict[int, int]:
        """By how much each leaf could be another without any told figure changing: one way of
        many, drawn at random. A sum of leaves follows from what is told if its change is nought,
        and else is nought only by a chance of one in 2^61."""
        dice = Random(len(self._steps))  # noqa: S311 - nothing is kept secret by it
        pivots = {pivot for pivot, _ in self._steps}
        change = {leaf: dice.randrange(PRIME) for leaf in self._holding if leaf not in pivots}
        for pivot, told in reversed(self._steps):
            others = sum(value * change[leaf] for leaf, value in told.items() if leaf != pivot)
            change[pivot] = -others * pow(told[pivot], -1, PRIME) % PRIME
        return change


Part = tuple[Set, int]  # leaves of one group, and of how many households they are


def _parts(leaves: Sequence[Leaf]) -> list[Part]:
    """Whatever leaves of one group are of too few households. Every set of leaves that covers too
    few is made of at most four of these, of different groups."""
    groups: dict[int, list[int]] = defaultdict(list)
    for number, leaf in enumerate(leaves):
        if leaf.doors:
            groups[leaf.group].append(number)
    found = []
    for some in groups.values():
        for size in range(1, len(some) + 1):
            for chosen in combinations(some, size):
                doors = joined(leaves[leaf].doors for leaf in chosen)
                if few(doors):
                    found.append((frozenset(chosen), doors.bit_count()))
    return found


def _following(parts: Sequence[Part], change: dict[int, int]) -> set[Set]:
    """The sets over too few households that follow from what is told: those whose change is
    nought. Looked for by halves, each at most of two parts."""
    halves: dict[int, list[Part]] = defaultdict(list)
    for leaves, doors in parts:
        halves[sum(change[leaf] for leaf in leaves) % PRIME].append((leaves, doors))
    moved = [(left, part) for left, some in halves.items() for part in some]
    for (left, (mine, some)), (right, (theirs, others)) in combinations(moved, 2):
        if some + others < TOO_FEW and not mine & theirs:
            halves[(left + right) % PRIME].append((mine | theirs, some + others))
    found = {leaves for leaves, _ in halves.get(0, ())}
    for left, some_parts in halves.items():
        for mine, some in some_parts if left else ():
            for theirs, others in halves.get(PRIME - left, ()):
                if some + others < TOO_FEW and not mine & theirs:
                    found.add(mine | theirs)
    return found
