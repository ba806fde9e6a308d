"""Entries of a person's calendar, and what becomes of them when there is something else to come.

A calendar that others read must never take back silently what it has shown: an entry that says
something else gets a higher SEQUENCE (RFC 5545 §3.8.7.4), one that is gone is shown as cancelled
for a while, and what is over stays as it was. Pure.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.core.clock import LOCAL

OVER_SHOWN = timedelta(days=30)
CANCELLED_SHOWN = timedelta(days=30)


class Standing(StrEnum):
    """The STATUS of an entry: asked, agreed, called off."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Said:
    """What an entry says; moments in Asia/Shanghai, whole days from midnight to midnight. `link` is
    a path inside the app."""

    summary: str
    where: str
    text: str
    link: str
    start: datetime
    end: datetime
    standing: Standing
    whole_day: bool = False

    def as_json(self) -> dict[str, Any]:
        """For keeping."""
        kept = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return asdict(self) | kept

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Said":
        moments = {
            name: datetime.fromisoformat(kept[name]).astimezone(LOCAL) for name in ("start", "end")
        }
        return cls(**{**kept, **moments, "standing": Standing(kept["standing"])})


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it was last shown."""

    said: Said
    sequence: int
    changed_at: datetime

    def saying(self, said: Said, now: datetime) -> "Entry":
        """The same entry, saying something else."""
        return Entry(said, self.sequence + 1, now)


def changed(
    known: Mapping[str, Entry], coming: Mapping[str, Said], now: datetime
) -> dict[str, Entry]:
    """The entries that are new or say something else than before, by their keys."""
    found = {}
    for key, said in coming.items():
        before = known.get(key)
        if before is None:
            found[key] = Entry(said, 0, now)
        elif not _same(before.said, said):
            found[key] = before.saying(said, now)
    for key, before in known.items():
        if key not in coming and before.said.end > now and not _cancelled(before):
            gone = replace(before.said, standing=Standing.CANCELLED)
            found[key] = before.saying(gone, now)
    return found


def _same(one: Said, other: Said) -> bool:
    return one.as_json() == other.as_json()


def shown(entry: Entry, now: datetime) -> bool:
    """Whether an entry is still in the calendar: what is over, and what was called off, stay for
    thirty days."""
    if entry.said.end <= now - OVER_SHOWN:
        return False
    return not _cancelled(entry) or entry.changed_at > now - CANCELLED_SHOWN


def _cancelled(entry: Entry) -> bool:
    return entry.said.standing is Standing.CANCELLED
