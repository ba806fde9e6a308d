"""A small program of its own: reads an .xlsx from stdin, writes the rows of one sheet as JSON.

It runs in a child process with a ceiling on memory and time, because a spreadsheet of 5 KB can ask
the reader for 500 GB (one cell in the last row and column) and the reader then aborts the process.
It imports nothing of Honglin, so that it starts in a moment.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

import python_calamine

MEMORY = 1 << 30
SECONDS = 10
LONGEST = 4000  # characters of a cell that are handed on


def text_of(value: object) -> str:
    """A cell as text: Excel keeps 202 as 202.0, and dates as moments."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def main() -> None:
    """stdin: the file; arguments: wanted sheet, most rows, most columns."""
    wanted, most_rows, most_columns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    book = python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
    names = book.sheet_names
    if not names:
        raise SystemExit("no sheet")
    sheet = book.get_sheet_by_name(wanted if wanted in names else names[0])
    rows = sheet.to_python(skip_empty_area=False, nrows=most_rows)
    texts = [[text_of(cell)[:LONGEST] for cell in row[:most_columns]] for row in rows]
    sys.stdout.write(json.dumps(texts))


if __name__ == "__main__":
    main()
