"""Writes .xlsx files row by row, in as little memory for a hundred thousand rows as for ten.

Every text is written as a text: nothing that somebody typed ever becomes a formula or a link.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from app.core import clock
from app.sheets.rules.cells import is_risky, plain

Value = str | int | datetime | None
MOMENT = "yyyy-mm-dd hh:mm"


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
                local = value.astimezone(clock.LOCAL).replace(tzinfo=None)
                sheet.write_datetime(row, place, local, self._moment)
            else:
                sheet.write_number(row, place, value)
        self._row += 1

    def filter_by_heading(self, columns: int) -> None:
        """Arrows on the headings, to narrow by."""
        if self._row > 1:
            self._sheet.autofilter(0, 0, self._row - 1, columns - 1)


@contextmanager
def book_at(path: Path) -> Iterator[Any]:
    """A workbook that is written to a file; what it must lay aside lies beside that file."""
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    try:
        yield book
    finally:
        book.close()
