"""Who may do what to a record of hours: one table, and one function that walks it.

The team leader confirms; a leader's own hours, and those of a team that nobody leads, the
committee. Nobody ever confirms their own.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Refusal
from app.hours.rules.words import HoursState

W, C, S, V = (
    HoursState.WAITING,
    HoursState.CONFIRMED,
    HoursState.SENT_BACK,
    HoursState.VOIDED,
)


class Verb(StrEnum):
    """What can be done to a record of hours."""

    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    CORRECT = "correct"
    VOID = "void"
    SAY = "say"
    WITHDRAW = "withdraw"


class Seat(StrEnum):
    """How a person is placed towards a record."""

    OWN = "own"
    CONFIRMER = "confirmer"
    KEEPER = "keeper"  # the committee, which keeps the ledger


class NotYoursToConfirm(Refusal):
    status, code = 403, "hours_not_yours_to_confirm"
    title = "这条时长不由您确认。自己的时长要由队长或社区确认。"


class NotYourHours(Refusal):
    status, code = 403, "hours_not_yours"
    title = "时长由本人来说，队长可以更正或退回。"


class HoursSettled(Refusal):
    status, code = 409, "hours_settled"
    title = "这条时长已经处理过了，请刷新后再看。"


@dataclass(frozen=True)
class Step:
    """One row of the table."""

    verb: Verb
    sources: frozenset[HoursState]
    target: HoursState
    by: frozenset[Seat]
    needs: tuple[str, ...] = ()


STEPS: tuple[Step, ...] = (
    Step(Verb.CONFIRM, frozenset({W}), C, frozenset({Seat.CONFIRMER})),
    Step(Verb.SEND_BACK, frozenset({W}), S, frozenset({Seat.CONFIRMER}), ("reason",)),
    Step(Verb.CORRECT, frozenset({W, C}), C, frozenset({Seat.CONFIRMER}), ("minutes", "reason")),
    Step(Verb.VOID, frozenset({W, S, C}), V, frozenset({Seat.CONFIRMER, Seat.KEEPER}), ("reason",)),
    Step(Verb.SAY, frozenset({W, S}), W, frozenset({Seat.OWN}), ("minutes",)),
    Step(Verb.WITHDRAW, frozenset({W, S}), V, frozenset({Seat.OWN})),
)
BY_VERB = {step.verb: step for step in STEPS}


def next_state(state: HoursState, verb: Verb, seats: AbstractSet[Seat]) -> HoursState:
    """The state after a verb, or the refusal that says why not."""
    step = BY_VERB[verb]
    if not step.by & seats:
        raise NotYourHours if step.by == {Seat.OWN} else NotYoursToConfirm
    if state not in step.sources:
        raise HoursSettled
    return step.target


def seats_of(*, own: bool, confirmer: bool, keeper: bool) -> frozenset[Seat]:
    """The seats of a person. Whose hours they are has no other seat."""
    if own:
        return frozenset({Seat.OWN})
    held = {Seat.CONFIRMER: confirmer, Seat.KEEPER: keeper}
    return frozenset(seat for seat, holds in held.items() if holds)


def may(state: HoursState, seats: AbstractSet[Seat]) -> list[Verb]:
    """What can be done now from these seats, in the order of the table."""
    return [step.verb for step in STEPS if state in step.sources and step.by & seats]
