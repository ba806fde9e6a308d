"""A year of the official calendar as a .csv: date, kind, name. Every line is read on its own and
says what is wrong with it. Pure.
"""

import csv
from dataclasses import dataclass
from datetime import date, datetime

from app.core.calendar import DayKind, ordinary

MOST_LINES = 400
LONGEST_NAME = 20
KINDS = {
    "holiday": DayKind.HOLIDAY,
    "放假": DayKind.HOLIDAY,
    "makeup": DayKind.MAKEUP_WORKDAY,
    "调休上班": DayKind.MAKEUP_WORKDAY,
    "workday": DayKind.WEEKDAY,
    "上班": DayKind.WEEKDAY,
}
HEADS = ("date", "日期")
WRITTEN = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")

DATE = "日期看不懂，请写成 2027-02-06 这样。"
OTHER_YEAR = "这一天不在要导入的年份里。"
TWICE = "这一天前面已经写过了。"
KIND = "第二列要写“放假”“调休上班”或“上班”。"
MAKEUP = "这天本来就是工作日，不用写调休上班。"
WEEKEND = "这天是周末，要上班请写“调休上班”。"
NAME = "名称最多 20 个字。"
COLUMNS = "一行要有日期和种类两列，名称可以不写。"
TOO_LONG = f"最多 {MOST_LINES} 行。"
NO_HOLIDAY = "一天放假也没有，这不像放假安排。"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, by its number in the file; wrong where it cannot be counted by."""

    number: int
    said: str
    on: date | None = None
    kind: DayKind | None = None
    name: str = ""
    wrong: str = ""


def read(text: str, year: int) -> list[Line]:
    """The lines of a file, the empty ones and the headings left out."""
    found: list[Line] = []
    seen: set[date] = set()
    for number, cells in enumerate(csv.reader(text.lstrip("\ufeff").splitlines()), 1):
        cells = [cell.strip() for cell in cells]
        if not any(cells) or cells[0].lower() in HEADS:
            continue
        if len(found) == MOST_LINES:
            return [*found, Line(number, "", wrong=TOO_LONG)]
        line = _line(number, cells, year, seen)
        found.append(line)
        if line.on:
            seen.add(line.on)
    if not any(line.wrong or line.kind is DayKind.HOLIDAY for line in found):
        found.append(Line(0, "", wrong=NO_HOLIDAY))
    return found


def _line(number: int, cells: list[str], year: int, seen: set[date]) -> Line:
    said = "，".join(cells)[:60]
    if len(cells) < 2:
        return Line(number, said, wrong=COLUMNS)
    on, kind, name = _date(cells[0]), KINDS.get(cells[1].lower()), "".join(cells[2:3])
    if on is None:
        return Line(number, said, wrong=DATE)
    wrong = _wrong_day(on, kind, year, seen) or (NAME if len(name) > LONGEST_NAME else "")
    return Line(number, said, on, kind, name, wrong)


def _wrong_day(on: date, kind: DayKind | None, year: int, seen: set[date]) -> str:
    weekend = ordinary(on) is DayKind.WEEKEND
    checks = (
        (on.year != year, OTHER_YEAR),
        (on in seen, TWICE),
        (kind is None, KIND),
        (kind is DayKind.MAKEUP_WORKDAY and not weekend, MAKEUP),
        (kind is DayKind.WEEKDAY and weekend, WEEKEND),
    )
    return next((sentence for wrong, sentence in checks if wrong), "")


def _date(text: str) -> date | None:
    for pattern in WRITTEN:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    return None
