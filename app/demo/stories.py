"""What becomes of the demo's tickets: each story says when, what, how far and by which way.

Nothing is written here; `tickets` tells the stories with the real services.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.core import clock
from app.demo.texts import EMERGENCIES, MATTERS, Matter
from app.tickets.rules import TicketStatus, Verb

S, V = TicketStatus, Verb
CLOSED = 106
WORK = (V.ACCEPT, V.DISPATCH, V.START)
ENDING = (V.RESOLVE, V.REVIEW, V.CLOSE)
WAYS: dict[TicketStatus, tuple[Verb, ...]] = {
    S.SUBMITTED: (),
    S.ACCEPTED: (V.ACCEPT,),
    S.DISPATCHED: WORK[:2],
    S.IN_PROGRESS: WORK,
    S.SUSPENDED: (*WORK, V.SUSPEND),
    S.RESOLVED: (*WORK, V.RESOLVE),
    S.REVIEWED: (*WORK, V.RESOLVE, V.REVIEW),
    S.CLOSED: (*WORK, *ENDING),
    S.REJECTED: (V.REJECT,),
    S.WITHDRAWN: (V.WITHDRAW,),
    S.DELIBERATING: (V.ACCEPT, V.DELIBERATE),
    S.ESCALATED: (V.ACCEPT, V.ESCALATE),
}
# Not everything goes straight: returned once, sent back by the reviewer, opened again.
DETOURS: tuple[tuple[Verb, ...], ...] = (
    (V.ACCEPT, V.DISPATCH, V.RETURN, V.DISPATCH, V.START, *ENDING),
    (*WORK, V.RESOLVE, V.SEND_BACK, *ENDING),
    (*WORK, *ENDING, V.REOPEN, *ENDING),
)
# Who has how many in which state, so that no queue of an office is empty.
UNDER_WAY: dict[TicketStatus, dict[str, int]] = {
    S.DISPATCHED: {"property": 5, "committee": 2, "social": 2, "owners0": 1},
    S.IN_PROGRESS: {"property": 6, "committee": 2, "social": 2, "owners0": 1},
    S.SUSPENDED: {"property": 2, "social": 1},
    S.RESOLVED: {"property": 5, "committee": 2, "social": 1, "owners0": 1},
    S.REVIEWED: {"property": 3, "social": 1},
}
ELSEWHERE: dict[TicketStatus, int] = {
    S.SUBMITTED: 4,
    S.ACCEPTED: 3,
    S.REJECTED: 3,
    S.WITHDRAWN: 3,
    S.DELIBERATING: 3,
    S.ESCALATED: 3,
}


@dataclass(frozen=True, kw_only=True)
class Story:
    """One ticket to be. `unrated`: the reporter stays silent and the system closes it."""

    at: datetime
    matter: Matter
    way: tuple[Verb, ...]
    unrated: bool = False
    helped: bool = False
    rests_long: bool = False


def invent(dice: Random, now: datetime) -> list[Story]:
    """All stories, in the order in which they are reported."""
    stories = [_closed(dice, now, nth) for nth in range(CLOSED)]
    stories += [_emergency(dice, now, nth, matter) for nth, matter in enumerate(EMERGENCIES)]
    for goal, counts in UNDER_WAY.items():
        for lead, count in counts.items():
            stories += [_open(dice, now, goal, lead, nth) for nth in range(count)]
    for goal, count in ELSEWHERE.items():
        stories += [_open(dice, now, goal, "property", nth) for nth in range(count)]
    return sorted(stories, key=lambda each: each.at)


def daytime(moment: datetime) -> datetime:
    """The moment itself, or the next morning when it falls into the night."""
    local = moment.astimezone(clock.LOCAL)
    if local.hour < 8:
        return local.replace(hour=8, minute=30 + local.minute // 2)
    if local.hour >= 21:
        return local.replace(hour=8, minute=30 + local.minute // 2) + timedelta(days=1)
    return moment


def _when(dice: Random, now: datetime, nearest: int, furthest: int) -> datetime:
    day = now.astimezone(clock.LOCAL) - timedelta(days=dice.randint(nearest, furthest))
    morning = day.replace(hour=8, minute=30, second=0, microsecond=0)
    return morning + timedelta(minutes=dice.randint(0, 690))


def _closed(dice: Random, now: datetime, nth: int) -> Story:
    unrated = nth % 8 == 0
    detour = nth % 9 == 4 and not unrated
    way = DETOURS[nth // 9 % len(DETOURS)] if detour else WAYS[S.CLOSED]
    return Story(
        at=_when(dice, now, 14 if unrated else 8, 60),
        matter=dice.choice(MATTERS),
        way=way[:-1] if unrated else way,
        unrated=unrated,
    )


def _emergency(dice: Random, now: datetime, nth: int, matter: Matter) -> Story:
    """It goes to the property company at once; the first is still being worked on."""
    way = (V.START,) if nth == 0 else (V.START, *ENDING)
    return Story(at=_when(dice, now, 8 * nth + 1, 8 * nth + 2), matter=matter, way=way)


def _open(dice: Random, now: datetime, goal: TicketStatus, lead: str, nth: int) -> Story:
    far = 9 if goal is S.IN_PROGRESS and nth == 0 else 4
    return Story(
        at=_when(dice, now, far - 2 if far > 4 else 1, far),
        matter=dice.choice([each for each in MATTERS if each.lead == lead]),
        way=WAYS[goal],
        helped=goal in (S.DISPATCHED, S.IN_PROGRESS) and nth == 1,
        rests_long=nth == 0,
    )
