"""Who sees what of a call: one table."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

FEW = 5  # statistics over fewer households are hidden (DOMAIN 6.2)


class View(StrEnum):
    """How somebody is placed towards a call; one may hold several. `company`: theirs has people in
    it; `shut_out`: they work for some property company."""

    COMMITTEE = "committee"
    SUBDISTRICT = "subdistrict"
    COMPANY = "company"
    SHUT_OUT = "shut_out"
    LEADER = "leader"
    CALLED = "called"


@dataclass(frozen=True)
class Sight:
    """What is shown. `small`: also counts of few households, and the matters that came of it;
    `names`: of everybody who comes, or else of one's own people only."""

    leads: bool = False
    board: bool = False
    small: bool = False
    names: bool = False


NOTHING_MORE = Sight()
TABLE: dict[View, Sight] = {
    View.COMMITTEE: Sight(leads=True, board=True, small=True, names=True),
    View.SUBDISTRICT: Sight(leads=True, board=True, names=True),
    View.COMPANY: Sight(board=True),
    View.SHUT_OUT: NOTHING_MORE,
    View.LEADER: NOTHING_MORE,
    View.CALLED: NOTHING_MORE,
}


def sight(views: Collection[View]) -> Sight:
    """All that these together show. A property company learns nothing of households, whatever else
    its people do."""
    seen = [TABLE[view] for view in views]
    shut = View.SHUT_OUT in views
    return Sight(
        leads=any(one.leads for one in seen),
        board=any(one.board for one in seen),
        small=any(one.small for one in seen) and not shut,
        names=any(one.names for one in seen),
    )


def sees_others(views: Collection[View]) -> bool:
    """Whether there is more to see than one's own answer."""
    return bool(set(views) - {View.CALLED, View.SHUT_OUT})
