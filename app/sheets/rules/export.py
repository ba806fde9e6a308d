"""The columns of an exported list of tickets, and who gets them: one table. Pure.

Nobody gets a telephone number or a visit's note. Names, doors and whose agreement it was are for
the community, and only on tickets of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.identity.rules import PARTY_NAMES
from app.tickets.rules import OVER, SATISFIED_NAMES, SOLVED_NAMES

Value = str | int | datetime | None


class For(StrEnum):
    """Who gets a column."""

    ALL = "all"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class Told:
    """One ticket as the export has gathered it: its row, what stands beside it, and when."""

    row: Any
    category_name: str
    status_name: str
    helpers: str
    outcome: str
    household: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters, and where its value comes from."""

    title: str
    width: int
    value: Callable[[Told], Value]
    audience: For = For.ALL


def _yes(answer: bool) -> str:
    return "是" if answer else ""


def _overdue(told: Told) -> bool:
    due = told.row.due_at
    return due is not None and told.row.status not in OVER and due <= told.now


COLUMNS: tuple[Column, ...] = (
    Column("单号", 12, lambda told: told.row.number),
    Column("内容", 48, lambda told: told.row.text),
    Column("类别", 14, lambda told: told.category_name),
    Column("状态", 10, lambda told: told.status_name),
    Column("应急", 6, lambda told: _yes(told.row.emergency)),
    Column("督办", 6, lambda told: _yes(told.row.supervised)),
    Column("超时", 6, lambda told: _yes(_overdue(told))),
    Column("地点", 24, lambda told: told.row.place_text),
    Column("具体位置", 16, lambda told: told.row.spot),
    Column("报事人", 12, lambda told: told.row.reporter_name, For.COMMUNITY),
    Column("谁同意报的", 14, lambda told: told.row.agreed_by, For.COMMUNITY),
    Column("住户", 24, lambda told: told.household, For.COMMUNITY),
    Column("主办方", 10, lambda told: PARTY_NAMES.get(told.row.lead_party)),
    Column("主办单位", 20, lambda told: told.row.lead_name),
    Column("值班人", 12, lambda told: told.row.duty_name),
    Column("协办单位", 20, lambda told: told.helpers),
    Column("报事时间", 16, lambda told: told.row.created_at),
    Column("更新时间", 16, lambda told: told.row.moved_at),
    Column("时限", 16, lambda told: told.row.due_at),
    Column("办结时间", 16, lambda told: told.row.closed_at),
    Column("办理结果", 36, lambda told: told.outcome),
    Column("是否解决", 10, lambda told: SOLVED_NAMES.get(told.row.solved)),
    Column("满意度", 10, lambda told: SATISFIED_NAMES.get(told.row.satisfied)),
    Column("退单次数", 8, lambda told: told.row.returned),
    Column("再办次数", 8, lambda told: told.row.reopened),
)


def columns_for(*, community: bool) -> tuple[Column, ...]:
    """The columns that somebody gets; those of the community for who works for one."""
    return tuple(one for one in COLUMNS if community or one.audience is For.ALL)
