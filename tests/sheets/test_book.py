"""Long sheets: what stands in them is what the writer of spreadsheets would have put there."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sheets import book

HEAD = ("单号", "内容", "时间", "次数")
SIGNS = "路灯不亮aZ09 =+-@<>&\"'_x000A\t\n\r\x00\x1f\u3000\U0001f4a1"
TEXTS = st.text(st.sampled_from(SIGNS), max_size=12) | st.text(max_size=40)
MOMENTS = st.integers(0, 2 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ROWS = st.lists(
    st.tuples(TEXTS, TEXTS | st.none(), MOMENTS | st.none(), st.integers(0, 10**9)), max_size=6
)


def written(kind: type[book.Sheet], rows: Sequence[Sequence[book.Value]]) -> str:
    """The first sheet in its file, without the numbers of its styles."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        with book.book_at(path) as made:
            sheet = kind(made, "工单", [10] * len(HEAD))
            sheet.head(HEAD)
            for row in rows:
                sheet.add(row)
            sheet.filter_by_heading(len(HEAD))
            book.Sheet(made, "说明", (10, 10)).add(("件数", len(rows)))
        with ZipFile(path) as parts:
            text = parts.read("xl/worksheets/sheet1.xml").decode()
    return re.sub(r' s="\d+"', " s", text)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_a_long_sheet_is_what_the_writer_makes_of_the_same_lines(
    rows: list[tuple[str, str | None, datetime | None, int]],
) -> None:
    assert written(book.LongSheet, rows) == written(book.Sheet, rows)


def test_what_looks_like_the_writers_own_markup_is_a_text(tmp_path: Path) -> None:
    typed = "<r><t>灯</t> & 门</r>"
    with book.book_at(tmp_path / "book.xlsx") as made:
        sheet = book.LongSheet(made, "工单", (10, 10))
        sheet.head(("单号", "内容"))
        sheet.add(("T1", typed))
    read = python_calamine.load_workbook(tmp_path / "book.xlsx").get_sheet_by_index(0).to_python()
    assert read == [["单号", "内容"], ["T1", typed]]


def test_in_a_short_sheet_it_is_one_as_well() -> None:
    typed = "<r><t>灯</t> & 门</r>"
    made = book.as_xlsx("工单", ("单号", "内容"), [("T1", typed)])
    read = python_calamine.load_workbook(BytesIO(made)).get_sheet_by_index(0).to_python()
    assert [[cell.rstrip() for cell in row] for row in read] == [["单号", "内容"], ["T1", typed]]
