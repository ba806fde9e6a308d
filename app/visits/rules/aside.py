"""Which regular visits are set aside while a community answers an emergency, and for which day they
are asked anew afterwards. Pure; days are dates in Asia/Shanghai. Our own defaults [D]."""

from datetime import date, timedelta

from app.places.rules import CareLevel
from app.visits.rules.words import Purpose

WEEK = timedelta(days=7)
SAID = "社区紧急召集，常规走访先放一放"

# Whoever is looked after, and whoever asked for somebody, is not put off by an emergency.
GOES_ON = frozenset({Purpose.WELLNESS, Purpose.CALL_BACK, Purpose.ASKED})


def is_put_off(purpose: Purpose, level: CareLevel) -> bool:
    """Whether a visit waits: those to households that the call itself wants looked at do not."""
    return level is CareLevel.GENERAL and purpose not in GOES_ON


def anew_on(was: date, over: date) -> date:
    """The first day after `over` with the same day of the week, since the window was chosen for
    that; the day itself where it is still to come."""
    weeks = max(0, (over - was).days // 7 + 1)
    return was + weeks * WEEK
