"""The summary of a call as a file: one line for each building. Nobody's name stands in it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from app.calls import present
from app.calls.models import Summons
from app.calls.rules import ANSWER_NAMES, BUILDING_STATE_NAMES, KIND_NAMES, STATE_NAMES
from app.core import clock
from app.identity.actor import Actor
from app.places.queries import place_texts
from app.sheets.book import Value, as_xlsx

SHEET = "紧急召集"
HEAD = ("楼栋（或项目）", "情况", "来了几人", "要看的户数", "看过的户数", "说明")


def as_file(session: Session, actor: Actor, call: Summons) -> bytes:
    """What the actor sees of it, with a few lines on top of what it was."""
    board = present.board(session, actor, call)
    return as_xlsx(SHEET, HEAD, _lines(session, call, board))


def name_of(session: Session, call: Summons) -> str:
    """What the file is called: which call it was, and of which day."""
    place = place_texts(session, [call.place_id])[call.place_id]
    day = call.opened_at.astimezone(clock.LOCAL).date()
    return f"{SHEET} {KIND_NAMES[call.kind]} {place} {day}.xlsx"


def _lines(session: Session, call: Summons, board: dict[str, Any]) -> Iterator[list[Value]]:
    place = place_texts(session, [call.place_id])[call.place_id]
    yield [place, KIND_NAMES[call.kind], None, None, None, call.words]
    yield ["这次召集", STATE_NAMES[call.state], None, None, None, call.ending]
    yield ["发出", call.opened_at]
    yield ["结束", call.ended_at]
    yield ["请到的人", f"{board['counts']['asked']} 人"]
    for answer, name in ANSWER_NAMES.items():
        yield [name, f"{board['counts'][answer]} 人"]
    if board["asked_anew"] is not None:
        yield ["重新问的走访", f"{board['asked_anew']} 户"]
    for one in board["buildings"]:
        state = BUILDING_STATE_NAMES[one["state"]]
        yield [one["name"], state, one["coming"], one["doors"], one["seen"], None]
    for ticket in board["tickets"]:
        yield ["工单", ticket["number"], None, None, None, None]
