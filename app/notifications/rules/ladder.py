"""The ladder: what is done about an item that nobody has read, step after step. Pure.

The inbox and Web Push come at once and are no steps here. What a step needs and when it comes is
the table `LADDER`; its times are in `Times`, which an installation may set.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from app.notifications.rules.quiet import QUIET_FROM, may_ring_at
from app.notifications.rules.telling import Kind, Pressing, Seat, Tell


class Way(StrEnum):
    """By what something reaches somebody."""

    INBOX = "inbox"
    PUSH = "push"
    OWN = "own"
    SMS = "sms"
    CALL = "call"


WAY_NAMES: Mapping[Way, str] = {
    Way.INBOX: "消息",
    Way.PUSH: "手机提醒",
    Way.OWN: "自己加的方式",
    Way.SMS: "短信",
    Way.CALL: "值班的人打电话",
}


class Step(StrEnum):
    """A step above push. The call list of the duty screen is the last: `Times.call`."""

    OWN = "own"
    SMS = "sms"


@dataclass(frozen=True)
class Times:
    """How long the step before has: from the moment at which the item could first ring."""

    own: timedelta = timedelta(minutes=2)
    sms: timedelta = timedelta(minutes=5)
    call: timedelta = timedelta(minutes=5)
    own_today: timedelta = timedelta(hours=4)


LADDER: Mapping[Pressing, tuple[Step, ...]] = {
    Pressing.EMERGENCY: (Step.OWN, Step.SMS),
    Pressing.TODAY: (Step.OWN,),
    Pressing.DIGEST: (Step.OWN,),  # at once, and only where no device works (`jobs_digests`)
}
# What may wait until the evening is said by half past eight, or the next day.
EVENING = time(20, 30)
LEAST_AHEAD = timedelta(minutes=30)
# A message that could not leave for so long is no help any more.
LASTS = timedelta(hours=4)


@dataclass(frozen=True)
class Chain:
    """One item that somebody was told of: when (local), how pressing, and whether at night too."""

    pressing: Pressing
    begun: datetime
    at_any_hour: bool = False


@dataclass(frozen=True)
class Next:
    """The next step and its moment (local); after `until` it is no use any more."""

    step: Step
    at: datetime
    until: datetime


def next_step(
    chain: Chain,
    ways: Collection[Step],
    taken: Collection[Step],
    acknowledged: datetime | None,
    times: Times,
) -> Next | None:
    """What comes next; nothing once somebody has read the item, or no way is left. `ways` are the
    steps that this person and this installation have."""
    if acknowledged is not None:
        return None
    for step in LADDER.get(chain.pressing, ()):
        if step in ways and step not in taken:
            at = _moment(chain, step, times)
            return Next(step, at, _until(chain, at))
    return None


def _moment(chain: Chain, step: Step, times: Times) -> datetime:
    first = may_ring_at(chain.begun, at_any_hour=chain.at_any_hour)
    if chain.pressing is Pressing.DIGEST:
        return first
    if chain.pressing is Pressing.TODAY:
        return _within_the_day(first, times.own_today)
    after = {Step.OWN: times.own, Step.SMS: times.sms}[step]
    return may_ring_at(first + after, at_any_hour=chain.at_any_hour)


def _within_the_day(first: datetime, after: timedelta) -> datetime:
    """So long after, but not later than the evening; where that is too soon, the next morning."""
    evening = datetime.combine(first.date(), EVENING, first.tzinfo)
    at = min(first + after, evening)
    if at < min(first + LEAST_AHEAD, first + after):
        tonight = datetime.combine(first.date(), QUIET_FROM, first.tzinfo)
        return may_ring_at(tonight, at_any_hour=False)
    return at


def _until(chain: Chain, at: datetime) -> datetime:
    """Four hours, and at night only what comes at any hour."""
    if chain.at_any_hour:
        return at + LASTS
    return min(at + LASTS, datetime.combine(at.date(), QUIET_FROM, at.tzinfo))


def ways_of(line: Tell, *, texts: bool) -> tuple[Way, ...]:
    """By what a line reaches somebody who has all of it, in the order in which it is tried.
    `texts`: whether this installation sends text messages."""
    steps = [step for step in LADDER.get(line.pressing, ()) if texts or step is not Step.SMS]
    called = line.pressing is Pressing.EMERGENCY and line.kind is Kind.TICKET_TODO
    return (
        Way.INBOX,
        *([Way.PUSH] if line.rings else []),
        *(Way(step) for step in steps),
        *([Way.CALL] if called and line.seat in (Seat.LEAD, Seat.DUTY) else []),
    )
