"""From an uploaded spreadsheet to rows of texts. Knows files, not what stands in them.

Whatever somebody uploads, the answer is rows or a refusal in Chinese, in bounded time and memory.
"""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

from app.core.errors import Refusal

MOST_BYTES = 5 * 1024 * 1024
MOST_COLUMNS = 40
READ_SECONDS = 20
READER = Path(__file__).with_name("xlsx_reader.py")

Table = list[list[str]]


class FileUnreadable(Refusal):
    status, code = 422, "import_file_unreadable"
    title = "这个文件读不出来，请另存为 .xlsx 或 .csv 再传。"


class FileTooLarge(Refusal):
    status, code = 413, "import_file_too_large"
    title = "文件超过 5 MB，请分成几份再传。"


class TooManyRows(Refusal):
    status, code = 422, "import_too_many_rows"
    title = "表格的行数太多了，请分成几份再传。"


class FileEmpty(Refusal):
    status, code = 422, "import_file_empty"
    title = "表格里没有内容，请从第二行起填写。"


def read(content: bytes, *, most_rows: int, sheet: str = "") -> Table:
    """The rows of an .xlsx or .csv file, headings included; of several sheets the one of this
    name, else the first. The kind of file is told by its content, not by its name."""
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileUnreadable("这是旧版 .xls 文件（或加了密码），请另存为 .xlsx 再传。")
    xlsx = content.startswith(b"PK")
    table = _xlsx(content, sheet, most_rows) if xlsx else _csv(content, most_rows)
    while table and not any(map(str.strip, table[-1])):
        table.pop()
    if len(table) > most_rows + 1:
        raise _too_many(most_rows)
    return table


def _too_many(most_rows: int) -> TooManyRows:
    return TooManyRows(f"一份表最多 {most_rows} 行，请分成几份再传。")


def _xlsx(content: bytes, sheet: str, most_rows: int) -> Table:
    command = [sys.executable, "-I", str(READER), sheet, str(most_rows + 2), str(MOST_COLUMNS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file goes in by stdin
            command, input=content, capture_output=True, timeout=READ_SECONDS, check=True
        )
        table: Table = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as reason:
        raise FileUnreadable from reason
    return table


def _csv(content: bytes, most_rows: int) -> Table:
    text = _decoded(content)
    if "\0" in text:
        raise FileUnreadable
    table: Table = []
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            table.append(row[:MOST_COLUMNS])
            if len(table) > most_rows + 1:
                raise _too_many(most_rows)
    except csv.Error as reason:
        raise FileUnreadable from reason
    return table


def _decoded(content: bytes) -> str:
    """Excel on Chinese Windows saves .csv as GB18030, everything else as UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as reason:
        raise FileUnreadable from reason
