"""Coverage of visits: what was owed in a month, and what came of it. Pure; never of a person.

What is owed is what `app/visits/rules/owing.py` says on the first day of the month, put together to
stops. Each stop came out in exactly one of four ways, so what was owed is always their sum.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from app.places.rules import CareLevel, VisitWish
from app.reports.rules.hiding import Leaf, few, joined, tellable
from app.reports.rules.rates import months_until
from app.visits.rules import Outcome

DUE = "due"


class Came(StrEnum):
    """What came of a stop that was owed."""

    DONE = "done"
    REFUSED = "refused"
    IMPOSSIBLE = "impossible"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Fate:
    """All that decides what came of one stop: the full result that settled it, the residents'
    wish, whether nobody answered up to the last try, why nobody can be sent whatever the day,
    whether the residents' hours leave a time, whether the month's plan found nobody for it."""

    result: Outcome | None = None
    wish: VisitWish = VisitWish.ANY
    tried_out: bool = False
    nobody: bool = False
    no_time: bool = False
    unplanned: bool = False


DONE = frozenset({Outcome.OK, Outcome.ISSUE})

# The first row that fits is the one. Every stop fits the last.
TABLE: tuple[tuple[Came, Callable[[Fate], bool]], ...] = (
    (Came.DONE, lambda fate: fate.result in DONE),
    (Came.REFUSED, lambda fate: fate.result is Outcome.DECLINED),
    (Came.REFUSED, lambda fate: fate.wish is VisitWish.NO_MORE_VISITS),
    (Came.IMPOSSIBLE, lambda fate: fate.tried_out),
    (Came.IMPOSSIBLE, lambda fate: fate.nobody or fate.no_time or fate.unplanned),
    (Came.OPEN, lambda fate: True),
)


def came_of(fate: Fate) -> Came:
    """What came of a stop."""
    return next(came for came, fits in TABLE if fits(fate))


@dataclass(frozen=True)
class Word:
    """A word of the page, and exactly what it means there."""

    key: str
    name: str
    what: str


WORDS: tuple[Word, ...] = (
    Word(
        DUE,
        "该去",
        "月初那天算，这个月里该上门的次数：特别关心每周一次，重点关心每月一次，一般的半年一次；"
        "走访轮次、社区定的事、住户请人去的也算。几样并成一趟的只算一次，上月欠下的只补一次。",
    ),
    Word(
        Came.DONE.value,
        "走到了",
        "见到了，平安或有事都算。上门、楼下碰面、电话、视频、灯亮着窗帘开着，都一样算。",
    ),
    Word(
        Came.REFUSED.value,
        "婉拒",
        "住户说不用来，或者说过不再上门。志愿者自己没空不算在这里，也不记在谁头上。",
    ),
    Word(
        Came.IMPOSSIBLE.value,
        "去不成",
        "换了时段、打过电话都没人应；没有人结对，或只有一个人（要两人同去）；"
        "住户方便的钟点这个月排不出来；排过月计划，没排上人。",
    ),
    Word(Came.OPEN.value, "还没走到", "其余的：日子还没到，约好了改天，或者日子到了还没有人去。"),
)


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One stop that was owed, and what came of it."""

    door: UUID
    building: UUID
    estate: UUID
    grid: UUID | None
    level: CareLevel
    came: Came


@dataclass(frozen=True)
class Line:
    """The figures of one place and care level (None: of all levels). A hidden one is None."""

    place: UUID
    level: CareLevel | None
    counts: dict[str, int | None]


# The most useful figure first: what is told last is hidden first.
COUNTED: tuple[str, ...] = (
    DUE,
    Came.DONE.value,
    Came.OPEN.value,
    Came.IMPOSSIBLE.value,
    Came.REFUSED.value,
)
LEVELS: tuple[CareLevel | None, ...] = (None, *CareLevel)


def lines(community: UUID, stops: Sequence[Stop]) -> list[Line]:
    """What may be told of a month: a line for every place and level where something was owed.
    Where that was owed to fewer than five households, the whole line is hidden, noughts as well."""
    leaves, visits, parts = _leaves(stops)
    rows = _rows(community, parts)
    figures = [
        [leaf for leaf in some if name in (DUE, parts[leaf].came.value)]
        for _, _, some in rows
        for name in COUNTED
    ]
    told = iter(tellable(leaves, figures))
    found = []
    for place, level, some in rows:
        hidden = few(joined(leaves[leaf].doors for leaf in some))
        counts: dict[str, int | None] = {}
        for name in COUNTED:
            count = sum(visits[leaf] for leaf in some if name in (DUE, parts[leaf].came.value))
            counts[name] = count if next(told) and not hidden else None
        found.append(Line(place, level, counts))
    return found


def _leaves(stops: Sequence[Stop]) -> tuple[list[Leaf], list[int], list[Stop]]:
    """The stops that are alike in all that is asked for: their doors, their number, one of them."""
    bits = {door: 1 << nth for nth, door in enumerate(sorted({stop.door for stop in stops}))}
    alike: dict[tuple[str, ...], list[Stop]] = defaultdict(list)
    for stop in stops:
        alike[str(stop.building), str(stop.grid), stop.level, stop.came].append(stop)
    groups = {key: nth for nth, key in enumerate(sorted({key[:3] for key in alike}))}
    leaves, visits, parts = [], [], []
    for key, some in sorted(alike.items()):
        leaves.append(Leaf(groups[key[:3]], joined(bits[stop.door] for stop in some)))
        visits.append(len(some))
        parts.append(some[0])
    return leaves, visits, parts


def _rows(community: UUID, parts: Sequence[Stop]) -> list[tuple[UUID, CareLevel | None, list[int]]]:
    """Every place and level with its leaves: the community, then all levels together of grids,
    estates and buildings, then each level of them."""
    holds: dict[UUID, list[int]] = {community: list(range(len(parts)))}
    for of in (_grid, _estate, _building):
        for nth, part in sorted(enumerate(parts), key=lambda each: str(of(each[1]))):
            if (place := of(part)) is not None:
                holds.setdefault(place, []).append(nth)
    small = [(place, some) for place, some in holds.items() if place != community]
    found = [(community, level, holds[community]) for level in LEVELS]
    found += [(place, None, some) for place, some in small]
    found += [(place, level, some) for place, some in small for level in CareLevel]
    narrowed = [
        (place, level, [leaf for leaf in some if level in (None, parts[leaf].level)])
        for place, level, some in found
    ]
    return [row for row in narrowed if row[2]]


def _grid(stop: Stop) -> UUID | None:
    return stop.grid


def _estate(stop: Stop) -> UUID:
    return stop.estate


def _building(stop: Stop) -> UUID:
    return stop.building


SETTLED_ON = 4  # the day of the following month on which a month is settled: phones come late
LATE_DAYS = 14  # what is settled later than that was reckoned afterwards
KEPT_MONTHS = 13


def over(today: date) -> list[str]:
    """The months that are to be settled by a day, the latest first."""
    begins = today.replace(day=1)
    if today.day < SETTLED_ON:
        begins -= timedelta(days=1)
    return months_until(f"{begins:%Y-%m}", KEPT_MONTHS + 1)[1:]


def afterwards(month: str, settled_on: date) -> bool:
    """Whether a month was settled so late that care levels, wishes and pairings may have been
    others in it than those it was reckoned with."""
    last = date.fromisoformat(f"{month}-01") + timedelta(days=31)
    return settled_on > last + timedelta(days=LATE_DAYS)
