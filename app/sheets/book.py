"""Writes .xlsx files row by row, in as little memory for a hundred thousand rows as for ten; and
small tables as .xlsx or .csv at once.

Every text is written as a text: nothing that somebody typed ever becomes a formula or a link.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.xmlwriter import XMLwriter

from app.core import clock
from app.sheets.rules.cells import defused, is_risky, plain, unmarked

Value = str | int | float | datetime | None
MARKUP = re.compile("[&<>]")
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
                text = unmarked(plain(value))
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


class LongSheet(Sheet):
    """A sheet of a book that lies in a file. Its lines are written as they will stand there: on the
    way through the writer's cells they took two thirds of the time of an export. What stands there
    is the same."""

    def __init__(self, book: Any, name: str, widths: Sequence[int]) -> None:
        super().__init__(book, name, widths)
        self._letters = [xl_col_to_name(place) for place in range(len(widths))]
        self._moment_style = f' s="{self._moment._get_xf_index()}"'
        self._quoted_style = f' s="{self._quoted._get_xf_index()}"'

    def add(self, values: Sequence[Value]) -> None:
        """See `Sheet`."""
        number = self._row + 1
        cells = [
            self._cell(f"{letter}{number}", value)
            for letter, value in zip(self._letters, values, strict=False)
            if value is not None and value != ""
        ]
        if cells:
            sheet = self._sheet
            sheet._check_dimensions(self._row, len(values) - 1)
            sheet._write_single_row(self._row)  # what was before, if it is not there yet
            sheet.fh.write(f'<row r="{number}">{"".join(cells)}</row>')
        self._row = number

    def _cell(self, name: str, value: Value) -> str:
        if isinstance(value, str):
            text = plain(value)
            style = self._quoted_style if is_risky(text) else ""
            return f'<c r="{name}"{style} t="inlineStr"><is>{_as_t(text)}</is></c>'
        if isinstance(value, datetime):
            return f'<c r="{name}"{self._moment_style}><v>{_days(value):.16G}</v></c>'
        return f'<c r="{name}"><v>{value:.16G}</v></c>'


def _as_t(text: str) -> str:
    if not text.isprintable() or "_x" in text:
        text = XMLwriter._escape_control_characters(text)
    keep = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    if MARKUP.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<t{keep}>{text}</t>"


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
