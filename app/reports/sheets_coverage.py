"""Coverage as a spreadsheet: a line for every month, place and care level; what words mean."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from app.places.rules import CARE_LEVEL_NAMES
from app.reports.rules import TOO_FEW
from app.reports.rules.coverage import DUE, WORDS, Came, Line
from app.reports.schemas_coverage import CoveredKind, MonthState
from app.sheets.book import STRICTLY_TEXTS, Sheet, Value

HIDDEN = "不显示"
KIND_NAMES = {
    CoveredKind.COMMUNITY: "全社区",
    CoveredKind.GRID: "网格",
    CoveredKind.ESTATE: "小区",
    CoveredKind.BUILDING: "楼栋",
}
STATE_NAMES = {
    MonthState.RUNNING: "这个月还没过完",
    MonthState.WAITING: "还在等晚到的记录",
    MonthState.SETTLED: "已经定下来",
}
HEAD = ("月份", "范围", "地方", "关心程度", *(word.name for word in WORDS), "走到的占（%）", "说明")
WIDTHS = (10, 8, 22, 10, 8, 8, 8, 8, 10, 14, 28)
AFTERWARDS = "事后补算，按补算那天的关心程度"
HIDES = f"不到 {TOO_FEW} 户的数不显示；光靠别的数能推出来的，也不显示。一次走访算一次，不算到人。"
Told = Sequence[tuple[dict[str, Any], Sequence[Line]]]


def as_xlsx(places: Sequence[dict[str, Any]], told: Told) -> bytes:
    """The months one below the other, in the order of the places."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, STRICTLY_TEXTS | {"in_memory": True}) as book:
        sheet = Sheet(book, "走访覆盖", WIDTHS)
        sheet.head(HEAD)
        for row in _rows(places, told):
            sheet.add(row)
        sheet.filter_by_heading(len(HEAD))
        words = Sheet(book, "怎么算的", (12, 100))
        words.head(("词", "意思"))
        for word in WORDS:
            words.add((word.name, word.what))
        words.add((HIDDEN, HIDES))
    return out.getvalue()


def _rows(places: Sequence[dict[str, Any]], told: Told) -> Iterator[list[Value]]:
    for month, lines in told:
        said = AFTERWARDS if month["afterwards"] else STATE_NAMES[month["state"]]
        of = {(line.place, line.level): line for line in lines}
        for place in places:
            for level in (None, *CARE_LEVEL_NAMES):
                line = of.get((place["id"], level))
                if line is not None:
                    name = CARE_LEVEL_NAMES[level] if level else "全部"
                    head = [month["month"], KIND_NAMES[place["kind"]], place["name"], name]
                    yield [*head, *_figures(line), said]


def _figures(line: Line) -> list[Value]:
    counts = [line.counts[word.key] for word in WORDS]
    due, done = line.counts[DUE], line.counts[Came.DONE.value]
    share = None if due is None or done is None else round(100 * done / due, 1)
    return [HIDDEN if one is None else one for one in (*counts, share)]
