"""From an uploaded file to lines, and the template to fill in. How a file is read: core/tables."""

import io

import xlsxwriter

from app.core import tables
from app.core.errors import Refusal
from app.core.tables import MOST_BYTES, FileEmpty
from app.places import rules
from app.places.columns import BY_TITLE, COLUMNS, Column, Line

__all__ = ["MOST_BYTES", "MOST_ROWS", "read", "template_csv", "template_xlsx"]

SHEET = "住户"
MOST_ROWS = 20_000
EMPTY = "表格里没有住户，请从第二行起填写。"
NOTES = (
    "一行是一户。第一行的列名请不要改；可以少几列，但小区、楼栋、单元、门牌必须有。",
    "空着的格子不会改动已有的内容；表里没有的户也不会被删除。",
    "上传后先看预览，每一行会新建、修改还是有问题，一条条写明；确认之前什么都不会存。",
    "只要有一行有问题，就不能确认；改好表格再传一次即可，同一份表传两次不会重复。",
    "请不要填身份证号、出生日期、病情、收入这类内容，本系统不收集。",
)


class HeadingsWrong(Refusal):
    status, code = 422, "import_headings_wrong"
    title = "表格第一行的列名对不上，请对照模板改好再传。"


def read(content: bytes) -> list[Line]:
    """The lines of an .xlsx or .csv file; the kind is told by the content, not by the name."""
    return _lines(tables.read(content, most_rows=MOST_ROWS, sheet=SHEET))


def _lines(table: list[list[str]]) -> list[Line]:
    if not table:
        raise FileEmpty(EMPTY)
    columns = _columns(table[0])
    lines = [
        Line(
            number,
            {column.field: text for column, text in zip(columns, row, strict=False) if column},
        )
        for number, row in enumerate(table[1:], start=2)
        if any(map(str.strip, row))
    ]
    if not lines:
        raise FileEmpty(EMPTY)
    return lines


def _columns(headings: list[str]) -> list[Column | None]:
    """The column under each heading; a blank heading stands over nothing."""
    titles = [rules.plain(heading).removesuffix("*") for heading in headings]
    while titles and not titles[-1]:
        titles.pop()
    wrong = [f"不认识的列「{title[:20]}」" for title in titles if title and title not in BY_TITLE]
    wrong += [f"列「{title}」出现了两次" for title in BY_TITLE if titles.count(title) > 1]
    wrong += [
        f"缺少「{column.title}」列"
        for column in COLUMNS
        if column.required and column.title not in titles
    ]
    if wrong:
        raise HeadingsWrong(errors={"file": wrong[:20]})
    return [BY_TITLE.get(title) for title in titles]


def template_csv() -> bytes:
    """The headings alone, with the mark by which Excel knows UTF-8."""
    return (",".join(column.title for column in COLUMNS) + "\r\n").encode("utf-8-sig")


def template_xlsx() -> bytes:
    """The sheet to fill in, with lists to choose from, and a sheet of notes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#F3E3DE", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(COLUMNS):
            sheet.set_column(index, index, 14, text)
            sheet.write_string(0, index, column.title, bold)
            if column.choices:
                sheet.data_validation(
                    1, index, MOST_ROWS, index, {"validate": "list", "source": list(column.choices)}
                )
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 0, 14)
        notes.set_column(1, 1, 80)
        for row, note in enumerate(NOTES):
            notes.merge_range(row, 0, row, 1, note, wrapped)
        for row, column in enumerate(COLUMNS, start=len(NOTES) + 1):
            notes.write_string(row, 0, column.title + ("（必填）" if column.required else ""), bold)
            notes.write_string(row, 1, column.note, wrapped)
    return buffer.getvalue()
