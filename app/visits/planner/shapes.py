"""What goes into the planner and what comes out: one grid's problem, and its plan.

Dates and times are the wall clock of Asia/Shanghai; lengths are minutes; capacities are visits.
A `Slot` (date and window) is one outing: in it a crew (one person, or two who go together) calls
at some doors. Slots may overlap; nobody is in two of them at once, nor in two crews of one slot
(telephoning alone beside the crew is possible). Whatever has no defined order
here is sorted by the planner, so the order in which a caller lists things never changes a plan.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.places.rules import CareLevel, VisitWish
from app.visits.rules.windows import REST_DAYS, Slot, Window
from app.visits.rules.words import Purpose

__all__ = [
    "Block",
    "CareLevel",
    "Cost",
    "Door",
    "Fixed",
    "Help",
    "HelpKind",
    "Owed",
    "Person",
    "Placed",
    "Plan",
    "Problem",
    "Purpose",
    "Slot",
    "Stop",
    "Stopped",
    "Unplanned",
    "VisitWish",
    "Why",
    "Window",
]

VISIT_MINUTES = 20
PER_WINDOW = 5
PER_PERIOD = 40


class Stopped(Exception):
    """Somebody cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A household. `order` sorts doors as somebody walks past them (unit, floor, door).

    `windows` are all slots of the period in which it may be called at: its care level's hours on
    that kind of day, narrowed by what the residents wish. Slots that reach into the night are
    ignored. `main`, `backup` and `paired` (with its unit or building) are all who may be sent.
    """

    id: UUID
    building_id: UUID
    windows: tuple[Slot, ...]
    order: str = ""
    unit: str = ""
    floor: int | None = None
    wish: VisitWish = VisitWish.ANY  # PHONE_ONLY: one person rings up; NO_MORE_VISITS: nothing
    main: UUID | None = None
    backup: UUID | None = None
    paired: tuple[UUID, ...] = ()
    rest_until: date | None = None  # the first date on which it may be called at again
    rest_days: int = REST_DAYS  # between two stops; fewer where the cadence asks
    refused: tuple[tuple[UUID, Slot], ...] = ()  # who has said no to coming here then
    only: tuple[tuple[UUID, date, date], ...] = ()  # who is paired from some date through another


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One stop that is owed to a door, with all purposes that are merged into it.

    It may be made from `earliest` through `latest` (None: through `due`); what is made after `due`
    is late. `key` is the caller's own name for it, unique, and the same from plan to plan.
    """

    key: str
    door_id: UUID
    level: CareLevel
    earliest: date
    due: date
    latest: date | None = None
    purposes: tuple[Purpose, ...] = ()
    minutes: int = VISIT_MINUTES
    together: bool = True  # two go; a telephone call never needs two

    @property
    def last_day(self) -> date:
        """The last date on which it still makes sense."""
        return self.due if self.latest is None else max(self.due, self.latest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A volunteer. A stop is made in the time that its door's window and the `available` of all who
    go have in common, where that is long enough: a stop's slot may be shorter than the window.

    Both capacities count visits, and those that are already fixed too. `said_no`: times, in none
    of which they are available, for which they have said so themselves when they were asked.
    """

    id: UUID
    available: tuple[Slot, ...]
    said_no: tuple[Slot, ...] = ()
    per_window: int = PER_WINDOW
    per_period: int = PER_PERIOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A visit that stands and that the planner never touches: accepted, begun, or set by hand.

    It uses up its people's time and starts the door's rest. `key` names what it settles of the
    owed, if it settles any of it, and `visit_id` which visit it is.
    """

    door_id: UUID
    people: tuple[UUID, ...]
    slot: Slot
    key: str | None = None
    minutes: int = VISIT_MINUTES
    visit_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where the last plan had put an owed visit, and whether its volunteer has accepted it."""

    key: str
    people: tuple[UUID, ...]
    slot: Slot
    accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One grid and one period. `name` is for progress and messages; it decides nothing."""

    name: str
    doors: tuple[Door, ...]
    owed: tuple[Owed, ...]
    people: tuple[Person, ...]
    fixed: tuple[Fixed, ...] = ()
    last: tuple[Placed, ...] = ()
    seed: int = 0
    seconds: float = 300.0  # an emergency brake of the better plan, far above what it needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One visit of the plan. The first of `people` is asked to lead: the door's nearest person."""

    key: str
    door_id: UUID
    people: tuple[UUID, ...]
    slot: Slot
    by_phone: bool = False
    late: bool = False


class Why(StrEnum):
    """Why something that is owed is not in the plan."""

    NO_MORE_VISITS = "no_more_visits"  # the residents' wish: nothing would help, nothing should
    NOBODY = "nobody"  # nobody is paired with this door
    NO_PARTNER = "no_partner"  # one person is, and two must go
    RESTING = "resting"  # the door's rest leaves no day
    NO_WINDOW = "no_window"  # the residents' windows leave no slot between the dates
    NOBODY_FREE = "nobody_free"  # none of its people is free in any of its slots
    NOT_TOGETHER = "not_together"  # its people are free, but no two of them at the same time
    FULL = "full"  # its people could come, but all of their time or capacity is taken


class HelpKind(StrEnum):
    """What would make it possible."""

    ANOTHER_PERSON = "another_person"  # `building_id` needs one more person (a backup), or two
    ONE_MORE_WINDOW = "one_more_window"  # `person_id` free in `slot` as well
    MORE_VISITS = "more_visits"  # `person_id` takes more visits in the period, or in `slot`
    LATER = "later"  # on `slot`, after the last date that was asked for
    ASK_RESIDENTS = "ask_residents"  # other hours, agreed with the residents


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """One thing that would make something possible; only the facts that its kind names are set."""

    kind: HelpKind
    person_id: UUID | None = None
    building_id: UUID | None = None
    slot: Slot | None = None
    people: int = 1  # how many more people the building needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplanned:
    """Something owed that is not in the plan: why, and what would help, most promising first."""

    key: str
    door_id: UUID
    why: Why
    helps: tuple[Help, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a plan is judged by, the most important first; less is better in every part.

    A mended plan is judged by the `moved` parts before `not_own` (see `costs`).
    """

    overdue_high: int = 0  # visits of care level `high` not planned by their due date
    overdue_focus: int = 0  # the same for `focus`
    unplanned: int = 0  # visits of any care level not planned at all, unless residents want none
    not_own: int = 0  # one for a visit without the main person, two without the backup too
    uneven: int = 0  # visits above a person's fair share, and again above half as much more
    arrivals: int = 0  # times a crew goes to a building: outings, and further buildings in them
    moved_accepted: int = 0  # accepted visits of the last plan that are elsewhere, or nowhere, now
    moved: int = 0  # other visits of the last plan that are elsewhere, or nowhere, now


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Parts of the cost that were minimised together after all parts before them, as one weighted
    sum: what the plan has, and below what no plan that is as good in the parts before can go."""

    parts: tuple[str, ...]
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """The share of the value that is not proven to be needed."""
        return 0.0 if self.value <= self.bound else (self.value - self.bound) / self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The answer for one problem. Every owed visit is settled by a fixed one, or is a stop, or is
    unplanned. `better` is false for the greedy plan, which is shown at once and proves nothing."""

    name: str
    stops: tuple[Stop, ...]
    unplanned: tuple[Unplanned, ...]
    cost: Cost
    blocks: tuple[Block, ...] = field(default=())
    better: bool = False
    cut_short: bool = False  # the time limit struck: another run may give another plan

    @property
    def gap(self) -> float | None:
        """The proven gap: the worst of its blocks; None where nothing is proven."""
        return max((block.gap for block in self.blocks), default=None)
