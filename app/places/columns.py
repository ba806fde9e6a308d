"""The columns of the household spreadsheet: one table for the template, the reader and the plan.

Pure. A cell becomes a value or a reason in Chinese why it cannot.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from app.places import rules
from app.places.rules import (
    CARE_LEVEL_NAMES,
    NAME_LENGTH,
    VISIT_WISH_NAMES,
    CareLevel,
    VisitWish,
)

PLACE_NAME_LENGTH = 40
Word = TypeVar("Word", CareLevel, VisitWish)


class BadCell(Exception):
    """A cell that cannot be read; the message is the reason for people."""


@dataclass(frozen=True)
class Line:
    """One row of the file: its number as the spreadsheet shows it, and its texts by field."""

    row: int
    cells: dict[str, str]

    def door_text(self) -> str:
        """The place as the file wrote it, even where it is wrong."""
        parts = (self.cells.get(name, "") for name in ("estate", "building", "unit", "door"))
        return " ".join(part for part in map(rules.plain, parts) if part)[:120] or "（空）"


@dataclass(frozen=True)
class Wanted:
    """A row that could be read. None means: the cell was blank, leave what is there."""

    estate: str
    building: str
    unit: str
    door: str
    floor: int | None = None
    grid: str | None = None
    contact_name: str | None = None
    care_level: CareLevel | None = None
    wish: VisitWish | None = None
    contact_phone: str | None = None


def _place_name(text: str) -> str:
    if len(text) > PLACE_NAME_LENGTH:
        raise BadCell(f"不能超过 {PLACE_NAME_LENGTH} 个字")
    if rules.looks_like_formula(text):
        raise BadCell("不能以 = + - @ 开头")
    return text


def _contact_name(text: str) -> str:
    if len(text) > NAME_LENGTH:
        raise BadCell(f"不能超过 {NAME_LENGTH} 个字")
    if rules.looks_like_formula(text):
        raise BadCell("不能以 = + - @ 开头")
    return text


def _door(text: str) -> str:
    door = rules.door_of(text)
    if door is None:
        raise BadCell(f"「{text[:20]}」不像门牌号，要写成 202 或 A-1203 这样")
    return door


def _floor(text: str) -> int:
    floor = rules.floor_of(text)
    if floor is None:
        raise BadCell(f"「{text[:20]}」不像楼层，要写成 2 或 -1 这样")
    return floor


def _telephone(text: str) -> str:
    number = rules.telephone_of(text)
    if number is None:
        raise BadCell("不是完整的手机号或座机号")
    return number


def _care_level(text: str) -> CareLevel:
    return _one_of(text, CARE_LEVEL_NAMES)


def _wish(text: str) -> VisitWish:
    return _one_of(text, VISIT_WISH_NAMES)


def _one_of(text: str, names: dict[Word, str]) -> Word:
    for word, name in names.items():
        if name == text:
            return word
    raise BadCell(f"「{text[:20]}」不认识，只能填 {'、'.join(names.values())}")


@dataclass(frozen=True)
class Column:
    """One column: its field, its heading, how to read it and what the notes sheet says of it."""

    field: str
    title: str
    read: Callable[[str], Any]
    note: str
    required: bool = False
    choices: tuple[str, ...] = ()


COLUMNS = (
    Column("estate", "小区", _place_name, "小区的名字；还没有的会新建。", required=True),
    Column("building", "楼栋", _place_name, "3、3栋、3幢、3号楼算同一栋。", required=True),
    Column("unit", "单元", _place_name, "只有一个单元的填 1。", required=True),
    Column("floor", "楼层", _floor, "数字；不填时按门牌推算，如 202 是 2 层。"),
    Column("door", "门牌", _door, "如 202、1203、A-1203。", required=True),
    Column("grid", "网格", _place_name, "整栋楼属于一个网格；还没有的会新建。"),
    Column("contact_name", "称呼", _contact_name, "怎么称呼，如 王阿姨；不要写身份证号等。"),
    Column(
        "care_level",
        "关心程度",
        _care_level,
        "特别关心每周看望，重点关心每月，一般每半年；不填算一般。",
        choices=tuple(CARE_LEVEL_NAMES.values()),
    ),
    Column(
        "wish",
        "上门意愿",
        _wish,
        "住户自己的意愿；不填算可以上门。",
        choices=tuple(VISIT_WISH_NAMES.values()),
    ),
    Column(
        "contact_phone", "联系电话", _telephone, "手机或座机；存的时候加密，看的时候要说明原因。"
    ),
)
BY_TITLE = {column.title: column for column in COLUMNS}
BY_FIELD = {column.field: column for column in COLUMNS}


def read_line(line: Line) -> tuple[Wanted | None, list[str]]:
    """The values of a line, or every reason why it cannot be read."""
    values: dict[str, Any] = {}
    reasons = []
    for column in COLUMNS:
        text = rules.plain(line.cells.get(column.field, ""))
        if not text:
            if column.required:
                reasons.append(f"{column.title}没有填")
            continue
        try:
            values[column.field] = column.read(text)
        except BadCell as bad:
            reasons.append(f"{column.title}：{bad}")
    return (None, reasons) if reasons else (Wanted(**values), [])


def shown(name: str, before: Any, after: Any) -> dict[str, str]:
    """A change for people to read: headings, words instead of codes, numbers masked."""
    return {
        "field": name,
        "name": BY_FIELD[name].title,
        "from": _shown_value(name, before),
        "to": _shown_value(name, after),
    }


def _shown_value(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name == "contact_phone":
        return rules.masked(value)
    names: dict[Any, str] = {**CARE_LEVEL_NAMES, **VISIT_WISH_NAMES}
    return names.get(value, str(value))
