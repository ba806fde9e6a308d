"""How long things may take: the national table, by category. What a district and a company's
contract put before it is in `catalogue.py`, the one door to all of it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.tickets.rules.worktime import HOURS_A_DAY, Pace


class Unit(StrEnum):
    """In what a time is said. Minutes and hours are of the clock, day and night."""

    MINUTE = "min"
    HOUR = "h"
    WORK_HOUR = "wh"
    WORK_DAY = "wd"


UNIT_NAMES: dict[Unit, str] = {
    Unit.MINUTE: "分钟",
    Unit.HOUR: "小时",
    Unit.WORK_HOUR: "个工作小时",
    Unit.WORK_DAY: "个工作日",
}


class ClockKind(StrEnum):
    """What has to be done in time."""

    ACCEPT = "accept"
    ARRIVE = "arrive"
    CONTAIN = "contain"
    RESOLVE = "resolve"


CLOCK_NAMES: dict[ClockKind, str] = {
    ClockKind.ACCEPT: "接单",
    ClockKind.ARRIVE: "到场",
    ClockKind.CONTAIN: "控制住",
    ClockKind.RESOLVE: "办结",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A time, and what has to be so by then where that is not plain. Without a unit it is a word
    only: nothing runs. `by` says whose time it is where it is not simply the category's."""

    amount: int
    unit: Unit | None
    goal: str = ""
    by: str = ""

    @property
    def pace(self) -> Pace:
        return Pace.WORK if self.unit in (Unit.WORK_HOUR, Unit.WORK_DAY) else Pace.CLOCK

    @property
    def length(self) -> timedelta:
        """How much of its pace's time it is."""
        hours = {Unit.MINUTE: 1 / 60, Unit.WORK_DAY: HOURS_A_DAY}
        return timedelta(hours=self.amount * hours.get(self.unit or Unit.HOUR, 1))

    def __str__(self) -> str:
        return f"{self.amount} {UNIT_NAMES[self.unit]}" if self.unit else self.goal


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one category. `contain` is a first step on the way to the end."""

    accept: Limit
    arrive: Limit | None
    resolve: Limit
    contain: Limit | None = None

    def limits(self) -> dict[ClockKind, Limit]:
        """What is set, in the order in which it falls due."""
        by_kind = {
            ClockKind.ACCEPT: self.accept,
            ClockKind.ARRIVE: self.arrive,
            ClockKind.CONTAIN: self.contain,
            ClockKind.RESOLVE: self.resolve,
        }
        return {kind: limit for kind, limit in by_kind.items() if limit is not None}


def minutes(amount: int, goal: str = "") -> Limit:
    return Limit(amount, Unit.MINUTE, goal)


def hours(amount: int, goal: str = "") -> Limit:
    return Limit(amount, Unit.HOUR, goal)


def wh(amount: int, goal: str = "") -> Limit:
    return Limit(amount, Unit.WORK_HOUR, goal)


def wd(amount: int, goal: str = "") -> Limit:
    return Limit(amount, Unit.WORK_DAY, goal)


def only(words: str) -> Limit:
    return Limit(0, None, words)


# accept, arrive, resolve
TIMES: dict[str, Times] = {
    "emergency.lift_entrapment": Times(minutes(5), minutes(15), hours(2, "人救出来")),
    "emergency.gas_fire": Times(minutes(5), minutes(5), only("移交消防或燃气公司")),
    "emergency.burst_flood": Times(minutes(5), minutes(15), hours(24, "修好"), hours(2, "止住水")),
    "emergency.falling_hazard": Times(minutes(10), minutes(15), wd(7, "修好"), hours(2, "围挡好")),
    "emergency.person_safety": Times(minutes(5), minutes(15), only("见到本人")),
    "facility.lift": Times(hours(1), hours(1), hours(24)),
    "facility.water_drain": Times(hours(1), hours(2), hours(24)),
    "facility.power_lighting": Times(wh(4), wd(1), hours(48)),
    "facility.access_gate": Times(wh(4), wd(1), wd(2)),
    "facility.fire_equipment": Times(hours(1), hours(2), wd(2)),
    "facility.building_fabric": Times(wd(1), wd(2), wd(5, "拿出方案")),
    "facility.road_site": Times(wh(4), wd(1), wd(3)),
    "home.repair": Times(minutes(30), only("和住户约好时间"), wd(2)),
    "environment.cleaning": Times(wh(4), None, wd(1)),
    "environment.waste": Times(wh(4), None, wd(1)),
    "environment.green": Times(wh(4), None, wd(3)),
    "environment.pest": Times(wh(4), None, wd(3)),
    "order.fire_lane": Times(wh(2), wh(4), wd(1)),
    "order.ebike_wire": Times(wh(2), wh(4), wd(1)),
    "order.clutter": Times(wh(2), wh(4), wd(1)),
    "order.parking": Times(wh(4), None, wd(3)),
    "order.noise": Times(wh(4), None, wd(3)),
    "order.pet": Times(wh(4), None, wd(3)),
    "violation.illegal_build": Times(wh(4), wd(1), hours(24, "上报")),
    "violation.group_rent": Times(wh(4), wd(1), hours(24, "上报")),
    "violation.load_wall": Times(wh(4), wd(1), hours(24, "上报")),
    "property_service.attitude": Times(wd(1), None, wd(5)),
    "property_service.fee": Times(wd(1), None, wd(5)),
    "property_service.disclosure": Times(wd(1), None, wd(5)),
    "owners.fund": Times(wd(1), None, wd(5, "答复")),
    "owners.committee": Times(wd(1), None, wd(5, "答复")),
    "owners.contract": Times(wd(1), None, wd(5, "答复")),
    "neighbour.mediation": Times(wd(1), None, wd(5)),
    "care.need": Times(wh(4), None, wd(3)),
    "volunteer.help": Times(only("志愿者答应"), None, only("按约好的时间")),
    "inquiry": Times(wd(1), None, wd(3)),
    "suggestion": Times(wd(1), None, wd(5)),
}

# Where nobody can be held to a time, the community's desk still passes it on within a day.
DESK_DEFAULT = wd(1)
_OF_WORK = {Unit.MINUTE: "个工作分钟", Unit.HOUR: "个工作小时"}


@dataclass(frozen=True, slots=True)
class DeskLimit(Limit):
    """A time of the community's desk, which keeps office hours except for emergencies."""

    @property
    def pace(self) -> Pace:
        return Pace.WORK

    def __str__(self) -> str:
        said = _OF_WORK.get(self.unit or Unit.HOUR)
        return f"{self.amount} {said}" if said else Limit.__str__(self)


def at_the_desk(accept: Limit, emergency: bool) -> Limit:
    """How soon the community passes a report on: the category's own time to accept."""
    if emergency:
        return accept
    limit = accept if accept.unit else DESK_DEFAULT
    return DeskLimit(limit.amount, limit.unit)
