"""Files become lines or a refusal, whatever somebody uploads, in bounded time and memory."""

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
import xlsxwriter

from app.core.errors import Refusal
from app.places import sheets
from app.places.columns import COLUMNS

HEADINGS = ",".join(column.title for column in COLUMNS)
ROW = "和园一村,3栋,1单元,2,202,第一网格,王阿姨,特别关心,先打电话,19900000001"


def xlsx(rows: list[list[object]], sheet: str = "住户") -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return buffer.getvalue()


def refused(content: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        sheets.read(content)
    assert caught.value.status in (413, 422)
    return caught.value


def test_the_templates_are_empty_files_with_the_right_headings() -> None:
    assert refused(sheets.template_csv()).code == "import_file_empty"
    assert refused(sheets.template_xlsx()).code == "import_file_empty"
    assert sheets.template_csv().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    found = sheets.read(f"{HEADINGS}\r\n{ROW}\r\n".encode(encoding))
    assert found[0].row == 2
    assert found[0].cells["contact_name"] == "王阿姨"


def test_numbers_in_an_xlsx_are_read_as_people_see_them() -> None:
    found = sheets.read(xlsx([["小区", "楼栋", "单元", "门牌"], ["和园", 3, 1, 202.0]]))
    assert found[0].cells == {"estate": "和园", "building": "3", "unit": "1", "door": "202"}


def test_the_sheet_of_households_is_taken_wherever_it_stands() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("说明").write_row(0, 0, ["看这里"])
        book.add_worksheet("住户").write_row(0, 0, ["小区", "楼栋", "单元", "门牌"])
        book.get_worksheet_by_name("住户").write_row(1, 0, ["和园", "3", "1", "202"])
    assert len(sheets.read(buffer.getvalue())) == 1


def test_empty_rows_are_skipped_and_numbers_stay_those_of_the_spreadsheet() -> None:
    found = sheets.read(f"{HEADINGS}\n,,,\n{ROW}\n".encode())
    assert [line.row for line in found] == [3]


def test_unknown_missing_and_double_columns_are_named() -> None:
    refusal = refused("小区,楼栋,单元,单元,身份证号\na,1,1,1,x\n".encode())
    assert refusal.code == "import_headings_wrong"
    assert refusal.errors["file"] == [
        "不认识的列「身份证号」",
        "列「单元」出现了两次",
        "缺少「门牌」列",
    ]


def zip_bomb() -> bytes:
    """300 MB of spaces inside a worksheet of less than a megabyte."""
    buffer = io.BytesIO(xlsx([["小区"]]))
    with (
        zipfile.ZipFile(buffer) as source,
        zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                content += b"<!--" + b" " * 300_000_000 + b"-->"
            target.writestr(name, content)
    return made.getvalue()


def cell_at_the_end_of_the_world() -> bytes:
    """5 KB that make the reader ask for 500 GB: one cell in the last row and column."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("住户")
        page.write_row(0, 0, ["小区", "楼栋", "单元", "门牌"])
        page.write(1_048_575, 16_383, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"PK\x03\x04" + b"\0" * 100,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        b"\xff\xfe" + "小区,楼栋".encode("utf-16-le"),
        b'"' * 1001,
        b"x" * (5 * 1024 * 1024 + 1),
        b"PK" + b"\0" * (10 * 1024 * 1024),
        b",\n" * 30_000,
        xlsx([["小区", "楼栋", "单元", "门牌"]])[:-200],
    ],
)
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    refused(content)


@pytest.mark.parametrize("make", [zip_bomb, cell_at_the_end_of_the_world])
def test_a_hostile_spreadsheet_ends_only_its_reader(make: Callable[[], bytes]) -> None:
    refused(make())


def test_random_bytes_never_raise_anything_but_a_refusal() -> None:
    chance = random.Random(1)
    good = xlsx([["小区", "楼栋", "单元", "门牌"], ["a", "1", "1", "202"]])
    for _ in range(8):
        broken = bytearray(good)
        for _ in range(20):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with suppress(Refusal):
            sheets.read(bytes(broken))


def test_more_rows_than_the_limit_are_refused() -> None:
    row = "a,1,1,202\n"
    refusal = refused(("小区,楼栋,单元,门牌\n" + row * (sheets.MOST_ROWS + 1)).encode())
    assert refusal.code == "import_too_many_rows"
