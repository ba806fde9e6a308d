"""When a door may be rung at: the default windows, the night, and rest between two visits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from app.core.calendar import WORKING, Day, DayKind
from app.places.rules import CareLevel
from app.teams.rules.windows import QUIET_FROM, QUIET_UNTIL, WINDOWS, Span
from app.teams.rules.windows import Slot as Slot
from app.teams.rules.windows import Window as Window
from app.visits.rules.words import Band, Days, Method, Outcome

AFTERNOON_FROM = time(12, 0)
EVENING_FROM = time(18, 0)
REST_DAYS = 14
OTHER_BAND_FOR = timedelta(days=14)

# How often a care level asks for a visit, in days.
CADENCE_DAYS: dict[CareLevel, int] = {
    CareLevel.HIGH: 7,
    CareLevel.FOCUS: 30,
    CareLevel.GENERAL: 182,
}

# The hours meant for older people are used for these levels first: no age is ever kept.
ELDER_HOURS_FOR = frozenset({CareLevel.HIGH, CareLevel.FOCUS})

DISTURBING = frozenset({Outcome.OK, Outcome.ISSUE, Outcome.DECLINED})


@dataclass(frozen=True)
class OpenWindow:
    """A window of a round and the days on which it is open."""

    days: Days
    window: Window


DEFAULT_WINDOWS: tuple[OpenWindow, ...] = (
    OpenWindow(Days.WEEKDAY, WINDOWS[Span.WORKDAY_EVENING]),
    OpenWindow(Days.WEEKEND, WINDOWS[Span.REST_MORNING]),
    OpenWindow(Days.WEEKEND, WINDOWS[Span.REST_AFTERNOON]),
    OpenWindow(Days.ELDER_WEEKDAY, WINDOWS[Span.WORKDAY_MORNING]),
    OpenWindow(Days.ELDER_WEEKDAY, WINDOWS[Span.WORKDAY_AFTERNOON]),
)


def window_problem(window: Window, emergency_reason: str | None = None) -> str | None:
    """Why a window may not be planned, in words; None where it may."""
    if window.start >= window.end:
        return "结束时间要晚于开始时间。"
    if emergency_reason:
        return None
    if window.start < QUIET_UNTIL or window.end > QUIET_FROM:
        return "晚上九点到早上八点半不上门。遇到紧急情况请写明原因。"
    return None


def band_of(moment: time) -> Band:
    """The time band of a moment; the night counts to the evening before it."""
    if QUIET_UNTIL <= moment < AFTERNOON_FROM:
        return Band.MORNING
    if AFTERNOON_FROM <= moment < EVENING_FROM:
        return Band.AFTERNOON
    return Band.EVENING


def usable(
    offered: Sequence[OpenWindow], kind: DayKind, care_level: CareLevel
) -> tuple[Window, ...]:
    """The windows of one day for one household, earliest first."""
    days = {Days.WEEKDAY} if kind in WORKING else {Days.WEEKEND}
    only_elder = all(one.days is Days.ELDER_WEEKDAY for one in offered)
    if kind in WORKING and (care_level in ELDER_HOURS_FOR or only_elder):
        days.add(Days.ELDER_WEEKDAY)
    return tuple(sorted({one.window for one in offered if one.days in days}))


def rest_days(care_level: CareLevel) -> int:
    """A household is not rung at twice within 14 days unless its cadence asks for it; then half of
    the cadence lies between, so that each week has days to choose from."""
    return min(REST_DAYS, CADENCE_DAYS[care_level] // 2)


def disturbs(method: Method, outcome: Outcome) -> bool:
    """Whether somebody was rung at: a signal from the window, an empty home, and a new
    appointment that the household itself asked for do not start a rest."""
    return method is not Method.OK_SIGNAL and outcome in DISTURBING


def earliest(last_contact: date | None, care_level: CareLevel) -> date | None:
    """The first date on which a household may be rung at again; None for any date."""
    if last_contact is None:
        return None
    return last_contact + timedelta(days=rest_days(care_level))


@dataclass(frozen=True)
class Liked:
    """What narrows when a door may be called at: the windows its residents like (none said: all
    that are usual), and when, and in which time band, nobody answered last."""

    spans: frozenset[Span] = frozenset()
    tried: tuple[date, Band] | None = None

    def windows(self, day: Day, care_level: CareLevel) -> tuple[Window, ...]:
        """The windows of one day. Whoever likes mornings may be called at then, elder or not."""
        if not self.spans:
            return usable(DEFAULT_WINDOWS, day.kind, care_level)
        kind = "workday" if day.works else "rest"
        return tuple(sorted(WINDOWS[span] for span in self.spans if span.startswith(kind)))


def door_slots(days: Iterable[Day], care_level: CareLevel, liked: Liked) -> tuple[Slot, ...]:
    """When a door may be called at. For a fortnight after nobody answered, not in the time band
    that was tried."""
    tried = liked.tried
    return tuple(
        Slot(day.date, window)
        for day in days
        for window in liked.windows(day, care_level)
        if tried is None
        or day.date > tried[0] + OTHER_BAND_FOR
        or band_of(window.start) != tried[1]
    )


def other_band_slots(
    days: Iterator[tuple[date, DayKind]],
    offered: Sequence[OpenWindow],
    care_level: CareLevel,
    tried: Band,
) -> Iterator[Slot]:
    """The slots of the coming days that lie in another time band than the one tried."""
    for day, kind in days:
        for window in usable(offered, kind, care_level):
            if band_of(window.start) is not tried:
                yield Slot(day, window)
