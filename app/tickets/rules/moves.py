"""The whole state machine as one table that a clerk can read. `machine.py` walks it.

A verb may stand in several lines: the first that fits the state, the seat and its `when`, and whose
guards hold, is the one. `STAY` leaves the state as it is, `BACK` returns to where it came from.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.tickets.rules.guards import (
    ARRIVAL_DUE,
    CONTAINMENT_DUE,
    DUE_AHEAD,
    IN_TIME_TO_REOPEN,
    IN_TIME_TO_RETURN,
    JOINED,
    NOT_BOUND,
    NOT_JOINED,
    NOT_OWN_CALL,
    NOT_OWN_RATING,
    NOT_OWN_WORK,
    NOT_SUPERVISED_YET,
    NOT_VOLUNTEERS,
    PART_OPEN,
    SEVEN_DAYS_SILENT,
    SUSPENSION_PENDING,
    UNTIL_AHEAD,
    WAS_RETURNED,
    WITH_EVIDENCE,
    Guard,
)
from app.tickets.rules.words import VERB_NAMES, Seat, TicketStatus, Verb


class Elsewhere(StrEnum):
    """Where a move leads when it names no state of its own."""

    STAY = "stay"
    BACK = "back"


class When(StrEnum):
    """A fact on which one line of the table is chosen before another."""

    EMERGENCY = "emergency"  # and an organisation is there that takes it
    SUPERVISED = "supervised"
    THIRD_TIME = "third_time"


@dataclass(frozen=True, slots=True)
class Move:
    """One line: verb, from, to, by whom; what must (and may) be said; what must be true."""

    verb: Verb
    sources: frozenset[TicketStatus | None]
    to: TicketStatus | Elsewhere
    by: frozenset[Seat]
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    when: When | None = None
    danger: bool = False
    offered: bool = True  # among what may be done now; else a place of its own asks for it

    @property
    def name(self) -> str:
        return VERB_NAMES[self.verb]


def at(*states: TicketStatus) -> frozenset[TicketStatus | None]:
    """The states a move starts from."""
    return frozenset(states)


def by(*seats: Seat) -> frozenset[Seat]:
    """The seats that may make a move."""
    return frozenset(seats)


STAY: Final = Elsewhere.STAY
BACK: Final = Elsewhere.BACK
NOWHERE: frozenset[TicketStatus | None] = frozenset({None})

S, V = TicketStatus, Verb
ME, COMMUNITY, LEAD, SYSTEM = Seat.REPORTER, Seat.COMMUNITY, Seat.LEAD, Seat.SYSTEM
UNDER_WAY = at(S.ACCEPTED, S.DISPATCHED, S.IN_PROGRESS, S.SUSPENDED)
BEFORE_THE_END = UNDER_WAY | at(S.SUBMITTED, S.DELIBERATING)
WITH_PARTIES = at(S.DISPATCHED, S.IN_PROGRESS, S.SUSPENDED)
NOT_WITHDRAWN = at(*(state for state in TicketStatus if state is not S.WITHDRAWN))
EVIDENCE = ("media_before", "media_after", "nothing_to_see")
RATING = ("solved", "satisfied")

# An emergency waits for nobody: it goes to who must act at once, the paper follows.
# Nobody reviews their own work, nobody rates it, and nobody calls back about it.
# What is joined into another ticket is closed, and goes on by itself once it is taken apart.
# Who is named for good after a return, or in the midst of it, cannot return it any more.
# The third time a ticket is opened again, doing the same once more is no answer: it is deliberated.
MOVES: tuple[Move, ...] = (
    Move(V.SUBMIT, NOWHERE, S.DISPATCHED, by(ME), when=When.EMERGENCY),
    Move(V.SUBMIT, NOWHERE, S.SUBMITTED, by(ME)),
    Move(
        V.ACCEPT, at(S.SUBMITTED), S.DISPATCHED, by(COMMUNITY),
        may=("category",), when=When.EMERGENCY,
    ),
    Move(V.ACCEPT, at(S.SUBMITTED), S.ACCEPTED, by(COMMUNITY), may=("category",)),
    Move(V.ACCEPT, at(S.REJECTED), S.ACCEPTED, by(COMMUNITY), when=When.SUPERVISED),
    Move(
        V.REJECT, at(S.SUBMITTED), S.REJECTED, by(COMMUNITY),
        needs=("reason", "where_to"), danger=True,
    ),
    Move(V.WITHDRAW, at(S.SUBMITTED, S.ACCEPTED, S.DISPATCHED), S.WITHDRAWN, by(ME), danger=True),
    Move(
        V.DISPATCH, at(S.ACCEPTED), S.DISPATCHED, by(COMMUNITY, SYSTEM),
        needs=("lead_org_id",), may=("co_org_ids", "note"),
    ),
    Move(
        V.ARBITRATE, at(S.ACCEPTED), S.DISPATCHED, by(COMMUNITY),
        needs=("lead_org_id", "reason"), may=("co_org_ids",), guards=(WAS_RETURNED,),
    ),
    Move(
        V.ARBITRATE, WITH_PARTIES, S.DISPATCHED, by(COMMUNITY),
        needs=("lead_org_id", "reason"), may=("co_org_ids",), danger=True,
    ),
    Move(V.START, at(S.DISPATCHED), S.IN_PROGRESS, by(LEAD)),
    Move(
        V.RETURN, at(S.DISPATCHED), S.ACCEPTED, by(LEAD),
        needs=("reason",), guards=(NOT_BOUND, IN_TIME_TO_RETURN), danger=True,
    ),
    Move(
        V.SUSPEND, at(S.IN_PROGRESS), S.SUSPENDED, by(LEAD),
        needs=("reason_code", "until"), may=("note",), guards=(UNTIL_AHEAD,),
    ),
    Move(
        V.APPROVE_SUSPENSION, at(S.SUSPENDED), STAY, by(COMMUNITY), guards=(SUSPENSION_PENDING,)
    ),
    Move(V.RESUME, at(S.SUSPENDED), S.IN_PROGRESS, by(LEAD)),
    Move(V.ARRIVE, at(S.IN_PROGRESS), STAY, by(LEAD), guards=(ARRIVAL_DUE,)),
    Move(V.CONTAIN, at(S.IN_PROGRESS), STAY, by(LEAD), guards=(CONTAINMENT_DUE,)),
    Move(
        V.HAND_ON, WITH_PARTIES, STAY, by(LEAD),
        needs=("person_id",), may=("note",), guards=(NOT_VOLUNTEERS,),
    ),
    Move(
        V.FINISH_PART, WITH_PARTIES, STAY, by(Seat.CO),
        needs=("what_was_done",), guards=(PART_OPEN,),
    ),
    Move(
        V.RESOLVE, at(S.IN_PROGRESS), S.RESOLVED, by(LEAD),
        needs=("what_was_done",), may=EVIDENCE, guards=(WITH_EVIDENCE,),
    ),
    Move(V.REVIEW, at(S.RESOLVED), S.REVIEWED, by(Seat.REVIEWER), guards=(NOT_OWN_WORK,)),
    Move(
        V.SEND_BACK, at(S.RESOLVED), S.IN_PROGRESS, by(Seat.REVIEWER),
        needs=("reason",), guards=(NOT_OWN_WORK,), danger=True,
    ),
    Move(V.CLOSE, at(S.REVIEWED), S.CLOSED, by(ME), needs=RATING, guards=(NOT_OWN_RATING,)),
    Move(
        V.CLOSE, at(S.REVIEWED), S.CLOSED, by(COMMUNITY, Seat.REVIEWER, Seat.BUILDING_HEAD),
        needs=(*RATING, "call_back_note"), guards=(NOT_OWN_CALL,),
    ),
    Move(V.CLOSE, at(S.REVIEWED), S.CLOSED, by(SYSTEM), guards=(SEVEN_DAYS_SILENT,)),
    Move(
        V.REOPEN, at(S.CLOSED), S.DELIBERATING, by(ME),
        needs=("reason",), guards=(NOT_JOINED, IN_TIME_TO_REOPEN), when=When.THIRD_TIME,
    ),
    Move(
        V.REOPEN, at(S.CLOSED), S.DELIBERATING, by(COMMUNITY),
        needs=("reason",), guards=(NOT_JOINED,), when=When.THIRD_TIME,
    ),
    Move(
        V.REOPEN, at(S.CLOSED), S.IN_PROGRESS, by(ME),
        needs=("reason",), guards=(NOT_JOINED, IN_TIME_TO_REOPEN),
    ),
    Move(
        V.REOPEN, at(S.CLOSED), S.IN_PROGRESS, by(COMMUNITY),
        needs=("reason",), guards=(NOT_JOINED,),
    ),
    Move(V.PROPOSE, UNDER_WAY, STAY, by(Seat.ANY_PARTY), needs=("topic",)),
    Move(V.DELIBERATE, UNDER_WAY, S.DELIBERATING, by(COMMUNITY), needs=("topic",)),
    Move(
        V.CONCLUDE, at(S.DELIBERATING), S.DISPATCHED, by(COMMUNITY),
        needs=("resolution", "lead_org_id", "due_on"), guards=(DUE_AHEAD,),
    ),
    Move(
        V.ESCALATE, UNDER_WAY | at(S.DELIBERATING), S.ESCALATED, by(COMMUNITY),
        needs=("what_was_done",), danger=True,
    ),
    Move(V.ANSWER, at(S.ESCALATED), BACK, by(Seat.SUBDISTRICT), needs=("answer",)),
    Move(
        V.SUPERVISE, NOT_WITHDRAWN, STAY, by(Seat.SECRETARY, Seat.SUBDISTRICT),
        needs=("reason",), guards=(NOT_JOINED, NOT_SUPERVISED_YET), danger=True,
    ),
    Move(
        V.JOIN, BEFORE_THE_END, S.CLOSED, by(COMMUNITY), needs=("into_id",), offered=False,
    ),
    Move(
        V.TAKE_APART, at(S.CLOSED), BACK, by(COMMUNITY),
        needs=("reason",), guards=(JOINED,), danger=True,
    ),
)  # fmt: skip
