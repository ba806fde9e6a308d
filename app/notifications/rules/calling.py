"""The call list of an emergency: how a call may end, and whom to telephone in which order. Pure."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

MOST_PEOPLE = 12


class Outcome(StrEnum):
    """How a call ended. Reached is acknowledged."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    FAILED = "failed"


def in_order(
    duty: Sequence[UUID], office: Sequence[UUID], others: Sequence[UUID], reporter: UUID
) -> list[UUID]:
    """Who is on duty first, then the lead's office, then whoever else is there; not who reported
    it: they know."""
    people = dict.fromkeys([*duty, *office, *others])
    return [one for one in people if one != reporter][:MOST_PEOPLE]
