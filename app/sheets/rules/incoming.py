"""What a row of a hand-over would become: its cells one by one, each with what is wrong. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum
from uuid import UUID

from app.places.rules import plain
from app.sheets.rules.address import Spot, find_spot
from app.sheets.rules.cells import plain as writable
from app.sheets.rules.fields import FIELDS, Field
from app.sheets.rules.moments import moment_of
from app.tickets.rules.catalogue import Catalogue
from app.tickets.rules.categories import is_emergency

LONGEST_NUMBER = 64
LONGEST_TEXT = 500  # of a report
LONGEST_REST = 400  # what goes into the timeline beside it
# What happens at home is nobody's but the caller's: their agreement is the hotline's to have.
PRIVATE = frozenset({"home", "care", "neighbour", "volunteer"})
EMPTY = "这一格是空的；合并的单元格请先取消合并"
EMERGENCY = "会按应急办，导入后马上派出去"

Suggest = Callable[[str], tuple[str, str] | None]


class RowState(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    REFUSED = "refused"
    DOUBLED = "doubled"
    ACCEPTED = "accepted"
    LEFT = "left"


# What the other system gets back: a code for machines, a word for people.
RETURN_CODES: dict[RowState, tuple[int, str]] = {
    RowState.ACCEPTED: (0, "已接收"),
    RowState.DOUBLED: (1, "重复"),
    RowState.REFUSED: (2, "退回"),
    RowState.LEFT: (3, "未导入"),
    RowState.READY: (3, "未导入"),
}


@dataclass(slots=True)
class Incoming:
    """One row, read. `errors` keep it out; `doubts` are for somebody to look at."""

    row: int
    number: str = ""
    text: str = ""
    rest: str = ""
    kind: str = ""
    address: str = ""
    called_at: datetime | None = None
    due_at: datetime | None = None
    category: str | None = None
    place_id: UUID | None = None
    place_text: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """By what rows are read: where the fields stand, the places and categories there are."""

    mapping: Mapping[Field, int]
    spots: Sequence[Spot]
    held: Catalogue
    suggest: Suggest
    zone: tzinfo


def read_row(row: int, cells: Sequence[str], by: Reading) -> Incoming:
    """One row of the file."""
    found = Incoming(row)
    said = {one: _cell(cells, by.mapping.get(one)) for one in Field}
    for one, known in FIELDS.items():
        if known.required and not said[one]:
            found.errors[one] = EMPTY
    _number(found, said[Field.NUMBER])
    _text(found, said[Field.TEXT])
    found.kind = said[Field.KIND][:60]
    _place(found, said[Field.ADDRESS][:200], by.spots)
    found.called_at = _moment(found, Field.CALLED_AT, said, by.zone)
    found.due_at = _moment(found, Field.DUE_AT, said, by.zone)
    _category(found, by)
    return found


def _cell(cells: Sequence[str], place: int | None) -> str:
    inside = place is not None and place < len(cells)
    return writable(cells[place]).strip() if inside and place is not None else ""


def _number(found: Incoming, said: str) -> None:
    found.number = plain(said)[:LONGEST_NUMBER]
    if len(said) > LONGEST_NUMBER:
        found.errors[Field.NUMBER] = f"超过 {LONGEST_NUMBER} 个字"
    elif "E+" in said.upper():
        found.errors[Field.NUMBER] = "被表格改成了科学记数，请把这一列设成文本再导"


def _text(found: Incoming, said: str) -> None:
    found.text, found.rest = said[:LONGEST_TEXT], said[LONGEST_TEXT:]
    if len(found.rest) > LONGEST_REST:
        found.errors[Field.TEXT] = f"超过 {LONGEST_TEXT + LONGEST_REST} 个字，请写短一些"
    elif found.rest:
        found.doubts[Field.TEXT] = f"超过 {LONGEST_TEXT} 个字，后面的写进办理过程"


def _place(found: Incoming, said: str, spots: Sequence[Spot]) -> None:
    found.address = said
    if not said:
        return
    place = find_spot(said, spots)
    if place is None:
        found.errors[Field.ADDRESS] = "对不上本社区的小区和楼栋，请选一个地点"
        return
    found.place_id, found.place_text = place.spot.id, place.spot.text
    if place.doubt:
        found.doubts[Field.ADDRESS] = place.doubt


def _moment(
    found: Incoming, one: Field, said: Mapping[Field, str], zone: tzinfo
) -> datetime | None:
    if not said[one]:
        return None
    moment = moment_of(said[one], zone, end=one is Field.DUE_AT)
    if moment is None:
        found.doubts[one] = f"「{said[one][:20]}」看不出是哪一天，先空着"
    return moment


def _category(found: Incoming, by: Reading) -> None:
    named = next((one.code for one in by.held.offered() if one.name == found.kind), None)
    if named:
        found.category = named
        return
    guessed = by.suggest(f"{found.kind} {found.text}") if found.text else None
    if guessed is None:
        found.errors[Field.KIND] = "看不出是哪一类，请选一个"
        return
    found.category, why = guessed
    found.doubts[Field.KIND] = f"猜的：{why}"
    if is_emergency(found.category):
        found.doubts[Field.KIND] = f"{EMERGENCY}（{why}）"


def is_private(category: str) -> bool:
    """Whether a matter is a home's own."""
    return category.partition(".")[0] in PRIVATE


def doubles_within(rows: Sequence[Incoming]) -> dict[int, int]:
    """Rows whose number stood further up already, and in which row."""
    first: dict[str, int] = {}
    found = {}
    for one in rows:
        if one.number and first.setdefault(one.number, one.row) != one.row:
            found[one.row] = first[one.number]
    return found
