"""Rates as a file: the figures, and every ticket that is out of the reckoning with its reason."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from app.reports.rules import MEASURE_NAMES, Measure
from app.sheets.rules.cells import unmarked

FIGURES, EXCLUDED = "三率", "不算在内"
HEAD = ["月份", "单位"] + [
    f"{name}{part}"
    for name in MEASURE_NAMES.values()
    for part in ("", "（做到的）", "（一共）", "（不算在内）")
]
HEAD += ["未评价", "不想说"]
EXCLUDED_HEAD = ["月份", "单位", "项目", "编号", "原因"]
OPENS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Lines = Sequence[Sequence[Any]]


def figures(rates: dict[str, Any]) -> Iterator[list[Any]]:
    """One line for each organisation and month."""
    for row in rates["items"]:
        line: list[Any] = [row["month"], row["organisation_name"]]
        for measure in Measure:
            one = row[measure.value]
            few = "没有" if one["base"] == 0 else f"少于{rates['too_few']}件，不算"
            line += [few if one["percent"] is None else one["percent"]]
            line += [one["hits"], one["base"], one["excluded"]]
        said = {each["outcome"]: each["count"] for each in row["satisfaction"]["outcomes"]}
        yield [*line, said.get("unrated", 0), said.get("wont_say", 0)]


def as_csv(rates: dict[str, Any], excluded: Lines) -> bytes:
    """Both tables one below the other, readable for spreadsheet programs."""
    buffer = io.StringIO()
    out = csv.writer(buffer)
    for line in (HEAD, *figures(rates), [], [EXCLUDED], EXCLUDED_HEAD, *excluded):
        out.writerow([_defused(cell) for cell in line])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def as_xlsx(rates: dict[str, Any], excluded: Lines) -> bytes:
    """Two sheets; whatever was typed by somebody stays a text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for name, lines in (
            (FIGURES, [HEAD, *figures(rates)]),
            (EXCLUDED, [EXCLUDED_HEAD, *excluded]),
        ):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 0, 10)
            sheet.set_column(1, 1, 24)
            sheet.set_column(2, len(lines[0]), 14)
            for at, line in enumerate(lines):
                _write(sheet, at, line, bold if at == 0 else None)
    return buffer.getvalue()


def _write(sheet: Any, at: int, line: Sequence[Any], look: Any) -> None:
    for column, cell in enumerate(line):
        if isinstance(cell, str):
            sheet.write_string(at, column, unmarked(cell), look)
        else:
            sheet.write_number(at, column, cell, look)


def _defused(cell: Any) -> Any:
    """A text that a spreadsheet program would run is made a text."""
    if isinstance(cell, str) and cell.startswith(OPENS_A_FORMULA):
        return f"'{cell}"
    return cell
