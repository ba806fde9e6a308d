"""Whatever somebody uploads as a hand-over gets a clear answer, in bounded time and memory."""

import io
import zipfile
from collections.abc import Callable

import pytest

from tests.clients import Client
from tests.factories.tickets import Neighbourhood
from tests.sheets.handing import IMPORTS, csv_of, hand_over, line, rows_of, xlsx_of

Clients = Callable[..., Client]


@pytest.fixture
def clerk(client: Clients, here: Neighbourhood) -> Client:
    return client(here.people["committee"])


def bomb() -> bytes:
    """Hundreds of megabytes of nothing in a small file."""
    cell = b'<c r="B1" t="inlineStr"><is><t>%s</t></is></c></row>' % (b"x" * 400_000_000)
    return with_sheet(lambda raw: raw.replace(b"</row>", cell))


def far_cell() -> bytes:
    """One cell in the last row and column that a sheet can have."""
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return with_sheet(lambda raw: raw.replace(b"</sheetData>", far))


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    """A good workbook with one sheet that is not."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of(["1"]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            raw = good.read(name)
            bad.writestr(name, change(raw) if name.endswith("sheet1.xml") else raw)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bomb, "import_file_unreadable"),
        (far_cell, "import_file_unreadable"),
        (lambda: b"PK\x03\x04 not a workbook", "import_file_unreadable"),
        (lambda: b"\xd0\xcf\x11\xe0 an old .xls", "import_file_unreadable"),
        (lambda: b"\xff\xfe\x00\x81\x82", "import_file_unreadable"),
        (lambda: b"", "import_file_empty"),
        (lambda: csv_of(), "import_file_empty"),
        (lambda: b"a,b\r\n" * 1_000_001, "import_too_many_rows"),
        (lambda: b"x" * (5 * 1024 * 1024 + 1), "import_file_too_large"),
    ],
    ids=["bomb", "far_cell", "no_zip", "old_xls", "binary", "nothing", "headings", "rows", "bytes"],
)
def test_it_is_refused_in_a_sentence(
    clerk: Client, here: Neighbourhood, content: Callable[[], bytes], code: str
) -> None:
    answer = hand_over(clerk, here, content())
    assert answer.json["code"] == code, answer.text
    assert 400 <= answer.status_code < 500
    assert clerk.get(IMPORTS).json["items"] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_spreadsheet_programs_are_read(
    clerk: Client, here: Neighbourhood, encoding: str
) -> None:
    made = hand_over(clerk, here, csv_of(line(here, "1"), encoding=encoding)).json
    assert rows_of(clerk, made)[0]["text"] == "楼道灯不亮，晚上看不清"


def test_merged_cells_leave_gaps_that_say_so(clerk: Client, here: Neighbourhood) -> None:
    content = csv_of(line(here, "1"), line(here, "2", 事发地址=""))
    [_, below] = rows_of(clerk, hand_over(clerk, here, content).json)
    assert below["errors"] == {"address": "这一格是空的；合并的单元格请先取消合并"}


def test_a_short_row_and_signs_that_no_cell_holds_do_no_harm(
    clerk: Client, here: Neighbourhood
) -> None:
    content = csv_of(line(here, "1", 诉求内容="响铃\x07灯不亮"), ["2"])
    [first, short] = rows_of(clerk, hand_over(clerk, here, content).json)
    assert first["text"] == "响铃灯不亮"
    assert short["state"] == "refused"


def test_without_a_file_or_a_name_of_the_system_it_is_said(
    clerk: Client, here: Neighbourhood
) -> None:
    form = {"community_id": str(here.community.id), "source": "12345热线"}
    missing = clerk.post(IMPORTS, data=form, content_type="multipart/form-data")
    assert list(missing.json["errors"]) == ["file"]
    unnamed = hand_over(clerk, here, csv_of(line(here, "1")), source="  ")
    assert list(unnamed.json["errors"]) == ["source"]
