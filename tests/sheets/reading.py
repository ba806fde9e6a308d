"""Opens an .xlsx as a spreadsheet program and as a stranger with a text editor would."""

import io
import re
import zipfile

import python_calamine

Table = list[list[object]]


def sheets(content: bytes) -> dict[str, Table]:
    """The cells of every sheet, by its name."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def column(content: bytes, title: str, sheet: str = "工单") -> list[object]:
    """What stands under a heading."""
    head, *rows = sheets(content)[sheet]
    return [row[head.index(title)] for row in rows]


def formulas(content: bytes) -> list[str]:
    """Everything in the file that a program would reckon or follow."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                text = archive.read(name).decode()
                found += re.findall(r"<f[ >].*?</f>|<hyperlink |TargetMode=.External", text)
    return found
