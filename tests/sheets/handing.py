"""Files as a hotline hands them over, and a clerk who takes them in."""

import io
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import xlsxwriter
from werkzeug.test import TestResponse

from tests.clients import Client
from tests.factories.tickets import Neighbourhood

HEAD = (
    "工单编号",
    "来电人",
    "联系电话",
    "诉求类型",
    "诉求内容",
    "事发地址",
    "来电时间",
    "办理时限",
)
IMPORTS = "/tickets/imports"


def line(here: Neighbourhood, number: str, **said: str) -> list[str]:
    """A row about a lamp in the building that is there."""
    cells = dict(zip(HEAD, ("", "王女士", "13900000000", "", "", "", "", ""), strict=True))
    cells |= {
        "工单编号": number,
        "诉求类型": "公共照明用电",
        "诉求内容": "楼道灯不亮，晚上看不清",
        "事发地址": f"{here.estate.name}{here.building.name}",
        "来电时间": "2026-11-20 09:30",
        "办理时限": "2099年11月30日",
    }
    return list((cells | said).values())


def csv_of(*rows: Sequence[str], head: Sequence[str] = HEAD, encoding: str = "gb18030") -> bytes:
    """As the hotline's program saves it."""
    return "\r\n".join(",".join(row) for row in (head, *rows)).encode(encoding)


def xlsx_of(*rows: Sequence[Any], head: Sequence[str] = HEAD, title: str = "") -> bytes:
    """The same as a workbook, if wanted with a title in merged cells above."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        if title:
            sheet.merge_range(0, 0, 0, len(head) - 1, title)
        for at, row in enumerate((head, *rows), start=1 if title else 0):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def hand_over(
    clerk: Client,
    here: Neighbourhood,
    content: bytes,
    *,
    source: str = "12345热线",
    name: str = "1124交办.csv",
) -> TestResponse:
    """Upload a file."""
    edge = uuid4().hex
    part = f"--{edge}\r\nContent-Disposition: form-data; name="
    head = f'{part}"community_id"\r\n\r\n{here.community.id}\r\n'
    head += f'{part}"source"\r\n\r\n{source}\r\n'
    head += f'{part}"file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    kind = f"multipart/form-data; boundary={edge}"
    return clerk.post(IMPORTS, data=body, content_type=kind)


def rows_of(clerk: Client, made: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row of a hand-over."""
    found: list[dict[str, Any]] = clerk.get(f"{IMPORTS}/{made['id']}/rows", limit=200).json["items"]
    return found
