"""Writes .xlsx files row by row, in as little memory for a hundred thousand rows as for ten; and
small tables as .xlsx or .csv at once.

Every text is written as a text: nothing that somebody typed ever becomes a formula or a link.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from app.core import clock
from app.sheets.rules.cells import defused, is_risky, plain

Value = str | int | float | datetime | None
MOMENT = "yyyy-mm-dd hh:mm"
BEGINNING, DAY = datetime(1899, 12, 30), timedelta(days=1)  # noqa: DTZ001 - as they reckon


def _days(moment: datetime) -> float:
    """A moment as spreadsheets reckon: days since the end of 1899, by the clock in Shanghai."""
    return (moment.astimezone(clock.LOCAL).replace(tzinfo=None) - BEGINNING) / DAY


class Sheet:
    """One sheet that grows downwards."""

    def __init__(self, book: Any, name: str, widths: Sequence[int]) -> None:
        self._sheet = book.add_worksheet(name)
        self._bold = book.add_format({"bold": True, "bg_color": "#F3E3DE", "bottom": 1})
        self._moment = book.add_format({"num_format": MOMENT})
        self._quoted = book.add_format({"quote_prefix": True})
        self._row = 0
        for place, width in enumerate(widths):
            self._sheet.set_column(place, place, width)

    def head(self, titles: Sequence[str]) -> None:
        """The headings; they stay in sight."""
        for place, title in enumerate(titles):
            self._sheet.write_string(0, place, title, self._bold)
        self._sheet.freeze_panes(1, 0)
        self._row = 1

    def add(self, values: Sequence[Value]) -> None:
        """The next row. Moments are shown as they are in Asia/Shanghai."""
        sheet, row = self._sheet, self._row
        for place, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                text = plain(value)
                sheet.write_string(row, place, text, self._quoted if is_risky(text) else None)
            elif isinstance(value, datetime):
                sheet.write_number(row, place, _days(value), self._moment)
            else:
                sheet.write_number(row, place, value)
        self._row += 1

    def filter_by_heading(self, columns: int) -> None:
        """Arrows on the headings, to narrow by."""
        if self._row > 1:
            self._sheet.autofilter(0, 0, self._row - 1, columns - 1)


STRICTLY_TEXTS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@contextmanager
def book_at(path: Path) -> Iterator[Any]:
    """A workbook that is written to a file; what it must lay aside lies beside that file."""
    aside = {"constant_memory": True, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(str(path), STRICTLY_TEXTS | aside)
    try:
        yield book
    finally:
        book.close()


def as_xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A small table as a workbook of one sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, STRICTLY_TEXTS | {"in_memory": True}) as book:
        sheet = Sheet(book, name, [max(10, 2 * len(title) + 4) for title in head])
        sheet.head(head)
        for row in rows:
            sheet.add(row)
    return out.getvalue()


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A small table as text, with the mark by which Excel knows UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([_as_text(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _as_text(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(clock.LOCAL):%Y-%m-%d %H:%M}"
    return "" if value is None else defused(str(value))
