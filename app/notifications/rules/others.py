"""Who is told of what surrounds the work: topics that gather, re-checks, duty lists, and other
systems that take nothing any more."""

from collections.abc import Mapping

from app.notifications.rules.telling import Kind, Pressing, Seat, Tell
from app.tickets.rules.rechecks import RecheckResult

COMMITTEE, LEAD = Seat.COMMITTEE, Seat.LEAD
TODO, NEWS = Kind.TICKET_TODO, Kind.TICKET_NEWS
DIGEST, TODAY = Pressing.DIGEST, Pressing.TODAY

GATHERED: tuple[Tell, ...] = (Tell(COMMITTEE, NEWS, "有一类事在同一栋楼反复出现"),)
CURE: tuple[Tell, ...] = (Tell(LEAD, NEWS, "有反复出现的事，请你们来根治", DIGEST),)

FOUND: Mapping[RecheckResult, tuple[Tell, ...]] = {
    RecheckResult.TRUE: (Tell(LEAD, NEWS, "你们办的工单抽查属实"),),
    RecheckResult.UNTRUE: (
        Tell(COMMITTEE, TODO, "抽查不属实，请看看要不要再办", TODAY),
        Tell(LEAD, NEWS, "你们办的工单抽查不属实", TODAY),
    ),
}

HOLE: tuple[Tell, ...] = (Tell(LEAD, Kind.DUTY_TODO, "值班表有空当，请安排人", TODAY),)

STOPPED: tuple[Tell, ...] = (
    Tell(COMMITTEE, Kind.SYSTEM_TODO, "通知其他系统一直没成功，已经停下", DIGEST),
)
