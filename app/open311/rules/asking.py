"""What may be asked and said: spans of time, positions, words. Each fault in Chinese. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.core.errors import Invalid

SPAN = timedelta(days=90)
LONGEST_TEXT = 500

# The frame of China's land and islands: a position outside is a mistake of the sender.
SOUTH, NORTH, WEST, EAST = 3.0, 54.0, 73.0, 136.0


def span(start: datetime | None, end: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """From when to when requests are listed: 90 days at most, the latest if nothing is said.

    Raises Invalid for a longer or a backward span.
    """
    if start is None:
        end = end or now
        start = end - SPAN
    elif end is None:
        end = start + SPAN
    if end < start:
        raise Invalid(errors={"end_date": ["结束时间早于开始时间。"]})
    if end - start > SPAN:
        raise Invalid(errors={"end_date": [f"一次最多查 {SPAN.days} 天。"]})
    return start, end


def position_faults(lat: float | None, long: float | None) -> dict[str, list[str]]:
    """What is wrong with a position; nothing if there is none."""
    if lat is None and long is None:
        return {}
    if lat is None or long is None:
        return {"long" if long is None else "lat": ["经度和纬度要一起给。"]}
    faults = {}
    if not SOUTH <= lat <= NORTH:
        faults["lat"] = [f"纬度要在 {SOUTH:g} 到 {NORTH:g} 之间。"]
    if not WEST <= long <= EAST:
        faults["long"] = [f"经度要在 {WEST:g} 到 {EAST:g} 之间。"]
    return faults


def location_faults(said: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with where it is: the standard wants a position or an address."""
    faults = position_faults(said.get("lat"), said.get("long"))
    named = [said.get(key) for key in ("lat", "address_string", "address_id", "place")]
    if not faults and all(one is None for one in named):
        return {"address_string": ["请给出地址、地点编号或者经纬度。"]}
    return faults


def text_of(description: str | None, address: str | None, fallback: str) -> str:
    """The words of a report: the description, and an address too long for the spot.

    Raises Invalid when they are longer than a report may be.
    """
    words = (description or "").strip() or fallback
    whole = f"{words}\n地址：{address}" if address else words
    if len(whole) > LONGEST_TEXT:
        raise Invalid(errors={"description": [f"描述连同地址最多 {LONGEST_TEXT} 个字。"]})
    return whole
