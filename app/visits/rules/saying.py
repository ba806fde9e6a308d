"""Why something is owed to a door, in words. Pure."""

from datetime import date

from app.places.rules import CARE_LEVEL_CADENCES, CARE_LEVEL_NAMES, CareLevel
from app.visits.rules.owing import Because, Due
from app.visits.rules.words import Purpose


def reason(part: Due, level: CareLevel) -> str:
    """「重点关心，每月一次，上次 10-28」"""
    if part.because is Because.CADENCE:
        last = f"上次 {_day(part.since)}" if part.since else "还没有去过"
        return f"{CARE_LEVEL_NAMES[level]}，{CARE_LEVEL_CADENCES[level]}一次，{last}"
    if part.because is Because.ASKED:
        if part.purpose is Purpose.NEW_RESIDENTS:
            return "新住户，去认识一下"
        return f"住户 {_day(part.since)} 请人去看看"
    if part.because is Because.CALL_BACK:
        return "住户报的事办完了，回个话"
    return f"{part.title}，到 {_day(part.due)} 为止"


def _day(day: date | None) -> str:
    return f"{day:%m-%d}" if day else ""
