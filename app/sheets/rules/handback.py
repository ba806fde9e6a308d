"""What another system gets back: which rows were taken, and later how each ended. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from app.sheets.rules.incoming import RETURN_CODES
from app.tickets.rules import OVER, SATISFIED_NAMES, SOLVED_NAMES, STATUS_NAMES

Value = str | int | datetime | None
RESULT_HEAD = ("对方工单编号", "结果代码", "结果", "本方单号", "原因", "表格第几行")
ENDING_HEAD = (
    "对方工单编号",
    "本方单号",
    "状态",
    "办理结果",
    "收到时间",
    "办结时间",
    "对方要求时限",
    "是否超过要求时限",
    "是否解决",
    "满意度",
)
ALREADY = "这个编号以前收过"


def result_lines(rows: Iterable[Any]) -> Iterator[list[Value]]:
    """One line for each row of the file, with its return code."""
    for row in rows:
        code, word = RETURN_CODES[row.state]
        yield [row.number, code, word, row.ours, _reason(row), row.row]


def _reason(row: Any) -> str:
    if row.errors:
        return "；".join(row.errors.values())
    if row.state == "doubled":
        return str(row.doubts.get("number") or ALREADY)
    return ""


def ending_lines(found: Iterable[Mapping[str, Any]]) -> Iterator[list[Value]]:
    """One line for each number: how it stands, or how it ended."""
    for one in found:
        foreign, ticket = one["foreign"], one["ticket"]
        ended = ticket.closed_at or (ticket.moved_at if ticket.status in OVER else None)
        yield [
            foreign.number,
            ticket.number,
            STATUS_NAMES[ticket.status],
            one["words"],
            foreign.taken_at,
            ended,
            foreign.due_at,
            _late(foreign.due_at, ended),
            SOLVED_NAMES.get(ticket.solved),
            SATISFIED_NAMES.get(ticket.satisfied),
        ]


def _late(due: datetime | None, ended: datetime | None) -> str:
    if due is None or ended is None:
        return ""
    return "是" if ended > due else "否"
