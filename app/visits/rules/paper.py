"""Round sheets on paper: their codes, which visits share one, how long one is kept. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from app.visits.rules.record import LATE_BY_DAYS

CODE_DIGITS = 8  # the last one checks the others
MOST_DAYS = 14
KEPT_DAYS = 2 * LATE_BY_DAYS  # what is on it can be entered for half of that


class SheetKind(StrEnum):
    """What one sheet of paper holds."""

    OUTING = "outing"
    BUILDING = "building"


SHEET_KIND_NAMES: dict[SheetKind, str] = {
    SheetKind.OUTING: "一人一天一张",
    SheetKind.BUILDING: "一栋楼一周一张",
}


@dataclass(frozen=True)
class Asked:
    """One visit, as far as it matters on which sheet it stands."""

    visit_id: UUID
    person_id: UUID
    building_id: UUID
    on: date


@dataclass(frozen=True, order=True)
class Heading:
    """What a sheet is for: a person's outing, or a building's week."""

    first_on: date
    last_on: date
    whose: UUID  # the person, or the building


def heading_of(kind: SheetKind, asked: Asked) -> Heading:
    """The sheet on which a visit stands."""
    if kind is SheetKind.OUTING:
        return Heading(asked.on, asked.on, asked.person_id)
    monday = asked.on - timedelta(days=asked.on.weekday())
    return Heading(monday, monday + timedelta(days=6), asked.building_id)


def sheets_of(kind: SheetKind, visits: Iterable[Asked]) -> dict[Heading, list[UUID]]:
    """The visits of each sheet, in the order in which they came: that of stairs and floors."""
    sheets: dict[Heading, list[UUID]] = {}
    for asked in visits:
        sheets.setdefault(heading_of(kind, asked), []).append(asked.visit_id)
    return sheets


def code_of(number: int) -> str:
    """A sheet's code: seven digits and one that checks them: a slip finds no other sheet."""
    digits = f"{number % 10 ** (CODE_DIGITS - 1):0{CODE_DIGITS - 1}}"
    return digits + str(_check(digits))


def code_in(text: str) -> str | None:
    """The code in what was typed or scanned; None where there is none, or a digit is wrong."""
    typed = text.split("/paper/")[-1].partition("?")[0]
    digits = "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
    if len(digits) != CODE_DIGITS or int(digits[-1]) != _check(digits[:-1]):
        return None
    return digits


def _check(digits: str) -> int:
    """Luhn's digit: finds every wrong digit, and nearly every two that changed places."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10
