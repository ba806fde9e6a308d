"""The routes of boards: what waits for an office, and the numbers of an estate's buildings."""

from hashlib import sha256

from app.core.edge import encode
from app.core.http import Area, Call
from app.identity.guards import OFFICE
from app.tickets import present_boards, schemas_boards

area = Area("boards", url_prefix="/tickets", title="看板")


@area.get(
    "/board",
    guard=OFFICE,
    query=schemas_boards.BoardQuery,
    answer=schemas_boards.BoardSchema,
    summary="What waits for my office; nothing (204) where it is as it was seen",
)
def get_board(call: Call) -> object:
    board = present_boards.board(call.session, call.actor)
    mark = sha256(encode(board)).hexdigest()[:16]
    return None if mark == call.query.get("seen") else board | {"mark": mark}


@area.get(
    "/buildings",
    guard=OFFICE,
    query=schemas_boards.EstateQuery,
    answer=schemas_boards.EstateNumbersSchema,
    summary="How much is open in each building of an estate, and what was reported of late",
)
def get_buildings(call: Call) -> object:
    return present_boards.estate_numbers(call.session, call.actor, call.query["estate_id"])
