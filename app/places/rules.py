"""Words and pure rules of places: care levels, visit wishes, how a door is written and walked to.

Nothing here knows the database; the plan of an import is in `plan.py`.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum


class CareLevel(StrEnum):
    """How often a household is called on. A word, never a diagnosis; it lapses after a year."""

    HIGH = "high"
    FOCUS = "focus"
    GENERAL = "general"


CARE_LEVEL_NAMES: dict[CareLevel, str] = {
    CareLevel.HIGH: "特别关心",
    CareLevel.FOCUS: "重点关心",
    CareLevel.GENERAL: "一般",
}

CARE_LEVEL_CADENCES: dict[CareLevel, str] = {
    CareLevel.HIGH: "每周",
    CareLevel.FOCUS: "每月",
    CareLevel.GENERAL: "半年",
}


class VisitWish(StrEnum):
    """What the household wishes of visitors; it is always kept."""

    ANY = "any"
    CALL_FIRST = "call_first"
    PHONE_ONLY = "phone_only"
    NO_MORE_VISITS = "no_more_visits"


VISIT_WISH_NAMES: dict[VisitWish, str] = {
    VisitWish.ANY: "可以上门",
    VisitWish.CALL_FIRST: "先打电话",
    VisitWish.PHONE_ONLY: "只打电话",
    VisitWish.NO_MORE_VISITS: "不再上门",
}

CARE_KEPT_DAYS = 365
NAME_LENGTH = 20
LOWEST_FLOOR, HIGHEST_FLOOR = -5, 120

_DOOR = re.compile(r"[0-9A-Z]{1,8}(-[0-9A-Z]{1,6})?")
_FLOOR = re.compile(r"(-?\d{1,3})(?:层|楼|F)?")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3})?[2-9]\d{6,7}")
_HEAVENLY = {sign: number for number, sign in enumerate("甲乙丙丁戊己庚辛壬癸", start=1)}
_BUILDING_SUFFIXES = ("号楼", "栋", "幢", "座", "号", "楼")
_UNIT_SUFFIXES = ("单元", "门洞", "梯")
_FORMULA_SIGNS = ("=", "+", "-", "@")


def care_lapses_on(confirmed_on: date) -> date:
    """The date on which a care level that nobody confirmed again ends."""
    return date.fromordinal(confirmed_on.toordinal() + CARE_KEPT_DAYS)


def care_last_kept_from(day: date) -> date:
    """The earliest date of confirmation that still holds on this day."""
    return date.fromordinal(day.toordinal() - CARE_KEPT_DAYS + 1)


def plain(text: str) -> str:
    """One way to write a word: full-width signs narrowed, control signs and edge spaces gone."""
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in narrow if sign.isprintable()).strip()


def looks_like_formula(text: str) -> bool:
    """A spreadsheet would run such a text as a formula when it is exported again."""
    return text.startswith(_FORMULA_SIGNS)


def door_of(text: str) -> str | None:
    """「202室」 and 「202」 are one door; None when this is no door number."""
    door = plain(text).upper().replace(" ", "").removesuffix("室").removesuffix("户")
    return door if _DOOR.fullmatch(door) else None


def floor_of(text: str) -> int | None:
    """「3」 and 「3层」 are one floor; None when this is no floor."""
    found = _FLOOR.fullmatch(plain(text).upper().replace(" ", ""))
    if found is None:
        return None
    floor = int(found[1])
    return floor if LOWEST_FLOOR <= floor <= HIGHEST_FLOOR and floor != 0 else None


def floor_from_door(door: str) -> int | None:
    """A door of three or four digits begins with its floor: 202 is on 2, 1203 on 12."""
    if not door.isdecimal() or len(door) not in (3, 4):
        return None
    return int(door[:-2]) or None


def telephone_of(text: str) -> str | None:
    """A number without spaces and hyphens; None when nobody could ring it."""
    number = re.sub(r"[\s\-()]", "", plain(text)).removeprefix("+86")
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return number
    return None


def masked(number: str) -> str:
    """A telephone number as screens show it: 199****0001."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else f"****{number[-4:]}"


def key_of(name: str, suffixes: tuple[str, ...] = ()) -> str:
    """What two spellings of one name share: 「3栋」, 「3幢」 and 「3」 are all 3."""
    key = plain(name).upper().replace(" ", "")
    for suffix in suffixes:
        if key.endswith(suffix) and key != suffix:
            key = key.removesuffix(suffix)
            break
    return str(int(key)) if key.isdecimal() else key


def building_key(name: str) -> str:
    """How buildings of one estate are told apart."""
    return key_of(name, _BUILDING_SUFFIXES)


def unit_key(name: str) -> str:
    """How units of one building are told apart."""
    return key_of(name, _UNIT_SUFFIXES)


def building_name(text: str) -> str:
    """The name a new building gets: a bare number becomes 「3栋」."""
    name = plain(text)
    return f"{building_key(name)}栋" if name == building_key(name) or name.isdecimal() else name


def unit_name(text: str) -> str:
    """The name a new unit gets: a bare number becomes 「1单元」."""
    name = plain(text)
    return f"{unit_key(name)}单元" if name == unit_key(name) or name.isdecimal() else name


def household_text(estate: str, building: str, unit: str, door: str) -> str:
    """A household as people say it: 「和园一村 3栋1单元202」."""
    return f"{estate} {building}{unit}{door}"


def number_in(name: str) -> int | None:
    """The first number in a name, for sorting: 12 in 「12栋」, 2 in 「乙单元」."""
    digits = re.search(r"[0-9]{1,4}", name)
    if digits is not None:
        return int(digits[0])
    return _HEAVENLY.get(name[:1])


def place_sort(name: str, taken: set[int]) -> int:
    """A sort number no sibling has: the number in the name, else the next free one."""
    wanted = number_in(name)
    if wanted is not None and wanted not in taken:
        return wanted
    return max(taken, default=0) + 1


def walk_order(sorts: tuple[int, int, int], floor: int | None, door: str) -> str:
    """Estate, building, unit, floor and door as digits that sort as one walks past the doors.

    Digits only, so that every database sorts them alike whatever its collation.
    """
    estate, building, unit = sorts
    level = 500 + (floor or 0)
    number = int("".join(sign for sign in door if "0" <= sign <= "9")[:8] or 0)
    return f"{estate:05}{building:05}{unit:05}{level:03}{number:08}"
