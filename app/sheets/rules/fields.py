"""What a hand-over of tickets may say, and under which headings other systems say it. Pure.

Names and telephone numbers of those who called are no fields: what is not needed is not read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.places.rules import plain

LOOKED_AT = 10  # rows in which the headings may stand; above them are titles


class Field(StrEnum):
    """What is read of a row."""

    NUMBER = "number"
    TEXT = "text"
    KIND = "kind"
    ADDRESS = "address"
    CALLED_AT = "called_at"
    DUE_AT = "due_at"


@dataclass(frozen=True, slots=True)
class Known:
    """One field: its name for people, and the headings that usually mean it, likeliest first."""

    name: str
    headings: tuple[str, ...]
    required: bool = False


FIELDS: dict[Field, Known] = {
    Field.NUMBER: Known(
        "工单编号",
        (
            "工单编号",
            "工单号",
            "诉求编号",
            "受理编号",
            "案件编号",
            "任务编号",
            "流水号",
            "单号",
            "编号",
        ),
        required=True,
    ),
    Field.TEXT: Known(
        "诉求内容",
        (
            "诉求内容",
            "反映内容",
            "工单内容",
            "问题描述",
            "内容描述",
            "来电内容",
            "主要内容",
            "内容",
        ),
        required=True,
    ),
    Field.ADDRESS: Known(
        "地址",
        ("事发地址", "诉求地址", "详细地址", "发生地点", "事发地点", "地址", "地点", "位置"),
        required=True,
    ),
    Field.KIND: Known(
        "诉求类型",
        ("诉求类型", "诉求类别", "问题类型", "事项分类", "诉求分类", "类型", "类别", "分类"),
    ),
    Field.CALLED_AT: Known(
        "来电时间", ("来电时间", "受理时间", "登记时间", "诉求时间", "创建时间", "派单时间")
    ),
    Field.DUE_AT: Known(
        "办理时限", ("办理时限", "办结时限", "截止时间", "要求办结时间", "时限", "期限")
    ),
}
Places = dict[Field, int]
_BESIDE = re.compile(r"[（(【\[].*?[）)】\]]|[*＊:：]")


def bare(heading: str) -> str:
    """A heading without stars, colons and what stands in brackets."""
    return _BESIDE.sub("", plain(heading)).replace(" ", "")


def guess(headings: Sequence[str], remembered: Mapping[str, str] | None = None) -> Places:
    """Under which column each field stands: as it was last time, else by the usual headings."""
    names = [bare(heading) for heading in headings]
    found: Places = {}
    for field, heading in (remembered or {}).items():
        if heading in names:
            found[Field(field)] = names.index(heading)
    for exactly in (True, False):
        for field, known in FIELDS.items():
            place = _place(names, known.headings, set(found.values()), exactly=exactly)
            if field not in found and place is not None:
                found[field] = place
    return found


def _place(
    names: Sequence[str], headings: Sequence[str], taken: set[int], *, exactly: bool
) -> int | None:
    for heading in headings:
        for place, name in enumerate(names):
            fits = name == heading if exactly else heading in name
            if fits and place not in taken:
                return place
    return None


def heading_row(table: Sequence[Sequence[str]]) -> int:
    """The row of the headings: the one among the first that names most fields, else the first
    that is not empty."""
    known = {heading for one in FIELDS.values() for heading in one.headings}
    hits = [sum(bare(cell) in known for cell in row) for row in table[:LOOKED_AT]]
    if hits and max(hits) > 0:
        return hits.index(max(hits))
    return next((at for at, row in enumerate(table) if any(map(str.strip, row))), 0)
