"""Subdistricts and communities as the official list of division codes writes them.

Pure. A code has 6 digits for a district, 9 for a subdistrict and 12 for a community, each
beginning with the one above it (National Bureau of Statistics, statistical division codes). Names
are not unique, codes are.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.identity.rules import PlaceKind
from app.places.rules import looks_like_formula, plain

NAME_LENGTH = 60
CODE_LENGTH = {PlaceKind.SUBDISTRICT: 9, PlaceKind.COMMUNITY: 12}
BELOW = {PlaceKind.DISTRICT: PlaceKind.SUBDISTRICT, PlaceKind.SUBDISTRICT: PlaceKind.COMMUNITY}
OFFICES = ("居委会", "居民委员会", "村委会", "村民委员会")
COLUMNS = {
    "代码": "code",
    "社区": "name",
    "名称": "name",
    "街道代码": "street_code",
    "街道": "street",
} | {name: name for name in ("code", "name", "street_code", "street")}
HEADINGS = ("代码", "社区", "街道代码", "街道")
NEEDED = {"code": "代码", "name": "社区", "street": "街道"}
TAKEN = "这个代码已经有别的地方在用。"


class Outcome(StrEnum):
    """What becomes of a line."""

    CREATE = "create"
    SAME = "same"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Row:
    """One line of the list: its number in the file, what it says, and what becomes of it."""

    row: int
    code: str
    name: str
    street_code: str
    street: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()


@dataclass
class Division:
    """What a list would add to a district."""

    rows: list[Row] = field(default_factory=list)
    streets: dict[str, str] = field(default_factory=dict)  # new ones: code -> name

    def of(self, outcome: Outcome) -> list[Row]:
        return [row for row in self.rows if row.outcome is outcome]


def community_name(text: str) -> str:
    """「和园社区居委会」 is the office of 「和园社区」."""
    return next((text.removesuffix(one) for one in OFFICES if text.endswith(one)), text) or text


def office_name(text: str) -> str:
    """The name of a community's residents' committee, from either way to write it."""
    return text if text.endswith(OFFICES) else f"{text}居委会"


def code_of(kind: PlaceKind, text: str) -> str:
    """The digits of a code; a subdistrict's may be written with three noughts behind it."""
    code = plain(text).replace(" ", "")
    return code[:9] if kind is PlaceKind.SUBDISTRICT and re.fullmatch(r"\d{9}000", code) else code


def wrong_code(kind: PlaceKind, code: str, above: str | None) -> str | None:
    """Why this cannot be the code of a place below the one with the code `above`."""
    if not re.fullmatch(rf"\d{{{CODE_LENGTH[kind]}}}", code):
        return f"代码要 {CODE_LENGTH[kind]} 位数字，请照统计用区划代码填。"
    if above and not code.startswith(above):
        return f"代码要以 {above} 开头，这个不在您管的地方。"
    return None


def wrong_name(text: str) -> str | None:
    """Why this cannot be the name of a place."""
    if not text:
        return "名称没有填。"
    if len(text) > NAME_LENGTH:
        return f"名称不能超过 {NAME_LENGTH} 个字。"
    return "名称不能以 = + - @ 开头。" if looks_like_formula(text) else None


def plan(
    lines: list[tuple[int, dict[str, str]]],
    district: str | None,
    known: Mapping[str, PlaceKind | None],
) -> Division:
    """What each line would do in a district whose code is `district`. `known`: what each code that
    is in use stands for, None where it is not in this district. What is there already stays as it
    is, under whatever name people gave it."""
    planned = Division()
    said: dict[str, str] = {}
    seen: set[str] = set()
    for number, cells in lines:
        code = code_of(PlaceKind.COMMUNITY, cells.get("code", ""))
        name, street = (plain(cells.get(key, "")) for key in ("name", "street"))
        above = code_of(PlaceKind.SUBDISTRICT, cells.get("street_code", "")) or code[:9]
        reasons = [
            reason
            for reason in (
                wrong_code(PlaceKind.COMMUNITY, code, above),
                wrong_code(PlaceKind.SUBDISTRICT, above, district),
                wrong_name(name),
                street_reason(street, said.setdefault(above, street)),
                "这个代码上面已经有一行了。" if code in seen else None,
                taken(known, code, PlaceKind.COMMUNITY),
                taken(known, above, PlaceKind.SUBDISTRICT),
            )
            if reason
        ]
        seen.add(code)
        outcome = Outcome.SAME if code in known else Outcome.CREATE
        if not reasons and above not in known:
            planned.streets.setdefault(above, street)
        outcome = Outcome.REFUSE if reasons else outcome
        planned.rows.append(Row(number, code, name, above, street, outcome, tuple(reasons)))
    return planned


def street_reason(street: str, first: str) -> str | None:
    """Why a line cannot lie in this subdistrict, which an earlier line may have named already."""
    if not street:
        return "街道没有填。"
    if street != first:
        return f"同一个街道代码，上面写的是「{first}」。"
    return wrong_name(street)


def taken(known: Mapping[str, PlaceKind | None], code: str, kind: PlaceKind) -> str | None:
    """Why a code cannot be used for a place of this kind: something else has it."""
    return None if known.get(code, kind) is kind else TAKEN
