"""Walks the table of moves: what follows, what may be done now, and why not. Pure."""

from collections.abc import Iterator

from app.core.errors import Invalid, Refusal
from app.tickets.rules.guards import NOT_OWN_WORK, REOPENED_AT_MOST, Facts, Said
from app.tickets.rules.moves import BACK, MOVES, STAY, Move, When
from app.tickets.rules.refusals import NotYourMove, OwnWork, WrongState
from app.tickets.rules.words import (
    SEAT_NAMES,
    STATUS_NAMES,
    VERB_NAMES,
    Seat,
    TicketStatus,
    Verb,
)

Seats = frozenset[Seat]

MISSING: dict[str, str] = {
    "reason": "请写明原因。",
    "where_to": "请写明该去哪里办。",
    "lead_org_id": "请选一个主办方。",
    "reason_code": "请选一个挂起的原因。",
    "until": "请选挂起到哪一天。",
    "what_was_done": "请写明做了什么。",
    "solved": "请选是不是解决了。",
    "satisfied": "请选满意不满意。",
    "call_back_note": "请记一下回访的情况。",
    "topic": "请写明要协商什么。",
    "resolution": "请写明协商的结论。",
    "due_on": "请选办结的期限。",
    "answer": "请写明答复。",
    "into_id": "请选并到哪一件。",
    "person_id": "请选交给谁。",
}


def next_move(
    status: TicketStatus | None, verb: Verb, seats: Seats, said: Said, facts: Facts
) -> Move:
    """The line of the table that holds now.

    Raises NotYourMove, WrongState, Invalid, or the refusal of the first guard that fails.
    """
    lines = [move for move in MOVES if move.verb is verb]
    if not any(move.by & seats for move in lines):
        raise _not_yours(lines, facts)
    fitting = list(_fitting(status, verb, seats, facts))
    if not fitting:
        raise _wrong_state(status, verb, seats, facts)
    refusals = []
    for move in fitting:
        refusal = _objection(move, facts, said)
        if refusal is None:
            return move
        refusals.append(refusal)
    raise refusals[0]


def next_status(
    status: TicketStatus | None, verb: Verb, seats: Seats, said: Said, facts: Facts
) -> TicketStatus:
    """The state after a move. Raises what `next_move` raises."""
    return landing(next_move(status, verb, seats, said, facts), status, facts)


def landing(move: Move, status: TicketStatus | None, facts: Facts) -> TicketStatus:
    """Where a line of the table leads from here."""
    if isinstance(move.to, TicketStatus):
        return move.to
    target = {STAY: status, BACK: facts.came_from}[move.to]
    if target is None:
        raise WrongState
    return target


def open_moves(status: TicketStatus, seats: Seats, facts: Facts) -> list[Move]:
    """What may be done now from these seats, one line for each verb, in the table's order."""
    found: dict[Verb, Move] = {}
    for move in MOVES:
        if move.offered and move.verb not in found and _is_open(move, status, seats, facts):
            found[move.verb] = move
    if Verb.DELIBERATE in found:  # who may convene need not propose
        found.pop(Verb.PROPOSE, None)
    return list(found.values())


def _is_open(move: Move, status: TicketStatus | None, seats: Seats, facts: Facts) -> bool:
    if status not in move.sources or not move.by & seats or not _chosen(move, facts):
        return False
    return all(guard.holds(facts, {}) for guard in move.guards if not guard.of_said)


def _chosen(move: Move, facts: Facts) -> bool:
    """Whether the line's `when` is the case; a line that has none is for all other cases."""
    choices = {
        When.EMERGENCY: facts.emergency,
        When.SUPERVISED: facts.supervised,
        When.THIRD_TIME: facts.reopened >= REOPENED_AT_MOST,
    }
    if move.when is not None:
        return choices[move.when]
    rivals = (
        other.when
        for other in MOVES
        if other.when and other.verb is move.verb and other.sources & move.sources
    )
    return not any(choices[when] for when in rivals)


def _fitting(status: TicketStatus | None, verb: Verb, seats: Seats, facts: Facts) -> Iterator[Move]:
    return (
        move
        for move in MOVES
        if move.verb is verb and status in move.sources and move.by & seats and _chosen(move, facts)
    )


def _objection(move: Move, facts: Facts, said: Said) -> Refusal | None:
    missing = {need: [MISSING[need]] for need in move.needs if said.get(need) in (None, "")}
    try:
        for guard in move.guards:
            if not guard.of_said or not missing:
                guard.check(facts, said)
    except Refusal as refusal:
        return refusal
    return Invalid(errors=missing) if missing else None


def _not_yours(lines: list[Move], facts: Facts) -> Refusal:
    if facts.own_work and any(NOT_OWN_WORK in move.guards for move in lines):
        return OwnWork()
    seats = sorted({seat for move in lines for seat in move.by}, key=list(Seat).index)
    who = "、".join(SEAT_NAMES[seat] for seat in seats)
    return NotYourMove(f"“{VERB_NAMES[lines[0].verb]}”由{who}来做，不归您。")


def _wrong_state(status: TicketStatus | None, verb: Verb, seats: Seats, facts: Facts) -> WrongState:
    if status is None:
        return WrongState(f"还没有报上来的事，不能“{VERB_NAMES[verb]}”。")
    start = f"这件现在是“{STATUS_NAMES[status]}”，不能“{VERB_NAMES[verb]}”。"
    names = "、".join(move.name for move in open_moves(status, seats, facts))
    return WrongState(start + (f"现在可以：{names}。" if names else "现在不用您做什么。"))
