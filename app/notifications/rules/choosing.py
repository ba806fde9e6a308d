"""When somebody is told a line: by how pressing it is, by what they chose, and by the hour. Pure.

A choice makes a kind quieter, never louder than its line. Whoever is on duty for an emergency is
told at once, whatever they chose and whatever the hour: nobody else would go.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from app.notifications.rules.quiet import QUIET_UNTIL, is_quiet
from app.notifications.rules.telling import Kind, Pressing, Tell

QUIETEST_FIRST = (Pressing.INBOX, Pressing.DIGEST, Pressing.TODAY, Pressing.EMERGENCY)
CHOICES = (Pressing.TODAY, Pressing.DIGEST, Pressing.INBOX)
CHOICE_NAMES: Mapping[Pressing, str] = {
    Pressing.TODAY: "及时提醒",
    Pressing.DIGEST: "早晚汇总",
    Pressing.INBOX: "只放消息里",
}
DIGESTS = (QUIET_UNTIL, time(18, 0))
LONGEST_PAUSE = timedelta(days=90)


@dataclass(frozen=True)
class Choice:
    """What somebody wishes: at most how pressingly, by kind; and no ringing through which date."""

    most: Mapping[Kind, Pressing] = field(default_factory=dict)
    paused_until: date | None = None


UNCHOSEN = Choice()


@dataclass(frozen=True)
class Due:
    """How a line reaches one person; `digest_at` where it waits for a digest."""

    pressing: Pressing
    digest_at: datetime | None = None


def due(line: Tell, choice: Choice, now: datetime) -> Due:
    """How this line reaches who has chosen this, told at this local moment."""
    if line.at_any_hour:
        return Due(Pressing.EMERGENCY)
    pressing = softened(line, choice)
    if pressing is Pressing.INBOX:
        return Due(pressing)
    waits = waits_until(choice, now)
    if waits is None and pressing is Pressing.DIGEST:
        waits = next_digest(now)
    return Due(Pressing.DIGEST, waits) if waits else Due(pressing)


def softened(line: Tell, choice: Choice) -> Pressing:
    """The line's own pressing, or less by choice; an emergency stays what it is."""
    if line.pressing is Pressing.EMERGENCY:
        return line.pressing
    most = choice.most.get(line.kind, line.pressing)
    return min(line.pressing, most, key=QUIETEST_FIRST.index)


def waits_until(choice: Choice, now: datetime) -> datetime | None:
    """The digest that everything waits for at this local moment; None when nothing has to wait."""
    return pause_ends(choice, now) or (next_digest(now) if is_quiet(now) else None)


def pause_ends(choice: Choice, now: datetime) -> datetime | None:
    """The digest that comes after a pause; None where there is none at this local moment."""
    if choice.paused_until is None or now.date() > choice.paused_until:
        return None
    after = choice.paused_until + timedelta(days=1)
    return datetime.combine(after, QUIET_UNTIL, now.tzinfo)


def hushed(kind: Kind, pressing: Pressing, choice: Choice, now: datetime) -> Due | None:
    """How somebody is told instead who has chosen since they were told that nothing shall ring
    now; None where it may ring on. Not asked for what comes at any hour."""
    if ends := pause_ends(choice, now):
        return Due(Pressing.DIGEST, ends)
    most = Pressing.EMERGENCY if pressing is Pressing.EMERGENCY else choice.most.get(kind)
    if most is Pressing.DIGEST:
        return Due(most, next_digest(now))
    return Due(most) if most is Pressing.INBOX else None


def next_digest(now: datetime) -> datetime:
    """The first digest after this local moment."""
    days = (now.date(), now.date() + timedelta(days=1))
    moments = (datetime.combine(day, at, now.tzinfo) for day in days for at in DIGESTS)
    return next(moment for moment in moments if moment > now)


OF_DOORS = frozenset({Kind.CARE_TODO, Kind.VISIT_DISPUTE, Kind.VISIT_STRAY})
# All that is told of these is an emergency, which no choice softens: a pause is what helps.
NEVER_SOFTER = frozenset({Kind.CALL_TODO})


def kinds_for(*, property_only: bool, committee: bool) -> tuple[Kind, ...]:
    """The kinds that somebody can be told of and can have quieter: the property company hears
    nothing of doors."""
    left_out = set(NEVER_SOFTER)
    if property_only:
        left_out |= OF_DOORS
    if not committee:
        left_out.add(Kind.SYSTEM_TODO)
    return tuple(kind for kind in Kind if kind not in left_out)


@dataclass(frozen=True)
class Waiting:
    """What waits for one person in one digest: how many of each kind, and of emergencies."""

    kinds: Mapping[str, int]

    @property
    def title(self) -> str:
        return f"今天有 {sum(self.kinds.values())} 件事等您"

    @property
    def body(self) -> str:
        return "，".join(f"{name} {count} 件" for name, count in self.kinds.items())
