"""An emergency call 紧急召集: who may make one, who is called, what they answer. Pure.

Start at `words`, then `states` (what may be done), `seats` (who sees what) and `board` (how a
building stands). No procedure of any agency is written here: a call says in the committee's own
words what is asked for.
"""

from app.calls.rules.words import (
    ANSWER_NAMES,
    BUILDING_STATE_NAMES,
    KIND_NAMES,
    STATE_NAMES,
    Answer,
    BuildingState,
    CallKind,
    CallState,
    Seat,
)

__all__ = [
    "ANSWER_NAMES",
    "BUILDING_STATE_NAMES",
    "KIND_NAMES",
    "STATE_NAMES",
    "Answer",
    "BuildingState",
    "CallKind",
    "CallState",
    "Seat",
]
