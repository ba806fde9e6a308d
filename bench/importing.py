"""A community's spreadsheet of 2,600 households through the HTTP door: preview, then confirm."""

import io
import json
import time
from uuid import UUID, uuid4

import xlsxwriter

from app.identity.rules import PlaceKind
from bench.report import figure
from bench.worlds import DATABASES, server_on
from tests.server import Answer, Visitor

HOUSEHOLDS = 2600
ESTATES, BUILDINGS, UNITS, PER_FLOOR = 3, 36, 3, 2
HEADINGS = ("小区", "楼栋", "单元", "门牌", "网格", "称呼", "关心程度", "联系电话")
IMPORTS = "/api/v1/places/imports"


def rows() -> list[tuple[str, ...]]:
    """Doors, evenly over the buildings."""
    made: list[tuple[str, ...]] = []
    for number in range(HOUSEHOLDS):
        building, place = number % BUILDINGS, number // BUILDINGS
        floor, door = divmod(place // UNITS, PER_FLOOR)
        made.append(
            (
                f"{building % ESTATES + 1} 号小区",
                f"{building + 1}栋",
                str(place % UNITS + 1),
                f"{floor + 1}{door + 1:02d}",
                f"第{building % 8 + 1}网格",
                "王阿姨",
                ("一般", "重点关心", "特别关心")[number % 20 // 18],
                f"1990001{number:04d}",
            )
        )
    return made


def spreadsheet() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("住户")
        for place, row in enumerate([HEADINGS, *rows()]):
            sheet.write_row(place, 0, row)
    return out.getvalue()


def upload(visitor: Visitor, community: UUID, content: bytes) -> Answer:
    edge = uuid4().hex
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="community_id"\r\n\r\n{community}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n'
        "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\n\r\n"
    )
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={edge}",
        "Cookie": visitor.cookie,
        "X-CSRF-Token": visitor.csrf,
        "Idempotency-Key": str(uuid4()),
    }
    return visitor.send("POST", IMPORTS, body, headers)


def measure(database: str, content: bytes) -> None:
    with server_on(database) as world:
        world.server.start()
        clerk, community = world.visitors["committee"], world.places[PlaceKind.COMMUNITY]
        start = time.perf_counter()
        preview = upload(clerk, community, content)
        seen = time.perf_counter()
        counts = preview.json()["counts"]
        if preview.status != 201 or counts["create"] != HOUSEHOLDS:
            raise RuntimeError(f"the preview is wrong: {preview.status} {json.dumps(counts)}")
        confirmed = clerk.call("POST", f"{IMPORTS}/{preview.json()['id']}/confirm", {})
        done = time.perf_counter()
        if confirmed.status != 200:
            raise RuntimeError(f"not confirmed: {confirmed.status} {confirmed.body.decode()}")
        figure(
            "import.households_2600_seconds",
            done - start,
            "s",
            db=database,
            preview=round(seen - start, 2),
            confirm=round(done - seen, 2),
        )


def main() -> None:
    content = spreadsheet()
    print(f"{HOUSEHOLDS} households in {len(content) / 1024:.0f} KB of xlsx")
    for database in DATABASES:
        measure(database, content)
