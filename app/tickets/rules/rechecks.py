"""Random re-checks of closed tickets: which are drawn, who may do them. Pure.

From what an organisation closed in a month a share is drawn, at least one; what was rated and what
nobody rated are drawn alike. The same month draws the same tickets, whenever it is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from random import Random
from uuid import UUID


class RecheckResult(StrEnum):
    """What somebody found who neither led nor reviewed the work."""

    TRUE = "true"
    UNTRUE = "untrue"


RECHECK_RESULT_NAMES: dict[RecheckResult, str] = {
    RecheckResult.TRUE: "属实",
    RecheckResult.UNTRUE: "不属实",
}


@dataclass(frozen=True, slots=True)
class Closed:
    """One closed ticket that may be drawn."""

    id: UUID
    unrated: bool


def month_before(day: date) -> str:
    """The month before the one of a day, as "2026-10"."""
    return (day.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def draw(closed: Sequence[Closed], percent: int, seed: str) -> list[Closed]:
    """The share of these that is looked at again: of the rated and of the unrated in proportion,
    and one of each where there are two to draw."""
    if not closed:
        return []
    dice = Random(seed)  # noqa: S311 - repeatable on purpose, not a secret
    wanted = min(len(closed), max(1, ceil(len(closed) * percent / 100)))
    ordered = sorted(closed, key=lambda one: one.id)
    strata = [[one for one in ordered if one.unrated is unrated] for unrated in (True, False)]
    if wanted == 1 or not all(strata):
        return dice.sample(ordered, wanted)
    unrated, rated = strata
    share = round(wanted * len(unrated) / len(ordered))
    share = min(max(share, 1, wanted - len(rated)), wanted - 1, len(unrated))
    return dice.sample(unrated, share) + dice.sample(rated, wanted - share)
