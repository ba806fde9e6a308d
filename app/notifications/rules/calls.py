"""Who is told of an emergency call, and whom that may wake.

At night only those on duty are rung. Everybody who was called is rung at night only when whoever
calls says that a life is in danger, and why; that reason is logged (DOMAIN 6.1).
"""

from collections.abc import Sequence
from dataclasses import replace

from app.notifications.rules.telling import Kind, Pressing, Seat, Tell

TODO, NEWS = Kind.CALL_TODO, Kind.CALL_NEWS
EMERGENCY, TODAY = Pressing.EMERGENCY, Pressing.TODAY
DUTY, CALLED, COMMITTEE = Seat.CALLED_DUTY, Seat.CALLED, Seat.COMMITTEE
VISITOR = Seat.VISITOR

OPENED: tuple[Tell, ...] = (
    Tell(DUTY, TODO, "紧急召集，请值班的人看看", EMERGENCY),
    Tell(CALLED, TODO, "社区紧急召集，您方便来吗？", EMERGENCY),
    Tell(COMMITTEE, NEWS, "本社区发起了紧急召集", TODAY),
)
CLOSED: tuple[Tell, ...] = (
    Tell(CALLED, NEWS, "紧急召集结束了，谢谢大家"),
    Tell(COMMITTEE, NEWS, "本社区的紧急召集结束了"),
)
CALLED_OFF: tuple[Tell, ...] = (
    Tell(CALLED, NEWS, "紧急召集撤回了，不用来", TODAY),
    Tell(COMMITTEE, NEWS, "本社区的紧急召集撤回了", TODAY),
)
SET_ASIDE: tuple[Tell, ...] = (Tell(VISITOR, NEWS, "因为紧急召集，常规走访先放一放"),)
ASKED_ANEW: tuple[Tell, ...] = (
    Tell(VISITOR, Kind.VISIT_TODO, "放下的走访，再问您方便吗？", TODAY),
)
BROUGHT_BACK: tuple[Tell, ...] = (Tell(VISITOR, NEWS, "放下的走访，照原来的日子去", TODAY),)


def woken(lines: Sequence[Tell], *, danger: bool) -> tuple[Tell, ...]:
    """The lines of a call that goes out, with whom they may ring at any hour."""
    awake = {DUTY, CALLED} if danger else {DUTY}
    return tuple(replace(line, at_any_hour=line.seat in awake) for line in lines)
